"""The patterns in which a number counts members of the association, and those in which it counts something else."""

from __future__ import annotations

import re

from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.counts.answers import answers_question
from zmpwatch.extract.counts.atname import at_its_name, hangs_on_another_name, is_slogan
from zmpwatch.extract.counts.bare import (
    ALL_TOWNS,
    ENDS,
    FROM_REGION,
    LABEL,
    OF_INSTITUTION,
    bare,
    is_labelled,
    of_another_subject,
)
from zmpwatch.extract.counts.numberof import is_number_of
from zmpwatch.extract.counts.parts import FROM_WHICH_REGION, PART_THAT_DID, Share, share_of
from zmpwatch.extract.counts.somany import so_many
from zmpwatch.extract.counts.whose import about_ours, clause, main_is_ours
from zmpwatch.extract.membership.memberwords import of_another
from zmpwatch.extract.structure.reading import Reading
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.numerals import Number

__all__ = ["AFTER_INSTITUTION", "COUNTED", "NOT_UNIT", "counts_others", "frame"]

_NOUN = (
    r"(?:naszych\s+(?:czlonkowskich\s+)?)?(?:miasteczek|miasteczk\w*|magistrat\w{0,3}|ratusz\w{1,3}|grod(?:ow|y)|miast(?:a|ami|om|o|em|ach)?|samorzad\w{0,4}|czlonk\w{0,4}|czlonek|czl(?=\.)|gmin\w{0,3}|osrodk\w{1,3}"
    r"|jednost\w{1,4}|podmiot\w{1,2}(?!\s+(?:gospodarcz|lecznicz|prywatn|handlow|zewnetrzn))|municypi\w{1,3}|wspolnot\w{0,3}(?=\s+(?:miejsk|samorzadow|lokaln|terytorialn|gminn))|osob(?=\s+prawnych)|cities|towns|municipalit\w{1,3}|members?|governments|communities|authorities|osob(?=\s+w\s+(?:zwiazku|stowarzysz|organizacj|zmp)))"
)

_ADJECTIVES = (
    r"(?:(?:polskich|polskie|miejskich|miejskie|czlonkowskich|czlonkowskie|zrzeszonych"
    r"|lokalnych|terytorialnych|roznej\s+wielkosci|juz|najrozniejszych|duzych|malych|srednich|polish|urban|local|municipal|member|i|oraz|and)\s+){0,4}"
)

COUNTED = lazy(rf"\s*{_ADJECTIVES}{_NOUN}(?!\w)")

NOT_UNIT = lazy(
    r"\s?(?:%|proc|zl\b|tys|mln|mld|lat\b|latach|rok|r\b|dni|godz|mieszk|os\.|osob(?!\w|\s+prawnych)|km|ha\b|euro|eur|glos|radn|deleg|przedstaw|uczest|samorzadowc|burmistrz|prezydent|wojt|ekspert|komisj|grup|wojewodztw|powiat|krajow|kraj|procent|percent|million|officials|mayors|officers|projekt|organizac|podpis|stycz|lut|mar[cz]|kwiet|maj|czerw|lip|sierp|wrzes|pazdz|list|grudn)"
)

_PARTICIPANTS = lazy(
    r"(?<!\w)(?:delega\w*|przedstawiciel\w*|reprezentan\w*|uczestni\w*|samorzadowc\w*|burmistrz\w*|prezydent\w*|gosci\w*|ankiet\w*|zgloszen\w*|wladz\w*|radni|delegates|representatives|officials|participants|mayors)"
    r"\s+(?:z|ze|of|from|w\s+imieniu|reprezentuj\w+)?\s*(?:(?:ponad|okolo|blisko|prawie|niemal|przeszlo|wiecej\s+niz|ok\.|over|about|more\s+than)\s+)?$"
)

