"""Whose members a number counts."""

from __future__ import annotations

import re

from zmpwatch.extract.bodies.finding import Body, BodyKind
from zmpwatch.extract.membership.memberwords import goes_elsewhere
from zmpwatch.extract.structure.reading import Reading
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.numerals import Number

__all__ = ["about_ours", "clause", "likened", "main_is_ours", "of_another_group"]


def about_ours(reading: Reading, sentence: Sentence, number: Number, *, weak: bool = True, far: bool = False) -> bool:
    """Whether the body that a number belongs to is the association.

    The nearest mention in the number's own clause decides, then the nearest in the sentence, then what the sentence
    before was about. `weak` lets the address and the kind of paper tell; `far` lets a name from further up count,
    where the words around the number speak of members of themselves.
    """
    if _of_named_group(reading, sentence, number) or _beside_it(reading, sentence, number):
        return False
    if _of_others_before(reading, sentence, number):
        return False
    told = _antecedent(sentence, number) or _in_turn(reading, sentence, number)
    if told is not None:
        return told.kind is BodyKind.OURS
    head = _of_the_head(sentence, number)
    if head is not None:
        return head is BodyKind.OURS
    mentions = [
        b
        for b in sentence.bodies
        if b.kind is not BodyKind.GENERIC and not b.beside and not _is_in_passing(sentence, b)
    ]
    if mentions:
        left, right = clause(sentence, number.start)
        inside = [b for b in mentions if left <= b.start < right]
        if not inside:
            inside = [b for b in mentions if b.end <= number.start][-1:]
        if not inside:
            earlier = _named_before(reading, sentence, far=far)
            if earlier is not None:
                return earlier is BodyKind.OURS
            inside = mentions
        nearest = min(
            inside, key=lambda b: b.start - number.end if b.start >= number.end else (number.start - b.end) * 0.6
        )
        return (
            nearest.kind is BodyKind.OURS and not goes_elsewhere(sentence, nearest) and not likened(sentence, nearest)
        )
    unresolved = [b for b in sentence.bodies if b.kind is BodyKind.GENERIC]
    if unresolved or (weak and _other_group(sentence, number)):
        return False
    before = _named_before(reading, sentence, far=far)
    if before is not None:
        return before is BodyKind.OURS
    if not weak and not reading.ours_by_address:
        return False
    return reading.ours_by_address or (
        reading.paper.value in ("resolution", "draft") and bool(reading.bodies) and main_is_ours(reading)
    )


_IN_PASSING = lazy(
    r"(?:\(|,\s)(?:obok|podobnie\s+jak|tak\s+jak|wraz\s+ze?|razem\s+ze?|inaczej\s+niz|w\s+odroznieniu\s+od)\s+\"?$"
)
_PASSED = lazy(r"\"?\s?[,)]")


def _is_in_passing(sentence: Sentence, body: Body) -> bool:
    """Whether another body is only put beside the subject: "Związek (obok Związku Powiatów) zrzesza 353 miasta"."""
    if body.kind is not BodyKind.OTHER or body.start == sentence.start:
        return False
    lead = sentence.slice(max(sentence.start, body.start - 24), body.start)
    return _IN_PASSING.search(lead) is not None and _PASSED.match(sentence.slice(body.end, sentence.end)) is not None


_LIKENED = lazy(
    r"(?<!\w)(?:odpowiedni(?:k|ka|kiem|czka|czki)|siostrzan\w+|blizniacz\w{1,3}(?:\s+wobec)?|podobn\w{1,3}\s+do|na\s+wzor|wzorowan\w+\s+na|role|counterpart\s+of|equivalent\s+of|similar\s+to"
    r"|(?P<partner>partner(?:a|ka|ki|owi)?|partner\s+of))\s+(?:(?:nasz\w{1,3}|polski\w{1,3}|the|our)\s+){0,2}\"?$"
)
_ITS_OWN = lazy(r"\"?\s*(?:,\s+(?:ktor\w+|zrzeszaj\w+|skupiaj\w+|which)|\()")


