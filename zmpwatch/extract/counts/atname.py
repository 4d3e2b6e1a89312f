"""Numbers of members told right at the association's name: in a bracket, as one of so many, as those active in it."""

from __future__ import annotations

import re

from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.structure.reading import Reading
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.numerals import Number
from zmpwatch.extract.words.phrases import WRONG_GOVERNOR

__all__ = ["at_its_name", "hangs_on_another_name"]

_ONE_OF = lazy(r"(?<!\w)(?:jedn\w+\s+(?:z|ze|sposrod)|one\s+of(?:\s+(?:the|its))?)\s+$")
_THAT_MAKE_UP = lazy(
    r",?\s+(?:(?:ktor\w+|that|which)\s+(?:\w+\s+)?(?:(?:wspol)?tworz\w+|skladaj\w+|make\s+up|form|constitute|belong|are\s+united)|(?:wspol)?tworzac\w+|making\s+up|forming)(?!\w)"
)
_IN_IT = lazy(
    r"(?<!\w)(?:we?|in\s+the)\s+\"?(?:zwiazku(?:\s+miast\s+polskich)?|zmp|association\s+of\s+polish\s+cities)\"?\s+(?:\w+\s+)?(?:jedn\w+\s+(?:z|ze|sposrod)|one\s+of(?:\s+the)?)\s+$"
)
_ACT_IN_IT = lazy(
    r"(?<!\w)we?\s+\"?(?:zwiazku(?:\s+miast\s+polskich)?|zmp|organizacji|stowarzyszeniu)\"?\s+(?:\w+\s+)?dziala\w*\s+(?:\w+\s+)?$"
)
_OPENED = lazy(r"\"?\s*\(\s*(?:[a-z.]+\s+){0,3}")
_CLOSED = lazy(r"(?:\s+(?:czlonkowsk\w+|zrzeszon\w+))?\s*[),;]")


def at_its_name(sentence: Sentence, number: Number, lead: str, after: str, noun_end: int) -> str | None:
    """The name of the pattern, or None.

    Args:
        sentence: where the number stands.
        number: the number.
        lead: the folded text before it, without a hedge such as "ponad".
        after: the folded text behind it, which begins with what is counted.
        noun_end: where in `after` the words for what is counted end.
    """
    if _in_its_bracket(sentence, number, after[:noun_end], after[noun_end:]):
        return "sentence.apposition"
    if _leads_to_its_name(sentence, number.end + noun_end, after[noun_end:]):
        return "sentence.apposition"
    if _body_of_so_many(sentence, number) and _OF_A_KIND.match(after, noun_end) is None:
        return "sentence.apposition"
    if _and_in_it(sentence, number, lead, after[noun_end:], after[:noun_end]):
        return "sentence.apposition"
    if _ONE_OF.search(lead) and (_THAT_MAKE_UP.match(after, noun_end) or _IN_IT.search(lead)):
        return "sentence.among"
    return "sentence.verb" if _ACT_IN_IT.search(lead) else None


_HOME_PAGE = lazy(
    r"\"?\W{1,4}(?:strona\s+glowna|(?:oficjaln\w+\s+)?(?:strona|serwis|portal|witryna)(?:\s+(?:internetow|informacyjn)\w+)?|home)(?!\w)"
)
_ONE_THING = lazy(
    r"\W*(?:jeden|jedna|jedno)\s+(?!(?:\w+\s+)?(?:zwiaz|organizac|stowarzysz|zrzesz|wspolnot|rodzin|reprezentac|glos|cel|sil))\w"
)
"""As in "365 miast. Jeden konkurs.": the towns are those of something else than a body."""
_ABOVE = 4
"""How many sentences may stand between a slogan and the title of its page."""


def is_slogan(reading: Reading, sentence: Sentence, lead: str, rest: str) -> bool:
    """As in "365 miast. 16 województw. Jeden Związek." over "Związek Miast Polskich – strona główna"."""
    if sentence.bodies or rest.strip(" .!") or lead.strip() or sentence.number > 1:
        return False
    below = reading.sentences[sentence.number + 1 : sentence.number + 1 + _ABOVE]
    if any(_ONE_THING.match(s.folded) for s in below):
        return False
    return any(
        b.kind is BodyKind.OURS and b.start == s.start and _HOME_PAGE.match(s.folded, b.end - s.start)
        for s in below
        for b in s.bodies
    )


