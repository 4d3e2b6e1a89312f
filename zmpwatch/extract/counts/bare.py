"""Numbers of members without a noun: "(obecnie 325)", "było nas 367, jest 373", "liczba członków wzrosła do 373"."""

from __future__ import annotations

import re

from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.counts.numberof import is_number_of
from zmpwatch.extract.counts.whose import about_ours
from zmpwatch.extract.structure.reading import Reading
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.numerals import Number

__all__ = [
    "ALL_TOWNS",
    "ENDS",
    "FROM_REGION",
    "LABEL",
    "OF_INSTITUTION",
    "THEN_PEOPLE",
    "bare",
    "has_them",
    "is_labelled",
    "of_another_subject",
]

# What has members of its own within the association, or towns of its own beside it, and stands as the subject.
_INSTITUTION = (
    r"(?:zarzad|prezydium|komisja|rada|zespol|biuro|komitet|konwent|kapitula|redakcja|delegacja|sejm|board|committee"
    r"|council|office|secretariat|jury)"
)

OF_INSTITUTION = (
    r"(?:zarzadu|prezydium|komisji|rady|zespolu|biura|komitetu|konwentu|kapituly|redakcji|delegacji"
    r"|of\s+(?:the|its|our)\s+(?:board|committee|council))"
)

_OTHER_SUBJECT = lazy(
    rf"(?<!\w)(?:{_INSTITUTION}(?!\w)[^.,;:()]{{0,90}}"
    r"|(?:raport|badani[ea]|ankiet[ay]|analiz[ay]|zestawienie|ranking|projekt|program|system|baz[ay]|map[ay]|publikacja|monitoring|indeks|kampania|akcja|konkurs)"
    r"(?!\w)[^.;:()]{0,60}?(?:obejmuj\w+|obejmowal\w*|objal\w*|objel\w*|dotycz\w+|zebral\w*|liczy|uwzglednia\w*|skupia)\s+(?:\w+\s+)?"
    rf"|(?:czlonk\w+|sklad\w*|liczebnosc\w?|miejsc)\s+(?:\w+\s+)?{OF_INSTITUTION}(?!\w)[^.,;()]{{0,45}}"
    r"|(?:w|we)\s+(?:\w+\s+)?(?:zarzadzie|prezydium|komisj(?:i|ach)|radzie|zespo(?:le|lach)|biurze|komite(?:cie|tach)|delegacj(?:i|ach)|grupach|sekcjach|programach|projektach)(?!\w)[^.,;:()]{0,70}"
    r"|(?:w|we)\s+(?:\w+\s+)?(?:wojewodztwie|powiecie|regionie|europie|polsce|kraju)\s+(?:jest|sa|mamy|bylo|lezy|dziala\w*|istnieje)\s+(?:\w+\s+){0,2}"
    r"|(?:polska|kraj|wojewodztwo|wojewodztwie|region|powiat|europa|niemcy|czechy|poland)\s+(?:\w+\s+)?(?:ma|maja|liczy|licza|posiada|has)\s+(?:\w+\s+){0,2})$"
)

_THEY_ARE = lazy(
    r"(?:^|[,;:(-]\s*|(?<!\w)(?:ze|a|i|oraz)\s+)(?:\w+[iy]mi\s+)?(?!czlonk|miast|zrzesz)\w{4,}ami(?:\s+[^\W\d]+){0,5}?(?:,[^,;:()]{1,80},)?\s+(?:jest|sa|bylo|byly|zostalo|zostaly|(?:stalo|staly)\s+sie)\s+(?:(?:juz|obecnie|dzis|teraz)\s+)?$",
    "ami",
)
"""What towns are, if not members: "autorami są 324 miasta", "użytkownikami platformy jest już 310 gmin"."""

