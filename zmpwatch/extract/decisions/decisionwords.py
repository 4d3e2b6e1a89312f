"""How sentences speak of a decision on a step told before: that they are about it, what it was, how the vote went."""

from __future__ import annotations

from zmpwatch.extract.decisions.verdicts import BEGAN_WITH
from zmpwatch.extract.words.lazy import lazy

__all__ = ["ABOUT_IT", "NOT_YET", "PASSED", "RESULT"]

ABOUT_IT = lazy(
    r"(?<!\w)(?:(?:z\s+)?takim\s+wnioskiem|uchwal(?:[aey]|om)|resolution"
    r"|tak\s+(?:\w+\s+)?(?:postanowi|zdecydowa|zadecydowa|(?:prze|za)?glosowa|uchwali)\w+|swoj[ae]|decyzj\w+"
    r"|projekt\w*|wniosek|wniosku|(?:za)?popar\w+\s+(?:go|ja|je)"
    r"|(?:odrzuci|utraci|przeglosowa|zablokowa)\w+\s+(?:go|ja|je)|spraw[aey]|to|tego|tym|tej\s+sprawie|glosowani\w+"
    r"|pomysl\w*|propozycj\w+|inicjatyw\w+|debat\w+|remis\w*|zielone\s+swiatlo|zielonego\s+swiatla"
    r"|rad(?:a|ni)\s+(?:[\w.]+\s+){0,6}?(?:byl[ai]|glosowa\w+|zaglosowa\w+|opowiedzi\w+\s+sie)\s+(?:\w+\s+)?(?:za|przeciw\w*|na\s+\"?(?:tak|nie))"
    r"|rada\s+(?:\w+\s+){0,6}?powiedziala|radni\s+(?!(?:z\s+)?(?:klub|frakcj|opozyc|koalic|komitet|ugrupowa|parti))(?:\w+\s+){0,6}?powiedzieli|wiekszosc\s+radnych\s+(?:\w+\s+){0,4}?(?:powiedziala|byla\s+przeciw\w*)"
    r"|(?:przeszl[ao]|przepadl[ao])\s+(?:\w+\s+)?(?:glosami|stosunkiem|wiekszoscia|przewaga|jednoglosnie)"
    r"|(?:took|taken|made|reached)\s+(?:\w+\s+)?decision|decision\s+was\s+(?:taken|made)"
    r"|(?:backed|supported|endorsed|approved)\s+(?:the|this|its)\s+(?:move|step|plan|idea|bid|proposal))(?!\w)",
    *("uchwal", "resolution", "=tak", "swoj", "decyzj", "projekt", "wnios", "popar", "odrzuci", "utraci", "zablokowa"),
    *("przeglosowa", "spraw", "=to", "=tego", "=tym", "=tej", "glosowani", "pomysl", "propozycj", "inicjatyw", "debat"),
    *(
        "remis",
        "=zielone",
        "=zielonego",
        "rada",
        "radni",
        "radnych",
        "przeszl",
        "przepadl",
        "decision",
        "=move",
        "=step",
        "=plan",
        "=idea",
        "=bid",
        "proposal",
    ),
)
NOT_YET = lazy(
    r"(?<!\w)podjeci[eau]\s+(?:\w+\s+){0,2}?uchwaly\s+(?:w\s+tej\s+sprawie\s+)?(?:\w+\s+){0,2}?(?:jest|byloby|bedzie|uwaza\w*|uznaj\w+|wydaje|nalezy|pozwol\w+|umozliw\w+|przyczyn\w+|da|zasadn\w+|uzasadnion\w+|celow\w+|konieczn\w+)(?!\w)"
    r"|(?<!\w)(?:zadn\w+\s+)?uchwal[ya]\s+(?:(?!nie\s)[\w-]+\s+){0,3}?(?:jeszcze|na\s+razie|dotad|dotychczas|do\s+tej\s+pory|wciaz|ciagle|poki\s+co)\s+nie\s+(?:ma|bylo|podje\w+|przyje\w+|zapadl\w*)(?!\w)"
    r"|(?<!\w)nie\s+(?:ma|bylo|podje\w+|zapadl\w*)\s+(?:\w+\s+)?(?:jeszcze|na\s+razie|dotad|dotychczas|poki\s+co)\s+(?:\w+\s+){0,2}?uchwal[ya](?!\w)",
    "uchwal",
)
"""A resolution that is yet to be: "podjęcie uchwały jest zasadne", "żadnej uchwały jeszcze nie ma"."""
RESULT = lazy(
    r"^\W*za(?!\w)|^\W*(?:[\w-]+\s+){0,4}?(?:przeszedl|przepadl|upadl|przeszl[ao]|przepadl[ao])(?=\s?[:(,-])|(?<!\w)(?:wiekszosc\w*|wynik\w*|rezultat\w*|glos(?:ami|ow)|zwolennic\w+|przeciwnic\w+)(?!\w)"
    r"|(?<!\w)(?:radnych|osob)\s+(?:z\s+\w+\s+)?(?:(?:sie|od|glosu|radnych|obecnych)\s+){0,2}(?:bylo|glosowalo|zaglosowalo|opowiedzialo|podnioslo|podniosly|glosowaly|byly|opowiedzialy)(?!\w)"
    r"|(?<!\w)(?:opowiedzialo|opowiedzialy|bylo|glosowalo|zaglosowalo)\s+(?:sie\s+)?(?:[\w-]+\s+){0,3}?(?:radnych|osob|osoby)(?!\w)",
    *(
        "=za",
        "=przeszedl",
        "przepadl",
        "=upadl",
        "przeszl",
        "wiekszosc",
        "wynik",
        "rezultat",
        "glosami",
        "glosow",
        "zwolennic",
        "przeciwnic",
    ),
    *("=radnych", "=osob", "=osoby"),
)
_WERE_FOR = r"(?:(?:za|prze)?glosowa\w+|opowiedzi\w+\s+sie|byl[ai])"
_THE_COUNCIL = r"(?:rad[ay]|radni)"
FOR_IT = (
    rf"{_THE_COUNCIL}\s+(?:(?!nie\s)[\w-]+\s+){{0,4}}?{_WERE_FOR}\s+(?:[\w-]+\s+){{0,2}}?za\s+tym(?!\w)(?!,?\s+(?:a|ze)?by(?!\w))"
    rf"|(?<!\w)(?<!\bnie\s){_WERE_FOR}\s+(?:[\w-]+\s+)?za\s+tym\s+(?:[\w.-]+\s+){{0,6}}?{_THE_COUNCIL}(?!\w)"
    rf"|(?<!\w)za\s+tym\s+(?:[\w-]+\s+)?{_WERE_FOR}\s+(?:[\w.-]+\s+){{0,6}}?{_THE_COUNCIL}(?!\w)"
)
"""As in "Rada opowiedziała się za tym jednomyślnie": a part of patterns."""
PASSED = lazy(
    r"(?<!\w)(?:uchwal\w+\s+(?:nr\s+\S+\s+)?(?:[\w-]+\s+){0,7}?(?:przeszl\w+|przyje\w+|podje\w+|przeglosowa\w+|poparl\w*|zapadl\w*|uzyskal\w*)|(?:podje\w+|podjal|przyje\w+|przyjal|przeglosowal\w*|poparl\w*)\s+(?:[\w-]+\.?\s+){0,6}?(?:uchwal\w+|projekt\w*)"
    rf"|{FOR_IT}"
    r"|(?:zdecydowal\w*|zgodzil\w*|zadecydowal\w*)\s+(?:[\w-]+\s+){0,3}(?:o\s+tym|na\s+to|tak)|(?<!\w)na\s+to\s+(?:\w+\s+){0,2}?(?:przysta(?:l|la|li)|zgodzi\w+|zezwoli\w+)(?!\w)|tak\s+(?:\w+\s+)?(?:postanowi|zdecydowa|zadecydowa|(?:prze|za)?glosowa|uchwali)\w+|upowazni(?:l[ai]|ono)\s+(?:do\s+tego|(?:\w+\s+){1,3}do\s+tego)(?!\w)|"
    rf"{BEGAN_WITH}|"
    r"(?:skutk\w+|skutek|efekt\w*|wynik\w*|poklosi\w+|nastepstw\w+|konsekwencj\w+|rezulta\w+|dzieki|moca|na\s+mocy"
    r"|na\s+podstawie|finalem|zwienczeni\w+)\s+(?:[\w-]+\s+){0,2}?(?:uchwal|decyzj|glosowani)\w+(?!\s+zarzadu)"
    r"|uchwal\w+,?\s+ktor\w+\s+(?:[\w-]+\s+){0,5}?(?:podje\w+|podjal|przyje\w+|przyjal)"
    r"|(?:rad[ay]|radni)\s+(?:[\w-]+\s+){0,4}?(?:podje\w+|podjal|przyje\w+|przeglosowa\w+)\s+(?:[\w-]+\s+){0,2}?(?:swoja"
    r"|swoje|takaz|taka\s+sama|analogiczn\w+|podobn\w+|identyczn\w+)"
    r"|(?:adopted|passed|approved|carried)\s+(?:[\w-]+\s+){0,4}resolution"
    r"|(?:took|taken|made|reached)\s+(?:the|that|this|its|their)\s+decision|decision\s+was\s+(?:taken|made)"
    r"|(?:backed|supported|endorsed|approved)\s+(?:the|this|its)\s+(?:move|step|plan|idea|bid|proposal)(?!\w)"
    r"|uchwal\w+\s*[(,]\s*(?:o\s+numerze|nr|numer|z\s+dnia|z)\s|uchwal\w+,\s+o\s+numerze"
    r"|(?:zapadl\w*|podje\w+|podjal)\s+(?:[\w-]+\.?\s+){0,6}?uchwal\w+"
    r"|(?:obradow\w+|glosow\w+|debatow\w+)\s[^.;]{0,80}?(?:uchwalil\w*|przyjel\w*|przeglosowal\w*|podje\w+)"
    r"|decyzj\w+,?\s+(?:[\w-]+,?\s+){0,6}(?:podje\w+|zapadl\w*|podjal)"
    r"|(?:podje\w+|podjal|zapadl\w*)\s+(?:[\w-]+\s+){0,4}decyzj\w+|dal[aio]?\s+(?:\w+\s+){0,2}zielone\s+swiatlo"
    r"|(?<!\bnie\s)(?:zyska|uzyska|znalaz|otrzyma)\w+\s+(?:\w+\s+){0,6}?(?:aprobat|akceptacj|poparci|uznani"
    r"|zgod)\w+\s+(?:\w+\s+){0,2}?(?:rad[ay]|radnych|u\s+radnych))"
)
