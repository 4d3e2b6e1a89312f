"""When a matter came before the council: "projekt, który 30 listopada trafił pod obrady", "w maju wrócił na sesję".

What was decided on it right behind was decided then. A draft on something else, one sent to a committee, and one that
is yet to come up tell nothing.
"""

from __future__ import annotations

from zmpwatch.extract.binding.councilsat import BALLOT_ON_ANOTHER, OTHER_COUNCIL
from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.dates.resolving import DateMention
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.matters import A_STEP

__all__ = ["came_up"]

_STEP = rf"(?:ponown\w+\s+|ewentualn\w+\s+)?(?:{A_STEP})\w*"
_ON_IT = (
    rf"(?=\W*$|\s?[,:;(-]|\s+(?:(?:o|w\s+sprawie|dotycz\w+|zaklada\w+|przewidu\w+)\s+{_STEP}|{_STEP}"
    r"|(?:w|we|dnia)\s+(?!sprawie)|\d|(?:na|pod|przed|ten|ktor\w+|burmistrz\w?|prezydent\w?|radn\w+|klub\w*|opozycji"
    r"|znow|znowu|ponownie|juz|jednak|wrocil\w*|trafil\w*|stan\w+|znalaz\w+|wesz\w+|wszed\w+|zosta\w+|poddan\w+"
    r"|wniesion\w+)(?!\w)))"
)
"""What follows a word for a draft that is not called one on something else: "projekt budżetu"."""
_PAPER = (
    r"(?:(?:projekt\w{0,3}\s+uchwal\w{1,2}|projekt\w{0,3}|uchwal\w{1,2}|wnios\w{2,4}|spraw[ay]|temat\w?|pomysl\w?"
    rf"|propozycj\w{{1,2}}|punkt\w?){_ON_IT}|akces|przystapienie|wystapienie|wyjscie|wejscie)(?!\w)"
)
_CAME = (
    r"(?<!\bnie\s)(?:trafil[aoiy]?|wrocil[aoiy]?|powrocil[aoiy]?|stan(?:al|el[aoiy])|znalaz(?:l|la|lo|ly)\s+sie|znalezli\s+sie"
    r"|wesz(?:la|lo|ly)|wszedl|poddan[aoey]|wniesion[aoey])(?!\w)"
)
_BEFORE_COUNCIL = (
    r"(?:(?:pod|na)\s+(?:[\w-]+\s+){0,2}?(?:obrady|obradach|glosowanie|glosowaniu|sesj[ei]|wokand\w|forum\s+rady|rade)"
    r"|przed\s+(?:rade|radnych))(?!\w)"
)
_COUNCIL = r"(?:rada|radni)(?!\w)"
_TOOK_UP = (
    r"(?:rozpatrz(?:yla|yli)|rozpatrywa(?:la|li)|omowi(?:la|li)|omawia(?:la|li)|debatowa(?:la|li)\s+nad"
    r"|dyskutowa(?:la|li)\s+(?:nad|o)|glosowa(?:la|li)\s+nad|zaje(?:la|li)\s+sie|zajmowa(?:la|li)\s+sie"
    r"|pochyli(?:la|li)\s+sie\s+nad)(?!\w)"
)
_HAD_BEFORE_IT = r"(?:miala|mieli)\s+(?:w\s+(?:porzadku|programie|planie)|na\s+(?:stole|wokandzie))(?!\w)"
_DEBATE = r"(?:debata|dyskusja|klotnia|awantura|spor)(?!\w)"
_WENT_ON = r"(?:trwal|(?:prze)?toczyl|odbyl|rozgorzal|wybuchl)[ay]?(?!\w)"
_WORDS = r"(?:[\s,]+[\w.-]+){0,9}?[\s,]+"
_CAME_UP = lazy(
    rf"(?<!\w){_PAPER}{_WORDS}{_CAME}{_WORDS}{_BEFORE_COUNCIL}|(?<!\w){_PAPER}{_WORDS}{_BEFORE_COUNCIL}{_WORDS}{_CAME}"
    rf"|(?<!\w){_BEFORE_COUNCIL}{_WORDS}{_CAME}{_WORDS}{_PAPER}|(?<!\w){_CAME}{_WORDS}{_BEFORE_COUNCIL}{_WORDS}{_PAPER}"
    rf"|(?<!\w)(?:{_COUNCIL}{_WORDS}{_TOOK_UP}|{_TOOK_UP}{_WORDS}{_COUNCIL}){_WORDS}{_PAPER}"
    rf"|(?<!\w)(?:{_COUNCIL}{_WORDS}{_HAD_BEFORE_IT}|{_HAD_BEFORE_IT}{_WORDS}{_COUNCIL}){_WORDS}{_PAPER}"
    rf"|(?<!\w)(?:{_WENT_ON}{_WORDS}{_DEBATE}|{_DEBATE}{_WORDS}{_WENT_ON})\s[^.;?]{{0,60}}?(?<!\w){_STEP}",
    *("trafil", "wrocil", "stanal", "stanel", "znalaz", "znalezl", "weszla", "weszlo", "weszly", "wszedl"),
    *(
        "poddan",
        "wniesion",
        "rozpatr",
        "omowil",
        "omawial",
        "debatowal",
        "dyskutowal",
        "glosowal",
        "zajel",
        "zajmowal",
        "pochyli",
        "miala",
        "mieli",
        "trwal",
        "toczyl",
        "odbyl",
        "rozgorzal",
        "wybuchl",
    ),
)
_AT_ITS_SITTING = lazy(r"(?<!\w)(?:na|podczas|w\s+trakcie|w\s+czasie)\s+$", "=na", "podczas", "=trakcie", "=czasie")
_SITTING = lazy(r"(?<!\w)(?:sesj|obrad)\w*$", "sesj", "obrad")
_WENT = lazy(
    r"(?<!\w)(?:bylo|poszlo|przebieglo|zapadl\w*|wrocil\w*|stalo\s+sie)(?!\w)",
    *("=bylo", "=poszlo", "przebieglo", "zapadl", "wrocil", "=stalo"),
)
"""How it is told what a sitting was like: "na lutowej sesji było zgodniej"."""


def came_up(sentence: Sentence) -> DateMention | None:
    """The only day of a sentence, or its only month, on which the matter came before the council."""
    if not sentence.dates or sentence.has("board") or any(b.kind is BodyKind.OTHER for b in sentence.bodies):
        return None
    days = [d for d in sentence.dates if d.day is not None]
    months = {d.iso: d for d in sentence.dates if d.month is not None and d.iso is not None}
    if len(days) > 1 or (not days and len(months) != 1):
        return None
    told = days[0] if days else next(iter(months.values()))
    if _CAME_UP.search(sentence.folded) is None and not _was_like(sentence):
        return None
    theirs = OTHER_COUNCIL.search(sentence.folded) or BALLOT_ON_ANOTHER.search(sentence.folded)
    return told if theirs is None else None


def _was_like(sentence: Sentence) -> bool:
    """As in "We wtorek, na lutowej sesji, było zgodniej": a sitting called by its month, and nothing else."""
    return _WENT.search(sentence.folded) is not None and any(
        _SITTING.search(sentence.slice(d.start, d.end)) is not None
        and _AT_ITS_SITTING.search(sentence.slice(sentence.start, d.start)) is not None
        for d in sentence.dates
    )
