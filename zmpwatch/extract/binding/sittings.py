"""The day on which the association's board sat, told before what it decided there."""

from __future__ import annotations

from collections.abc import Sequence

from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.dates.resolving import DateMention
from zmpwatch.extract.structure.reading import Reading
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.towns.finding import Town
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.signs import signs_of

__all__ = ["BOARDS_OWN", "board_sat", "day_of_boards_act", "sitting_before", "taken_up_by_board"]

_BOARD_SAT = lazy(
    r"(?<!\w)zarzad\w*(?!\w)(?:[^.]|(?<=\sr)\.){0,90}?(?:obradowa\w*|spotka\w+\s+sie|zebra\w+\s+sie|posiedzeni\w*|rozpatrzy\w+|rozpoznal\w*|przychyli\w+|zaakceptowa\w+|zatwierdzi\w+|zgodzi\w+|zdecydowa\w+|przyja\w*|podjal|powzial|zaja\w+\s+sie|zajmowal\s+sie)(?!\w)"
    r"|(?:obradowa\w*|spotka\w+\s+sie|zebra\w+\s+sie|posiedzeni\w*|obrad\w*|(?:podjal|powzial|zatwierdzil|rozpatrzyl)(?!\w))[^.]{0,80}?(?<!\w)zarzad\w*|(?<!\w)(?:decyzj|uchwal|postanowieni|prac)\w{0,3}\s+zarzadu(?!\w)"
    r"|(?<!\w)board(?!\w)[^.]{0,80}?(?<!\w)(?:met|meeting|meets|convened)(?!\w)|(?<!\w)meeting\s+of\s+the\s+board(?!\w)",
    "zarzad",
    "board",
)
BOARDS_OWN = lazy(
    r"(?<!\w)(?:decyzj|uchwal|postanowieni)\w{1,3}\s+(?:jej\s+|jego\s+)?zarzadu(?:\s+\w+){0,4}?,?\s+(?:z|w)\s+(?:dnia\s+|dniu\s+)?$"
)
"""Before the day of a decision of the board: "decyzji Zarządu z 24 maja"."""
_SAT = lazy(
    r"(?<!\w)(?:posiedzeni\w+|obrad\w*|obradowa\w+|meeting|met)(?!\w)", "posiedzeni", "obrad", "=meeting", "=met"
)
_TITLE = lazy(
    r"\W*(?:[\w-]+\s+){0,5}?(?:posiedzeni\w+|obrad\w*|prac|decyzj\w+|zarzad)\s+(?:\w+\s+)?(?:zarzadu|zmp|zwiazku)(?!\w)"
)
"""How the title of a paper on a sitting of the board begins: "Komunikat z posiedzenia Zarządu ZMP, …"."""
_PUT_UP = lazy(
    r"(?<!\w)(?:zamieszczon|opublikowan|dodan|publikacj|aktualizacj|posted|published)\w*:?\s+(?:dnia\s+|on\s+)?$"
)
"""Before the day on which a page was put up."""
_ANOTHER = lazy(
    r"(?<!\w)(?:ostatni|poprzedni|najblizsz|nastepn|kolejn|wczesniejsz|tamt)\w*\s+(?:\w+\s+)?(?:posiedzeni|obrad|zarzad)|lat\w*\s+temu|^\W*(?:juz\s+)?(?:wczesniej|poprzednio|dawniej)(?!\w)",
    *("ostatni", "poprzedni", "najblizsz", "nastepn", "kolejn", "wczesniej", "tamt", "temu", "dawniej"),
)
"""A sitting of another day is meant, in the sentence that tells the decision."""
_TO_COME = lazy(
    r"(?<!\w)(?:odbedzie|odbeda|zaplanowan\w+|planowan\w+|bedzie|beda|spotka\s+sie|zbierze|najblizsz\w+|will)(?!\w)|(?<!\w)nastepn\w+\s+(?:posiedzeni|obrad)\w*\s?:"
)
_COUNCILS = lazy(
    r"(?<!\w)(?:sesj\w+|rad[ay]\s+(?:miejsk|miast|gmin)\w*|komisj\w+|session|town\s+council)(?!\w)",
    *("sesj", "=rada", "=rady", "komisj", "=session", "=council"),
)
_TAKEN_UP = lazy(
    r"(?<!\w)(?:dotycz\w+|wnios(?:ek|ki|kami|kiem|ku|kow)|akces\w{0,3}|deklaracj\w+|kandydatur\w+|prosb\w+)\s+(?:o\s+(?:przyjecie|czlonkostwo)\s+)?(?:z\s+)?(?:(?:miast\w?|gmin\w?|samorzad\w+)\s+)?",
    *("dotycz", "wnios", "akces", "deklaracj", "kandydatur", "prosb"),
)
"""Before the towns that the board decided about: "decyzje Zarządu dotyczyły A i B", "rozpatrzył wnioski C i D"."""
_TAKES_UP = lazy(
    r"(?<!\w)(?:tez|takze|rowniez|ponadto|oprocz\s+tego|poza\s+tym|wraz|razem|wspolnie|jednoczesnie|rownoczesnie|t(?:ym|ego|ej)|tych|wtedy|wowczas|kolejn\w+|drug\w+|trzeci\w*|pozostal\w+|obok|lacznie|tak\s+(?:wiec|oto)|tym\s+samym)(?!\w)"
)
_OF_SITTINGS = signs_of(_BOARD_SAT, _SAT, _COUNCILS)
_A_WHILE = 7