# "biuro organizacji skupiającej 300 ośrodków": the body, not its office, is what has so many
_OF_A_BODY = lazy(
    r"(?<!\w)(?:zwiazku|organizacji|stowarzyszenia|zrzeszenia)\s+(?:\w+\s+)?(?:skupiaj|zrzeszaj|grupuj|jednocz|lacz|licz|reprezentuj|gromadz)ac(?:ego|ej)\s+(?:\w+\s+){0,2}$"
)

FROM_REGION = lazy(
    r"(?<!\w)(?:(?:z|ze|sposrod)\s+(?:\w+\s+)?(?:wojewodztwa|woj\.|powiatu|regionu|subregionu|terenu|ziemi|mazowsza|slaska|wielkopolski|malopolski|pomorza"
    r"|podlasia|kujaw|podkarpacia|lubelszczyzny|opolszczyzny|warmii|mazur)"
    r"|w\s+(?:\w+\s+)?(?:wojewodztwie|powiecie|regionie|subregionie|wielkopolsce|malopolsce))(?!\w)[^.,;:()]{0,60}$"
    r"|(?<!\w)(?:dolnoslask|kujawsk|lubelsk|lubusk|lodzk|malopolsk|mazowieck|opolsk|podkarpack|podlask|pomorsk|slask|swietokrzysk"
    r"|warminsk|mazursk|wielkopolsk|zachodniopomorsk)\w{1,4}\s+(?:czlonk|miast|gmin|samorzad)\w*[^.,;:()]{0,60}$"
)

LABEL = lazy(
    r"(?:^|[\n|;,:])\W*(?:(?:liczba|ilosc)\s+)?(?:czlonk(?:owie|ow)(?:\s+(?:zwiazku(?:\s+miast\s+polskich)?|organizacji|zmp))?|miast(?:a|)\s+czlonkowski\w+|(?:miast|samorzadow|gmin|czlonkow)\s+w\s+(?:zwiazku(?:\s+miast\s+polskich)?|zmp|stowarzyszeniu|organizacji)"
    r"|zrzeszon\w+\s+(?:miast\w?|samorzad\w*)|(?:number\s+of\s+)?members|membership|(?:number\s+of\s+)?member\s+(?:cities|towns))\s*(?:[:=|]|\s-)\s*$"
)

_BARE_LABEL = lazy(r"(?:^|\n)\s*(?:(?:liczba|ilosc)\s+)?(?:czlonk(?:owie|ow)|miast\s+czlonkowskich|members)\s+$")
"""As on a card: "Członków 366"."""
_THEM = lazy(
    r"(?<!\w)(?:liczy|skupia|zrzesza|ma|laczy|reprezentuje|grupuje)\s+(?:\w+\s+){0,2}?(?:ich|nas)\s+(?:(?:juz|obecnie|teraz|dzis|dzisiaj|aktualnie)\s+){0,2}$"
)

ENDS = lazy(
    r"\s*(?:[.,;:)!?]|\((?:stan\s|(?:19|20)\d\d\))|-\s|$|z\s+nich|(?:i|a|oraz|lecz|ale)\s|w\s+tym|pod\s+koniec)"
)

