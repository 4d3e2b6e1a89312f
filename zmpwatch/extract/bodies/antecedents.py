"""What a pronoun takes up: a body named before it, or something nearer that is of its gender.

"Związek prowadzi konkurs, ale X z niego rezygnuje" has every word of a withdrawal from the association.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from zmpwatch.extract.bodies.body import Body
from zmpwatch.extract.uniform.cleantext import CleanText
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.phrases import ACTIVITY

__all__ = [
    "FEMININE_HEADS",
    "NOT_FAR",
    "agrees",
    "cited_place",
    "is_only_contrasted",
    "led_to",
    "means_a_thing",
    "newly_introduced",
    "of_an_activity",
    "of_its_own_clause",
]

FEMININE_HEADS = ("organizacja", "unia", "federacja", "union", "association")
NOT_FAR = 400
"""How many letters behind a body a pronoun may still take it up."""
_HE = lazy(
    r"(?<!\w)(?:konkurs|projekt(?!\w{0,3}\s+(?:\w+\s+)?(?:uchwal|statut|stanowisk))|program|webinar|pilotaz|turniej|ranking|panel|plebiscyt|fundusz|klast(?:er|r)|pakt|nabor"
    r"|przetarg|system|mechanizm|festiwal|szkoleni|seminari|badani|porozumieni|partnerstw|przedsiewzieci|konsorcj|wydarzeni|forum|sojusz|konwoj|zespol|zespo|komite[tc]|prezydi|klub|zakup|stanowisk|apel|jury|raport|poradnik|katalog|biuletyn)(?:u|em|owi|ie|e|a|o|um)?(?!\w)"
)
"""Things that towns take part in, masculine and neuter, in the singular."""
_SHE = lazy(
    r"(?<!\w)(?:kampani|inicjatyw|ankie[tc]|akcj|platform|zbiork|konferencj|akademi|edycj|deklaracj|koalicj|siec|grup|lig|umow|petycj|redakcj|kapitul|komisj)(?:a|e|i|y|o|ia)?(?!\w)"
)
_PAPER = lazy(
    r"(?<!\w)(?:apel|list(?:\s+otwarty|\s+intencyjny|\s+protestacyjny|\s+w\s+sprawie)|protest|sprzeciw|komunikat|manifest|stanowisko|oswiadczenie|memorandum|wniosek|postulat|pozew)(?!\w)",
    *("apel", "list", "protest", "sprzeciw", "komunikat", "manifest", "stanowisko", "oswiadczenie", "memorandum"),
    *("wniosek", "postulat", "pozew"),
)
"""What others than its authors may join …"""
_JOINED_IN = lazy(r"(?<!\w)(?:dolaczy|przylaczy)\w*\s+(?:sie\s+)?(?:[\w-]+\s+){0,4}?do\s+$")
"""… by these words only: "wstąpiło do niego" is said of no letter."""
_CITED = lazy(
    r"\"?,?\s+(?:(?:o\s+)?ktor\w+\s+(?:\w+\s+)?(?:mowa|wskazan\w+|wymienion\w+|dotyczy)|wskazan\w+|wymienion\w+|okreslon\w+|nazwan\w+)\s+w\s+(?:§|par\.|paragrafie)\s?(?P<section>\d{1,2})"
)
_CONTRASTED = lazy(
    r"(?<!\w)nie\s+(?:(?:\w+\s+)?chodzi(?:lo)?\s+(?:\w+\s+)?o|jest(?:\s+(?:to|on|nim))?|to(?:\s+jest)?|o|ma\s+nic\s+wspolnego\s+z[e]?|(?:nalezy\s+)?(?:po)?myl\w+\s+(?:\w+\s+)?z[e]?)\s+\"?$"
    r"|(?<!\w)to\s+nie\s+\"?$"
    r"|(?<!\w)(?:rozni\w*|odroznia\w*)\s+(?:sie\s+)?(?:\w+\s+){0,2}od\s+\"?$|(?<!\w)inn(?:y|a|e|ego|ej)\s+(?:\w+\s+)?niz\s+\"?$"
    r"|(?<!\w)(?:mniejsz|mlodsz|starsz|wieksz|liczniejsz|bogatsz|skromniejsz|mniej\s+liczn|bardziej\s+znan)\w{1,3}\s+(?:i\s+\w+\s+)?(?:od|niz)\s+\"?$",
    *("nie", "rozni", "niz", "sz", "znan"),
)
_LED_TO = lazy(
    r"(?<!\w)(?:(?P<out>wystap(?!\w*\s+(?:o|z\s+(?:apel|wnios|inicjat))(?!\w))|wyjsci|wyszl|wyszed|wychodz|opusci|opuszcz|rezygn|zrezygn|wypis|odejsci)|przystap|przystep|wstap|wstep|akces|dolacz|wejsci)\w*"
    r"\s+(?:[\w-]+\s+){0,3}?(?:ze?|do)\s+\"?$"
)
_OF_MEMBERS = lazy(r"(?<!\w)(?:przy)?nalez\w*|(?<!\w)czlon(?:ek|k)\w*")
_SENTENCE_ENDS = re.compile(r"[.;!?]\s")
_HEADS_SENTENCE = 30
_ASIDE = lazy(r"(?<!\w)(?:przy|przez|dla|od|wobec|wedlug|zdaniem|pod\s+egida)\s+\"?$")
_OWN_CLAUSE = lazy(r"\"?(?:\s+\([^()]{1,12}\))?\s+(?:(?:sie|tez|tak|juz|szybko|nagle|wkrotce)\s+){0,2}(?:z|do|ze|w)\s+")


_INTRODUCED = lazy(
    r"(?<!\w)(?:dochodzi|dojdzie|doszedl|doszl[ao]|przybywa|przybedzie|mamy|zyskuj\w+|czeka|(?:takim|tym|nim|partnerem|sojusznikiem|glosem|rzecznikiem|reprezentantem)\s+(?:\w+\s+)?(?:jest|bedzie))"
    r"\s+(?:\w+\s+){0,3}$"
)
_HAS_MEMBERS = lazy(
    r",\s+(?:(?:do|w)\s+)?ktor\w+\s|\s+(?:\w+\s+)?(?:reprezentuj|licz|zrzesza|skupia|przemawia|mowi|broni|laczy|grupuj|wystepuj)ac\w+\s"
)
_UNTIL_THEN = lazy(
    r"(?<!\w)(?:dotad|do\s+tej\s+pory|dotychczas|do\s+teraz|wczesniej|na\s+razie|jak\s+dotad|tylko|jedynie)(?!\w)"
)


def newly_introduced(text: CleanText, body: Body) -> bool:
    """Whether a body without a name is set against those a town was in: "Dotąd byliśmy w … Teraz dochodzi związek".

    It is told by its members, and named elsewhere: "dochodzi związek, do którego należą 324 miasta".
    """
    if text.text[body.start].isupper() or _HAS_MEMBERS.match(text.folded, body.end) is None:
        return False
    lead = text.folded[max(0, body.start - NOT_FAR) : body.start]
    return _INTRODUCED.search(lead) is not None and _UNTIL_THEN.search(lead) is not None


def agrees(text: CleanText, pronoun: Body, before: Sequence[Body]) -> bool:
    """Whether "niej" follows a body of that gender: "Związek ogłosił nabór do sieci. Przystąpiło do niej …" is none."""
    if text.folded[pronoun.start : pronoun.end] != "niej":
        return True
    near = itertools.takewhile(lambda body: pronoun.start - body.start < NOT_FAR, reversed(before))
    return any(body.head in FEMININE_HEADS for body in near)


def of_an_activity(text: CleanText, body: Body, pronoun: Body) -> bool:
    """Whether a pronoun means what a body does: "zapisał się na webinar Związku, a potem z niego zrezygnował".

    In the sentence behind, only what its sentence begins with: "Projekt Związku był drogi. X z niego zrezygnowała".
    """
    start = pronoun.start
    if start - body.end > NOT_FAR:
        return False
    low = max(0, body.start - 80)
    owned = ACTIVITY.search(text.folded, low, body.start)
    if owned is None:
        return False
    breaks = len(_SENTENCE_ENDS.findall(text.folded, body.end, start))
    if not breaks:
        return True
    begins = max(text.folded.rfind("\n", 0, owned.start()), text.folded.rfind(". ", 0, owned.start()))
    heads = owned.start() - begins < _HEADS_SENTENCE and (_HE.search(owned[0]) is not None)
    return breaks == 1 and heads and text.folded.startswith(("niego", "nim"), start)


def cited_place(text: CleanText, end: int) -> tuple[int, int] | None:
    """The section that a body is said to be named in: "Organizacja, o której mowa w § 1"."""
    cited = _CITED.match(text.folded, end)
    if cited is None:
        return None
    begun = list(re.finditer(rf"(?m)^\W{{0,6}}§\s{{0,3}}{cited['section']}(?!\d)", text.folded[:end]))
    if not begun:
        return None
    start = begun[-1].end()
    following = text.folded.find("\n§", start, end)
    return start, following if following >= 0 else end


def led_to(text: CleanText, start: int) -> str | None:
    """Whether a step leads "in" to a body, or "out" of it: "w sprawie wystąpienia ze Związku"."""
    step = _LED_TO.search(text.folded, max(0, start - 70), start)
    if step is None:
        return None
    return "out" if step["out"] else "in"


def is_only_contrasted(text: CleanText, start: int) -> bool:
    """Whether a body is named to say that it is not the one meant: "nie chodzi o Związek …", "czym różni się od …"."""
    return _CONTRASTED.search(text.folded, max(0, start - 48), start) is not None


def means_a_thing(text: CleanText, last: Body | None, pronoun: Body) -> bool:
    """Whether something of a pronoun's gender that towns take part in stands nearer than the body named last."""
    start, end = pronoun.start, pronoun.end
    if _of_what_it_began(text, last, start):
        return True
    if _JOINED_IN.search(text.folded, max(0, start - 60), start) and text.folded.startswith("niego", start):
        begins = text.folded.rfind("\n", 0, start) + 1
        ends = [m.end() for m in _SENTENCE_ENDS.finditer(text.folded, max(begins, start - NOT_FAR), start)]
        if _PAPER.search(text.folded, ends[-2] if len(ends) > 1 else max(begins, start - NOT_FAR), start):
            return True
    pattern = _SHE if text.folded[start:end] == "niej" else _HE
    low = max(last.end if last else 0, start - NOT_FAR)
    if last and _ASIDE.search(text.folded, max(0, last.start - 12), last.start):
        low = max(0, last.start - _HEADS_SENTENCE)  # "powstał zespół przy Związku": the body is only beside it
    if _OF_MEMBERS.search(text.folded, max(low, start - 30), end + 30):
        return False
    things = list(pattern.finditer(text.folded, low, start))
    return bool(things) and len(_SENTENCE_ENDS.findall(text.folded, things[-1].end(), start)) <= 1


