"""How many members the association has, as sentences and figure blocks say it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.counts.bare import ENDS, has_them
from zmpwatch.extract.counts.count import Count
from zmpwatch.extract.counts.dated import as_of
from zmpwatch.extract.counts.doubt import is_doubted
from zmpwatch.extract.counts.evidence import CONFIDENCE, evident
from zmpwatch.extract.counts.frames import AFTER_INSTITUTION, COUNTED, NOT_UNIT, frame
from zmpwatch.extract.counts.nthtowns import A_TOWN, TAKEN_AS, is_nth_of_else, of_another_body
from zmpwatch.extract.counts.parts import is_batch
from zmpwatch.extract.counts.whose import about_ours
from zmpwatch.extract.membership.memberwords import of_another
from zmpwatch.extract.structure.reading import LEAST_COUNTED, Reading
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.towns.finding import Role
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.numerals import Number
from zmpwatch.model import Qualifier

__all__ = ["counts_in_sentences", "is_exact_year"]

_MOST = 3000

_NEVER = 3
"""So many times the greatest size that it has had are the members of something greater."""
_REBUILT = 2000
"""Until then it was still growing to the size that it has had since."""
_NEIGHBOURS = 15
"""How far apart the ordinals of members that join on one day may be."""

_AT_LEAST = lazy(
    r"(?<!\w)(?:grubo\s+|dobrze\s+|znacznie\s+)?(?:ponad|przeszlo|powyzej|wiecej\s+niz|nie\s+mniej\s+niz|co\s+najmniej|z\s+gora|z\s+okladem|over|more\s+than|at\s+least|upwards\s+of|in\s+excess\s+of)\s*$",
    *(
        "ponad",
        "przeszlo",
        "powyzej",
        "wiecej",
        "mniej",
        "gora",
        "okladem",
        "over",
        "more",
        "least",
        "upwards",
        "excess",
    ),
)

_EXCEEDED = lazy(
    r"(?<!\w)(?:przekroczyl\w*|przekracza|przewyzsza|przewyzszyl\w*|exceeds|exceeded)\s+(?:(?:juz|wlasnie|niedawno|wlasnie\s+juz|liczbe|prog)\s+){0,2}$",
    *("przekr", "przewyzsz", "exceed"),
)

_ABOUT = lazy(
    r"(?<!\w)(?:okolo|kolo|ok\.?|w\s+granicach|rzedu|circa|ca\.?|blisko|prawie|niemal|niespelna|niecal\w+|mniej\s+wiecej|w\s+przyblizeniu|(?:niewiele|nieco|troche)\s+mniej\s+niz|bez\s+mala|z\s+grubsza|jakies|w\s+okolicach|plus\s?[-/]?\s?minus|about|some|nearly|almost|approximately|roughly|around|close\s+(?:to|on)|just\s+under)\s*$",
    *(
        "kolo",
        "ok",
        "rzedu",
        "ca",
        "blisko",
        "prawie",
        "niemal",
        "niespelna",
        "mniej",
        "przyblizeniu",
        "mala",
        "about",
        "some",
        "nearly",
        "almost",
        "approximately",
        "roughly",
        "around",
        "grubsza",
        "jakies",
        "minus",
        "close",
        "under",
    ),
)

_OVER_AFTER = lazy(r"\s?\+|\s+z\s+(?:okladem|gora|hakiem|czubem)(?!\w)")

_SUB_COUNT = lazy(
    r"(?:w\s+tym(?!\s+(?:roku|polroczu|kwartale|miesiacu|tygodniu|dniu|czasie|momencie|gronie|stuleciu))|z\s+czego|z\s+nich|sposrod\s+nich|wsrod\s+nich|including|of\s+which|of\s+them)\s+(?:\w+\s+){0,3}$",
    *("tym", "czego", "nich", "including", "which", "them"),
)

_PART = lazy(
    r"^\s*(?:(?:kolejnych|nowych|nowe|nastepnych|dalszych|zalozyciel\w*|z\s+(?:wojewodztwa|powiatu|terenu|regionu|mazowsza|slaska|wielkopolski)|wojewodzk\w+|w\s+wojewodztwie|na\s+prawach|in\s+the\s+region))"
)

_ORDINAL_TAIL = lazy(
    r"\s*\.?\s*(?:(?:miejskim|polskim|polskie|kolejnym|juz,?|member|miastem|czlonkiem|miasto)\s+)?(?:miast(?:em|o)|czlonk\w+|czlonek|czlonkini\w*|samorzad\w*|gmin\w+|member|city|town|municipality)(?!\w)"
)

_NOW_ELLIPSIS = lazy(
    r"(?<!\w)(?:dzis|dzisiaj|obecnie|teraz|aktualnie|now|today|w\s+tej\s+chwili)\s*(?:jest\s+|sa\s+|to\s+)?[-,:]?\s*(?:juz\s+)?$"
)

_GAP = lazy(r"\W{0,4}(?:(?:juz|bylo|jest|ich|nas|to|mial|liczyl|zrzeszal)\W{1,3}){0,3}")

# "chciałby, żeby należało do niego 400 miast"
_WISHED = lazy(
    r"(?<!\w)(?:chcial\w*|chc[ae]\w*|marzy\w*|cel\w{0,3}|pragn\w+)[^.;]{0,40}(?:zeby|aby|by)(?!\w)[^.;]{0,60}$"
)
_OLD_YEAR = lazy(r"(?<!\d)19\d\d(?!\d)")
_SAYS_MEMBERS = lazy(r"(?<!\w)(?:czlonk\w+|czlonek|zrzesz\w+)(?!\w)")
_LIST_NUMBER = lazy(r"(?:pod\s+numerem|z\s+numerem|numer|pozycj\w+|nr)\s*$", "numer", "pozycj", "nr")
_IN_A_LIST = lazy(
    r"\.?\s+(?:na\s+liscie|w\s+wykazie|wsrod)(?!\s+(?!czlonk|miast|zwiazk|zmp|stowarz|zrzesz|samorz)[a-z])"
)
_IN_TURN = lazy(
    r"\.?\s+(?:z\s+kolei|z\s+rzedu|w\s+kolejnosci|na\s+(?:naszej\s+)?liscie(?:\s+(?:czlonk|zwiazk)\w+)?|w\s+(?:naszym\s+)?gronie|w\s+\"?(?:zwiazku(?:\s+miast(?:\s+polskich)?)?|zmp)\"?|in\s+(?:line|order|turn))(?=\s*(?:[.,;:!)]|-\s|$))"
)
"""As in "jako 350. z kolei", "Pelplin (386. na liście)": only of numbers that the association has had."""
_TOWN_NUMBER = lazy(
    r"(?<!\w)(?:miast(?:o|a|em)|czlon(?:ek|ka|kiem)|gmin[aey]|member|city|town|jako)\s+(?:nr\.?|numer|z\s+numerem|o\s+numerze|no\.|number)\s*$|(?<!\w)(?:numer|nr)\s+czlonkowski\s*$"
)
_BRACKET_ENDS = lazy(r"\.\s*[),;]")
_OF_A_CONTEST = lazy(r"(?<!\w)(?:miejsc|ranking|pozycj|konkurs|plebiscyt|nr(?!\w))\w*")


def is_exact_year(value: int) -> bool:
    """Numbers that are years far more often than counts."""
    return 1900 <= value <= 2100


def counts_in_sentences(reading: Reading) -> Iterator[Count]:
    """Yield every count that a sentence states."""
    told: Count | None = None
    last = -2
    for sentence in reading.sentences:
        if sentence.number > last + 1:
            told = None
        for number in sentence.numbers:
            count = _count(reading, sentence, number)
            if count is None and told is not None:
                count = _continued(reading, sentence, number, told)
            if count is None:
                count = _evident(reading, sentence, number)
            if count is not None:
                told, last = count, sentence.number
                yield count


def _count(reading: Reading, sentence: Sentence, number: Number) -> Count | None:
    if not LEAST_COUNTED <= number.value <= _MOST or number.decimal:
        return None
    before = reading.clean.folded[max(sentence.start, number.start - 160) : number.start]
    after = reading.clean.folded[number.end : min(sentence.end, number.end + 160)]
    if NOT_UNIT.match(after) and not _is_people_slip(reading, sentence, number, before, after):
        return None
    ordinal = _ordinal(reading, sentence, number, before, after)
    if ordinal is not None:
        return ordinal
    if number.ordinal or (is_exact_year(number.value) and not COUNTED.match(after)):
        return None
    if _SUB_COUNT.search(before) or _PART.match(after) or is_batch(before, after) or _WISHED.search(before):
        return None
    if is_doubted(before, after, sentence.folded):
        return None
    qualifier, lead = _hedged(before, after)
    if _SUB_COUNT.search(lead) or is_batch(lead, after):
        return None
    rule = frame(reading, sentence, number, lead, after)
    if rule is None or _is_of_another_size(reading, sentence, number):
        return None
    start, end = _quote(reading, sentence, number)
    return Count(number.value, qualifier, as_of(reading, sentence, number), start, end, rule, 0.95)


def _is_of_another_size(reading: Reading, sentence: Sentence, number: Number) -> bool:
    """Whether it never had so many, and its sentence neither names it nor its members: "W pilotażu jest już 47 gmin".

    Before the war it had up to 515 members, in 1991 sixty: an old year makes any number possible.
    """
    sizes = reading.context.association.sizes
    if sizes is None or sizes[0] <= number.value <= sizes[1]:
        return False
    if number.value > _NEVER * sizes[1]:
        return True
    if reading.ours_by_address or (reading.reference.year or _REBUILT) < _REBUILT:
        return False
    kinds = {body.kind for body in sentence.bodies}
    if BodyKind.OURS in kinds or _OLD_YEAR.search(sentence.folded):
        return False
    if BodyKind.GENERIC in kinds and all(body.kind is not BodyKind.OTHER for body in reading.bodies):
        return False
    return _SAYS_MEMBERS.search(sentence.folded) is None


def _is_too_small(reading: Reading, sentence: Sentence, number: Number) -> bool:
    """Whether an ordinal is of a size that the association has outgrown, and its sentence does not name it."""
    sizes = reading.context.association.sizes
    if sizes is None or number.value >= sizes[0] or reading.ours_by_address or _OLD_YEAR.search(sentence.folded):
        return False
    if all(body.kind is not BodyKind.OTHER for body in reading.bodies):
        return False
    return not any(body.kind is BodyKind.OURS and body.named for body in sentence.bodies)


def _hedged(before: str, after: str) -> tuple[Qualifier, str]:
    """What the words beside a number make of it, and the text before it without them."""
    if _AT_LEAST.search(before):
        return Qualifier.AT_LEAST, _AT_LEAST.sub("", before)
    if _EXCEEDED.search(before):
        return Qualifier.AT_LEAST, before
    if _ABOUT.search(before):
        return Qualifier.ABOUT, _ABOUT.sub("", before)
    return (Qualifier.AT_LEAST if _OVER_AFTER.match(after) else Qualifier.EXACT), before


def _evident(reading: Reading, sentence: Sentence, number: Number) -> Count | None:
    """A count that its surroundings leave no doubt of, though no frame knows how it is told."""
    sizes = reading.context.association.sizes
    if sizes is None or not sizes[0] <= number.value <= sizes[1]:
        return None
    before = reading.clean.folded[max(sentence.start, number.start - 160) : number.start]
    after = reading.clean.folded[number.end : min(sentence.end, number.end + 160)]
    if number.decimal or NOT_UNIT.match(after) or is_exact_year(number.value):
        return None
    qualifier, lead = _hedged(before, after)
    if (
        any(_SUB_COUNT.search(text) or is_batch(text, after) for text in (before, lead))
        or _PART.match(after)
        or _WISHED.search(before)
        or has_them(sentence, number, before)
    ):
        return None
    ordinal = number.ordinal or (number.dotted and _ORDINAL_TAIL.match(after) is not None)
    tail = _ORDINAL_TAIL.match(after)
    if tail is not None and of_another_body(sentence, number.end + tail.end()):
        return None
    if ordinal and _is_asked(sentence, before):
        return None
    if is_nth_of_else(sentence, before, after, tail.end() if tail is not None else None):
        return None
    if number.dotted and not ordinal and re.match(r"\.\s*[a-z]", after):
        return None  # "na 303. Nisko": an ordinal of something else
    if not ordinal and is_doubted(before, after, sentence.folded):
        return None
    if not evident(reading, sentence, number, lead, after.removeprefix(".") if ordinal else after):
        return None
    if ordinal:
        qualifier = Qualifier.ORDINAL
    start, end = _quote(reading, sentence, number)
    day = None if qualifier is Qualifier.ORDINAL else as_of(reading, sentence, number)
    return Count(number.value, qualifier, day, start, end, "sentence.evident", CONFIDENCE)


def _continued(reading: Reading, sentence: Sentence, number: Number, told: Count) -> Count | None:
    """A count that takes its verb from the one before: "w 2015 r. 302, dziś – już ponad 385", "a Szczyrk – 321"."""
    if not LEAST_COUNTED <= number.value <= _MOST or number.decimal or is_exact_year(number.value):
        return None
    after = reading.clean.folded[number.end : min(sentence.end, number.end + 160)]
    if NOT_UNIT.match(after) or not (ENDS.match(after) or COUNTED.match(after)):
        return None
    start, end = _quote(reading, sentence, number)
    before = reading.clean.folded[max(sentence.start, number.start - 160) : number.start]
    if told.qualifier is Qualifier.ORDINAL:
        if _hedged(before, after)[0] is not Qualifier.EXACT:
            return None  # "jest 379. miastem; Związek pisze o ponad 375"
        towns = [t for t in sentence.towns if t.end <= number.start]
        between = reading.clean.folded[towns[-1].end : number.start] if towns else "."
        if abs(number.value - told.value) > _NEIGHBOURS or _GAP.fullmatch(between) is None:
            return None
        return Count(number.value, Qualifier.ORDINAL, None, start, end, "sentence.ordinal", 0.85)
    if is_doubted(before, after, sentence.folded):
        return None
    qualifier, lead = _hedged(before, after)
    if _NOW_ELLIPSIS.search(lead):
        return Count(number.value, qualifier, None, start, end, "sentence.series", 0.85)
    dates = [d for d in sentence.dates if d.end <= number.start and d.iso is not None]
    stop = sentence.start + len(sentence.folded)
    hedge = min(stop, number.start - (len(before) - len(lead)))
    if not dates or _GAP.fullmatch(reading.clean.folded[dates[-1].end : max(dates[-1].end, hedge)]) is None:
        return None
    return Count(number.value, qualifier, dates[-1].iso, start, end, "sentence.series", 0.85)


def _is_people_slip(reading: Reading, sentence: Sentence, number: Number, before: str, after: str) -> bool:
    """As in "ponad 350 osób w Stowarzyszeniu", said of its members in a bracket: the one slip we follow."""
    return (
        "czlonk" in before
        and bool(re.match(r"\s?osob\s+w\s+(?:zwiazku|stowarzyszeniu|organizacji|zmp)", after))
        and bool(reading.ours(number.end, sentence.end))
    )


def _is_in_turn(reading: Reading, sentence: Sentence, number: Number, after: str) -> bool:
    """As in "jako 350. z kolei", "(386. na liście)", of a town and no place in a contest."""
    sizes = reading.context.association.sizes
    if sizes is None or not sizes[0] <= number.value <= sizes[1] or not (number.dotted or number.ordinal):
        return False
    if _IN_TURN.match(after) is None or _OF_A_CONTEST.search(sentence.folded):
        return False
    return any(t.role != Role.PLACE for t in sentence.towns) or sentence.has("home", "town_noun", "member_word")


def _numbered(sentence: Sentence, number: Number, before: str, after: str, sizes: tuple[int, int] | None) -> bool:
    """As in "Iłża jest miastem nr 338", "przyjęto Grójec (336.) i Warkę (337.)"."""
    if sizes is None or not sizes[0] <= number.value <= sizes[1]:
        return False
    if _TOWN_NUMBER.search(before):
        return _OF_A_CONTEST.search(_TOWN_NUMBER.sub("", before)) is None
    if not number.dotted or not before.endswith("(") or _BRACKET_ENDS.match(after) is None:
        return False
    return any(0 <= number.start - t.end <= 3 for t in sentence.towns)


def _is_alone(reading: Reading) -> bool:
    """Whether a text names no other body than the association."""
    return {body.kind for body in reading.bodies} == {BodyKind.OURS}


# "A zostały 371., B 372., a C 373. miastem": the noun stands behind the last
_NEXT_ORDINAL = lazy(
    r"\.?(?:,\s+(?:(?:a|i|zas)\s+)?[^\d,.;]{2,40}\s\d{2,3}\.?){1,4}\s+(?:\w+\s+)?(?:miastem|czlonkiem|samorzadem|gmina)(?!\w)"
)
_ASKED_NTH = lazy(r"(?<!\w)(?:bedzie|beda|bedziemy|zostanie|zostaniemy|czy)(?!\w)(?![^.;]*\s-\s)[^.;]*$")
"""In a question, before an ordinal that is only asked for: "Czy X będzie czterechsetnym miastem?"."""
# "będziemy członkiem trzysta piętnastym"
_MEMBER_BEFORE = lazy(r"(?<!\w)(?:miastem|czlonkiem|czlonkinia|samorzadem)\s+(?:\w+\s+)?$")


def _is_asked(sentence: Sentence, before: str) -> bool:
    return sentence.text.rstrip(' "').endswith("?") and _ASKED_NTH.search(before) is not None


def _ordinal(reading: Reading, sentence: Sentence, number: Number, before: str, after: str) -> Count | None:
    """As in "303. miastem", "386. członek organizacji", "pod numerem 352. na liście miast"."""
    tail = _ORDINAL_TAIL.match(after)
    if _is_asked(sentence, before):
        return None
    listed = _LIST_NUMBER.search(before) is not None and _IN_A_LIST.match(after) is not None
    in_turn = _is_in_turn(reading, sentence, number, after)
    listed = listed or in_turn or _numbered(sentence, number, before, after, reading.context.association.sizes)
    if not listed and number.ordinal and number.word and _MEMBER_BEFORE.search(before):
        tail, listed = None, True
    if tail is None and not listed and number.dotted and _NEXT_ORDINAL.match(after):
        listed = True
    if not listed:
        if tail is None:
            return None
        instrumental = re.match(r"\s*\.?\s*(?:\w+\s+)?(?:miastem|czlonkiem|czlonkinia|samorzadem|gmina(?!\w))", after)
        nominative = re.match(r"\s*\.?\s*(?:\w+\s+)?(?:czlonek|miasto|member|city|town)(?!\w)", after)
        marked = number.dotted or number.ordinal
        singular = re.match(r"\s*(?:czlonek|miasto(?!\s+(?:czlonk|wojewod)))(?!\w)", after)  # "388 członek": no number
        taken_as = marked and TAKEN_AS.search(before) is not None and A_TOWN.match(after) is not None
        if not (instrumental or (nominative and marked) or taken_as or (singular and not number.word)):
            return None
        if re.match(
            r"\s*\.?\s*(?:miastem|miasto)\s+(?:wojewodzk|na\s+prawach|w\s+polsce|w\s+kraju|w\s+(?:\w+\s+)?(?:regionie|wojewodztwie|powiecie|europie|subregionie)|pod\s+wzgledem|w\s+rankingu|powiat)",
            after,
        ):
            return None
    if tail is not None and (
        AFTER_INSTITUTION.match(after, tail.end())
        or ("czlon" in tail[0] and of_another(sentence, number.end + tail.end()))
    ):
        return None
    if of_another_body(sentence, number.end + (tail.end() if tail is not None else 0)):
        return None
    if is_nth_of_else(sentence, before, after, tail.end() if tail is not None else None):
        return None
    told = about_ours(reading, sentence, number, weak=False) or (listed and _is_alone(reading))
    if not told or _is_of_another_size(reading, sentence, number) or _is_too_small(reading, sentence, number):
        return None
    start, end = _quote(reading, sentence, number)
    return Count(number.value, Qualifier.ORDINAL, None, start, end, "sentence.ordinal", 0.9)


def _quote(reading: Reading, sentence: Sentence, number: Number) -> tuple[int, int]:
    """The sentence, or of a long one the surroundings of the number."""
    if sentence.end - sentence.start <= 320:
        return sentence.start, sentence.end
    text = reading.clean.text
    start = text.rfind(" ", sentence.start, max(sentence.start + 1, number.start - 140)) + 1 or sentence.start
    end = text.find(" ", min(sentence.end, number.end + 120), sentence.end)
    return max(start, sentence.start), end if end > 0 else sentence.end