# "jest reprezentantem 385 miast": the body itself stands for its members
_SPEAKS_FOR = lazy(
    r"(?<!\w)(?:jest|jako|bedac\w*|byl|pozostaje|to)\s+(?:\w+\s+){0,2}?(?:reprezentant|przedstawiciel|reprezentantk|rzecznik|glos)(?:em|a)?\s+$",
    *("=byl", "=jako", "=jest", "=pozostaje", "bedac", "glos", "przedstawiciel", "reprezentant", "rzecznik"),
)
# "zabrał głos w imieniu ponad 320 ośrodków": all those it may speak for
_IN_THEIR_NAME = lazy(r"(?<!\w)(?:w\s+imieniu|on\s+behalf\s+of)\s+(?:wszystkich\s+|swoich\s+|its\s+)?$")
_OF_A_REGION = lazy(
    r"\s*(?:z|ze|w)\s+(?:\w+\s+)?(?:wojew|powia|region|subregion|terenu|slask|mazowsz|wielkopol|malopol|pomorz)"
)
_ALL_BEFORE = lazy(
    r"(?:wszystki(?:ch|e|m|mi)|all|ogolu|kazdego\s+z|calej)\s+(?:the\s+|its\s+|our\s+|swoich\s+|naszych\s+|jego\s+)?(?:(?:ponad|okolo)\s+)?$"
)

# "delegaci reprezentujący 176 miast": those who came stand for as many
_STAND_FOR = lazy(
    r"(?<!\w)(?:delega\w*|przedstawiciel\w*|uczestni\w*|samorzadowc\w*|osob\w*|radn\w+|burmistrz\w*|gosc\w*|wlodarz\w*|delegates|representatives)"
    r"(?!\w)[^.;:]{0,30}(?<!\w)(?:reprezentuj\w+|reprezentowa\w+|przyby\w+\s+z|representing)\s+(?:\w+\s+)?$"
)
_TAKING_PART = lazy(
    r"(?<!\w)(?:wzi[ae]l\w*\s+udzial|wzielo|udzial\s+(?:bierze|biora|wzie\w+)|uczestnicz\w+|przyjechal\w*|spotkal\w*|kampani\w*|ankiet\w*|konkurs\w*|edycj\w*|zgloszen\w*|wystartowal\w*|zglosil\w*|odpowiedzial\w*(?!\w|,\s+ze\s|:)|szkolen\w*|took\s+part|attended|applications|badani\w*|w\s+projek\w+)"
)

_FOUNDING = lazy(
    r"(?<!\w)(?:zalozyc\w*|zalozyl\w*|zalozon\w*|kongres\w*|restytuc\w*|reaktywac\w*|odtwarza\w*|odtworz\w*|founded|founding|reconstitution|po\s+wyborach|wyborach|after\s+the\s+elections)"
)

_ALL_POLAND = lazy(
    r"(?<!\w)(?:w\s+polsce|w\s+kraju|wszystkich\s+polskich|w\s+calym\s+kraju|liczba\s+miast\s+w|na\s+mapie|in\s+poland)"
)

_OUTSIDE = lazy(
    r"(?<!\w)(?:(?:nie|poza|spoza)\s+(?:\w+\s+){0,2}(?:naleza\w*|zrzeszon\w*|organizac\w*|zwiazk\w*)|nienaleza\w*|niezrzeszon\w*|zaproszon\w*|zaproszeni\w*|zaprosil\w*|invited)"
)

