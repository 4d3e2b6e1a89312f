"""Mentions of the association, of bodies it must not be taken for, and of "the association" without a name.

A mention is OURS, OTHER or GENERIC; a generic one ("Związek", "stowarzyszenie", "do niego") takes the meaning of what
was named before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from itertools import islice
from urllib.parse import urlsplit

from zmpwatch.extract.clean import CleanText, clean, fold_letters
from zmpwatch.model import Association
from zmpwatch.register import load_register

__all__ = ["Body", "BodyKind", "find_bodies", "is_about", "mentions", "named_in", "stands_at"]


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
# Heads that always begin another body's name, or are one.
_OTHER_ONLY = (
    r"euroregion\w{0,5}|lokaln\w{1,3}\s+grup\w{1,3}\s+dzialania|lgd|lot|klast(?:er|ra|rze|rem|rowi)|cittaslow|eurocities"
    r"|metropoli\w{1,4}\s+(?=[A-Z])|konwent\w{0,4}|fundacj\w{1,4}|rad\w{1,3}\s+gmin\s+i\s+regionow|miast\w{0,3}\s+partnersk\w+"
    r"|organizacj\w{1,3}\s+turystyczn\w{1,3}|lokaln\w{1,3}\s+organizacj\w{1,3}|izb\w{1,3}\s+gospodarcz\w{1,3}|lig\w{1,3}\s+krajow\w{1,3}"
    r"|zgwm|zgwrp|zgw|zpp|zsp|ump|slgip|sgipm|swmsp|cemr|smo|rod\w{1,4}\s+miast\s+blizniacz\w+|siec\w{0,2}\s+(?:najciekawsz|zdrow|miast)\w*"
    r"|sie[ck]\w{0,3}\s+[\"A-Z]|aglomeracj\w{1,3}|zwiazk\w{1,3}\s+metropolitaln\w{1,4}"
)
# Small-letter words that make a head the name of another body.
_QUALIFIERS = (
    r"gmin|powiatow|miejsk\w*gminn|wojewodztw|miedzygminn|metropolitaln|komunaln|gospodarcz|celow|strefy|samorzadow\s+polskich|sluza|mlodziez"
    r"|harcerz|emerytow|nauczyciel|strazy|ochotnicz|niemieck|czesk|europejsk|zawodow|pilkarsk|sportow|lowieck|dzialkow|kombatant"
    r"|mieszkancow|rodzicow|przyjaciol|rozwoju|turystyczn|regionaln|lokaln|metropolii|miasteczek|zdrowych|wojtow|sekretarzy|skarbnikow"
    r"|pozarzadow|charytatywn|spoleczn"
)
_WORDS = re.compile(r"[a-z]+")
_NAME_TAIL = re.compile(
    r"(?:\s+(?:[A-ZŁŚŻŹĆÓĄĘŃ][\w-]*|RP|i|oraz|na|rzecz|nad|pod|w|z|im\.|dla|gmin\w*|miast\w*|powiat\w*|ziemi|dorzecza|rzeki|rozwoju)"
    r"(?!\w)){0,8}"
)
_CAPITAL = r"[A-ZŁŚŻŹĆÓĄĘŃ]"


def _word_pattern(word: str) -> str:
    """A folded word in any case form: a stem with up to five letters of ending."""
    if len(word) <= 3 or word == "miast":
        return re.escape(word)
    stem = word[:-2] if len(word) > 5 else word[:-1]
    if word.endswith("ek") and len(word) > 4:
        stem = word[:-2]
    return rf"{re.escape(stem)}\w{{0,4}}"


def _name_pattern(name: str) -> str:
    words = re.findall(r"[\w-]+", fold_letters(name))
    return r"[\s\"]{1,40}".join(_word_pattern(word) for word in words)


def _torn_pattern(name: str) -> str:
    """A name whose first letters may stand off, as scanned papers have them: "Związku M iast Polskich"."""
    words = re.findall(r"[\w-]+", fold_letters(name))
    parts = [pattern[0] + " ?" + pattern[1:] for pattern in map(_word_pattern, words)]
    return r"[\s\"]{1,40}".join(parts)


@dataclass(frozen=True, slots=True)
class _Patterns:
    full: re.Pattern[str]
    lookalikes: re.Pattern[str] | None
    acronyms: re.Pattern[str] | None
    rival_initials: bool
    prefilter: re.Pattern[str]
    url: re.Pattern[str]


@lru_cache(maxsize=16)
def _patterns(association: Association) -> _Patterns:
    names = sorted({association.name, *association.aliases}, key=len, reverse=True)
    full = "|".join([_torn_pattern(association.name), *(_name_pattern(name) for name in names)])
    acronyms = "|".join(re.escape(a) for a in association.acronyms)
    tail = rf"(?:\s{{0,10}}[(\"]\s?\"?(?:{acronyms.lower()})\"?\s?[)\"])?" if acronyms else ""
    alike = "|".join(_name_pattern(name) for name in sorted(association.lookalikes, key=len, reverse=True))
    own_initials = {a.casefold() for a in association.acronyms}
    rivals = any(
        "".join(w[0] for w in name.split()).casefold() in own_initials
        and re.search(r"miast|metropol|gmin|powiat|samorz", fold_letters(name))
        for name in association.lookalikes
    )
    words = re.findall(r"[\w-]+", fold_letters(association.name))
    slug = r"[-_+ ]?(?:w-)?".join(re.escape(w[: max(4, len(w) - 3)]) + r"[a-z]{0,4}" for w in words)
    shorts = "|".join(re.escape(a.casefold()) for a in association.acronyms)
    return _Patterns(
        full=re.compile(rf"(?<!\w)(?:{full})(?!\w){tail}"),
        lookalikes=re.compile(rf"(?<!\w)(?:{alike})(?!\w)") if alike else None,
        acronyms=re.compile(rf"(?<![\w@.-])(?:{acronyms})(?:-\w{{1,3}})?(?![\w@])(?!\.(?:pl|eu))")
        if acronyms
        else None,
        rival_initials=rivals,
        prefilter=_prefilter(association),
        url=re.compile(rf"{slug}|(?<![a-z])(?:{shorts})(?![a-z])" if shorts else slug),
    )


def _prefilter(association: Association) -> re.Pattern[str]:
    """The first two words of any of the association's names, in small letters, with or without diacritics."""
    parts = set()
    for name in (association.name, *association.aliases):
        first, second = ([_any_spelling(c) for c in _stem(word.casefold())] for word in re.findall(r"\w+", name)[:2])
        parts.add("".join(first) + r"\w{0,6}\W{1,40}" + second[0] + " ?" + "".join(second[1:4]))
    return re.compile("|".join(sorted(parts)))


