"""Mentions of the association, of bodies it must not be taken for, and of "the association" without a name.

A mention is OURS, OTHER or GENERIC; a generic one ("Związek", "stowarzyszenie", "do niego") takes the meaning of what
was named before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from zmpwatch.extract.acronyms import stands_for_another
from zmpwatch.extract.antecedents import (
    FEMININE_HEADS,
    agrees,
    cited_place,
    is_only_contrasted,
    led_to,
    means_a_thing,
    of_an_activity,
    of_its_own_clause,
)
from zmpwatch.extract.beginnings import beginning_with, matches_at
from zmpwatch.extract.bodynames import (
    FOREIGN,
    OTHER_ONLY,
    QUALIFIERS,
    adjective_before,
    english_before,
    extended,
    really_other,
)
from zmpwatch.extract.clean import CleanText, fold_letters
from zmpwatch.extract.lazy import lazy
from zmpwatch.extract.naming import Patterns, patterns_of, word_pattern
from zmpwatch.extract.tokens import kind_of_tokens, marked
from zmpwatch.model import Association

__all__ = ["FEMININE_HEADS", "Body", "BodyKind", "find_bodies"]


class BodyKind(StrEnum):
    """Whose name it is."""

    OURS = "ours"
    OTHER = "other"
    GENERIC = "generic"


@dataclass(frozen=True, slots=True)
class Body:
    """One mention.

    `head` is the kind of body ("zwiazek", "unia", "stowarzyszenie" …), `named` is false for generic mentions.
    """

    start: int
    end: int
    kind: BodyKind
    head: str
    named: bool = True


_HEADS: tuple[tuple[str, str], ...] = (
    ("zwiazek", r"zwiaz(?:ek|ku|kowi|kiem)"),
    ("unia", r"uni(?:a|i|e)"),
    ("stowarzyszenie", r"stowarzyszeni(?:e|a|u|em)"),
    ("organizacja", r"organizacj(?:a|i|e)"),
    ("zrzeszenie", r"zrzeszeni(?:e|a|u|em)"),
    ("federacja", r"federacj(?:a|i|e)"),
    ("association", r"association"),
    ("union", r"union"),
)


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

    own_head = _head_of(fold_letters(association.name))
    full_names = [m.span() for m in beginning_with(patterns.full, text.folded, patterns.beginnings)]
    alike_names = (
        [m.span() for m in beginning_with(patterns.lookalikes, text.folded, patterns.alike_beginnings)]
        if patterns.lookalikes
        else []
    )
    for start, end in _longest([(s, e, True) for s, e in full_names] + [(s, e, False) for s, e in alike_names]):
        ours = (start, end) in full_names
        if not ours and _is_description(text.text[start:end]):
            continue  # left to the heads, as a generic mention
        if not ours and _is_beginning(text, start, end, association):
            add(start, end, BodyKind.GENERIC, own_head, named=False)
            continue
        add(start, end if ours else extended(text, start, end), BodyKind.OURS if ours else BodyKind.OTHER,
            own_head if ours else _head_of(text.folded[start:end]))  # fmt: skip
    has_full = any(body.kind is BodyKind.OURS for body in found)
    for start, end, kind in _acronyms(text, patterns, association, has_full=has_full, by_address=ours_by_address):
        add(start, end, kind, own_head)
    for start, end, head, kind in _heads(text):
        add(start, end, kind, head, named=kind is BodyKind.OTHER and end - start > len(head) + 4)
    found.sort(key=lambda body: body.start)
    return _resolved(_merged(text, found), text, ours_by_address=ours_by_address)


def _is_description(surface: str) -> bool:
    """Whether two small words only describe, like "jest stowarzyszeniem miast"; longer ones are names anyhow."""
    return surface.islower() and _DESCRIPTION.fullmatch(fold_letters(surface)) is not None


_DESCRIPTION = lazy(r"(?:zwiazek|zwiazkiem|stowarzyszeni(?:e|em)|organizacja|zrzeszeni(?:e|em))\s{1,3}(?:gmin|miast)")
"""Only as a predicate or a title; "do stowarzyszenia gmin" is some other body, unnamed."""


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


def _head_of(folded: str) -> str:
    for head, pattern in _HEADS:
        if re.match(rf"(?:[a-z-]+\s+)?{pattern}\b", folded):
            return head
    return "other"


def _acronyms(
    text: CleanText, patterns: Patterns, association: Association, *, has_full: bool, by_address: bool
) -> list[tuple[int, int, BodyKind]]:
    """Bare acronyms: ours unless the text spells them out as something else."""
    if patterns.acronyms is None:
        return []
    places = sorted({m.start() for acronym in association.acronyms for m in re.finditer(re.escape(acronym), text.text)})
    matches = [m.span() for m in (patterns.acronyms.match(text.text, place) for place in places) if m is not None]
    if not matches:
        return []
    kind = BodyKind.OURS
    if not has_full and stands_for_another(text, patterns, association, by_address=by_address):
        kind = BodyKind.OTHER
    return [(start, end, kind) for start, end in matches]


_HEAD_PATTERN = lazy(
    r"(?<!\w)(?:"
    + "|".join(f"(?P<{head}>{pattern})" for head, pattern in _HEADS)
    + rf"|(?P<only>{'|'.join(OTHER_ONLY)}))(?!\w)"
)
_HEAD_BEGINNINGS = tuple(re.split("[^a-z]", each)[0] for each in (*(pattern for _, pattern in _HEADS), *OTHER_ONLY))
"""The letters that heads begin with before the first that may vary."""
_HEAD = kind_of_tokens(lambda token: token.startswith(_HEAD_BEGINNINGS))

_PRONOUNS = frozenset(("niego", "niej", "nim"))
_PRONOUN = kind_of_tokens(_PRONOUNS.__contains__)
_OF_IT = lazy(r"(?<!\w)(?:do|z|w|ze)$")
"""Before a pronoun: it may mean a body that a step leads into or out of."""

_NOT_SINGULAR = lazy(
    r"(?<!\w)(?:kilku|wielu|roznych|innych|(?:drug|trzec|czwart|piat|kolejn|now|pewn|lokaln|regionaln|branzow|podobn|tutejsz|miejscow|osobn|sasiedni|pokrewn)(?:ego|iego|ej|iej|emu|ym|im|a|ia|e|ie|y|i)|zadnej|zadnego|zadnym|ktorych|ktorego|ktorej|innej|inny|innego|innym|analogiczn\w+|jednej|ktorejs|drugiej|kazdej|szeregu|takiej)\s+$"
)

# "stowarzyszenie promujące szlaki wodne", "organizacja, która zajmuje się oświatą": not what was named before …
_AIMS = lazy(
    r",?\s+(?:promuj|wspieraj|zajmuj|opiekuj|prowadz|organizuj|chroni|popularyzuj|rozwijaj|dbaj|kultywuj|pielegnuj)ac\w+(?!\w)"
    r"|,\s+ktor\w+\s+(?:\w+\s+)?(?:promuj|wspiera|zajmuj|opiekuj|prowadzi|organizuj|chroni|popularyzuj|rozwija|dba)\w*(?!\w)"
)
# … unless it is what was named: "Związek Miast Polskich, stowarzyszenie wspierające miasta", "jest organizacją, która"
_IN_APPOSITION = lazy(r"(?:[,(-]|(?<!\w)(?:to|jest|jako|bedac\w*))\s*(?:\w+\s+)?$")

_ORGANISING = lazy(
    r"\s+(?:\w+(?:ego|ej|ych|ich)\s+)?(?:zjazd|kongres|konferencj|impr[ea]z|koncert|wybor|zawod|obchod|spotka|szkole|prac[yo]|ruchu|festiwal|dni|turniej|konkurs|wydarze|uroczysto|przedsiewziec|gal[ai]|forum|wystaw|jarmark|wycieczk|transport)\w*"
)
_IN_WHICH_OURS_IS = lazy(
    r",\s+(?:w|do)\s+ktor(?:ej|ego|ym)\s+(?:\w+\s+){0,3}?(?:dziala|zasiada|uczestniczy|nalezy|jest|przystapil|wstapil)\s+(?:\w+\s+)?\"?(?:zwiazek|zmp)(?!\w)"
    r"|,\s+ktor(?:ej|ego)\s+(?:\w+\s+){0,2}?czlonkiem\s+(?:\w+\s+)?(?:jest|zostal)\s+(?:\w+\s+)?\"?(?:zwiazek|zmp)(?!\w)"
)
"""A body that the association is in: "do federacji, w której działa Związek"."""
_OF_SEVERAL = lazy(
    r"(?<!\w)(?:na|przez|te|dwa|trzy|cztery|oba|wszystkie|inne|rozne|liczne|kolejne|pozostale|lokalne|miejscowe)\s+$"
)
"""Before "stowarzyszenia" the accusative plural, or the nominative: never the genitive of one."""
_IN, _WITH = lazy(r"(?<!\w)(?:w|zw\.)$"), lazy(r"(?<=zwiazku)\s+(?:z|ze)\s")
_LITTLE = 3
_LETTER = lazy(r"\w")


def _has_aims_of_its_own(folded: str, start: int, end: int) -> bool:
    """Whether what stands behind an unnamed body tells some other body."""
    return _AIMS.match(folded, end) is not None and _IN_APPOSITION.search(folded, max(0, start - 24), start) is None


def _stands_before(word: re.Pattern[str], folded: str, place: int) -> bool:
    """Whether a little word stands before a place, with blanks between."""
    end = place
    while end > 0 and folded[end - 1].isspace():
        end -= 1
    return end < place and word.search(folded, max(0, end - _LITTLE), end) is not None


_ENGLISH = ("association", "union")


def _heads(text: CleanText) -> list[tuple[int, int, str, BodyKind]]:
    found: list[tuple[int, int, str, BodyKind]] = []
    folded = text.folded
    for match in matches_at(_HEAD_PATTERN, folded, [place for _, place in marked(folded, _HEAD)]):
        start, end = match.span()
        head = match.lastgroup or "other"
        if head == "only":
            stop = extended(text, start, end)
            if really_other(text, start, match[0]):
                found.append((start, stop, "other", BodyKind.OTHER))
            continue
        if _WITH.match(folded, end) and _stands_before(_IN, folded, start):
            continue  # "w związku z awarią"
        if head == "unia" and not text.text[start].isupper():
            continue
        if match[0] == "stowarzyszenia" and _OF_SEVERAL.search(folded, max(0, start - 24), start):
            continue  # "na stowarzyszenia": several
        if head == "organizacja" and _ORGANISING.match(folded, end):
            continue  # "organizacja zjazdu": what is done, no body
        tail = extended(text, start, end)
        before = adjective_before(text, start) if head not in _ENGLISH else english_before(text, start)
        described = _DESCRIPTION.match(folded, start)
        if described and text.text[start : described.end()].islower() and _STOPS.match(folded, described.end()):
            found.append((start, end, head, BodyKind.GENERIC))
            continue
        if tail > end or before is not None or re.match(rf"\s+(?:{QUALIFIERS})", folded[end : end + 40]):
            if tail == end:
                qualifier = re.match(r"\s+[\w-]+", folded[end : end + 60])
                tail = end + (qualifier.end() if qualifier and before is None else 0)
            if head == "unia" and re.match(r"\s+europejsk", folded[end : end + 15]):
                continue
            found.append((start if before is None else before, tail, head, BodyKind.OTHER))
        elif (
            _NOT_SINGULAR.search(folded, max(0, start - 25), start)
            or FOREIGN.search(folded, max(0, start - 36), start)
            or _has_aims_of_its_own(folded, start, end)
        ):
            found.append((start, end, head, BodyKind.OTHER))  # some other body, unnamed
        else:
            found.append((start, end, head, BodyKind.GENERIC))
    found += [
        (place, place + len(token), "pronoun", BodyKind.GENERIC)
        for token, place in marked(folded, _PRONOUN)
        if not _LETTER.match(folded, place + len(token)) and _stands_before(_OF_IT, folded, place)
    ]
    return found


_STOPS = lazy(r"\s*(?:[.,;:()\n]|$)")


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
                and not re.search(r"\n\s*\n|\n\s*[-*]", gap)
                and re.fullmatch(r'[\s",:-]{0,4}(?:pn\.|pod nazwa|o nazwie|p\.n\.|tj\.|jakim jest)?[\s":-]{0,4}', gap)
            ):
                merged[-1] = Body(last.start, body.end, body.kind, body.head)
                continue
            if (
                last.kind is body.kind is BodyKind.OURS
                and re.fullmatch(r'[\s"]{0,2}[-(,]?[\s"(]{0,3}', gap)
                and (body.end - body.start <= 8 or ("(" in gap and last.end - last.start <= 8))
            ):
                merged[-1] = replace(last, end=body.end)
                continue
        merged.append(body)
    return merged


_BESIDE = lazy(
    r"(?<!\w)(?:obok|wraz\s+z[e]?|razem\s+z[e]?|wspolnie\s+z[e]?|oraz|m\.\s?in\.|czy|lub|podobnie\s+jak|niz|od|i)\s+(?:w\s+|do\s+|z[e]?\s+)?$"
)


def _resolved(found: list[Body], text: CleanText, *, ours_by_address: bool) -> list[Body]:
    """Give generic mentions the meaning of the body named last before them, of the same head where there is one."""
    resolved: list[Body] = []
    named: list[Body] = []
    own = sum(body.kind is BodyKind.OURS for body in found)
    others = sum(body.kind is BodyKind.OTHER and body.named for body in found)
    for body in found:
        if body.kind is not BodyKind.GENERIC:
            beside = _BESIDE.search(text.folded, max(0, body.start - 24), body.start) is not None
            if not (named and (beside or is_only_contrasted(text, body.start))):
                named.append(body)
            resolved.append(body)
            continue
        meaning = _antecedent(body, [b for b in named if b.named])
        if body.head == "pronoun" and text.folded.startswith("niej", body.start):
            heads = (b for b in reversed(resolved) if b.head in FEMININE_HEADS)
            feminine = next((b for b in heads if b.named or b.kind is BodyKind.OURS), None)
            if feminine is not None and body.start - feminine.end < _NOT_FAR:
                meaning = feminine.kind  # "organizacja krajowa … Radlin jest w niej"
        taken_up = _same_goal(text, body, named) if others and own else None
        meaning = taken_up.kind if taken_up is not None else meaning
        if body.head == "pronoun" and (
            (named and not _can_mean(text, body, named[-1], resolved))
            or (not named and not ours_by_address and not _has_antecedent(text, body, resolved))
            or means_a_thing(text, *((named[-1].start, named[-1].end) if named else (0, 0)), body.start, body.end)
            or _goes_on(resolved, body)
        ):
            meaning = BodyKind.OTHER
        if meaning is BodyKind.OURS or (meaning is None and own):
            meaning = BodyKind.OTHER if _IN_WHICH_OURS_IS.match(text.folded, body.end) else meaning
        cited = cited_place(text, body.end)
        if cited is not None:
            meaning = next((b.kind for b in resolved if cited[0] <= b.start < cited[1] and b.named), meaning)
        elif meaning is BodyKind.OTHER and body.head in ("organizacja", "stowarzyszenie") and own >= max(2, 2 * others):
            meaning = BodyKind.OURS
        if meaning is None and ours_by_address:
            meaning = BodyKind.OURS
        if meaning is None and own and not others:
            meaning = BodyKind.OURS  # cataphora: only the association is named, further on
        resolved.append(replace(body, kind=meaning) if meaning is not None else body)
    return resolved


def _has_antecedent(text: CleanText, pronoun: Body, before: list[Body]) -> bool:
    """Whether "niej" can follow anything: "B z niej wypadła", before any body is named, means what is none."""
    return agrees(text, pronoun.start, pronoun.end, [(b.start, b.head) for b in before])


def _can_mean(text: CleanText, pronoun: Body, last: Body, before: list[Body]) -> bool:
    """Whether a pronoun can mean the body named last: of its gender, and neither its subject nor only the owner."""
    return (
        agrees(text, pronoun.start, pronoun.end, [(b.start, b.head) for b in before])
        and not of_an_activity(text, last.start, last.end, pronoun.start)
        and not of_its_own_clause(text, last.start, last.end, pronoun.start)
    )


def _same_goal(text: CleanText, body: Body, named: list[Body]) -> Body | None:
    """The body to which, or from which, a step led before, as one leads to this unnamed one."""
    if body.head == "pronoun":
        return None
    side = led_to(text, body.start)
    if side is None:
        return None
    alike = (b for b in reversed(named) if b.named and (b.head == body.head or body.head in _LOOSE))
    return next((b for b in alike if led_to(text, b.start) == side), None)


def _goes_on(before: list[Body], pronoun: Body) -> bool:
    """Whether the pronoun before one means something else: "Przystąpiły do niego A i B, a C z niego wystąpiło"."""
    last = before[-1] if before else None
    return (
        last is not None
        and last.head == "pronoun"
        and last.kind is BodyKind.OTHER
        and pronoun.start - last.end <= _SAME_BREATH
    )


_SAME_BREATH, _NOT_FAR = 120, 400
_LOOSE = ("stowarzyszenie", "organizacja", "pronoun", "zrzeszenie", "federacja", "association")


def _antecedent(body: Body, named: list[Body]) -> BodyKind | None:
    if not named:
        return None
    loose = body.head in _LOOSE
    for earlier in reversed(named):
        if earlier.head == body.head:
            return earlier.kind
        if loose:
            return earlier.kind
        if earlier.kind is BodyKind.OTHER and earlier.head == "other":
            continue
    return None