_COUNT_VERB_NEAR = lazy(
    r"(?<!\w)(?:za\s+\"?(?:zwiazkiem(?:\s+miast\s+polskich)?|zmp|nim)\"?\s+(?:stoi|stoja|stalo)|zrzesz\w+|skupi\w+"
    r"|licz(?:y|yl|yla|ylo|ace|acego|acej|aca|acy|acym|ymy)|reprezentuj\w*|reprezentowal\w*|laczy|laczac\w*|jednocz\w*"
    r"|gromadz\w*|grupuj\w*|tworz\w*|(?<!natem\s)obejm(?:uj|owal)\w*(?!\s+(?:sw\w+\s+)?(?!razem\s)(?:\w{3,}(?:em|ami)|opieka|pomoca|akcja)\s)|nalez\w+|przynalez\w+|wchodz\w+|sklada\w*\s+sie|zasiada\w*"
    r"|w\s+\"?(?:zwiazku(?:\s+miast\s+polskich)?|zmp|organizacji|stowarzyszeniu)\"?\s+(?:[\w-]+\s+){0,3}?(?:po)?zosta(?:je|lo)"
    r"|w\s+\"?(?:zwiazku(?:\s+miast\s+polskich)?|zmp|naszej\s+organizacji)\"?\s+(?:\w+\s+){0,2}(?:dziala|pracuje|wspolpracuje|wspoldziala|uczestniczy|jednoczy\s+sie)(?:lo)?"
    r"|(?:dziala|pracuje|wspolpracuje|wspoldziala|uczestniczy|jednoczy\s+sie)(?:lo)?\s+(?:\w+\s+)?w\s+\"?(?:zwiazku(?:\s+miast\s+polskich)?|zmp|naszej\s+organizacji)"
    r"|do\s+\"?(?:zwiazku(?:\s+miast\s+polskich)?|zmp)\"?\s+(?:przystapilo|wstapilo|dolaczylo|weszlo)\s+(?:dotad|dotychczas|juz|lacznie|do\s+tej\s+pory|w\s+sumie)"
    r"|pod\s+(?:szyldem|skrzydlami|dachem|sztandarem|parasolem)\s+\"?(?:zwiazku(?:\s+miast\s+polskich)?|zmp)\"?\s+(?:\w+\s+){0,2}?(?:dziala|spotyka|pracuje|wspolpracuje|skupi|jednoczy|laczy|zebral|zgromadzi)\w*(?!\s+(?:[\w-]+\s+){0,3}?(?:siec|klub|grup|zesp|for(?:um|a)(?!\w)|komisj|kol[oa](?!\w)|konwent|fundacj|sekcj|partnerstw|stowarzysz|federacj))"
    r"|widni\w+|figur\w+|znajdu\w+|zapisan\w+|numbered|counted|totalled|numbering|counting|stands|stood|grew|grown"
    r"|majac\w*|ma|mial|miala|mialo|mamy|jest|byl[aoy]?|sa|stanowi(?!sk)\w*|wzros\w*|urosl\w*|rozros\w*|(?:powiekszyl|rozszerzyl|zwiekszyl|skurczyl|zmniejszyl)\w*\s+sie\s+do|czlonkami\s+sa|wynosi\w*|osiagn\w*|represents?|includes?|unit\w+|associat\w+|compris\w+|brings?|bringing|gather\w*|has|had|have|numbers|counts|speaks|speaking|wspolnot\w*|gron\w+|rodzin\w+|spolecznosc\w*)(?!\w)"
)

_STRONG = lazy(
    r"(?<!\w)(?:zrzesz\w+|skupi\w+|reprezentuj\w*|reprezentowal\w*|nalez\w+|przynalez\w+|grupuj\w*|gromadz\w*|jednocz\w*|laczac\w*|licz(?:y|yl|yla|ylo|ace|acego|acej|aca|acy|acym|ymy)|represents?|representing|includes?|unit\w+|associat\w+|compris\w+|brings?|bringing|gather\w*|speaks|speaking|wspolnot\w*)(?!\w)"
)

_MEMBERS_AFTER = lazy(
    r"^[^.;]{0,60}?(?:,\s+ktor\w+\s+(?:(?:go|ja|je)\s+(?:wspol)?tworz\w+|w\s+ni(?:m|ej)\s+sa)|zrzeszonych|naleza\w+|czlonkowsk\w+|skupionych|w\s+(?:zmp|zwiazku|organizacji|stowarzyszeniu))"
)


_IN_A_GROUP = lazy(
    r"(?<!\w)w\s+(?:\w+\s+)?(?:grupie|zestawieniu|rankingu|czolowce|finale|setce|dziesiatce|programie)\s+$"
)
AFTER_INSTITUTION = lazy(rf"\s*(?:\w+\s+)?(?:jego\s+|its\s+)?{OF_INSTITUTION}(?!\w)")

_MEMBERS_OF_INSTITUTION = lazy(rf"\s*(?:czlonk\w+|members)\s+(?:\w+\s+)?{OF_INSTITUTION}(?!\w)")