def _stem(word: str) -> str:
    """What all case forms of a word begin with."""
    return word[:5] if len(word) > 5 else word[: max(2, len(word) - 1)]


def _any_spelling(letter: str) -> str:
    plain = fold_letters(letter)
    return re.escape(letter) if plain == letter else f"[{letter}{plain}]"


_INVISIBLE = ("\u00ad", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u0301", "\u0328", "\u0307", "**", "__")
"""What may stand inside a word: soft hyphens and their kin, and the marks of letters in pieces."""


def stands_at(address: str, association: Association) -> bool:
    """Whether an address lies at one of the association's own domains."""
    host = (urlsplit(address).hostname or "") if "//" in address else ""
    return any(host == domain or host.endswith("." + domain) for domain in association.domains)


def named_in(text: str, association: Association) -> bool:
    """Whether an address spells the association's name or acronym."""
    folded = fold_letters(text)
    return _patterns(association).url.search(folded) is not None


def is_about(content: str, association: Association) -> bool:
    """A cheap necessary condition: false only where the text can't name the association at all."""
    if any(mark in content for mark in _INVISIBLE):
        content = clean(content).text
    lowered = content.casefold()
    if any(acronym.casefold() in lowered for acronym in association.acronyms):
        return True
    if "-\n" in lowered or "-\r\n" in lowered:
        lowered = _LINE_HYPHEN.sub("", lowered)
    spaced = (" ".join(word[:3]) for word in (association.name.casefold(), *association.acronyms))
    if any(letters.casefold() in lowered for letters in spaced):
        return True
    return _patterns(association).prefilter.search(lowered) is not None


_LINE_HYPHEN = re.compile(r"-[ \u00a0]{0,20}\r?\n\s{0,80}")


def mentions(text: CleanText, association: Association, limit: int) -> list[int]:
    """Where the association is named, by its full name or an acronym; the first `limit` places."""
    patterns = _patterns(association)
    found = [m.start() for m in islice(patterns.full.finditer(text.folded), limit)]
    if patterns.acronyms is not None:
        found += [m.start() for m in islice(patterns.acronyms.finditer(text.text), limit)]
    return sorted(found)[:limit]


def find_bodies(text: CleanText, association: Association, *, ours_by_address: bool = False) -> list[Body]:
    """All mentions of bodies, in order, generic ones resolved where something was named before them.

    Args:
        text: the clean text.
        association: the profile to look for.
        ours_by_address: the page stands at the association's own address, or its address names it: generic mentions
            before any name mean the association.
    """
    patterns = _patterns(association)
    taken = bytearray(len(text.text))
    found: list[Body] = []

    def add(start: int, end: int, kind: BodyKind, head: str, *, named: bool = True) -> None:
        if not any(taken[start:end]):
            taken[start:end] = b"\x01" * (end - start)
            found.append(Body(start, end, kind, head, named))

    own_head = _head_of(fold_letters(association.name))
    full_names = [m.span() for m in patterns.full.finditer(text.folded)]
    alike_names = [m.span() for m in patterns.lookalikes.finditer(text.folded)] if patterns.lookalikes else []
    for start, end in _longest([(s, e, True) for s, e in full_names] + [(s, e, False) for s, e in alike_names]):
        ours = (start, end) in full_names
        if not ours and _is_description(text.text[start:end]):
            continue  # left to the heads, as a generic mention
        if not ours and _is_beginning(text, start, end, association):
            add(start, end, BodyKind.GENERIC, own_head, named=False)
            continue
        add(start, end if ours else _extended(text, start, end), BodyKind.OURS if ours else BodyKind.OTHER,
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


_DESCRIPTION = re.compile(
    r"(?:zwiazek|zwiazkiem|stowarzyszeni(?:e|em)|organizacja|zrzeszeni(?:e|em))\s{1,3}(?:gmin|miast)"
)
"""Only as a predicate or a title; "do stowarzyszenia gmin" is some other body, unnamed."""


def _is_beginning(text: CleanText, start: int, end: int, association: Association) -> bool:
    """Whether a look-alike is only the beginning of our own name, and nothing makes it another's: "Związek Miast"."""
    words = re.findall(r"\w+", association.name)
    head = r"\s+".join(_word_pattern(fold_letters(word)) for word in words[:-1])
    return (
        len(words) > 2 and re.fullmatch(head, text.folded[start:end]) is not None and _extended(text, start, end) == end
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
    text: CleanText, patterns: _Patterns, association: Association, *, has_full: bool, by_address: bool
) -> list[tuple[int, int, BodyKind]]:
    """Bare acronyms: ours unless the text spells them out as something else."""
    if patterns.acronyms is None:
        return []
    matches = [m.span() for m in patterns.acronyms.finditer(text.text)]
    if not matches:
        return []
    kind = BodyKind.OURS
    doubtful = not has_full and not by_address
    if doubtful and (patterns.rival_initials or _spelt_otherwise(text, association) or _ELSEWHERE.search(text.folded)):
        kind = BodyKind.OTHER
    return [(start, end, kind) for start, end in matches]


# Where an acronym alone stands for a youth union or a factory.
_ELSEWHERE = re.compile(
    r"(?<!\w)(?:mlodziez\w*\s+(?:polsk|robotn|wiejsk)|zetempow|pzpr|ppr|komsomo|harcer|junak|stalin|stachanow|przodowni(?:k|c)\w*\s+pracy|legitymacj\w+\s+zmp|kol[oae]\s+zmp|parowozowni|19(?:4[89]|5[0-7])\s?(?:r\b|roku|-)|zakladow?\s+(?:mech|metal|miesn|maszyn)|sp\.\s?z\s?o\.\s?o)"
)


def _spelt_otherwise(text: CleanText, association: Association) -> bool:
    """Whether a lookalike with the same initials is named in the text."""
    initials = {a.casefold() for a in association.acronyms}
    for name in association.lookalikes:
        letters = "".join(word[0] for word in re.findall(r"\w+", name)).casefold()
        if letters in initials and re.search(rf"(?<!\w){_name_pattern(name)}", text.folded):
            return True
    return False


_HEAD_PATTERN = re.compile(
    r"(?<!\w)(?:" + "|".join(f"(?P<{head}>{pattern})" for head, pattern in _HEADS) + rf"|(?P<only>{_OTHER_ONLY}))(?!\w)"
)
_PRONOUN = re.compile(r"(?<!\w)(?:do|z|w|ze)\s+(?P<pron>niego|niej|nim|nich)(?!\w)")
_NOT_SINGULAR = re.compile(
    r"(?:kilku|wielu|roznych|innych|zadnej|zadnego|zadnym|innej|inny|innego|innym|analogiczn\w+|jednej|ktorejs|drugiej|kazdej|szeregu|takiej)\s+$"
)
_IN_CONNECTION = re.compile(r"(?<!\w)(?:w|zw\.)\s+zwiazku(?=\s+(?:z|ze)\s)")


def _heads(text: CleanText) -> list[tuple[int, int, str, BodyKind]]:
    found: list[tuple[int, int, str, BodyKind]] = []
    folded = text.folded
    idioms = {m.start() + m[0].index("zwiazku") for m in _IN_CONNECTION.finditer(folded)}
    for match in _HEAD_PATTERN.finditer(folded):
        start, end = match.span()
        head = match.lastgroup or "other"
        if head == "only":
            stop = _extended(text, start, end)
            if _really_other(text, start, match[0]):
                found.append((start, stop, "other", BodyKind.OTHER))
            continue
        if start in idioms:
            continue
        if head == "unia" and not text.text[start].isupper():
            continue
        tail = _extended(text, start, end)
        before = _adjective_before(text, start)
        described = _DESCRIPTION.match(folded, start)
        if described and text.text[start : described.end()].islower() and _STOPS.match(folded, described.end()):
            found.append((start, end, head, BodyKind.GENERIC))
            continue
        if tail > end or before is not None or re.match(rf"\s+(?:{_QUALIFIERS})", folded[end : end + 40]):
            if tail == end:
                qualifier = re.match(r"\s+[\w-]+", folded[end : end + 60])
                tail = end + (qualifier.end() if qualifier and before is None else 0)
            if head == "unia" and re.match(r"\s+europejsk", folded[end : end + 15]):
                continue
            found.append((start if before is None else before, tail, head, BodyKind.OTHER))
        elif _NOT_SINGULAR.search(folded, max(0, start - 25), start):
            found.append((start, end, head, BodyKind.OTHER))  # some other body, unnamed
        else:
            found.append((start, end, head, BodyKind.GENERIC))
    found += [
        (m.start("pron"), m.end("pron"), "pronoun", BodyKind.GENERIC)
        for m in _PRONOUN.finditer(folded)
        if m["pron"] != "nich"
    ]
    return found


_STOPS = re.compile(r"\s*(?:[.,;:()\n]|$)")


def _really_other(text: CleanText, start: int, surface: str) -> bool:
    """Abbreviations count in capitals only ("LOT" is a body, "lot" is a flight)."""
    if len(surface) <= 6 and surface.isalpha():
        return text.text[start : start + len(surface)].isupper() or (text.text[start].isupper() and len(surface) > 4)
    return True


def _extended(text: CleanText, start: int, end: int) -> int:
    """Where the name that goes on after a head ends: quoted, or in capitals."""
    rest = text.text[end : end + 160]
    quoted = re.match(r'\s{1,3}(?:pn\.\s|o nazwie\s|pod nazwą\s)?"[^"\n]{2,100}"', rest)
    if quoted:
        return end + quoted.end()
    if text.text[start:end].isupper() and end - start > 4:  # a heading in capitals: only known qualifiers tell
        qualifier = re.match(rf"\s+(?:{_QUALIFIERS})\w*", text.folded[end : end + 60])
        return end + qualifier.end() if qualifier else end
    words = re.match(rf"(?:\s{{1,3}}(?:{_CAPITAL}[\w-]*|i|oraz|na|rzecz|nad|w|z|RP|ziemi|rzeki)(?!\w)){{1,8}}", rest)
    if words is None:
        return end
    # a small word at the end of the run belongs to the sentence, not to the name
    run = re.sub(r"(?:\s+(?:i|oraz|na|rzecz|nad|w|z|ziemi|rzeki))+$", "", words[0])
    first = re.match(r"\s+([\w-]+)", run)
    if first is None or not first[1][0].isupper() or first[1] in _NO_NAME_WORDS:
        return end
    if _OBLIQUE.fullmatch(text.folded[start:end]) and _is_town(run.strip()):
        return end  # "jako członek stowarzyszenia Poniatowa zapłaci": the town is the subject
    return end + len(run)


_OBLIQUE = re.compile(r"zwiazk(?:u|owi|iem)|stowarzyszeni(?:a|u|em)|organizacj(?:i|e)|zrzeszeni(?:a|u|em)|federacji")


def _is_town(words: str) -> bool:
    """Whether words are the official name of a municipality, in the nominative."""
    return any(
        fold_letters(name) == fold_letters(words) for name in load_register().folded_forms.get(fold_letters(words), ())
    )


_NO_NAME_WORDS = frozenset(
    {"ZMP", "Rada", "Zarząd", "Miasto", "Gmina", "Burmistrz", "Prezydent", "To", "W", "Na", "Po", "Za", "Do", "Z"}
)


_ADJECTIVE = re.compile(
    rf"(?<!\w)(?P<a>{_CAPITAL}[\w-]{{3,}}(?:ski|cki|ny|wy|skiego|ckiego|skiemu|ckiemu|nego|wego|nemu|wemu|skim|ckim"
    r"|nym|wym|ska|cka|skiej|ckiej|ską|cką|skie|ckie|ne|we))\s{1,2}$"
)


def _adjective_before(text: CleanText, start: int) -> int | None:
    """Start of a capitalised adjective that makes a name with the head: "Śląski Związek", "Ekologicznego Związku"."""
    match = _ADJECTIVE.search(text.text[max(0, start - 40) : start])
    if match is None or fold_letters(match["a"]) in (
        "polski",
        "polskie",
        "polskiego",
        "nasze",
        "nowy",
        "nowe",
        "nowym",
        "nowego",
        "wazny",
    ):
        return None
    before = text.text[max(0, start - 40) : start][: match.start()].rstrip()
    if not before or before[-1] in ".!?\n":
        # at a sentence start any adjective is capitalised; only regional ones make a name
        if not re.search(r"(?:sk|ck)\w{1,4}$", fold_letters(match["a"])):
            return None
        if fold_letters(match["a"])[:8] in ("ogolnopo", "najwieks", "czlonkow"):
            return None
    return max(0, start - 40) + match.start()


def _merged(text: CleanText, found: list[Body]) -> list[Body]:
    """As in "stowarzyszenia o nazwie Związek Miast Polskich", "Związku Miast Polskich (ZMP)" are one mention each."""
    merged: list[Body] = []
    for body in found:
        if merged:
            last = merged[-1]
            gap = text.folded[last.end : body.start]
            if (
                last.kind is BodyKind.GENERIC
                and body.named
                and not re.search(r"\n\s*\n|\n\s*[-*]", gap)
                and re.fullmatch(r'[\s",:-]{0,4}(?:pn\.|pod nazwa|o nazwie|p\.n\.|tj\.|jakim jest)?[\s":-]{0,4}', gap)
            ):
                merged[-1] = Body(last.start, body.end, body.kind, body.head)
                continue
            if (
                last.kind is body.kind is BodyKind.OURS
                and re.fullmatch(r'[\s"]{0,2}[-(,]?[\s"(]{0,3}', gap)
                and body.end - body.start <= 8
            ):
                merged[-1] = replace(last, end=body.end)
                continue
        merged.append(body)
    return merged


_BESIDE = re.compile(
    r"(?:obok|wraz\s+z[e]?|razem\s+z[e]?|wspolnie\s+z[e]?|oraz|m\.\s?in\.|czy|lub|podobnie\s+jak|niz|od|i)\s+(?:w\s+|do\s+|z[e]?\s+)?$"
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
            if not (beside and named):
                named.append(body)
            resolved.append(body)
            continue
        meaning = _antecedent(body, [b for b in named if b.named])
        if meaning is BodyKind.OTHER and body.head in ("organizacja", "stowarzyszenie") and own >= max(2, 2 * others):
            meaning = BodyKind.OURS
        if meaning is None and ours_by_address:
            meaning = BodyKind.OURS
        if meaning is None and own and not others:
            meaning = BodyKind.OURS  # cataphora: only the association is named, further on
        resolved.append(replace(body, kind=meaning) if meaning is not None else body)
    return resolved


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
