"""What a text takes back: denials, rumours, jokes and questions state nothing.

"Nieprawdą jest, że X wystąpiła ze Związku" has every word of a withdrawal. Told to subscribers it would be the worst
failure there is, so whatever a sentence holds, a sentence that is denied or asked gives no event.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from zmpwatch.extract.binding.event import Event
from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.towns.finding import Role
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.model import EventKind, Stage

__all__ = ["plans", "without_denied"]

_DENIED = lazy(
    r"(?<!\w)(?:nieprawd\w{0,5}|nie\s+(?:jest|byla?|bylo)\s+(?:to\s+)?prawd\w{1,3}|nie\s+polega\w*\s+na\s+prawdzie"
    r"|mija\w*\s+sie\s+z\s+prawda|plotk\w{0,3}|poglosk\w{0,3}|jakoby|rzekom\w{1,3}|(?:z?dement\w+)"
    r"|zaprzecz\w+|falszyw\w{1,3}\s+(?:wiadomosc|informacj|donies)\w*|fake\s*news\w*|prima\s*aprilis\w*|zart\w{0,6}"
    r"|it\s+is\s+not\s+true|rumou?rs?|hoax)(?!\w)",
    *(
        "=hoax",
        "=jakoby",
        "=nie",
        "=prawda",
        "=prawdzie",
        "=true",
        "aprilis",
        "dement",
        "fake",
        "falszyw",
        "nieprawd",
        "plotk",
        "poglosk",
        "rumo",
        "rzekom",
        "zaprzecz",
        "zart",
    ),
)
_SUPPOSED = lazy(
    r"(?<!\w)(?:zalozmy|przypuscmy|wyobraz(?:my|cie|my\s+sobie|cie\s+sobie|\s+sobie)|powiedzmy,\s+ze|dajmy\s+na\s+to|suppose|imagine)(?!\w)"
    r"|(?<!\w)(?:alternatywn\w+\s+histori|fikcyjn|zmyslon|powiesc|spektakl|satyrycz)\w*"
    r"|(?<!\w)gdyby(?!\w)[^.;]{0,12}(?<!\w)(?:na\s+przyklad|np)(?!\w)"
    r"|(?<!\w)(?:wzor|przyklad|formularz|szablon)\w{0,4}\s+(?:\w+\s+)?(?:uchwal|deklaracj|wnios)",
    *(
        "=dajmy",
        "=gdyby",
        "=imagine",
        "=powiedzmy",
        "=przypuscmy",
        "=suppose",
        "=zalozmy",
        "alternatywn",
        "fikcyjn",
        "formularz",
        "powiesc",
        "satyrycz",
        "spektakl",
        "zmyslon",
        "przyklad",
        "szablon",
        "wyobraz",
        "wzor",
    ),
)
"""An example, a supposition, a model: it is about nobody."""
_MIGHT_HAVE = lazy(
    r"(?<!\w)(?:powin\w+\s+(?:\w+\s+)?byl\w*|trzeba\s+(?:\w+\s+)?bylo|o\s+malo\s+(?:co|nie)|o\s+maly\s+wlos|omal\s+(?:nie)?|should\s+have|could\s+have|would\s+have)(?!\w)",
    *("=could", "=malo", "=maly", "=omal", "=should", "=trzeba", "=would", "powin"),
)
"""What was not done, though it might have been: "powinniśmy byli wyjść"."""
_GUESSED = lazy(
    r"(?<!\w)(?:pewnie|zapewne|podobno|ponoc|chyba|rzekomo|nie\s+zdziwi\w*|zaloze\s+sie|kto\s+wie)(?!\w)",
    *("=pewnie", "=zapewne", "=podobno", "=ponoc", "=chyba", "=rzekomo", "zdziwi", "=zaloze", "=kto"),
)
"""What somebody only guesses at: "pewnie X też wyjdzie"."""
_URGED = lazy(
    r"(?<!\w)(?:prezes|dyrektor|zarzad|biuro|zwiazek|zmp|rzeczni\w+)(?!\w)(?:\s+[\w-]+){0,4}?\s+(?:namawia|zachec|przekonyw|zaprasz|prosi|poprosi|apel)\w*[^.;]{0,60}$",
    *("namawia", "zachec", "przekonyw", "zaprasz", "prosi", "apel"),
)
"""What the association asks of a town is no plan of that town."""
_BY_MISTAKE = lazy(
    r"(?<!\w)(?:przez\s+pomylke|omylkowo|mylnie|pomylkowo|blednie)\s+(?:\w+\s+)?(?:wpis|przyj|uzna|zalicz|nazwa|umieszcz|dopis|wymieni|ujet)\w*",
    *("pomylke", "omylkowo", "mylnie", "blednie"),
)
_ALMOST = lazy(
    r"(?<!\w)(?:prawie|niemal(?:ze)?|bez\s+mala|nearly|almost)\s+(?:(?:ze|juz|sie|oficjalnie|formalnie|ostatecznie)\s+)?$"
)
"""Right before a word that tells a step: it was not taken."""
_AMENDED = lazy(
    r"(?<!\w)(?:o|w\s+sprawie)\s+(?:zmian\w+|sprostowani\w+|korek\w+|utrzymani\w+|poprawieni\w+)\s+[^.;]{0,60}?uchwa\w+[^.;]{0,80}$"
)
"""Before a step that a resolution only amends: it was decided before, on another day."""
_NOT_KNOWN = lazy(
    r"(?<!\w)(?:nie\s+(?:wiadomo|wiem\w*|jest\s+(?:pewne|jasne))|zastanawia\w*(?:\s+sie)?|ciekaw\w*|watpliw\w*|nie\s+potwierdz\w+)[^.;]{0,20},?\s+czy\s[^,;]*$",
    "=czy",
)
"""Before what is not known to be so: "nie wiadomo, czy X przystąpiła"."""
_OUT_OF_THE_QUESTION = lazy(r"(?<!\w)nie\s+(?:ma|bylo|bedzie)\s+(?:\w+\s+)?mowy(?!\w)", *("=nie",))
_NOT_DONE = ("sentence.infinitive", "sentence.past", "sentence.future")
_TOLD_BESIDE = (Stage.MEMBER, Stage.REJECTED)
"""What may stand beside "nie ma mowy o wystąpieniu"."""
_TAKEN_BACK = lazy(
    r"\W*(?:(?:[\w-]+\s){0,3}[\w-]+\s?:\s)?(?:to|sa\s+to|byla?\s+to|bylo\s+to)?\s*(?:nieprawd\w+|zart\w*|plotk\w*|pomylk\w*|falsz\w*|zmyslon\w+|prima\s*aprilis)"
    r"|\W*(?:urzad|ratusz|burmistrz|prezydent|wojt|magistrat)\s+(?:temu\s+)?(?:zaprzecz\w+|dementuj\w+)",
    *("nieprawd", "zart", "plotk", "pomylk", "falsz", "zmyslon", "prima", "zaprzecz", "dementuj"),
)
_QUESTIONED = lazy(
    r"(?<!\w)(?:(?:za|do|wy)?pyta\w*|(?:za)?pytani\w+|dociek\w+|interpel\w+|chc\w+\s+wiedziec|wyjasni\w+)(?!\w)[^.;?]{0,60}?"
    r"(?<!\w)(?:dlaczego|czemu|po\s+co|kiedy|od\s+kiedy|skad|jak|czy|z\s+jaki\w+\s+\w+)(?!\w)|\?\W*$|\"[^\"]{12,}\"",
    *("pyta", "dociek", "interpel", "wiedziec", "wyjasni", "?", '"'),
)
"""A question, also one that is only told, or words that are quoted: what they take for granted may not be so."""
_NEVER_IN = lazy(
    r"(?<!\w)nigdy\s+(?:[\w-]+\s+){0,5}?nie\s+(?:\w+\s+)?(?:nalez|byl|wstap|wstep|przystap|dolacz|wesz)\w*|(?<!\w)nie\s+nalezal\w*"
    r"|(?<!\w)nie\s+(?:(?:moglo?|mogl[ay])\s+)?(?:\w+\s+)?(?:wystap|wysz|wyjs|opusc|zrezygn|odesz|odsz|wypis)\w*"
    r"|(?<!\w)czlonk\w+\s+(?:[\w-]+\s+){0,4}?nie\s+byl\w*|(?<!\w)nie\s+byl\w*\s+(?:[\w-]+\s+){0,3}?czlonk\w+",
    "=nie",
)
"""What takes back that a town left: it did not, or was never in."""
_NOT_IN = lazy(
    r"(?<!\w)nie\s+(?:\w+\s+)?(?:przystap|przystep|wstap|wstep|dolacz|wesz|naleza|nalezy)\w*(?!\s+do\s+(?:naj|tani|latw|drog|rzadk|nisk|wysok|mal|duz|czest))"
    r"|(?<!\w)czlonk\w+\s+(?:[\w-]+\s+){0,4}?nie\s+(?:byl|jest)\w*|(?<!\w)nie\s+(?:byl|jest)\w*\s+(?:[\w-]+\s+){0,3}?czlonk\w+",
    "=nie",
)
"""What takes back that a town joined."""
_ANSWERED_WITHIN = 2
_OPEN_QUESTION = lazy(
    r"(?<!\w)(?:dlaczego|czemu|po\s+co|kiedy|skad|jak\w{0,4}|co|czego|kto|kogo|komu|ile|ilu|gdzie|dokad|ktor\w{1,3}|gdy|skoro|odkad|why|when|how|who|what|that)(?!\w)|,\s+(?:ze|iz)\s"
)
"""What asks for something else than whether it is so: "dlaczego A wystąpiła?", "wiecie, że …?"."""
_TAG = lazy(
    r"(?:,|\s-)\s+(?:(?:nie)?prawda|tak|nie|czyz\s+nie|pamieta\w{1,4}|wiedzieli\w{0,4}|slysze\w{0,6}|ciesz\w{1,6}|a\s+[\w-]+)\s*\?\W*$"
)
"""What is asked besides, behind what is told."""
_IT_IS_SO = lazy(
    r"\W*(?:(?:no|ano|a|alez|i|oczywiscie)\s+)?(?:tak(?!\s+(?:by\w*|mowi\w*|sie|wynika|twierdz\w*|chcia\w*|pisz\w*|sadz\w*))|owszem|zgadza\s+sie|to\s+(?:juz\s+)?(?:prawda|fakt)|(?:najprawdziwsza\s+)?prawda|oczywiscie|jak\s+najbardziej|faktycznie|rzeczywiscie|zgadl\w*|pewnie|naturalnie|yes|indeed)(?!\w)"
)
"""An answer that says yes."""
_ASKED = lazy(r"\?\W*$")
_WHETHER = lazy(r"(?:^|[\s„\"(:])czy\s")


def without_denied(events: Iterable[Event], sentences: Sequence[Sentence]) -> list[Event]:
    """The events that their sentence, and the one behind it, do not take back."""
    starts = [sentence.start for sentence in sentences]
    return [event for event in events if not _denied(event, sentences, starts)]


def _denied(event: Event, sentences: Sequence[Sentence], starts: list[int]) -> bool:
    place = bisect_right(starts, event.anchor) - 1
    if place < 0 or sentences[place].end <= event.anchor:
        return False
    sentence = sentences[place]
    if _DENIED.search(sentence.folded):
        return True
    if _SUPPOSED.search(sentence.folded):
        return True
    if event.rule in _NOT_DONE and _MIGHT_HAVE.search(sentence.folded):
        return True
    if event.stage is Stage.PROPOSED and _GUESSED.search(sentence.folded):
        return True
    if event.stage is Stage.PROPOSED and _URGED.search(sentence.slice(sentence.start, event.anchor)):
        return True
    if event.stage in (Stage.ADMITTED, Stage.MEMBER) and _BY_MISTAKE.search(sentence.folded):
        return True
    if event.stage is Stage.ADMITTED and _ALMOST.search(sentence.slice(sentence.start, event.anchor)):
        return True
    if event.stage is Stage.RESOLVED and _only_amended(event, sentence.slice(sentence.start, event.anchor)):
        return True
    if event.rule in ("sentence.past", "sentence.became") and _is_a_persons(sentence, event.anchor):
        return True
    if event.stage not in _TOLD_BESIDE and _OUT_OF_THE_QUESTION.search(sentence.folded):
        return True
    if event.date is None and _ASKED.search(sentence.folded) and _WHETHER.search(sentence.folded):
        return True
    if event.stage is not Stage.PROPOSED and _NOT_KNOWN.search(sentence.slice(sentence.start, event.anchor)):
        return True
    behind = sentences[place + 1 : place + 1 + _ANSWERED_WITHIN]
    if event.stage is not Stage.PROPOSED and _is_only_asked(sentence, behind):
        return True
    if event.stage is Stage.ADMITTED and _QUESTIONED.search(sentence.folded) and _answered_no(event, behind):
        return True
    return bool(behind) and _TAKEN_BACK.match(behind[0].folded) is not None and _may_mean(event, behind[0])


def _may_mean(event: Event, denial: Sentence) -> bool:
    """Whether a denial behind an event names no other town that it is about: "Nieprawda, że B też odchodzi"."""
    named = {t.name for t in denial.towns if t.role != Role.BODY}
    return not named or event.actor.name in named


def _is_only_asked(sentence: Sentence, answers: Sequence[Sentence]) -> bool:
    """Whether a step is told by nothing but a question whether it was taken: "A wróciła do Związku? Prawie"."""
    if not sentence.text.rstrip().endswith("?") or _OPEN_QUESTION.search(sentence.folded):
        return False
    if _TAG.search(sentence.folded):
        return False  # "A przystąpiła w 2019 roku – pamiętacie?", ", prawda?"
    return not (answers and _IT_IS_SO.match(answers[0].folded))


def _answered_no(event: Event, answers: Sequence[Sentence]) -> bool:
    """Whether what was asked of a town is denied right behind: "Nie wystąpiła, ponieważ nigdy nie wstąpiła"."""
    not_so = _NEVER_IN if event.kind is EventKind.WITHDRAWAL else _NOT_IN
    for answer in answers:
        if any(body.kind is BodyKind.OTHER for body in answer.bodies):
            return False
        if any(town.name != event.actor.name for town in answer.towns):
            return False
        if not_so.search(answer.folded):
            return True
    return False


def _only_amended(event: Event, lead: str) -> bool:
    """As in "uchwała w sprawie zmiany uchwały o przystąpieniu", but not of the one amended, which has a number."""
    amended = _AMENDED.search(lead)
    return amended is not None and (event.resolution is None or event.resolution.lower() not in amended[0])


def _is_a_persons(sentence: Sentence, anchor: int) -> bool:
    """As in "Wójt gminy X wstąpił do Związku": who took the step is a person, whatever it was meant to say."""
    return any(
        town.role == Role.OFFICIAL
        and town.end <= anchor
        and _HE_DID.fullmatch(sentence.slice(town.end, anchor) + sentence.slice(anchor, sentence.end).split(" ", 1)[0])
        for town in sentence.towns
    )


_HE_DID = lazy(
    r"\s+(?:w\s+dniu\s+|dnia\s+)?(?:\d{1,2}\s+\w+\s+(?:\d{4}\s+)?)?(?:(?:r\.|roku)\s+)?(?:(?:\w{3,}nie|juz|wlasnie|takze|tez)\s+)?(?:\w+l|(?:zostal|stal\s+sie)\s+(?:\w+\s+)?czlonkiem)"
)


_PART_ENDS = lazy(r"[,;]\s|\s-\s")
_THERE_IS_NONE = lazy(r"(?<!\w)(?:nie|nigdy|ani|brak|zad(?:en|n\w+))(?!\w)")


def plans(sentence: Sentence) -> bool:
    """Whether a sentence tells a plan, and not that there is none: "Taki projekt nigdy nie wpłynął"."""
    for word in sentence.all("plan"):
        before = _PART_ENDS.split(sentence.slice(sentence.start, word.start))[-1]
        after = _PART_ENDS.split(sentence.slice(word.start, sentence.end))[0]
        if _THERE_IS_NONE.search(f"{before}{after}") is None:
            return True
    return False