def likened(sentence: Sentence, body: Body) -> bool:
    """Whether another body is only likened to the association: "czeski odpowiednik Związku liczy 2 700 gmin"."""
    match = _LIKENED.search(sentence.slice(sentence.start, body.start))
    if match is None:
        return False
    return match["partner"] is None or _ITS_OWN.match(sentence.slice(body.end, sentence.end)) is None


# What has members, or villages and firemen, of its own and stands as the subject or behind the number.
_GROUP = lazy(
    r"(?<!\w)(?:gmin[ay]|miasto|powiat|kraj|polska|europa|solectw\w*|dzielnic\w*|uczelni\w*|uniwersytet\w*|spoldzielni\w*|parafi\w*|szkol\w*"
    r"|chor|choru|orkiestr\w*|klub\w*|kolo|osp|straz\w*|druzyn\w*|sekcj\w*|hufiec|hufc\w*|cech|cechu|lig[ai]|firm\w*|spolk\w*|emeryt\w*|senior\w*"
    r"|wedkarz\w*|dzialkow\w*|portal\w*|gazet\w*|raport\w*|ankiet\w*|baz[ay]|system\w*)(?!\w)[^.,;:()]{0,60}$"
)
_OF_GROUP = lazy(
    r"\s*(?:czlonk\w+|osob\w*)\s+(?:\w+\s+)?(?:osp|straz\w*|klub\w*|kola|spoldzielni|choru|orkiestry|druzyny|sekcji|hufca|cechu|ligi|partii|zespolu)(?!\w)"
)


# "do Klubu Innowatorów, który ma już 355 członków": members of what stands between the association and the number.
_NAMED_GROUP = lazy(
    r"(?<!\w)(?:Klub|Akademi|Forum|Koł|Bank|Towarzystw|Spółdzielni|Parlament|Platform|Partnerstw|Koalicj|Lig|Cech|Chór|Orkiestr"
    r"|Huf|Drużyn|Szkoł|Uniwersytet|Instytut|Wspólnot|Bractw|Gildi|Porozumieni|Sojusz|Młodzieżow|Rad[aęy]\s+Seniorów|Club|Academy|Network)"
    r"\w{0,5}(?!\w)[^.;:()]{0,60}?"
    r"(?:,\s(?:do\s|w\s|z\s)?(?:któr|mając|licząc|zrzeszając|skupiając|grupując|which|with)\w*"
    r"|\s(?:liczy\w*|ma|miał[ao]?|zrzesza\w*|skupia\w*|grupuj\w*|gromadzi\w*|liczącą?\w*|has))\s[^.;:()]{0,40}$"
)


def _of_named_group(reading: Reading, sentence: Sentence, number: Number) -> bool:
    """Whether a club, an academy or the like is named behind the last body and has the members counted."""
    last = max((b.end for b in sentence.bodies if b.end <= number.start), default=sentence.start)
    return _NAMED_GROUP.search(reading.clean.text[max(last, number.start - 200) : number.start]) is not None


# "Związku Miast Polskich i centrali sieci, do której należy 225 miast": members of what is named beside it.
_BESIDE_IT = lazy(
    r"\"?(?:,\s+[\w-]+(?:\s+[\w-]+)?){0,2}\s+(?:i|oraz|a\s+takze)\s+(?:[\w-]+\s+){0,5}[\w-]+,\s+(?:(?:do|w|z|ze)\s+)?"
    r"(?:ktor\w+|(?:zrzesza|skupia|grupuj|licz|majac|reprezentuj)\w*(?:acy|aca|ace)\w*)(?!\w)"
)
_OF_ITSELF = lazy(r"(?<!\w)(?:organizacj|stowarzysz|zrzesz|zwiazk|zwiazek|najw|najst|jego|jej)\w*")


def _beside_it(reading: Reading, sentence: Sentence, number: Number) -> bool:
    """Whether a relative clause with the number hangs on a plain noun that the association is only named beside."""
    last = max((b.end for b in sentence.bodies if b.end <= number.start), default=None)
    if last is None:
        return False
    between = reading.clean.folded[last : number.start]
    hung = _BESIDE_IT.match(between) if "," in between else None
    return hung is not None and _OF_ITSELF.search(hung[0]) is None


