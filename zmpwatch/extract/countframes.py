"""The patterns in which a number counts members of the association, and those in which it counts something else."""

from __future__ import annotations

import re

from zmpwatch.extract.countbody import about_ours
from zmpwatch.extract.numerals import Number
from zmpwatch.extract.reading import Reading
from zmpwatch.extract.sentences import Sentence

__all__ = ["AFTER_INSTITUTION", "COUNTED", "ENDS", "NOT_UNIT", "frame"]

_NOUN = (
    r"(?:miasteczek|miasteczk\w*|miast(?:a|ami|om|o|em)?|samorzad\w{0,4}|czlonk\w{0,4}|czlonek|gmin\w{0,3}|osrodk\w{1,3}"
    r"|jednost\w{1,4}|municypi\w{1,3}|cities|towns|municipalit\w{1,3}|members?|governments|communities|authorities|osob(?=\s+w\s+(?:zwiazku|stowarzysz|organizacj|zmp)))"
)

_ADJECTIVES = (
    r"(?:(?:polskich|polskie|miejskich|miejskie|czlonkowskich|czlonkowskie|zrzeszonych"
    r"|lokalnych|terytorialnych|roznej\s+wielkosci|juz|najrozniejszych|duzych|malych|srednich|polish|urban|local|municipal|member|i|oraz|and)\s+){0,4}"
)

COUNTED = re.compile(rf"\s*{_ADJECTIVES}{_NOUN}(?!\w)")

NOT_UNIT = re.compile(
    r"\s?(?:%|proc|zl\b|tys|mln|mld|lat\b|latach|rok|r\b|dni|godz|mieszk|os\.|osob(?!\w)|km|ha\b|euro|eur|glos|radn|deleg|przedstaw|uczest|samorzadowc|burmistrz|prezydent|wojt|ekspert|komisj|grup|wojewodztw|powiat|krajow|kraj|procent|percent|million|officials|mayors|officers|projekt|organizac|podpis|stycz|lut|mar[cz]|kwiet|maj|czerw|lip|sierp|wrzes|pazdz|list|grudn)"
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

AFTER_INSTITUTION = re.compile(rf"\s*(?:\w+\s+)?(?:jego\s+|its\s+)?{_OF_INSTITUTION}(?!\w)")

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

ENDS = re.compile(r"\s*(?:[.,;:)!?]|-\s|$|z\s+nich|(?:i|a|oraz|lecz|ale)\s|w\s+tym|pod\s+koniec)")


def frame(reading: Reading, sentence: Sentence, number: Number, lead: str, after: str) -> str | None:
    """The name of the pattern in which a number counts members, or None."""
    counted = COUNTED.match(after)
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
            and about_ours(reading, sentence, number)
        ):
            return "sentence.all_members"
        if _FROM_REGION.search(lead) or _OTHER_SUBJECT.search(lead) or AFTER_INSTITUTION.match(rest):
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
        if not about_ours(reading, sentence, number):
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
    if (_LABEL.search(lead) and ENDS.match(after)) or (_THEM.search(lead) and ENDS.match(after)):
        return "sentence.number_of" if about_ours(reading, sentence, number) else None
    if re.search(
        r"liczb\w+\s+(?:czlonkow|miast\s+czlonkowskich|zrzeszonych|samorzadow|naszych)[^.;]{0,70}$", lead
    ) and re.match(r"\s*(?:[.,;:)!]|$|miast)", after):
        return "sentence.number_of" if about_ours(reading, sentence, number) else None
    if re.search(
        r"\(\s*(?:obecnie|w\s+tej\s+chwili|dzis|aktualnie|teraz|jest\s+ich|now|currently|juz|to)[^)]{0,25}$", lead
    ) and re.match(r"\s*(?:miast\w*)?\s*[),]", after):
        earlier = reading.sentences[sentence.number - 1].folded if sentence.number else ""
        about = re.search(
            r"(?:miast|samorzad|czlonk|cities|towns|gmin|member)",
            f"{earlier} {lead}" if re.search(r"z\s+nich|of\s+them", lead) else lead,
        )
        return "sentence.bracket" if about and about_ours(reading, sentence, number) else None
    if re.search(
        r"(?:jest|bylo|mamy|jestesmy)\s+(?:juz\s+)?(?:nas|ich)\s+(?:juz\s+|obecnie\s+|teraz\s+)?$|(?:nas|ich)\s+(?:jest\s+)?(?:juz|obecnie|teraz|dzis)\s+$",
        lead,
    ):
        return "sentence.we_are" if about_ours(reading, sentence, number) else None
    if (
        re.search(r"(?:zrzesza|skupia|liczy|nalezy)\s+(?:\w+\s+){0,2}$", lead)
        and re.match(r"\s*(?:z\s+nich|[.,;)]|$)", after)
        and re.search(r"miast|czlonk|samorzad", sentence.folded)
    ):
        return "sentence.bare" if about_ours(reading, sentence, number) else None
    return None
