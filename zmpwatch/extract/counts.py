"""How many members the association has, as sentences and figure blocks say it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from zmpwatch.extract.bodies import BodyKind
from zmpwatch.extract.dates import DateMention
from zmpwatch.extract.numerals import Number
from zmpwatch.extract.reading import Reading
from zmpwatch.extract.sentences import Sentence
from zmpwatch.model import Qualifier

__all__ = ["Count", "counts_in_sentences", "is_exact_year"]

_LEAST, _MOST = 20, 3000
_NEIGHBOURS = 15
"""How far apart the ordinals of members that join on one day may be."""
_AT_LEAST = re.compile(
    r"(?<!\w)(?:ponad|przeszlo|powyzej|wiecej\s+niz|nie\s+mniej\s+niz|co\s+najmniej|over|more\s+than|at\s+least)\s*$"
)
_ABOUT = re.compile(
    r"(?<!\w)(?:okolo|ok\.?|circa|ca\.?|blisko|prawie|niemal|niespelna|niecal\w+|mniej\s+wiecej|w\s+przyblizeniu|bez\s+mala|about|some|nearly|almost|approximately|roughly|around)\s*$"
)
_OVER_AFTER = re.compile(r"\s?\+")
_NOUN = (
    r"(?:miasteczek|miasteczk\w*|miast(?:a|ami|om|o|em)?|samorzad\w{0,4}|czlonk\w{0,4}|czlonek|gmin\w{0,3}|osrodk\w{1,3}"
    r"|jednost\w{1,4}|municypi\w{1,3}|cities|towns|municipalit\w{1,3}|members?|governments|communities|authorities|osob(?=\s+w\s+(?:zwiazku|stowarzysz|organizacj|zmp)))"
)
_ADJECTIVES = (
    r"(?:(?:polskich|polskie|miejskich|miejskie|czlonkowskich|czlonkowskie|zrzeszonych"
    r"|lokalnych|terytorialnych|roznej\s+wielkosci|juz|najrozniejszych|duzych|malych|srednich|polish|urban|local|municipal|member|i|oraz|and)\s+){0,4}"
)
_COUNTED = re.compile(rf"\s*{_ADJECTIVES}{_NOUN}(?!\w)")
_NOT_UNIT = re.compile(
    r"\s?(?:%|proc|zl\b|tys|mln|mld|lat\b|latach|rok|r\b|dni|godz|mieszk|os\.|osob(?!\w)|km|ha\b|euro|eur|glos|radn|deleg|przedstaw|uczest|samorzadowc|burmistrz|prezydent|wojt|ekspert|komisj|grup|wojewodztw|powiat|krajow|kraj|procent|percent|million|officials|mayors|officers|projekt|organizac|podpis|stycz|lut|mar[cz]|kwiet|maj|czerw|lip|sierp|wrzes|pazdz|list|grudn)"
)
_SUB_COUNT = re.compile(
    r"(?:w\s+tym|z\s+czego|z\s+nich|sposrod\s+nich|wsrod\s+nich|including|of\s+which|of\s+them)\s+(?:\w+\s+){0,3}$"
)
_PART = re.compile(
    r"^\s*(?:(?:kolejnych|nowych|nowe|nastepnych|dalszych|zalozyciel\w*|z\s+(?:wojewodztwa|powiatu|terenu|regionu|mazowsza|slaska|wielkopolski)|wojewodzk\w+|w\s+wojewodztwie|na\s+prawach|in\s+the\s+region))"
)
_BATCH_BEFORE = re.compile(
    r"(?<!\w)(?:kolejn\w+|dalsz\w+|nowych|o\s+kolejne|nastepn\w+|zalozon\w+\s+przez|przybylo|ubylo|przyjeto|dolaczyl\w*|przystapil\w*|o)\s+(?:o\s+)?$"
)
_PARTICIPANTS = re.compile(
    r"(?<!\w)(?:delega\w*|przedstawiciel\w*|reprezentan\w*|uczestni\w*|samorzadowc\w*|burmistrz\w*|prezydent\w*|gosci\w*|ankiet\w*|zgloszen\w*|wladz\w*|radni|delegates|representatives|officials|participants|mayors)"
    r"\s+(?:z|ze|of|from|w\s+imieniu|reprezentuj\w+)?\s*(?:(?:ponad|okolo|blisko|prawie|niemal|przeszlo|wiecej\s+niz|ok\.|over|about|more\s+than)\s+)?$"
)
_ALL_BEFORE = re.compile(r"(?:wszystkich|all|ogolu|kazdego\s+z|calej)\s+(?:the\s+)?(?:(?:ponad|okolo)\s+)?$")
_TAKING_PART = re.compile(
    r"(?<!\w)(?:wzi[ae]l\w*\s+udzial|wzielo|udzial\s+(?:bierze|biora|wzie\w+)|uczestnicz\w+|przyjechal\w*|spotkal\w*|kampani\w*|ankiet\w*|konkurs\w*|edycj\w*|zgloszen\w*|wystartowal\w*|zglosil\w*|odpowiedzial\w*|szkolen\w*|took\s+part|attended|applications|badani\w*|w\s+projek\w+)"
)
_FOUNDING = re.compile(
    r"(?<!\w)(?:zalozyc\w*|zalozyl\w*|zalozon\w*|kongres\w*|restytuc\w*|reaktywac\w*|odtwarza\w*|odtworz\w*|founded|founding|reconstitution|po\s+wyborach|wyborach|after\s+the\s+elections)"
)
_ALL_POLAND = re.compile(
    r"(?<!\w)(?:w\s+polsce|w\s+kraju|wszystkich\s+polskich|w\s+calym\s+kraju|liczba\s+miast\s+w|na\s+mapie|in\s+poland)"
)
_OUTSIDE = re.compile(
    r"(?<!\w)(?:(?:nie|poza|spoza)\s+(?:\w+\s+){0,2}(?:naleza\w*|zrzeszon\w*|organizac\w*|zwiazk\w*)|nienaleza\w*|niezrzeszon\w*|zaproszon\w*|zaproszeni\w*|zaprosil\w*|invited)"
)
_COUNT_VERB_NEAR = re.compile(
    r"(?<!\w)(?:zrzesz\w+|skupi\w+|licz(?:y|yl|yla|ylo|ace|acego|acej|aca|acy|acym|ymy)|reprezentuj\w*|reprezentowal\w*|laczy|laczac\w*|jednocz\w*|gromadz\w*|grupuj\w*|tworz\w*|obejmuj\w*|nalez\w+|przynalez\w+|wchodz\w+"
    r"|ma|mial|miala|mialo|mamy|jest|bylo|sa|stanowi\w*|wzros\w*|urosl\w*|czlonkami\s+sa|wynosi\w*|osiagn\w*|represents?|includes?|unit\w+|associat\w+|compris\w+|brings?|bringing|gather\w*|has|had|have|numbers|counts|speaks|speaking|wspolnot\w*|gron\w+|rodzin\w+|spolecznosc\w*)(?!\w)"
)
_STRONG = re.compile(
    r"(?<!\w)(?:zrzesz\w+|skupi\w+|reprezentuj\w*|reprezentowal\w*|nalez\w+|przynalez\w+|grupuj\w*|gromadz\w*|jednocz\w*|laczac\w*|licz(?:y|yl|yla|ylo|ace|acego|acej|aca|acy|acym|ymy)|represents?|representing|includes?|unit\w+|associat\w+|compris\w+|brings?|bringing|gather\w*|speaks|speaking|wspolnot\w*)(?!\w)"
)
_MEMBERS_AFTER = re.compile(
    r"^[^.;]{0,60}?(?:zrzeszonych|naleza\w+|czlonkowsk\w+|skupionych|w\s+(?:zmp|zwiazku|organizacji|stowarzyszeniu))"
)
_ORDINAL_TAIL = re.compile(
    r"\s*\.?\s*(?:(?:miejskim|polskim|polskie|kolejnym|już|juz|member|miastem|czlonkiem|miasto|member)\s+)?(?:miast(?:em|o)|czlonk\w+|czlonek|czlonkini\w*|samorzad\w*|gmin\w+|member|city|town|municipality)(?!\w)"
)
# What has members of its own within the association, or towns of its own beside it, and stands as the subject.
_INSTITUTION = (
    r"(?:zarzad|prezydium|komisja|rada|zespol|biuro|komitet|konwent|kapitula|redakcja|delegacja|sejm|board|committee"
    r"|council|office|secretariat|jury)"
)
_OF_INSTITUTION = (
    r"(?:zarzadu|prezydium|komisji|rady|zespolu|biura|komitetu|konwentu|kapituly|redakcji|delegacji"
    r"|of\s+(?:the|its|our)\s+(?:board|committee|council))"
)
_OTHER_SUBJECT = re.compile(
    rf"(?<!\w)(?:{_INSTITUTION}(?!\w)[^.,;:()]{{0,45}}"
    rf"|(?:czlonk\w+|sklad\w*|liczebnosc\w?|miejsc)\s+(?:\w+\s+)?{_OF_INSTITUTION}(?!\w)[^.,;()]{{0,45}}"
    r"|(?:w|we)\s+(?:\w+\s+)?(?:zarzadzie|prezydium|komisji|radzie|zespole|biurze|komitecie|delegacji)(?!\w)[^.,;:()]{0,45}"
    r"|(?:w|we)\s+(?:\w+\s+)?(?:wojewodztwie|powiecie|regionie|europie|polsce|kraju)\s+(?:jest|sa|mamy|bylo|lezy|dziala\w*|istnieje)\s+(?:\w+\s+){0,2}"
    r"|(?:polska|kraj|wojewodztwo|wojewodztwie|region|powiat|europa|niemcy|czechy|poland)\s+(?:\w+\s+)?(?:ma|maja|liczy|licza|posiada|has)\s+(?:\w+\s+){0,2})$"
)
_AFTER_INSTITUTION = re.compile(rf"\s*(?:\w+\s+)?(?:jego\s+|its\s+)?{_OF_INSTITUTION}(?!\w)")
_FROM_REGION = re.compile(
    r"(?<!\w)(?:(?:z|ze|sposrod)\s+(?:\w+\s+)?(?:wojewodztwa|powiatu|regionu|subregionu|terenu|ziemi|mazowsza|slaska|wielkopolski|malopolski|pomorza"
    r"|podlasia|kujaw|podkarpacia|lubelszczyzny|opolszczyzny|warmii|mazur)"
    r"|w\s+(?:\w+\s+)?(?:wojewodztwie|powiecie|regionie|subregionie|wielkopolsce|malopolsce))(?!\w)[^.,;:()]{0,60}$"
)
_LABEL = re.compile(
    r"(?:^|[\n|;])\W*(?:(?:liczba|ilosc)\s+)?(?:czlonk(?:owie|ow)(?:\s+(?:zwiazku|organizacji|zmp))?|miast(?:a|)\s+czlonkowski\w+"
    r"|zrzeszon\w+\s+(?:miast\w?|samorzad\w*)|members|membership|member\s+(?:cities|towns))\s*(?:[:=|]|\s-)\s*$"
)
_THEM = re.compile(
    r"(?<!\w)(?:liczy|skupia|zrzesza|ma|laczy|reprezentuje|grupuje)\s+(?:\w+\s+){0,2}?(?:ich|nas)\s+(?:(?:juz|obecnie|teraz|dzis|dzisiaj|aktualnie)\s+){0,2}$"
)
_NOW_ELLIPSIS = re.compile(
    r"(?<!\w)(?:dzis|dzisiaj|obecnie|teraz|aktualnie|now|today|w\s+tej\s+chwili)\s*(?:jest\s+|sa\s+|to\s+)?[-,:]?\s*(?:juz\s+)?$"
)
_GAP = re.compile(r"\W{0,4}(?:(?:juz|bylo|jest|ich|nas|to|mial|liczyl|zrzeszal)\W{1,3}){0,3}")
_ENDS = re.compile(r"\s*(?:[.,;:)!?]|-\s|$|z\s+nich|(?:i|a|oraz|lecz|ale)\s|w\s+tym|pod\s+koniec)")
_LIST_NUMBER = re.compile(r"(?:pod\s+numerem|z\s+numerem|numer|pozycj\w+|nr)\s*$")
_HISTORIC = re.compile(
    r"(?:zalozon\w*|powstal\w*|istniej\w*|dzial\w*|od|since|founded|in\s+existence)\s+(?:w\s+|od\s+|in\s+|since\s+)?$"
)


@dataclass(frozen=True, slots=True)
class Count:
    """A count found, with offsets in the clean text."""

    value: int
    qualifier: Qualifier
    as_of: str | None
    start: int
    end: int
    rule: str
    confidence: float


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
            count = _count(reading, sentence, number) or (told and _continued(reading, sentence, number, told))
            if count is not None:
                told, last = count, sentence.number
                yield count


def _count(reading: Reading, sentence: Sentence, number: Number) -> Count | None:
    if not _LEAST <= number.value <= _MOST or number.decimal:
        return None
    before = reading.clean.folded[max(sentence.start, number.start - 160) : number.start]
    after = reading.clean.folded[number.end : min(sentence.end, number.end + 160)]
    if _NOT_UNIT.match(after) and not _is_people_slip(reading, sentence, number, before, after):
        return None
    ordinal = _ordinal(reading, sentence, number, before, after)
    if ordinal is not None:
        return ordinal
    if number.ordinal or (is_exact_year(number.value) and not _COUNTED.match(after)):
        return None
    if _SUB_COUNT.search(before) or _PART.match(after) or _BATCH_BEFORE.search(before):
        return None
    qualifier, confidence = Qualifier.EXACT, 0.95
    lead = before
    if _AT_LEAST.search(before):
        qualifier = Qualifier.AT_LEAST
        lead = _AT_LEAST.sub("", before)
    elif _ABOUT.search(before):
        qualifier = Qualifier.ABOUT
        lead = _ABOUT.sub("", before)
    elif _OVER_AFTER.match(after):
        qualifier = Qualifier.AT_LEAST
    if _SUB_COUNT.search(lead) or _BATCH_BEFORE.search(lead):
        return None
    rule = _frame(reading, sentence, number, lead, after)
    if rule is None:
        return None
    start, end = _quote(reading, sentence, number)
    return Count(number.value, qualifier, _as_of(reading, sentence, number), start, end, rule, confidence)


def _continued(reading: Reading, sentence: Sentence, number: Number, told: Count) -> Count | None:
    """A count that takes its verb from the one before: "w 2015 r. 302, dziś – już ponad 385", "a Szczyrk – 321"."""
    if not _LEAST <= number.value <= _MOST or number.decimal or is_exact_year(number.value):
        return None
    after = reading.clean.folded[number.end : min(sentence.end, number.end + 160)]
    if _NOT_UNIT.match(after) or not (_ENDS.match(after) or _COUNTED.match(after)):
        return None
    start, end = _quote(reading, sentence, number)
    before = reading.clean.folded[max(sentence.start, number.start - 160) : number.start]
    if told.qualifier is Qualifier.ORDINAL:
        towns = [t for t in sentence.towns if t.end <= number.start]
        between = reading.clean.folded[towns[-1].end : number.start] if towns else "."
        if abs(number.value - told.value) > _NEIGHBOURS or _GAP.fullmatch(between) is None:
            return None
        return Count(number.value, Qualifier.ORDINAL, None, start, end, "sentence.ordinal", 0.85)
    qualifier, lead = Qualifier.EXACT, before
    if _AT_LEAST.search(before):
        qualifier, lead = Qualifier.AT_LEAST, _AT_LEAST.sub("", before)
    elif _ABOUT.search(before):
        qualifier, lead = Qualifier.ABOUT, _ABOUT.sub("", before)
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
        bool(re.match(r"\s?osob\s+w\s+(?:zwiazku|stowarzyszeniu|organizacji|zmp)", after))
        and "czlonk" in before
        and bool(reading.ours(number.end, sentence.end))
    )


def _ordinal(reading: Reading, sentence: Sentence, number: Number, before: str, after: str) -> Count | None:
    """As in "303. miastem", "386. członek organizacji", "pod numerem 352. na liście miast"."""
    tail = _ORDINAL_TAIL.match(after)
    listed = (
        _LIST_NUMBER.search(before) is not None
        and re.match(r"\.?\s+(?:na\s+liscie|w\s+wykazie|wsrod)", after) is not None
    )
    if not listed:
        if tail is None:
            return None
        instrumental = re.match(r"\s*\.?\s*(?:\w+\s+)?(?:miastem|czlonkiem|czlonkinia|samorzadem|gmina(?!\w))", after)
        nominative = re.match(r"\s*\.?\s*(?:\w+\s+)?(?:czlonek|miasto|member|city|town)(?!\w)", after)
        marked = number.dotted or number.ordinal
        if not (instrumental or (nominative and marked)):
            return None
        if re.match(
            r"\s*\.?\s*(?:miastem|miasto)\s+(?:wojewodzk|na\s+prawach|w\s+polsce|w\s+kraju|pod\s+wzgledem|w\s+rankingu|powiat)",
            after,
        ):
            return None
    if tail is not None and _AFTER_INSTITUTION.match(after, tail.end()):
        return None
    if not _about_ours(reading, sentence, number, weak=False):
        return None
    start, end = _quote(reading, sentence, number)
    return Count(number.value, Qualifier.ORDINAL, None, start, end, "sentence.ordinal", 0.9)


def _frame(reading: Reading, sentence: Sentence, number: Number, lead: str, after: str) -> str | None:
    """The name of the pattern in which a number counts members, or None."""
    counted = _COUNTED.match(after)
    clause_before = re.split(r"[;]|\.\s", lead)[-1]
    if _PARTICIPANTS.search(lead) and not _ALL_BEFORE.search(lead):
        return None
    if counted:
        rest = after[counted.end() :]
        if re.match(
            r"\s*(?:spoza|nie\s+naleza|z\s+(?:wojewodztwa|powiatu|regionu)|w\s+wojewodztwie|wojewodzk|na\s+prawach|partnersk|zagrozon|zalozyciel|powyzej|ponizej|liczac)",
            rest,
        ):
            return None
        if (
            _ALL_BEFORE.search(lead)
            and re.match(r"[^.;]{0,30}(?:zrzeszon|naleza|czlonkowsk|skupion)", after)
            and _about_ours(reading, sentence, number)
        ):
            return "sentence.all_members"
        if _FROM_REGION.search(lead) or _OTHER_SUBJECT.search(lead) or _AFTER_INSTITUTION.match(rest):
            return None
        if _TAKING_PART.search(sentence.folded) and not _STRONG.search(clause_before[-60:]):
            return None
        if _OUTSIDE.search(sentence.folded) and not _STRONG.search(clause_before[-60:]):
            return None
        if _FOUNDING.search(sentence.folded) and re.search(
            r"(?<!\w)(?:rad[ay]|przedstawiciel|delegat|podjel|zalozy|uchwal|councils|adopted)", sentence.folded
        ):
            return None
        if re.search(r"(?<!\w)(?:rad[ay]|councils)\s+(?:of\s+)?\w{0,8}\s*$", clause_before):
            return None
        if _ALL_POLAND.search(sentence.folded) and re.search(
            r"liczba\s+miast|miast\s+w\s+polsce|(?:w\s+(?:kraju|polsce))\s+(?:jest|sa|bylo)", sentence.folded
        ):
            return None
        if not _about_ours(reading, sentence, number):
            return None
        if re.search(r"(?<!\w)(?:pierwszych|kolejnych|nowych)\s+$", lead):
            return None
        if _COUNT_VERB_NEAR.search(clause_before[-110:]):
            return "sentence.verb"
        if _MEMBERS_AFTER.match(after):
            return "sentence.members_of"
        if re.search(r"(?:liczba\s+(?:czlonkow|miast|samorzadow)[^.;]{0,40})$", clause_before):
            return "sentence.number_of"
        if _VERB_AFTER.match(rest):
            return "sentence.verb_after"
        if _LABEL.search(lead):
            return "sentence.number_of"
        if re.search(r"(?:wsrod|jedn\w+\s+(?:z|sposrod)|obok)\s+(?:\w+\s+)?$", lead) and re.search(
            r"(?<!\w)(?:czlon(?:ek|k)|zrzesz|nalez)", sentence.folded
        ):
            return "sentence.among"
        if re.search(
            r"(?<!\w)(?:zwiazek|organizacja|stowarzyszenie|zmp|polskich)\s+to\s+(?:\w+\s+){0,2}$", clause_before
        ):
            return "sentence.apposition"
        if re.search(r"(?:\(|[-:,]\s?)(?:\w+\s+){0,3}$", clause_before) and _noun_of_size(clause_before):
            return "sentence.apposition"
        return None
    return _bare(reading, sentence, number, lead, after)


_VERB_AFTER = re.compile(
    r"(?:,[^,.;]{1,70},)?[^.;,]{0,40}(?:tworz\w+|nalez\w+|zrzesz\w+|jest\s+(?:\w+\s+)?(?:w|czlonk)|s[aą]\s+(?:\w+\s+)?czlonk"
    r"|wchodz\w+|belong|stanowi|(?:are|were)\s+(?:\w+\s+){0,2}(?:members|united|associated))"
)


def _noun_of_size(before: str) -> bool:
    return bool(
        re.search(
            r"(?:organizacj\w+|zwiazek|zwiazku|stowarzyszeni\w+|zmp|association|union)[^.;]{0,40}[(:,-]\s?(?:\w+\s+){0,3}$",
            before,
        )
    )


def _bare(reading: Reading, sentence: Sentence, number: Number, lead: str, after: str) -> str | None:
    """A number without a noun: "(obecnie 325)", "było nas 367, jest 373", "liczba członków wzrosła do 373"."""
    if _FROM_REGION.search(lead) or _OTHER_SUBJECT.search(lead):
        return None
    if (_LABEL.search(lead) and _ENDS.match(after)) or (_THEM.search(lead) and _ENDS.match(after)):
        return "sentence.number_of" if _about_ours(reading, sentence, number) else None
    if re.search(
        r"liczb\w+\s+(?:czlonkow|miast\s+czlonkowskich|zrzeszonych|samorzadow|naszych)[^.;]{0,70}$", lead
    ) and re.match(r"\s*(?:[.,;:)!]|$|miast)", after):
        return "sentence.number_of" if _about_ours(reading, sentence, number) else None
    if re.search(
        r"\(\s*(?:obecnie|w\s+tej\s+chwili|dzis|aktualnie|teraz|jest\s+ich|now|currently|juz|to)[^)]{0,25}$", lead
    ) and re.match(r"\s*(?:miast\w*)?\s*[),]", after):
        earlier = reading.sentences[sentence.number - 1].folded if sentence.number else ""
        about = re.search(
            r"(?:miast|samorzad|czlonk|cities|towns|gmin|member)",
            f"{earlier} {lead}" if re.search(r"z\s+nich|of\s+them", lead) else lead,
        )
        return "sentence.bracket" if about and _about_ours(reading, sentence, number) else None
    if re.search(
        r"(?:jest|bylo|mamy|jestesmy)\s+(?:juz\s+)?(?:nas|ich)\s+(?:juz\s+|obecnie\s+|teraz\s+)?$|(?:nas|ich)\s+(?:jest\s+)?(?:juz|obecnie|teraz|dzis)\s+$",
        lead,
    ):
        return "sentence.we_are" if _about_ours(reading, sentence, number) else None
    if (
        re.search(r"(?:zrzesza|skupia|liczy|nalezy)\s+(?:\w+\s+){0,2}$", lead)
        and re.match(r"\s*(?:z\s+nich|[.,;)]|$)", after)
        and re.search(r"miast|czlonk|samorzad", sentence.folded)
    ):
        return "sentence.bare" if _about_ours(reading, sentence, number) else None
    return None


def _about_ours(reading: Reading, sentence: Sentence, number: Number, *, weak: bool = True) -> bool:
    """Whether the body that a number belongs to is the association.

    The nearest mention in the number's own clause decides, then the nearest in the sentence, then what the sentence
    before was about.
    """
    mentions = [b for b in sentence.bodies if b.kind is not BodyKind.GENERIC]
    if mentions:
        left, right = _clause(sentence, number.start)
        inside = [b for b in mentions if left <= b.start < right]
        if not inside:
            inside = [b for b in mentions if b.end <= number.start][-1:]
        if not inside:
            earlier = _named_before(reading, sentence)
            if earlier is not None:
                return earlier is BodyKind.OURS
            inside = mentions
        nearest = min(
            inside, key=lambda b: b.start - number.end if b.start >= number.end else (number.start - b.end) * 0.6
        )
        return nearest.kind is BodyKind.OURS
    unresolved = [b for b in sentence.bodies if b.kind is BodyKind.GENERIC]
    if unresolved:
        return False
    before = _named_before(reading, sentence)
    if before is not None:
        return before is BodyKind.OURS
    if not weak and not reading.ours_by_address:
        return False
    return reading.ours_by_address or (
        reading.paper.value in ("resolution", "draft") and bool(reading.bodies) and _main_is_ours(reading)
    )


def _named_before(reading: Reading, sentence: Sentence) -> BodyKind | None:
    """The body that the three sentences before speak of last."""
    for earlier in reversed(reading.sentences[max(0, sentence.number - 3) : sentence.number]):
        named = [b for b in earlier.bodies if b.kind is not BodyKind.GENERIC]
        if named:
            return named[-1].kind
    return None


def _main_is_ours(reading: Reading) -> bool:
    own = sum(b.kind is BodyKind.OURS for b in reading.bodies)
    others = sum(b.kind is BodyKind.OTHER for b in reading.bodies)
    return own > others


def _clause(sentence: Sentence, position: int) -> tuple[int, int]:
    """The run between semicolons, dashes, brackets and commas with a relative or contrary word."""
    left, right = sentence.start, sentence.end
    for match in re.finditer(r"[;()]|\s-\s|,\s+(?:a|ale|lecz|natomiast|zas|choc)\s", sentence.folded):
        if sentence.start + match.end() <= position:
            left = sentence.start + match.end()
        elif sentence.start + match.start() >= position:
            right = sentence.start + match.start()
            break
    return left, right


_DATE_ALONE = re.compile(r"(?:^|[;:]|\s-)\s*(?:(?:na|w|do|z)\s+)?(?:(?:dzien|dniu|dnia|koniec|konca)\s+)?$")
# Between a date and a count these say that the date is that of something else.
_ANOTHER_STEP = re.compile(
    r"(?<!\w)(?:przyj[ae]\w*|przystap\w*|przystep\w*|dolacz\w*|wstap\w*|wstep\w*|weszl\w*|wejsc\w*|podj[ae]\w*|zdecydow\w*"
    r"|zaglosow\w*|przeglosow\w*|powital\w*|powitan\w*|obradow\w*|odbyl\w*|spotka\w*|wystap\w*|opuscil\w*|admitted|joined"
    r"|accepted|voted|welcomed)(?!\w)"
)
_PARTICIPLE = re.compile(
    r"(?<!\w)(?:zrzeszajac\w*|skupiajac\w*|liczac[aey]\w*|reprezentujac\w*|grupujac\w*|laczac\w*|representing|uniting|bringing)(?!\w)"
)
_THEN = re.compile(r"(?<!\w)(?:wtedy|wowczas|w\s+tym\s+czasie|w\s+tamtym\s+czasie|podowczas|at\s+that\s+time)(?!\w)")


def _other_matter(sentence: Sentence, between: str) -> bool:
    """Whether the words between a date and a count give the date to a step: "12 maja dołączyła do liczącej 370"."""
    if _ANOTHER_STEP.search(between):
        return _THEN.search(sentence.folded) is None
    return _PARTICIPLE.search(between) is not None and _ANOTHER_STEP.search(sentence.folded) is not None


def _as_of(reading: Reading, sentence: Sentence, number: Number) -> str | None:
    """The date that the count is tied to: one in its clause that says neither a founding nor "now"."""
    left, right = _clause(sentence, number.start)
    now = r"(?<!\w)(?:obecnie|dzis|dzisiaj|aktualnie|currently|now|w\s+tej\s+chwili)(?!\w)"
    if re.search(now, sentence.slice(left, right)):
        return None
    then = _THEN.search(sentence.slice(left, right)) is not None
    left = sentence.start if then else left
    best: DateMention | None = None
    dates = sentence.dates
    if sentence.number and (not dates or dates[0].start > number.start):
        before = reading.sentences[sentence.number - 1]
        if before.text.endswith(";"):
            dates, left = before.dates, before.start
        elif (
            before.dates
            and _DATE_ALONE.search(
                reading.clean.folded[max(before.start, before.dates[-1].start - 40) : before.dates[-1].start]
            )
            and not re.search(r"\w", reading.clean.folded[before.dates[-1].end : sentence.start])
        ):
            dates, left = (
                before.dates[-1:],
                before.dates[-1].start,
            )  # "… środowisko; 31 stycznia 2001 r. | ZMP zrzeszał"
    ahead = [d for d in dates if left <= d.start < number.start]
    for mention in dates:
        between = reading.clean.folded[min(mention.end, number.end) : max(mention.start, number.start)]
        if (re.search(r",\s+(?:do\s+)?ktor", between) and not then) or _other_matter(sentence, between):
            continue
        if ahead and mention.start > number.start and "," in between:
            continue  # "w 2015 r. liczył 302 miasta, w 2019 r. – 314"
        if not left <= mention.start < right or mention.kind in (
            "relative_day",
            "weekday",
            "relative_year",
            "years_back",
        ):
            continue
        lead = reading.clean.folded[max(left, mention.start - 24) : mention.start]
        if _HISTORIC.search(lead) or re.search(r"(?<!\w)(?:od|since)\s+$", lead):
            continue
        if best is None or abs(mention.start - number.start) < abs(best.start - number.start):
            best = mention
    if best is None or best.iso is None:
        return None
    lead = reading.clean.folded[max(sentence.start, best.start - 16) : best.start]
    if best.kind in ("last_day", "end_of_year") and re.search(
        r"pod\s*$", lead + reading.clean.folded[best.start : best.start + 4]
    ):
        return best.iso[:7] if best.kind == "last_day" else best.iso[:4]
    return best.iso


def _quote(reading: Reading, sentence: Sentence, number: Number) -> tuple[int, int]:
    """The sentence, or of a long one the surroundings of the number."""
    if sentence.end - sentence.start <= 320:
        return sentence.start, sentence.end
    text = reading.clean.text
    start = text.rfind(" ", sentence.start, max(sentence.start + 1, number.start - 140)) + 1 or sentence.start
    end = text.find(" ", min(sentence.end, number.end + 120), sentence.end)
    return max(start, sentence.start), end if end > 0 else sentence.end