_HEAD_HAS = lazy(
    r",\s+(?:(?:z|ze|w|we|do|od|dla|na|o|u|with|of|to|in)\s+)?(?:ktor\w+|which|whose)\s+(?!jest(?!\w))[^,;:()]{0,140},\s+"
    r"(?:\w+\s+)?(?:ma|mial[ao]?|liczy\w*|zrzesza\w*|skupia\w*|reprezentuj\w+|grupuj\w+|laczy\w*|posiada\w*|has|had|unites|numbers)\s+(?:\w+\s+){0,3}$",
    *("ktor", "which", "whose"),
)
"""Behind a relative clause the subject is what that hangs on: "Asocjacja, z którą współpracuje Związek, ma 300"."""


def _of_the_head(sentence: Sentence, number: Number) -> BodyKind | None:
    """Which body has the members where a relative clause stands between it and its verb: what the clause hangs on."""
    hung = _HEAD_HAS.search(sentence.slice(sentence.start, number.start))
    if hung is None:
        return None
    place = sentence.start + hung.start()
    before = [b for b in sentence.bodies if b.start < place]
    if before:
        last = before[-1]
        return last.kind if last.kind is not BodyKind.GENERIC and place - last.end <= 1 else None
    return BodyKind.OTHER if any(place <= b.start < number.start for b in sentence.bodies) else None


_RELATIVE = lazy(r"\"?\)?,\s+(?:(?:z|ze|w|we|do|od|dla|na|o|u)\s+)?ktor\w+\s[^,;:()]{0,90}$", "ktor")


def _antecedent(sentence: Sentence, number: Number) -> Body | None:
    """The body right before the relative clause that the number stands in: "do Unii, do której należy 80 gmin"."""
    hung = _RELATIVE.search(sentence.slice(sentence.start, number.start))
    if hung is None:
        return None
    place = sentence.start + hung.start()
    return next((b for b in sentence.bodies if b.end == place and b.kind is not BodyKind.GENERIC), None)


_PAIR = 2
_IN_TURN = lazy(
    r"(?:^|[,;-]\s|(?<!\w)(?:a|do|w)\s)\W*(?:(?:ten|ta|to|tego|tej|tym)\s+)?(?:(?P<first>pierwsz)|drug|ostatni)\w{1,3}\s+(?:[^,;:()]{0,50},\s+(?:a|i|ale|lecz)\s+)?[^,;:()]{0,50}$",
    *("pierwsz", "drug", "ostatni"),
)


def _in_turn(reading: Reading, sentence: Sentence, number: Number) -> Body | None:
    """As in "Związek Gmin i Związek Miast podpisały list. Ten pierwszy zrzesza …": one of two named just before."""
    turn = _IN_TURN.search(sentence.slice(sentence.start, number.start))
    if turn is None or any(sentence.start + turn.start() <= b.start < number.start for b in sentence.bodies):
        return None
    for earlier in reversed(reading.before(sentence, _PAIR)):
        told = (*earlier.bodies, *sentence.bodies)
        named = [b for b in told if b.kind is not BodyKind.GENERIC and b.named and b.end <= number.start]
        if named:
            return named[0 if turn["first"] else 1] if len(named) == _PAIR else None
    return None


def of_another_group(reading: Reading, sentence: Sentence, number: Number) -> bool:
    """Whether a number counts the members of something smaller, named or not."""
    return (
        _of_named_group(reading, sentence, number)
        or _beside_it(reading, sentence, number)
        or _of_the_head(sentence, number) is BodyKind.OTHER
        or _other_group(sentence, number)
        or _of_others_before(reading, sentence, number)
    )


def _other_group(sentence: Sentence, number: Number) -> bool:
    """Whether a sentence that names no body counts those of something else: "Koło łowieckie zrzesza 45 członków"."""
    left, _ = clause(sentence, number.start)
    return (
        _GROUP.search(sentence.slice(left, number.start)) is not None
        or _OF_GROUP.match(sentence.slice(number.end, sentence.end)) is not None
    )