def counts_others(sentence: Sentence, lead: str, after: str) -> bool:
    """Whether a number counts guests, answers, founders, a part of the members, or towns that are none."""
    counted = COUNTED.match(after)
    rest = after[counted.end() :] if counted else after
    return bool(
        (_PARTICIPANTS.search(lead) and not _ALL_BEFORE.search(lead))
        or _MEMBERS_OF_INSTITUTION.match(after)
        or _BESIDE_MEMBERS.search(lead)
        or share_of(lead, after, sentence.folded) is not None
        or _OF_SIGNERS.search(lead)
        or _DID_IT.search(lead)
        or _STAND_FOR.search(lead)
        or _OF_A_KIND.match(rest)
        or FROM_REGION.search(lead)
        or of_another_subject(lead)
        or any(p.search(sentence.folded) for p in (_TAKING_PART, _FOUNDING))
        or _ALL_POLAND.search(f"{lead[-30:]} # {rest[:20]}")
        or _OUTSIDE.search(sentence.folded if _RELATIVE.search(lead) is None else after)
    )


_RELATIVE = lazy(r",\s+ktor\w+\s+[^,;.]{0,60}$")
"""As in "poza Związkiem, który tworzy już ponad 350 miast": what stands outside does not count them."""
_OF_A_KIND = lazy(
    r"\s*(?:w\s+(?:\w+\s+){0,2}?(?:ranking|zestawieni|plebiscy|konkurs|raporci|badani|ankie|projekci|programi|kampani|akcji|pilotaz)|spoza|nie\s+naleza|z\s+(?:wojewodztwa|powiatu|regionu|(?:dolnego|gornego)\s+slaska|mazowsza|slaska|wielkopolski|malopolski|pomorza|podkarpacia|podlasia|kujaw|warmii|mazur|lubelszczyzny|opolszczyzny|ziemi\s)|w\s+wojewodztwie|wojewodzk|na\s+prawach|partnersk"
    r"|zagrozon|zalozyciel|powyzej|ponizej|liczac|wybran|nagrodzon|wyroznion|zaproszon|bioracych|uczestniczac|zakwalifikowan|objetych|pilotazow|ankietowan|badanych|przebadan|zgloszon|obecnych|reprezentowan)"
)


