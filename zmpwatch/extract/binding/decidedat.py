"""Where and when councils decided, told beside the rest: "uchwały podjęto w A (29 stycznia), B (5 lutego) i C"."""

from __future__ import annotations

from collections.abc import Iterable

from zmpwatch.extract.binding.balloting import EventBallots
from zmpwatch.extract.dates.resolving import DateMention
from zmpwatch.extract.structure.clause import Clause
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.towns.finding import Role, Town
from zmpwatch.extract.words.lazy import lazy

__all__ = ["DECIDED_THERE", "led_by_place", "then_decided", "was_voted", "where_decided"]

_DECIDED = (
    r"(?:podje(?:to|ta|te|ly)|zapadl[ayo]|uchwalon[aoey]|przyjeto|przyjet[aey]|przeglosowan[aoey]|zdecydowano|zadecydowano|postanowiono"
    r"|(?:za)?glosowano|poparto|odrzucono|rozstrzygnieto)"
)
_DECIDED_IN = lazy(rf"(?<!\w){_DECIDED}\s+(?:[\w-]+\s+){{0,3}}?(?:takze\s+|rowniez\s+|juz\s+)?we?\s+$")
_IN = lazy(r"(?<!\w)we?\s+$")
_THEN_DECIDED = lazy(rf"(?:\s*\([^()]{{0,60}}\))?\s+(?:[\w.-]+\s+){{0,4}}?{_DECIDED}(?!\w)")
_NEXT = lazy(r"(?:\s*\([^()]{0,60}\))?\s*(?:,|i|oraz|,?\s*a\s+takze)\s*(?:we?\s+)?")
_LED_BY_PLACE = lazy(
    r"\W*(?:tymczasem\s+|natomiast\s+|z\s+kolei\s+|takze\s+|podobnie\s+)?(?:(?:opozycj[aei]|koalicj[aei]|(?:klub|czesc|grupa)\s+(?:opozycyjny(?:ch|)\s+)?(?:radnych)?)\s+)?w[e]?\s+$"
)
_OF_A_TOWN = lazy(
    r"(?<!\w)(?:rad[ay]|radzie|radni|radnych|radnym|opozycj[aei]|burmistrz\w*|prezydent|samorzad\w*|temat|sprawa|projekt|pomysl|wladz\w+|uchwal\w+|sesji)(?!\w)"
)
_THEY_WANT = lazy(
    r"\s+(?:(?:tez|takze|rowniez|juz|wciaz|nadal|dlugo|teraz|dzis|znow|znowu|od\s+dawna|coraz\s+glosniej)\s+){0,2}"
    r"(?:nie\s+)?(?:chca|chcieli|zglaszaja|planuja|zamierzaja|mysla|marza|rozwazaja|przymierzaja|szykuja|postanowili|zdecydowali"
    r"|maja\s+(?:apetyt|chec|ochote|zamiar|plan))(?!\w)(?:\s+sie)?(?!\s+(?:tego\s+)?(?:mieszkanc|przedsiebiorc|nauczyciel|rodzic|organizator|wedkarz|dzialacz|strazac|uczni|lekarz))"
)
"""As in "W Giżycku chcą wstąpić do Związku": who it is are those who speak for the town."""

DECIDED_THERE = lazy(
    r"(?<!\w)(?:zgodzono|przyklepano|wyrazono|wydano\s+zgod\w+|dano\s+(?:zgod\w+|zielone)|powiedziano|udzielono|postanowiono|zdecydowano|zadecydowano|przesadzono|zatwierdzono|zaakceptowano|zaaprobowano|poparto|klepnieto|przychylono|opowiedziano|podjeto|uchwalono)(?!\w)",
    "ono",
    "ano",
    "eto",
    "poparto",
)
"""What is told without who did it: in the place that is named, its council."""
_THEN = lazy(
    r",\s+(?:(?:zaraz|tuz|niedlugo|krotko|dopiero|wkrotce)\s+)?(?:po\s+tym,?\s+(?:jak|gdy|kiedy)|gdy(?:\s+tylko)?|kiedy|odkad)\s"
)


def then_decided(dates: Iterable[DateMention], sentence: Sentence) -> list[DateMention]:
    """The days told of a council in a clause of its own: "Wniosek wysłał w maju, gdy radni w kwietniu poparli …"."""
    then = _THEN.search(sentence.folded)
    if then is None:
        return []
    start = sentence.start + then.end()
    if not sentence.has("council", start=start) or sentence.has("council", end=sentence.start + then.start()):
        return []
    return [mention for mention in dates if mention.start >= start]


def was_voted(ballots: EventBallots, sentence: Sentence, clause: Clause) -> bool:
    """As in "Przystąpienie przeszło w X gładko: 17 za, nikt przeciw": whether the place is where that was."""
    ballot = ballots.told(sentence, clause) if sentence.has("decide") else None
    return ballot is not None and None not in (ballot.votes.in_favour, ballot.votes.against)


def where_decided(sentence: Sentence) -> list[Town]:
    """The places where something was decided; none where the board decides, or the sentence names none."""
    if not sentence.has("decide", "admit_verb", "refuse") or sentence.has("board"):
        return []
    for number, town in enumerate(sentence.towns):
        lead = sentence.slice(sentence.start, town.start)
        if town.role != Role.PLACE or _IN.search(lead) is None:
            continue
        listed = [town]
        for other in sentence.towns[number + 1 :]:
            if _NEXT.fullmatch(sentence.slice(listed[-1].end, other.start)) is None:
                break
            listed.append(other)
        if _DECIDED_IN.search(lead) or _THEN_DECIDED.match(sentence.slice(listed[-1].end, sentence.end)):
            return listed
    return []


def led_by_place(sentence: Sentence) -> list[Town]:
    """The place that a sentence on councils and mayors, or on "them", begins with: "W Drawsku temat ma wrócić"."""
    if not sentence.towns or sentence.has("board"):
        return []
    first = sentence.towns[0]
    if not _OF_A_TOWN.search(sentence.folded) and not _THEY_WANT.match(sentence.slice(first.end, sentence.end)):
        return []
    if first.role != Role.PLACE or not _LED_BY_PLACE.fullmatch(sentence.slice(sentence.start, first.start)):
        return []
    return [first]