def sitting_before(reading: Reading, sentence: Sentence) -> Sentence | None:
    """The last sitting of the board that was told of before a sentence, a few sentences back at most."""
    if _ANOTHER.search(sentence.folded):
        return None
    before = reading.before(sentence, _A_WHILE)
    start, _ = sentence.paragraph
    by_itself = None
    for earlier in reversed(before):
        if earlier.start < start and by_itself is None:
            by_itself = _is_dated([s for s in before if s.start >= start])
            if by_itself:
                return None
        if not earlier.signs & _OF_SITTINGS:
            continue
        if _COUNCILS.search(earlier.folded) and not earlier.has("board"):
            return None
        named = _BOARD_SAT.search(earlier.folded) is not None
        if not named and not (_SAT.search(earlier.folded) and any(s.has("board") for s in (*before, sentence))):
            continue
        kinds = {body.kind for body in earlier.bodies}
        if BodyKind.OTHER in kinds and BodyKind.OURS not in kinds:
            return None
        if _told_of_another(earlier, sentence):
            return None
        if not _TO_COME.search(earlier.folded):
            return earlier
    return None


def _told_of_another(earlier: Sentence, sentence: Sentence) -> bool:
    """Whether a sitting is told as another town's admission, in a paragraph of its own, and this one begins anew.

    Two items of news on one page need not be of one day; "przyjęto też A" and "na tym posiedzeniu" say that they are.
    """
    if earlier.start >= sentence.paragraph[0] or not _begins_anew(sentence):
        return False
    theirs = {t.name for t in earlier.towns if t.is_actor}
    return (
        bool(theirs) and earlier.has("admit_verb", "admit_noun") and theirs.isdisjoint(t.name for t in sentence.towns)
    )


def _is_dated(sentences: Sequence[Sentence]) -> bool:
    """Whether sentences tell on which day something was."""
    return any(d.day is not None and d.explicit_year for s in sentences for d in s.dates)


def _begins_anew(sentence: Sentence) -> bool:
    """Whether a sentence names the association by itself and takes nothing up."""
    named = any(b.kind is BodyKind.OURS and b.named for b in sentence.bodies)
    return named and _TAKES_UP.search(sentence.folded) is None


def board_sat(reading: Reading, sentence: Sentence) -> DateMention | None:
    """The day, or only the month, of the last sitting of the board that was told of before a sentence.

    Where the last sentence about it gives none ("Zarząd zebrał się w komplecie"), that of the paper's title.
    """
    sat = sitting_before(reading, sentence)
    if sat is None:
        return None
    if not sat.dates:
        title = next((s for s in reading.sentences[: sat.number] if s.dates and _TITLE.search(s.folded)), None)
        if title is None or sat.number - title.number > _A_WHILE or _TO_COME.search(title.folded):
            return None
        sat = title
    days = [d for d in sat.dates if d.day is not None and d.iso is not None]
    days = [d for d in days if _PUT_UP.search(sat.slice(max(sat.start, d.start - 24), d.start)) is None]
    days = [d for d in days if BOARDS_OWN.search(sat.slice(sat.start, d.start))] or days
    months = [d for d in sat.dates if d.month is not None and d.iso is not None]
    if not days and len(months) == 1 and _SAT.search(sat.folded):
        return months[0]
    return days[0] if len(days) == 1 else None


def day_of_boards_act(sentence: Sentence) -> str | None:
    """As in "To efekt uchwały rady z 5 kwietnia i decyzji Zarządu z 24 maja": the day of the board's own act."""
    if not sentence.has("board"):
        return None
    days = [d for d in sentence.dates if BOARDS_OWN.search(sentence.slice(sentence.start, d.start))]
    return days[0].iso if len(days) == 1 and days[0].month is not None else None


def taken_up_by_board(sentence: Sentence) -> list[Town]:
    """The first town that the board decided about, in a sentence that does not tell how: none, or one."""
    match = _TAKEN_UP.search(sentence.folded) if sentence.has("board") else None
    return [t for t in sentence.towns if match is not None and t.start == sentence.start + match.end()]