_NUMBER_OF = lazy(
    r"liczb\w+\s+(?:czlonkow|miast\s+(?:czlonkowskich|zrzeszonych|nalezacych|w(?!\s+(?:polsce|kraju|wojewodz|region)))|zrzeszonych|samorzadow|naszych)[^.;]{0,70}$"
)
_OF_MEMBERS_ARE = lazy(
    r"(?<!\w)(?:czlonkow|(?:miast|samorzadow|gmin)\s+(?:czlonkowskich|zrzeszonych))(?!\w)[^.;,:]{0,50}\s(?:jest|bylo|mamy|mielismy)\s+(?:(?:juz|obecnie|dzis|wtedy|wowczas|dokladnie)\s+)?$"
)
"""As in "wszystkich członków Związku było 515"."""
_NUMBER_ENDS = lazy(r"\s*(?:[.,;:)!]|$|miast)")
"""As in "liczba członków wzrosła do 373"."""
_APPROACHES = lazy(r"(?<!\w)(?:zbliza\w*|blisko|dazy)\s+sie\s+(?:juz\s+)?do\s+$")
"""As in "zbliża się do 400": so many they are not yet."""
_IN_BRACKETS = lazy(
    r"\(\s*(?:obecnie|w\s+tej\s+chwili|dzis|aktualnie|teraz|jest\s+ich|now|currently|juz|to)[^)]{0,25}$"
)
_BRACKET_ENDS = lazy(r"\s*(?:miast\w*)?\s*[),]")
"""As in "(obecnie 325)", "(jest ich 380 miast)"."""
_OF_THOSE = lazy(r"z\s+nich|of\s+them")
_OF_MEMBERS = lazy(r"miast|samorzad|czlonk|cities|towns|gmin|member")
_SO_MANY_OF_THEM = lazy(r"(?<!\w)ich\s+(?:\w+\s+)?$")
_WE_ARE = lazy(
    r"(?:jest|bylo|mamy|jestesmy)\s+(?:juz\s+)?(?:nas|ich)\s+(?:juz\s+|obecnie\s+|teraz\s+|dokladnie\s+|razem\s+|lacznie\s+|rowno\s+){0,2}$|(?:nas|ich)\s+(?:jest\s+)?(?:juz|obecnie|teraz|dzis|dokladnie|rowno)\s+$"
)
"""As in "było nas 367, jest ich już 373"."""
_AT_A_MEETING = lazy(
    r"(?<!\w)(?:kongres|spotkani|konferencj|zjezdzie|forum|warsztat|szkoleni|zgromadzeni|seminari|gali|sal[ai])\w*(?!\w)[^.;]{0,120}?(?<!\w)bylo\s+nas\s",
    "=nas",
)
"""As in "na Kongresie było nas 600": guests."""
_CAME_FROM = lazy(
    r"\s?(?:osob)?,?\s+ze?\s+(?:ponad|przeszlo|blisko|okolo|niemal|prawie|cal\w+|wielu|roznych|kilku\w*|\d)"
)
"""Behind those who came: "było nas 400, z całego kraju"."""
_LEFT_OVER = lazy(
    r"\W*(?:(?:w\s+nim|w\s+zwiazku|w\s+zmp|nas|ich)\s+)?(?:po)?zostal[oy]\s+(?:(?:juz|tylko|nas|ich|w\s+nim)\s+){0,2}"
)
"""As in "Odeszły trzy miasta. Zostało 291"."""
_MEANT = lazy(
    r"\W*(?:(?:chodzi|mowa)\s+(?:tu\s+|oczywiscie\s+)?o|tak\s+(?:\w+\s+)?(?:o|mowi\w*\s+o)|to)\s+(?:miast|samorzad|czlonk|gmin)\w{0,4}(?!\w)"
)
_OF_MEMBERS_IT_HAS = lazy(
    r"^\W*(?:czlonkow|(?:miast|samorzadow|gmin)\s+(?:czlonkowskich|zrzeszonych))\s+(?:(?!nie(?!\w))\w+\s+){1,4}(?:ma|liczy|zrzesza|skupia)(?:,[^;.]{3,90},\s+|\s+(?:\w+\s+){0,2})$",
    *("czlonkow", "zrzeszonych"),
)
"""As in "Miast członkowskich Związek ma, po ostatnich przyjęciach, 384"."""
_GREW_TO = lazy(
    r"(?<!\w)(?:uros|wzros|rozros)\w*\s+(?:\w+\s+){0,2}?o\s+(?:\w+\s+){1,3}?(?:miast\w?|samorzad\w+|czlonk\w+|gmin\w?),?\s+(?:czyli\s+)?do\s+$",
    *("uros", "wzros", "rozros"),
)
"""As in "Związek urósł o trzy miasta, do 388"."""
_ASSOCIATES = lazy(r"(?:zrzesza|skupia|liczy|naleza|nalezy)\w{0,2}\s+(?:\w+\s+){0,2}$")
THEN_PEOPLE = lazy(r"[^.;]{0,60}?\d[\d\s,]*(?:tys\.?\s+)?(?:mieszk|osob|ludzi|dusz|uczest|deleg)")
"""As in "liczy 332, a cała gmina 3 200 mieszkańców"."""
_OR_OF_THEM = lazy(r"\s*(?:z\s+nich|[.,;)]|$)")
_SPEAKS_OF_MEMBERS = lazy(r"miast|czlonk|samorzad")
"""As in "a dziś zrzesza 380", in a sentence that speaks of towns or members."""
_ITEMS = lazy(r"\s*(?:pozycj\w+|nazw\w?|wpis\w*)(?!\w)")
_STAND_ON = lazy(
    r"\W*stan(?:\s+(?:liczbowy|osobowy|czlonkow))?\s+(?:na|w\s+dniu)\s+(?:dzien\s+)?[\d\sa-z._/-]{4,24}(?:\s?r\.|\s+roku)?\s*(?::|-)\s*"
)
_STAND_ENDS = lazy(r"\s*(?:(?:miast|czlonkow|samorzadow)\w{0,2})?\s*(?:[.,;]|$)")
_MEMBERS_ABOVE = lazy(r"(?<!\w)(?:czlonk|czlonkost|czlonkow)\w*")
_FIGURE_OF = lazy(
    r"\s(?:-|:|\|)\s(?:liczba\s+)?(?:(?:miast\w?|samorzad\w+|gmin\w?)\s+(?:czlonkowsk|zrzeszon)\w+|czlonk(?:ow|owie)(?:\s+(?:zwiazku|zmp|zwyczajn\w+))?)\s*(?:[.,;]|$)"
)
_ABOVE = 300
_WE_ASSOCIATE = lazy(r"(?<!\w)(?:zrzeszamy|skupiamy|jednoczymy)\s+(?:\w+\s+){0,2}$")
_NOUN_BEFORE = lazy(r"(?<!\w)(?:miast|czlonkow|samorzadow)\s+$")
"""As in "Związek liczy miast 373": the noun stands before its number."""
_CIRCLE_COUNTS = lazy(
    r"(?<!\w)gron\w+\s+(?:\w+\s+){0,2}?(?:czlonk\w+|miast|samorzadow|zrzeszon\w+)[^.;]{0,70}?(?:do|liczy|liczylo|osiagnelo|przekroczylo)\s+(?:juz\s+)?$"
)