def _in_its_bracket(sentence: Sentence, number: Number, counted: str, rest: str) -> bool:
    """As in "Związek Miast Polskich (około 390 miast członkowskich)"; a conference of the association has guests."""
    body = next((b for b in reversed(sentence.bodies) if b.end <= number.start), None)
    if body is None or body.kind is not BodyKind.OURS or _CLOSED.match(rest) is None:
        return False
    if _OPENED.fullmatch(sentence.slice(body.end, number.start)) is None:
        return False
    members = "czlonk" in counted or "zrzeszon" in counted or "czlonk" in rest[:16] or "member" in counted
    return members or WRONG_GOVERNOR.search(sentence.slice(sentence.start, body.start)) is None


_BODY_OF = lazy(
    r"\"?(?:\s\(\w{2,5}\))?,\s+(?:(?:najwieksz|najstarsz|ogolnopolsk|samorzadow)\w+\s+)*(?:stowarzyszeni|organizacj|zrzeszeni|wspolnot|korporacj|federacj|zwiazk)\w{1,3}\s+(?:(?:ponad|blisko|okolo|ok\.|prawie|niemal|przeszlo)\s+)?$"
)


def _body_of_so_many(sentence: Sentence, number: Number) -> bool:
    """As in "uczestniczą w Zgromadzeniu Związku Miast Polskich, stowarzyszenia 306 miast"."""
    ours = [b for b in sentence.bodies if b.kind is BodyKind.OURS and b.named and b.end <= number.start]
    return bool(ours) and _BODY_OF.fullmatch(sentence.slice(ours[-1].end, number.start)) is not None


_OF_A_KIND = lazy(r"\s+(?!czlonkowsk|zrzeszon|polsk)[\w-]+(?:ich|ych)(?!\w)")
"""As in "stowarzyszenia 30 miast partnerskich": not of all its members."""
_AND_IN_IT = lazy(r"\"?\s*[,(]\s*a\s+(?:(?P<inside>w\s+nim)|(?:wraz\s+)?z\s+nim)\s+(?:juz\s+)?$")


def _and_in_it(sentence: Sentence, number: Number, lead: str, rest: str, counted: str) -> bool:
    """As in "Związek Miast Polskich, a w nim przeszło 320 miast, domaga się …"."""
    match = _AND_IN_IT.search(lead)
    if match is None or not re.match(r"\s*(?:czlonkowsk\w+|zrzeszon\w+)?\s*(?:[,.;:)]|-\s|$)", rest):
        return False
    members = "czlonk" in counted + rest[:16] or "zrzeszon" in counted + rest[:16]
    if match["inside"] is None and not members:
        return False
    end = number.start - len(lead) + match.start()
    bodies = [b for b in sentence.bodies if b.end <= number.start]
    return bool(bodies) and bodies[-1].kind is BodyKind.OURS and "," not in sentence.slice(bodies[-1].end, end)


_THAT_IS = lazy(r",\s+(?:czyli|a\s+wiec|to\s+jest|to\s+znaczy|tj\.|innymi\s+slowy)\s+\"?")


def _leads_to_its_name(sentence: Sentence, noun_end: int, rest: str) -> bool:
    """As in "przedstawiciel 381 miast, czyli Związek Miast Polskich"."""
    that_is = _THAT_IS.match(rest)
    return that_is is not None and any(
        b.kind is BodyKind.OURS and b.start == noun_end + that_is.end() for b in sentence.bodies
    )


_NAME_AT_BRACKET = lazy(r"(?<![\w\"])(?P<name>[A-ZŁŚŻŹĆÓĄĘŃ][^\W\d_]{2,})\"?\s*\($")


def hangs_on_another_name(sentence: Sentence, number: Number) -> bool:
    """Whether a bracket hangs on another name than a body's or a place: "ze Związkiem, z Litwinami (60 gmin)"."""
    lead = sentence.text[: number.start - sentence.start]
    opened = lead.rfind("(")
    named = _NAME_AT_BRACKET.search(lead[: opened + 1])
    if named is None:
        return False
    place = sentence.start + named.start("name")
    return not any(b.start <= place < b.end for b in sentence.bodies) and not any(
        t.start <= place < t.end for t in sentence.towns
    )
