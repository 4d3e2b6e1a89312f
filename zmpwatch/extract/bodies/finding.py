"""Mentions of the association, of bodies it must not be taken for, and of "the association" without a name.

A mention is OURS, OTHER or GENERIC; a generic one ("Związek", "stowarzyszenie", "do niego") takes the meaning of what
was named before it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from zmpwatch.extract.bodies.acronyms import spoken_of_the_past, stands_for_another
from zmpwatch.extract.bodies.antecedents import FEMININE_HEADS
from zmpwatch.extract.bodies.body import Body, BodyKind
from zmpwatch.extract.bodies.coreference import resolved
from zmpwatch.extract.bodies.heads import head_of, heads, is_description
from zmpwatch.extract.bodies.names import extended
from zmpwatch.extract.bodies.naming import Patterns, patterns_of, word_pattern
from zmpwatch.extract.uniform.cleantext import CleanText
from zmpwatch.extract.uniform.folding import fold_letters
from zmpwatch.extract.words.beginnings import beginning_with
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.model import Association

__all__ = ["FEMININE_HEADS", "Body", "BodyKind", "find_bodies"]

_NEW_PARAGRAPH = lazy(r"\n\s*\n|\n\s*[-*]")
_BY_NAME = lazy(r'[\s",:-]{0,4}(?:pn\.|pod nazwa|o nazwie|p\.n\.|tj\.|jakim jest)?[\s":-]{0,4}')
"""Between a body and its name."""
_OR_SHORT = lazy(r'[\s"]{0,2}[-(,]?[\s"(]{0,3}')
"""Between a name and its acronym, or an acronym and its name."""
_LONGEST_ACRONYM = 8


def find_bodies(text: CleanText, association: Association, *, ours_by_address: bool = False) -> list[Body]:
    """All mentions of bodies, in order, generic ones resolved where something was named before them.

    Args:
        text: the clean text.
        association: the profile to look for.
        ours_by_address: the page stands at the association's own address, or its address names it: generic mentions
            before any name mean the association.
    """
    patterns = patterns_of(association)
    taken = bytearray(len(text.text))
    found: list[Body] = []

    def add(start: int, end: int, kind: BodyKind, head: str, *, named: bool = True) -> None:
        if not any(taken[start:end]):
            taken[start:end] = b"\x01" * (end - start)
            found.append(Body(start, end, kind, head, named))

    own_head = head_of(fold_letters(association.name))
    full_names = [m.span() for m in beginning_with(patterns.full, text.folded, patterns.beginnings)]
    alike_names = (
        [m.span() for m in beginning_with(patterns.lookalikes, text.folded, patterns.alike_beginnings)]
        if patterns.lookalikes
        else []
    )
    for start, end in _longest([(s, e, True) for s, e in full_names] + [(s, e, False) for s, e in alike_names]):
        ours = (start, end) in full_names
        if not ours and is_description(text.text[start:end]):
            continue  # left to the heads, as a generic mention
        if not ours and _is_beginning(text, start, end, association):
            add(start, end, BodyKind.GENERIC, own_head, named=False)
            continue
        add(start, end if ours else extended(text, start, end), BodyKind.OURS if ours else BodyKind.OTHER,
            own_head if ours else head_of(text.folded[start:end]))  # fmt: skip
    told_past: int | None = None
    has_full = any(body.kind is BodyKind.OURS for body in found)
    for start, end, kind in _acronyms(text, patterns, association, has_full=has_full, by_address=ours_by_address):
        past = has_full and not ours_by_address and spoken_of_the_past(text, start, end, full_names, told_past)
        told_past = end if past else None
        add(start, end, BodyKind.OTHER if past else kind, own_head)
    for start, end, head, kind in heads(text, taken):
        add(start, end, kind, head, named=kind is BodyKind.OTHER and end - start > len(head) + 4)
    found.sort(key=lambda body: body.start)
    told = resolved(_merged(text, found), text, ours_by_address=ours_by_address)
    return [
        replace(body, start=_with_pointer(text, body.start))
        if not body.named and body.kind is BodyKind.OURS and body.head != "pronoun"
        else body
        for body in told
    ]


_POINTER = lazy(
    r"(?<!\w)(?:t(?:ej|ego|ym|a|e|emu|o)|ow(?:ej|ego|ym|a|e)|nasz(?:ej|ego|ym|emu|a|e)?|wspomnian\w+|wymienion\w+)\s$",
)
_LONGEST_POINTER = 14


def _with_pointer(text: CleanText, start: int) -> int:
    """Where a generic mention begins with what points at it: "do tej organizacji", "z naszego Związku"."""
    pointer = _POINTER.search(text.folded, max(0, start - _LONGEST_POINTER), start)
    return start if pointer is None else pointer.start()


def _is_beginning(text: CleanText, start: int, end: int, association: Association) -> bool:
    """Whether a look-alike is only the beginning of our own name, and nothing makes it another's: "Związek Miast"."""
    words = re.findall(r"\w+", association.name)
    head = r"\s+".join(word_pattern(fold_letters(word)) for word in words[:-1])
    return (
        len(words) > 2 and re.fullmatch(head, text.folded[start:end]) is not None and extended(text, start, end) == end
    )


def _longest(spans: list[tuple[int, int, bool]]) -> list[tuple[int, int]]:
    """Of names that overlap the longest, then ours: "Związek Miast Polskich" over "Związek Miast"."""
    chosen: list[tuple[int, int]] = []
    last = -1
    for start, end, _ in sorted(spans, key=lambda s: (s[0], -s[1], not s[2])):
        if start >= last:
            chosen.append((start, end))
            last = end
    return chosen


def _acronyms(
    text: CleanText, patterns: Patterns, association: Association, *, has_full: bool, by_address: bool
) -> list[tuple[int, int, BodyKind]]:
    """Bare acronyms: ours unless the text spells them out as something else."""
    if patterns.acronyms is None:
        return []
    acronyms = [acronym for acronym in association.acronyms if acronym in text.text]
    places = sorted({m.start() for acronym in acronyms for m in re.finditer(re.escape(acronym), text.text)})
    matches = [m.span() for m in (patterns.acronyms.match(text.text, place) for place in places) if m is not None]
    if not matches:
        return []
    kind = BodyKind.OURS
    if not has_full and stands_for_another(text, patterns, association, by_address=by_address):
        kind = BodyKind.OTHER
    return [(start, end, kind) for start, end in matches]


def _merged(text: CleanText, found: list[Body]) -> list[Body]:
    """As in "stowarzyszenia o nazwie Związek Miast Polskich", "Związku Miast Polskich (ZMP)" are one mention each."""
    merged: list[Body] = []
    for body in found:
        if merged:
            last = merged[-1]
            gap = text.folded[last.end : body.start]
            if (
                (last.kind is BodyKind.GENERIC or (last.kind is BodyKind.OTHER and not last.named))
                and body.named
                and not _NEW_PARAGRAPH.search(gap)
                and _BY_NAME.fullmatch(gap)
            ):
                merged[-1] = Body(last.start, body.end, body.kind, body.head)
                continue
            if (
                last.kind is body.kind is BodyKind.OURS
                and _OR_SHORT.fullmatch(gap)
                and (
                    body.end - body.start <= _LONGEST_ACRONYM
                    or ("(" in gap and last.end - last.start <= _LONGEST_ACRONYM)
                )
            ):
                merged[-1] = replace(last, end=body.end)
                continue
        merged.append(body)
    return merged