_WHOLE_BEHIND_PART = lazy(
    r"(?<!\w)(?:nalez\w+|zrzesz\w+|skupia\w*|czlonk\w+)(?!\w)[^.;]{0,90},\s+(?:a|zas|natomiast)\s+(?:w\s+(?:calej\s+)?polsce|w\s+(?:calym\s+)?kraju|w\s+skali\s+kraju|ogolem|lacznie)\s*(?:-\s*|:\s*|jest\s+ich\s+|ich\s+|juz\s+){0,2}$",
    *("polsce", "kraju", "ogolem", "lacznie"),
)
"""As in "do ZMP należą 24 miasta z regionu, a w Polsce – 327"."""
_OF_THEM = lazy(
    r"\s+(?:of\s+them|z\s+nich)\s+(?:\w+\s+){0,2}?(?:pay|belong|are\s+members|nalez\w+|plac[ai]|oplaca\w*|(?:jest|sa)\s+czlonk\w+)(?!\w)"
)

_MOST_OF_A_REGION = 150
"""No region has more members than this, so that more "of them" are all."""

_STRONG_OR_HAS = lazy(r"(?<!\w)(?:zrzesz\w+|skupi\w+|nalez\w+|liczy\w*|mamy)(?!\w)")

_ON_THE_LIST = lazy(
    r"(?<!\w)(?:list[ay]|liscie|wykaz|wykazie|rejestr|rejestrze|ewidencj[ai]|kartotek[ai]|kartotece|spis|spisie)\s+(?:\w+\s+){0,2}?(?:czlonk\w+|miast\s+czlonkowskich|zrzeszonych)"
)