def frame(reading: Reading, sentence: Sentence, number: Number, lead: str, after: str) -> str | None:
    """The name of the pattern in which a number counts members, or None."""
    if answers_question(reading, sentence, lead, after, counted=COUNTED.match(after) is not None):
        return "sentence.answer"
    if _SENT_BY.search(lead) or _OF_SIGNERS.search(lead) or _DID_IT.search(lead) or FROM_WHICH_REGION.search(lead):
        return None
    counted = COUNTED.match(after)
    if counted and is_slogan(reading, sentence, lead, after[counted.end() :]):
        return "sentence.slogan"
    if counted and PART_THAT_DID.match(after, counted.end()):
        return None  # "z 302 miast członkowskich, które złożyły wnioski"
    clause_before = re.split(r"[;]|(?<!\sr)(?<!\dr)\.\s", lead)[-1]
    stands_for = _SPEAKS_FOR.search(lead) or (
        _IN_THEIR_NAME.search(lead) and not (counted and _OF_A_REGION.match(after, counted.end()))
    )
    if counted and "czlon" in counted[0] and of_another(sentence, number.end + counted.end()):
        return None  # "jednym z 310 członków Towarzystwa Miłośników Wisły"
    if counted:
        rule = at_its_name(sentence, number, lead, after, counted.end())
        if rule is not None:
            return rule if rule == "sentence.apposition" or about_ours(reading, sentence, number) else None
    if number.value < _FEWEST and _OF_ITS_MEMBERS.match(after) and _of_an_organ(reading, sentence, number):
        return None
    if counted and stands_for:
        return "sentence.verb" if about_ours(reading, sentence, number) else None
    if _PARTICIPANTS.search(lead) and not _ALL_BEFORE.search(lead):
        return None
    if _MEMBERS_OF_INSTITUTION.match(after) or _BESIDE_MEMBERS.search(lead):
        return None
    if so_many(reading, sentence, after, counted=counted is not None):
        return "sentence.so_many"
    share = share_of(lead, after, sentence.folded)
    if share is not None:
        counts = share in (Share.WHOLE, Share.MEMBERS) and about_ours(reading, sentence, number)
        return "sentence.share" if counts else None
    if _STAND_FOR.search(lead):
        return None
    if counted:
        rest = after[counted.end() :]
        if _OF_A_KIND.match(rest):
            return None
        if (
            _ALL_BEFORE.search(lead)
            and re.match(
                r"[^.;]{0,30}(?:zrzeszon|naleza|czlonk|skupion)|\s*miast\w*\s+\"?(?:zwiazku\s+miast|zmp)", after
            )
            and about_ours(reading, sentence, number)
        ):
            return "sentence.all_members"
        if _IN_A_GROUP.search(lead) and not _MEMBERS_AFTER.match(rest):
            return None
        of_else = of_another_subject(lead) and _INTO_THE_CIRCLE.search(lead) is None
        if FROM_REGION.search(lead) or of_else or AFTER_INSTITUTION.match(rest):
            return None
        if _TAKING_PART.search(f"{lead.rpartition(', ze ')[2]} # {after}") and not _STRONG.search(clause_before[-60:]):
            return None
        if _OUTSIDE.search(sentence.folded) and not _STRONG.search(clause_before[-60:]):
            return None
        own = sentence.slice(*clause(sentence, number.start))
        if _FOUNDING.search(own) and re.search(
            r"(?<!\w)(?:rad[ay]|przedstawiciel|delegat|podjel|zalozy|uchwal|councils|adopted)", own
        ):
            return None
        if re.search(r"(?<!\w)(?:rad[ay]|councils)\s+(?:of\s+)?\w{0,8}\s*$", clause_before):
            return None
        if _ALL_POLAND.search(sentence.folded) and re.search(
            r"liczba\s+miast|miast\s+w\s+polsce|(?:w\s+(?:kraju|polsce))\s+(?:jest|sa|bylo)", sentence.folded
        ):
            return None
        far = (
            bool(_STRONG.search(clause_before[-60:]) or _MADE_OF.search(clause_before))
            or re.match(r"\s*(?:\w+\s+)?czlonk", after) is not None
        )
        if number.value in ALL_TOWNS and not (far or _MEMBERS_AFTER.match(after)):
            return None
        if not about_ours(reading, sentence, number, far=far):
            return None
        if re.search(r"(?<!\w)(?:pierwszych|kolejnych|nowych)\s+$", lead):
            return None
        works = _WORK_IN.search(lead)
        if works is not None and _of_a_thing(sentence, sentence.start + works.start()):
            return None
        if _WORKS_ON.match(rest) and _STRONG.search(clause_before[-60:]) is None:
            return None
        if works is not None or _COUNT_VERB_NEAR.search(clause_before[-110:]) or _PAYS.search(clause_before[-110:]):
            return "sentence.verb"
        if _MEMBERS_AFTER.match(after) or (_ON_BOARD.match(rest) and _WITH.search(lead)):
            return "sentence.members_of"
        if "czlonk" in counted[0] and _ALL_WILL.search(lead):
            of_body = _OF_THE_BODY.match(rest)
            if of_body is not None and not (of_body["unnamed"] and _only_named_behind(sentence, number)):
                return "sentence.verb"
        if "czlonk" in counted[0] and _TELLS_OF.search(lead):
            behind = number.end + counted.end()
            theirs = any(b.kind is BodyKind.OTHER and b.start - behind in (1, 2) for b in sentence.bodies)
            return None if theirs else "sentence.verb"
        if re.search(
            r"(?:liczba\s+(?:czlonkow|miast(?!\s+w\s+(?:polsce|kraju|wojewodz|region))|samorzadow)[^.;]{0,40})$",
            clause_before,
        ) or is_number_of(sentence, number, lead, after):
            return "sentence.number_of"
        if _ENTRY.fullmatch(lead) and re.match(r"\s*(?:\w+\s+)?czlonk", after) and ENDS.match(rest):
            return "sentence.entry"
        if re.match(r"\s*(?:naszych|nasze)\s", after) and main_is_ours(reading):
            return "sentence.our_members"
        if _VERB_AFTER.match(rest) or (_WORKS.match(rest) and _IN_IT.search(clause_before)):
            return "sentence.verb_after"
        if LABEL.search(lead) or is_labelled(reading, sentence, number, lead, after):
            return "sentence.number_of"
        if re.search(r"(?:wsrod|jedn\w+\s+(?:z|sposrod)|obok)\s+(?:\w+\s+)?$", lead) and re.search(
            r"(?<!\w)(?:czlon(?:ek|k)|zrzesz|nalez)", sentence.folded
        ):
            return "sentence.among"
        if re.search(
            r"(?<!\w)(?:zwiazek|organizacja|stowarzyszenie|zmp|polskich)\s+to\s+(?:\w+\s+){0,2}$", clause_before
        ):
            return "sentence.apposition"
        if _BODY_OF.search(clause_before):
            return "sentence.apposition"
        with_so_many = _BODY_WITH.search(clause_before) if counted[0].endswith(_WITH_SO_MANY) else None
        if with_so_many is not None and _BESIDE_OURS.search(clause_before, 0, with_so_many.start()) is None:
            return "sentence.apposition"
        bracket = _SIZE.search(clause_before)
        if bracket and bracket[0][0] == "(" and hangs_on_another_name(sentence, number):
            return None
        if bracket and _noun_of_size(clause_before) and (bracket[0][0] == "(" or _STOPS_THERE.match(rest)):
            return "sentence.apposition"
        return None
    return bare(reading, sentence, number, lead, after)


