"""Since when somebody is a member: days behind "od", and those in the bracket behind the association's name."""

from __future__ import annotations

from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.dates.resolving import DateMention
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.words.lazy import lazy

__all__ = ["FOUNDED", "SINCE", "SINCE_A_WEEKDAY", "since_day"]

SINCE = lazy(
    r"(?<!\w)(?:od|since|dniem|od\s+dnia|juz\s+od|od\s+roku|back\s+to|datuje\s+sie\s+(?:od|na)|siega)\s+(?:dnia\s+|roku\s+|(?:jego\s+|swojej\s+|samej\s+)?(?:kongresu|zjazdu|reaktywacji|restytucji|odrodzenia)\s+(?:\w+\s+)?(?:w|z)\s+)?$"
)
_EVER_SINCE = lazy(
    r"(?<!\w)(?:odkad\s+(?:we?\s+)?|od\s+(?:polowy|konca|poczatku|poczatkow|schylku|wiosny|lata|jesieni|zimy|(?:drugiej|pierwszej)\s+polowy"
    r"|(?:pierwszego|drugiego|trzeciego|czwartego|ostatniego|i{1,3}|iv)\s+kwartalu)\s+)(?:dnia\s+|roku\s+)?$",
    *("=odkad", "=od"),
)
SINCE_A_WEEKDAY = lazy(
    r"(?<!\w)od\s+(?:[\w.]+\s+)?(?:poniedzialku|wtorku|srody|czwartku|piatku|soboty|niedzieli)\s*[,(]?\s*(?:dnia\s+)?$",
    *("poniedzialku", "wtorku", "srody", "czwartku", "piatku", "soboty", "niedzieli"),
)
"""As in "od piątku (24 stycznia)", before the day."""
FOUNDED = lazy(r"(?:istniej\w*|powstal\w*|zalozon\w*|dziala\w*|od\s+wybor\w*)\s+(?:juz\s+)?(?:od|w|since)?\s*$")
_BRACKET = lazy(
    r"\"?(?:\s\(\w{2,5}\))?\s?\((?:(?:czlon(?:ek|kostwo|kini)|przynaleznosc|uczestnictwo|obecnosc|przystapienie|przystapil[aoi]?|nalez\w+|jest|data|rok|przystapienia|wstapienia|juz|(?P<since>od|since)|w|z|dnia|roku|r\.|member)[\s:,]+){0,5}"
)
_BRACKET_ENDS = lazy(r"\s*(?:r\.|roku|r)?\s*[),;]")
_SELF_GOVERNED = "1990"
_SO_LONG = lazy(r"(?<!\w)(?:jest|jestesmy|sa|nalezy|naleza|nalezymy)\s+(?:(?:juz|tam|do\s+niego|w\s+nim)\s+){0,2}$")
"""As in "w Związku jesteśmy już 25 lat"."""
_A_DAY_FROM_WHICH = lazy(
    r"\s*(?:r\.|roku)?\s*(?:to|,|-|byl|jest)*\s*(?:data|dzien|rok),\s+(?:od|z)\s+ktor(?:ej|ego)\s+[^,;.]{0,60}?(?<!\w)(?:nalez|jest|sa(?!\w)|przynalez|dziala|czlonk)"
)
"""Behind a day: "9 listopada 1994 – data, od której miasto należy"."""


def since_day(sentence: Sentence, folded: str, anchor: int) -> str | None:
    """The day since when somebody is a member: in the association's own bracket, else nearest to a place.

    Args:
        sentence: where the membership is told.
        folded: the page's folded text.
        anchor: the place of the word that tells it.
    """
    own, foreign = _in_brackets(sentence)
    if own is not None:
        return own.iso
    found = [
        d for d in sentence.dates
        if (
            SINCE.search(folded[max(sentence.start, d.start - 44) : d.start])
            or SINCE_A_WEEKDAY.search(folded[max(sentence.start, d.start - 40) : d.start])
            or _EVER_SINCE.search(folded[max(sentence.start, d.start - 36) : d.start])
            or folded.startswith("od ", d.start)
            or (d.kind == "years_back" and _SO_LONG.search(folded[max(sentence.start, d.start - 24) : d.start]))
            or _A_DAY_FROM_WHICH.match(folded, d.end, sentence.end)
        )
        and d not in foreign
        and not _founded(folded, max(sentence.start, d.start - 30), d.start, anchor)
    ]  # fmt: skip
    return min(found, key=lambda d: abs(d.start - anchor)).iso if found else None


def _in_brackets(sentence: Sentence) -> tuple[DateMention | None, list[DateMention]]:
    """The day in a bracket right behind the association, and those behind other bodies.

    A bare year behind its name may be the one it was founded in, and is its members' only in a row with others'.
    """
    own: DateMention | None = None
    certain = False
    foreign: list[DateMention] = []
    for body in sentence.bodies if sentence.dates and "(" in sentence.text else ():
        day = next((d for d in sentence.dates if d.start > body.end), None)
        lead = _BRACKET.fullmatch(sentence.slice(body.end, day.start)) if day is not None else None
        if day is None or lead is None:
            continue
        if body.kind is BodyKind.OTHER:
            foreign.append(day)
        elif body.kind is BodyKind.OURS and own is None:
            certain = lead["since"] is not None or sentence.slice(day.start, day.end).startswith("od ")
            own = day if certain or _joined_then(sentence, day) else None
    return (own if certain or foreign else None), foreign


def _joined_then(sentence: Sentence, day: DateMention) -> bool:
    """Whether a bare day is all its bracket says, "(w 2020 r. składka 12 tys. zł)", and none of an older association.

    Towns have governed themselves, and joined associations, since 1990: a year before is that of the foundation.
    """
    alone = _BRACKET_ENDS.match(sentence.slice(day.end, sentence.end)) is not None
    return alone and day.iso is not None and day.iso >= _SELF_GOVERNED


def _founded(folded: str, start: int, end: int, anchor: int) -> bool:
    """Whether the association is what has been there since a date; "W Związku działa od 2019 roku X" is told of X."""
    match = FOUNDED.search(folded, start, end)
    return match is not None and not match.start() <= anchor < match.end()