_MEMBERSHIP = lazy(
    r"(?<!\w)(?:(?:czlonk|czlonek|zrzesz|stowarzysz|nalez|przynalez|przystap|przystep|dolacz|wstap|wstep|wesz|przyje|zapis|wystap|odesz|nasz|gron|szereg|rodzin)\w*|nas|nami)(?!\w)"
)
_SPOKEN_OF = 2
"""How many sentences back a body may be spoken of whose members "ich" means."""
ALL_TOWNS = range(860, 1100)
"""So many towns Poland has had since 1998 (870 then, 1,020 in 2025): unless called members, they are all of them."""
_FEW_WORDS = 4

_TOWNS = lazy(
    r"(?<!\w)(?:miast\w*|samorzad(?!ow(?:c|iec))\w*|czlonk\w+|gmin\w?|osrodk\w+|zrzeszon\w+|cities|towns|members)(?!\w)"
)

_MEMBERSHIP_IS = lazy(
    r"(?<!\w)(?:membership|number\s+of\s+(?:members|member\s+\w+))(?!\w)[^.;]{0,60}?(?<!\w)(?:reach\w*|stands?|stood|ris\w+|rose|gr[eo]w\w*|is|was|now|totals?|totall?ed|amounts?|comes?|came|went|up|numbers)"
    r"\s+(?:\w+\s+)?(?:(?:at|to|up\s+to|from\s+\d+\s+to)\s+)?$",
    "member",
)


def bare(reading: Reading, sentence: Sentence, number: Number, lead: str, after: str) -> str | None:
    """The name of the rule by which a number without a noun counts members, or None."""
    rule = _rule(reading, sentence, number, lead, after)
    if rule == "sentence.we_are" and ENDS.match(after.removeprefix('"')) and _meant_next(reading, sentence):
        return rule
    if rule is None or about_ours(reading, sentence, number, far=True):
        return rule
    return rule if LABEL.search(lead) and _names_ours_alone(reading) and not sentence.bodies else None


def _meant_next(reading: Reading, sentence: Sentence) -> bool:
    """As in "„Jest nas 367”. Chodzi o miasta należące do Związku": the next sentence says who "we" are."""
    following = reading.sentences[sentence.number + 1 : sentence.number + 2]
    if not following or sentence.bodies:
        return False
    meant = _MEANT.match(following[0].folded)
    return meant is not None and any(
        b.kind is BodyKind.OURS and following[0].slice(following[0].start + meant.end(), b.start).count(",") == 0
        for b in following[0].bodies
    )


def _names_ours_alone(reading: Reading) -> bool:
    """Whether a text names the association, if only further down, and no other body."""
    return bool(reading.bodies) and all(body.kind is BodyKind.OURS for body in reading.bodies)