_WORK_IN = lazy(
    r",\s+w\s+ktor(?:ym|ej)\s+(?:(?:juz|dzis|dzisiaj|dzis\s+juz|obecnie|teraz|aktualnie|lacznie)\s+)?(?:wspol)?(?:dziala|dzialaja|pracuje|pracuja|uczestniczy|jest|sa)\s+"
    r"(?:(?:juz|dzis|dzisiaj|obecnie|teraz|aktualnie|ponad|blisko|prawie|niemal|okolo|ok\.|przeszlo|wiecej\s+niz|mniej\s+wiecej|co\s+najmniej)\s+){0,3}$",
    *("dziala", "pracuj", "wspol", "uczestniczy", "=jest", "=sa"),
)
_OF_A_BODY = lazy(r"(?:organizacj|stowarzyszeni|zrzeszeni|federacj|wspolnot|zwiaz)\w+$")


def _of_a_thing(sentence: Sentence, comma: int) -> bool:
    """As in "Związek prowadzi program, w którym działa 300 miast": what they work in is no body."""
    if any(b.end <= comma <= b.end + 2 for b in sentence.bodies):
        return False
    return _OF_A_BODY.search(sentence.slice(max(sentence.start, comma - 40), comma)) is None


_FEWEST = 60
"""The association has never had fewer members since 1917; a board has."""
_OF_ITS_MEMBERS = lazy(r"\s*(?:jego|jej|swoich|swych|uprawnionych)?\s*(?:czlonk|members)")
_ORGAN = lazy(
    r"(?<!\w)(?:zarzad\w*|prezydi\w+|komisj\w+|rad[ayz](?!\w)|radzie|komite\w+|zespol\w*|kapitul\w+|jury|board|committee)(?!\w)"
)


def _of_an_organ(reading: Reading, sentence: Sentence, number: Number) -> bool:
    """As in "W posiedzeniu Zarządu uczestniczyło 27 z 30 jego członków"."""
    above = reading.sentences[sentence.number - 1].folded if sentence.number else ""
    return _ORGAN.search(f"{above} {sentence.slice(sentence.start, number.start)}") is not None