_BEGUN_BY = lazy(
    r"(?<!\w)(?:zainicj|oglosi|oglasz|rozpocz|prowadzi|organizuj|zorganizow|przygotow|uruchomi|zapoczatkow|wymysli|firmuj|koordynuj|opracow|stworzy|zawiaz|utworzy|powola)\w*\s+(?:[\w.-]+\s+){0,4}?\"?$"
)
_WERE_LET_IN = lazy(r"(?<!\w)(?:wst[ae]p|przyje|przyja|czlonk|nalez)\w*\s+(?:[\w-]+\s+){0,4}?(?:do|z|w)\s+$")


def _of_what_it_began(text: CleanText, body: Body | None, start: int) -> bool:
    """As in "Pakt zainicjował Związek. Jako pierwsze przystąpiły do niego A i B": they joined what it began.

    What opens the sentence before is what the text is about; who "wstąpił" did so into a body.
    """
    if body is None or start - body.end > NOT_FAR or not text.folded.startswith(("niego", "nim"), start):
        return False
    begins = max(text.folded.rfind("\n", 0, body.start), text.folded.rfind(". ", 0, body.start)) + 1
    if _BEGUN_BY.search(text.folded, begins, body.start) is None:
        return False
    heads = _HE.search(text.folded, begins, min(body.start, begins + _HEADS_SENTENCE))
    if heads is None or len(_SENTENCE_ENDS.findall(text.folded, body.end, start)) > 1:
        return False
    return _WERE_LET_IN.search(text.folded, max(body.end, start - 60), start) is None


def of_its_own_clause(text: CleanText, body: Body, pronoun: Body) -> bool:
    """Whether a body is the subject of the pronoun's own clause: "że Związek z niego zrezygnuje" is of another."""
    if not text.folded.startswith("zwiazek", body.start):
        return False
    return _OWN_CLAUSE.fullmatch(text.folded, body.end, pronoun.start) is not None