def _rule(reading: Reading, sentence: Sentence, number: Number, lead: str, after: str) -> str | None:
    """The same, whoever's members they are."""
    ends = ENDS.match(after) is not None
    if FROM_REGION.search(lead) or of_another_subject(lead):
        return None
    of_them = _THEM.search(lead) is not None and not (has_them(sentence, number, lead))
    if ends and (LABEL.search(lead) or of_them or _BARE_LABEL.search(lead)):
        return "sentence.number_of"
    if is_labelled(reading, sentence, number, lead, after):
        return "sentence.number_of"
    if (_NUMBER_OF.search(lead) and _NUMBER_ENDS.match(after)) or is_number_of(sentence, number, lead, after):
        return "sentence.number_of"
    if ends and _MEMBERSHIP_IS.search(lead):
        return "sentence.number_of"
    if _APPROACHES.search(lead):
        return None
    if ends and _CIRCLE_COUNTS.search(lead):
        return "sentence.number_of"
    if _IN_BRACKETS.search(lead) and _BRACKET_ENDS.match(after):
        earlier = reading.sentences[sentence.number - 1].folded if sentence.number else ""
        about = f"{earlier} {lead}" if _OF_THOSE.search(lead) else lead
        return "sentence.bracket" if _OF_MEMBERS.search(about) else None
    if ends and _WHOLE_BEHIND_PART.search(lead):
        return "sentence.bare"
    if _SO_MANY_OF_THEM.search(lead) and not (
        number.value not in ALL_TOWNS and _of_towns(reading, sentence, lead) and _of_a_body(reading, sentence)
    ):
        return None
    if _AT_A_MEETING.search(lead) or (_WE_ARE.search(lead) and _CAME_FROM.match(after)):
        return None
    if _WE_ARE.search(lead) or (ends and _LEFT_OVER.fullmatch(lead) and _of_towns(reading, sentence, lead)):
        return "sentence.we_are"
    if ends and (_OF_MEMBERS_IT_HAS.search(lead) or _GREW_TO.search(lead)):
        return "sentence.number_of"
    if ends and _OF_MEMBERS_ARE.search(lead):
        return "sentence.number_of"
    if THEN_PEOPLE.match(after):
        return None
    if _ASSOCIATES.search(lead) and _OR_OF_THEM.match(after) and _SPEAKS_OF_MEMBERS.search(sentence.folded):
        return "sentence.bare"
    if _OF_THEM.match(after) and number.value > _MOST_OF_A_REGION:
        return "sentence.of_them"
    if _ON_THE_LIST.search(lead) and _ITEMS.match(after):
        return "sentence.number_of"
    noun_before = _NOUN_BEFORE.search(lead) and _STRONG_OR_HAS.search(lead[-60:].rsplit(",", 1)[-1])
    return "sentence.bare" if ends and (_WE_ASSOCIATE.search(lead) or noun_before) else None


def is_labelled(reading: Reading, sentence: Sentence, number: Number, lead: str, after: str) -> bool:
    """As in "Stan na 31.12.2010: 295" in a report on members, "365 – miast członkowskich" in a row of figures."""
    if _STAND_ON.fullmatch(lead):
        above = reading.clean.folded[max(0, number.start - _ABOVE) : sentence.start]
        return _STAND_ENDS.match(after) is not None and _MEMBERS_ABOVE.search(above) is not None
    return not re.search(r"\w", lead) and _FIGURE_OF.match(after) is not None


def has_them(sentence: Sentence, number: Number, lead: str) -> bool:
    """As in "Najmniejsze, Opatowiec, liczy ich trzysta": a town has so many of them."""
    return " ich " in lead[-24:] and any(t.nominative and t.end <= number.start for t in sentence.towns)


def _of_towns(reading: Reading, sentence: Sentence, lead: str) -> bool:
    """Whether "ich" means towns or members: those the words before it speak of, else those of the sentence before."""
    if len(re.findall(r"\w+", lead)) > _FEW_WORDS or not sentence.number:
        return _TOWNS.search(lead) is not None
    return _TOWNS.search(lead) is not None or _TOWNS.search(reading.sentences[sentence.number - 1].folded) is not None


def _of_a_body(reading: Reading, sentence: Sentence) -> bool:
    """Whether "ich" may mean members: on the association's own page only where a body or a membership is spoken of."""
    around = reading.up_to(sentence, _SPOKEN_OF)
    return not reading.ours_by_address or any(each.bodies or _MEMBERSHIP.search(each.folded) for each in around)


def of_another_subject(lead: str) -> bool:
    """Whether a board, an office, a report or a region has what is counted, by the folded text before the number."""
    if _THEY_ARE.search(lead) is not None:
        return True
    return _OTHER_SUBJECT.search(lead) is not None and _OF_A_BODY.search(lead) is None