# "jako związek 345 miast", "głos 380 samorządów", "za nami stoi siła 354 miast": the body is made of so many
_BODY_OF = lazy(
    r"(?<!\w)(?:zwiaz(?:ek|ku|kiem)|organizacj[aei]|stowarzyszeni\w{1,2}|wspolnot[aeyi]?|reprezentacj[aei]|rodzin[aeyi]|federacj[aei]|glos(?:em|u)?|(?:za\s+soba|stoi|stoja|ma|mamy|to|jest|tam|wspoln\w+|nasz\w+)\s+(?:\w+\s+)?(?:sil[aey]|potencjal(?:em|u)?|autorytet(?:em|u)?|poparci\w+|waga|glos)"
    r"|gron(?:o|a|ie|em)|zrzeszeni\w{1,2}|association|union|network)\s+(?:of\s+)?$"
)
_BODY_WITH = lazy(
    r"(?<!\w)(?:zwiaz(?:ek|ku|kiem)|organizacj[aei]|stowarzyszeni\w{1,2}|zrzeszeni\w{1,2})\s+(?:o|z)\s+$",
    *("zwiaz", "organizacj", "stowarzyszeni", "zrzeszeni"),
)
_WITH_SO_MANY = ("czlonkach", "czlonkami", "miastach", "miastami")
"""As in "stowarzyszenie o przeszło trzystu członkach"."""
_BESIDE_OURS = lazy(r"(?<!\w)(?:z|ze|przez|dla|od|obok|inn\w+)\s+(?:[\w-]+\s+){0,2}$")
"""As in "współpracuje ze stowarzyszeniem o 40 członkach": another body than ours."""
_ALL_WILL = lazy(
    r"(?<!\w)(?:(?:za)?decyduj[ea]|zdecyduj[ea]|(?:za)?glosuj[ea]|wybier(?:ze|a|aja)|rozstrzygnie)\s+$",
    *("decyduj", "glosuj", "wybier", "rozstrzygnie"),
)
"""As in "o fotelu prezesa zdecyduje ponad 350 członków stowarzyszenia": all that may."""
_OF_THE_BODY = lazy(r"\s*(?:\"?zwiazku|zmp|(?P<unnamed>stowarzyszenia|organizacji))(?!\w)")


def _only_named_behind(sentence: Sentence, number: Number) -> bool:
    """As in "zdecyduje 120 członków stowarzyszenia, a laureata ogłosi Związek": our body is not the one counted."""
    ours = [body.start for body in sentence.bodies if body.kind is BodyKind.OURS]
    return bool(ours) and min(ours) > number.end


_INTO_THE_CIRCLE = lazy(
    r"(?<!\w)(?:przyja|przyje|wlacz|zapros|wpisa)\w+\s+(?:[\w-]+\s+){0,6}?do\s+(?:\w+\s+)?(?:grona|rodziny|wspolnoty|kregu)\s+$"
)
"""As in "Zarząd przyjął nas do grona 350 miast": the board is the subject, the circle has the members."""
_MADE_OF = lazy(r"(?<!\w)(?:wspol)?tworz\w+\s+(?:go|ja|je)\s+(?:\w+\s+)?$")
# a clause goes on after "alarm: 139 ośrodków traci …", a size does not
# "1938  niemal 500 członków": an entry of a calendar
_ENTRY = lazy(r"\W*(?:18|19|20)\d\d(?:\s?r\.)?\s*[-:|]?\s*")
_DID_IT = lazy(
    r"(?<!\w)(?:(?:na|ode|nade|przy|wy|prze)sla|wypelni|korzysta|skorzysta|zamowi|kupi|podpisa|poparl|zaglosowa|odpisa|odpowiedzia|pobra|wdrozy|siegnel(?=[yi]))\w*\s+(?:(?:nan|na\s+nie|na\s+nia|sie|juz|go|ja|je|tylko|lacznie)\s+)?$"
)
"""Right before a number: "kwestionariusze odesłało 214 miast członkowskich", "z aplikacji korzysta 230 miast"."""
_SENT_BY = lazy(
    r"(?<!\w)(?:wniosk(?:i|ow)|zgloszen(?:ia|)|ankiet[ay]?|podpis(?:y|ow)|uwag[ai]?|pism|zapytan(?:ia|))\s+(?:od|z|ze)\s+(?:\w+\s+)?$",
    *("wniosk", "zgloszen", "ankiet", "podpis", "uwag", "pism", "zapytan"),
)
"""As in "wpłynęło 98 wniosków od 381 miast"."""
_OF_SIGNERS = lazy(
    r"(?<!\w)(?:lis[tc]|gron|wykaz|rejestr|wsrod|liczb|zestawieni|baz)\w*\s+(?:[\w-]+\s+){0,2}?"
    r"(?:sygnatari|uczestni|laureat|finalist|beneficj|partner|prenumerat|respondent|chetn|wnioskodawc|kandydat|zgloszon|nagrodzon|wyroznion|darczync|organizator)\w*[^.;]{0,60}$"
)
"""As in "na liście sygnatariuszy listu Związku jest 231 miast"."""
_STOPS_THERE = lazy(r"\s*(?:[.,;:)!?]|-\s|$|(?:i|oraz|z|ze|w|we|na|od|o)\s)")
# "320 miast należących do Związku oraz 38 gmin, które …": others beside the members
_BESIDE_MEMBERS = lazy(
    r"\d\s+\w+\s+(?:naleza\w+|zrzeszon\w+|czlonkowsk\w+)[^.;]{0,60}(?<!\w)(?:oraz|i|a\s+takze|plus|wraz\s+z)\s+$"
)
_SIZE = lazy(
    r"(?:\(|[-:,]\s?)(?:(?:juz|obecnie|dzis|dzisiaj|teraz|aktualnie|razem|lacznie|to|jest|to\s+juz|w\s+sumie|dokladnie|now|currently|today)\s+){0,3}$"
)
_VERB_AFTER = lazy(
    r"(?:,[^,.;]{1,70},)?(?:[^.;,]|(?<=\sr)\.){0,60}?(?<!\w)(?:(?:wspol)?tworz\w+|(?:przy)?nalez\w+|zrzesz\w+|skupia\w*|jednocz\w+|jest\s+(?:\w+\s+)?(?:w|czlonk)|s[aą]\s+(?:\w+\s+)?czlonk"
    r"|czlonkami\s+(?:(?:zwiazku(?:\s+miast\s+polskich)?|zmp)\s+)?(?:jest|sa|bylo|byly)"
    r"|wchodz\w+|belong|stanowi|ma(?:ja)?\s+(?:\w+\s+)?(?:legitymac|status|czlonkostw)|widni\w+|figuruj\w*|zapisan\w+|pay\s+|(?:are|were)\s+(?:\w+\s+){0,2}(?:members|united|associated))"
)