_OF_THEM = lazy(
    r"(?<!\w)(?:ich|nas)\s+(?:(?:jest|bylo|teraz|dzis|juz|ponad|blisko|prawie|okolo)\s+){0,3}$", "=ich", "=nas"
)
_OTHERS = lazy(
    r"(?<!\w)(?:powiat(?:y|ow|om)|sygnatariusz\w*|uczestni\w+|laurea\w+|zgloszen\w*|ankie\w+|szkol\w*|firm\w*|druhow\w*|zawodni\w+|wolontariusz\w*|podpis\w*|petycj\w+|wniosk\w+|projekt\w*|uczni\w+|wzi[ae]l\w+\s+udzial)(?!\w)"
)
"""Who else may be so many: "sygnatariuszy przybywa, jest ich 311"."""
_GROUP_FIRST = lazy(
    r"\W*(?:nasz\w\s+)?(?:szkola|klub|klaster|kolo|straz|chor|orkiestra|spoldzielnia|parafia|druzyna|sekcja|hufiec|cech|liga|firma|spolka|portal|fundacja|federacja|izba|towarzystwo|bractwo|partnerstwo|grupa|siec|platforma|akademia)\s+(?!miast|samorzad)[a-z]"
)
"""How a sentence begins that is about another body, without its name."""
_NO_SUBJECT_YET = lazy(
    r"\W*(?:(?:obecnie|dzis|dzisiaj|teraz|aktualnie|juz|lacznie)\s+)?(?:liczy|ma|zrzesza|skupia|nalezy|naleza|gromadzi|tworzy)(?!\w)"
)


def _of_others_before(reading: Reading, sentence: Sentence, number: Number) -> bool:
    """Whether "ich" or a verb without a subject takes up somebody else: "Szkoła tańca … Liczy 340 członków"."""
    lead = sentence.slice(sentence.start, number.start)
    before = [s for s in reading.before(sentence) if s.start >= sentence.paragraph[0]]
    if any(b.kind is BodyKind.OURS for s in (*before, sentence) for b in s.bodies if b.end <= number.start):
        return False
    if _OF_THEM.search(lead) is not None:
        return any(_OTHERS.search(text) is not None for text in (lead, *(s.folded for s in before)))
    return _NO_SUBJECT_YET.match(sentence.folded) is not None and any(_GROUP_FIRST.match(s.folded) for s in before)


_FAR, _NEAR = 20, 3
"""How many sentences back a body may be named, in general and in another paragraph."""


def _named_before(reading: Reading, sentence: Sentence, *, far: bool = False) -> BodyKind | None:
    """The body that the sentences before speak of last; the whole text where it names no other than ours."""
    sole = far and not any(b.kind is BodyKind.OTHER for b in reading.bodies)
    for earlier in reversed(reading.before(sentence, _FAR if far else _NEAR)):
        near = sentence.number - earlier.number <= _NEAR or earlier.segment is sentence.segment
        if not (near or sole):
            return None
        named = [b for b in earlier.bodies if b.kind is not BodyKind.GENERIC and not b.beside]
        if named:
            return _without_aside(earlier, named)
    return None


_ASIDE = lazy(r"\"?,\s+(?:(?:z|ze|w|we|do|od|dla|na|o|u)\s+)?ktor\w+\s[^,;]*", "ktor")


def _without_aside(sentence: Sentence, named: list[Body]) -> BodyKind:
    """The kind of the last body named: of "Rada Gmin, której członkiem jest Związek, przyjęła …" the first."""
    last = named[-1]
    if len(named) > 1 and "," in sentence.slice(last.end, sentence.end):
        before = named[-2]
        if _ASIDE.fullmatch(sentence.slice(before.end, last.start)):
            return before.kind
    return last.kind


def main_is_ours(reading: Reading) -> bool:
    """Whether a text names the association more often than other bodies."""
    own = sum(b.kind is BodyKind.OURS for b in reading.bodies)
    others = sum(b.kind is BodyKind.OTHER for b in reading.bodies)
    return own > others


def clause(sentence: Sentence, position: int) -> tuple[int, int]:
    """The run between semicolons, dashes, brackets and commas with a relative or contrary word."""
    left, right = sentence.start, sentence.end
    for match in re.finditer(r"[;()]|\s-\s|,\s+(?:a|ale|lecz|natomiast|zas|choc)\s", sentence.folded):
        if sentence.start + match.end() <= position:
            left = sentence.start + match.end()
        elif sentence.start + match.start() >= position:
            right = sentence.start + match.start()
            break
    return left, right
