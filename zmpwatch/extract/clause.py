"""The part of a sentence that belongs together around one word."""

from __future__ import annotations

from dataclasses import dataclass

from zmpwatch.extract.lazy import lazy
from zmpwatch.extract.sentences import Sentence

__all__ = ["Clause", "clause_at"]

# Where another statement may begin. "że", "by", "aby" do not cut: what follows them is what was decided.
_CUT = lazy(
    r"[;()]|\s-\s|:\s|,\s+(?=(?:a|ale|lecz|natomiast|zas|choc|chociaz|mimo|podczas|wiec|dlatego|totez|bo|gdyz|poniewaz|tymczasem|z\s+kolei|jednak|(?:(?:z|ze|do|w|we|na|od|przez)\s+)?ktor\w+|co)(?!\w))|(?<=\w)\s+(?=a\s+(?:takze|wlasciwie|tymczasem)(?!\w))"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """Offsets of a clause in the clean text."""

    start: int
    end: int


def clause_at(sentence: Sentence, position: int) -> Clause:
    """The clause of a sentence that holds a place."""
    start, end = sentence.start, sentence.end
    for match in _CUT.finditer(sentence.folded):
        if match[0] in "()" and _holds_a_name(sentence, match.start()):
            continue
        if sentence.start + match.end() <= position:
            start = sentence.start + match.end()
        elif sentence.start + match.start() >= position:
            end = sentence.start + match.start()
            break
    return Clause(start, end)


def _holds_a_name(sentence: Sentence, place: int) -> bool:
    """Whether a bracket at a place belongs to the name of a body: "do Związku Miast Polskich (ZMP) dała rada"."""
    folded = sentence.folded
    for body in sentence.bodies:
        first, last = body.start - sentence.start, body.end - sentence.start
        opened = folded.find("(", max(0, first - 1), last)
        if 0 <= opened <= place <= last and ")" in folded[last - 1 : last + 1]:
            return True
    return False