_ON_BOARD = lazy(r"\s+(?:on\s+board|in\s+its\s+ranks|under\s+its\s+roof)(?!\w)")
_WORKS_ON = lazy(
    r"\s+(?:w\s+sprawi\w+|nad\s|przy\s(?!\w+\s+zwiazk)|w\s+(?:ramach|projek\w+|komisj\w+|program\w+|zespol\w+|grupi\w*))(?=\W*\w)"
)
"""As in "w Związku współpracuje 60 miast w sprawie smogu": a part of the members."""
_WITH = lazy(r"(?<!\w)with\s+$")
_TELLS_OF = lazy(
    r"(?<!\w)(?:pisz|mow|wspomin|informuj|donos|chwal)\w+\s+(?:sie\s+)?(?:[\w-]+\s+){0,2}?o\s+$",
    "pisz",
    "mow",
    "wspomin",
    "informuj",
    "donos",
    "chwal",
)
"""As in "Związek sam pisze o ponad 375 członkach"."""
_IN_IT = lazy(r"(?<!\w)w\s+\"?(?:zwiazku(?:\s+miast\s+polskich)?|zmp|naszej\s+organizacji)\"?\s+(?:\w+\s+){0,2}$")
_WORKS = lazy(r"\s+(?:\w+\s+)?dziala(?:lo)?(?!\w)")
"""As in "w ZMP już 359 samorządów działa"."""
_PAYS = lazy(
    r"(?<!\w)skladk\w+[^.;]{0,60}(?<!\w)(?:placi|placa|oplaca|oplacaja|odprowadza|odprowadzaja|wnosi|wnosza)(?!\w)"
    r"|(?<!\w)(?:czlonkostw|przynaleznosc|legitymacj)\w+\s[^.;]{0,60}?(?<!\w)(?:pochwalic|chwali|szczyci|chlubi|legitymuj\w+|cieszy|deklaruje|ma|posiada)(?!\w)"
)


def _noun_of_size(before: str) -> bool:
    return bool(
        re.search(
            r"(?:organizacj\w+|zwiazek|zwiazku|polskich|stowarzyszeni\w+|zmp|association|union)[^.;]{0,40}[(:,-]\s?(?:\w+\s+){0,3}$",
            before,
        )
    )
