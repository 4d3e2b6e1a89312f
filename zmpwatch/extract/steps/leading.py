"""What may stand between a step and the association that it leads into or out of.

"do grona członków Związku", "ze struktur naszego stowarzyszenia" lead there; "do spółdzielni, o której Związek …",
"z pośrednictwa Związku", "konto zbiórki Związku" have another goal, whatever it is called.
"""

from __future__ import annotations

import re

from zmpwatch.extract.dates.forms import MONTH
from zmpwatch.extract.words.lazy import lazy

__all__ = [
    "NO_GOAL_WITH_Z",
    "ends_leading",
    "hangs_on_a_name",
    "joins_elsewhere",
    "leads_elsewhere",
    "leads_into",
    "leads_out_of",
    "opening_goal",
    "takes_directly",
]

_PASSING = (
    r"(?:gron(?:a|o|ie|em)|szereg(?:ow|i|ach)|rodzin(?:y|ie|e)|wspolnot(?:y|cie|e)|spolecznosci|struktur(?:y|ach|e)?|sklad(?:u|zie)?|poczet"
    r"|list[ye]|krag|kregu|elity|korporacji|organizacj[ie]|stowarzyszen(?:i(?:a|u|e|ach))?|zrzeszen(?:i(?:a|u|e|ach))?|federacj[ie]|zwiaz(?:ku|ek|kow|kach)|miast|samorzadow"
    r"|gmin|osrodkow|czlonk(?:ow|a|iem)|czlonkostw(?:a|o|em)|uczestnictwa|udzialu|przynaleznosci|zrzeszon\w+|czlonkowsk\w+|skupion\w+|nalezac\w+"
    r"|nasz(?:ego|ej|e|ych)|swe(?:go|j)|swoj(?:ego|ej|e)|t(?:ego|ej|ak|ych)|jedne(?:go|j)|jak(?:a|im|ie)|ktor(?:a|ym|e|y|ej|ego)|jest|sa|pod|nazw(?:a|ie)"
    r"|o|pn|tj|czyli|zwan\w+|lub|i|oraz|czy|w|we|polsce|kraju|polski|ponad|okolo|blisko|prawie|niemal|przeszlo|\d+|r|roku|the|of|in|our|league|family"
    r"|network|ranks|membership|group|bardzo|tak|wlasnie|samorzadowe\w*|prestizow\w+|[a-z]{3,}(?:ego|iej|nej|wej|kiej|zej|cej|lej|ych|ich|owe|skie|sze))"
)
_INTO = lazy(
    rf"(?:^|\W)(?:do|w|we|of|the|to|dla|na\s+rzecz|na(?=\s+liste\s))[\s:]+(?:{_PASSING}[\s,:()\"-]+){{0,7}}\"?$"
)
_OUT_OF = lazy(rf"(?:^|\W)(?:z|ze|from|od)\s+(?:{_PASSING}[\s,:()\"-]+){{0,5}}\"?$")
_OUT_OF_MEMBERSHIP = lazy(
    r"(?:czlonkostw|udzial|uczestnictw|przynaleznosc|szereg|gron|stowarzysz)\w*"
    rf"\s+(?:(?:{_PASSING}|gminy|miasta)\s+){{0,3}}?(?:w\s+|do\s+)?\"?$"
)
_BUT_NOT = lazy(r"(?<!\w)nie\s+(?:tylko\s+(?!do|ze?\s))?(?:ze?|do|we?)\s+(?:\w+\s+)?\"?$")
"""As in "wystąpił z trzech stowarzyszeń, ale nie ze Związku"."""
_MONTH = rf"{MONTH}\w+"
_DIRECT = lazy(rf"(?:.*\W)?(?:{_PASSING}|{_MONTH}|miasto|gmina|[a-z]{{3,}}(?:nie|rownie)|\d+)\W{{1,3}}$")
NO_GOAL_WITH_Z = (
    r"(?:kolei|czasem|(?:dnia|roku|miesiaca)\s+na\s+(?:dzien|rok|miesiac)|reszta|pewnoscia|zasady|rzedu"
    r"|miejsca|opoznieniem|wyprzedzeniem|skutkiem)(?!\w)"
)
"""Behind "z" what is an adverb and no goal: "zrezygnowały z kolei A i B"."""
_FIRST_LEFT = lazy(
    rf"\s+(?:ze?\s+{NO_GOAL_WITH_Z}\s+)?(?:sie\s+)?(?:juz\s+|tez\s+)?ze?\s+(?!{NO_GOAL_WITH_Z})(?P<what>[a-z-]+)(?=\W)"
)
_FIRST_JOINED = lazy(r"\s+(?:sie\s+)?(?:juz\s+|tez\s+|takze\s+)?do\s+(?P<what>[a-z-]+)(?=\W[^.]*,)")
_LEADS_ON = lazy(
    rf"(?:{_PASSING}|{_MONTH}|dniem|dnia|koncem|poczatkiem|uplywem|powod\w+|przyczyn\w*|wzgled\w+|moca|zalem|hukiem|trzaskiem|ulga|wlasnej|zmp)(?!\w)"
)
_OPENS = lazy(
    r"\W{0,3}do\s+(?:(?:jej|jego|ich|nasz\w{1,3}|[a-z]{3,}(?:ego|iej|nej|wej|kiej|zej|cej|lej|tej|rej|dej|ych|ich))\s+){0,3}(?P<goal>[a-z][\w-]+)"
)
_NO_GOAL = lazy(
    rf"(?:{_PASSING}|{_MONTH}|nas|nich|niego|niej|mnie|konca|poczatku|polowy|dzis|dzisiaj|wczoraj|jutra|teraz|pory|chwili|czasu|niedawna|dnia|godziny|lata|zimy"
    r"|wiosny|jesieni|poniedzialku|wtorku|srody|czwartku|piatku|soboty|niedzieli|weekendu|wyborow|wojny|zarzadu|biura|siedziby|urzedu|rady|wladz|poznania|sesji|kompletu|dziela|tanca)(?!\w)"
)
"""What "do" at the beginning of a sentence leads to without being joined: a time, an office, the association."""
_BRACKET = 160
_NAME_BEFORE = lazy(r"(?:(?P<name>[A-ZŁŚŻŹĆÓĄĘŃ][\w-]+)|(?P<quote>\"))\s*$")
_LONGEST_DIRECT = 60


def leads_into(between: str) -> bool:
    """Whether words between a step and a body make the body what is joined."""
    return _INTO.search(between) is not None and _BUT_NOT.search(between) is None


def ends_leading(lead: str, prepositions: str) -> bool:
    """Whether the words right before a body lead to it by one of these prepositions: not "z delegacją Związku"."""
    return re.search(rf"(?<!\w){prepositions}\s+(?:(?!ktor){_PASSING}\s+){{0,3}}\"?$", lead) is not None


def leads_out_of(between: str) -> bool:
    """Whether words between a step and a body make the body what is left."""
    if _BUT_NOT.search(between):
        return False
    return _OUT_OF.search(between) is not None or _OUT_OF_MEMBERSHIP.search(between) is not None


def leads_elsewhere(between: str) -> bool:
    """Whether what is left is something else, told before the body: "z projektu prowadzonego ze Związkiem"."""
    first = _FIRST_LEFT.match(between)
    return first is not None and _LEADS_ON.match(between, first.start("what")) is None


def joins_elsewhere(between: str) -> bool:
    """Whether what is joined is something else, told before the body: "do Godziny dla Ziemi, zachęcał do tego"."""
    first = _FIRST_JOINED.match(between)
    return first is not None and _LEADS_ON.match(between, first.start("what")) is None


def opening_goal(sentence: str) -> int | None:
    """Where in a folded sentence stands what it begins to join, if that is no body: "Do wspólnego zakupu dołączyły"."""
    opening = _OPENS.match(sentence)
    if opening is None or _NO_GOAL.match(sentence, opening.start("goal")) is not None:
        return None
    return opening.start("goal")


def hangs_on_a_name(text: str, position: int) -> int | None:
    """Where the name ends that a place in a bracket is about: "Bory Tucholskie (lider: Czersk; dołączyły Brusy)"."""
    low = max(0, position - _BRACKET)
    opened = text.rfind("(", low, position)
    if opened < 0 or text.find(")", opened, position) >= 0:
        return None
    name = _NAME_BEFORE.search(text, low, opened)
    if name is None:
        return None
    return name.end("name") if name["name"] else name.end("quote")


def takes_directly(between: str) -> bool:
    """Whether a body is the object of a verb before it: "opuścił w maju Związek", not "opuścił miejsce w rankingu"."""
    if len(between) >= _LONGEST_DIRECT:
        return False
    words = between.split()
    return not words or _DIRECT.fullmatch(between) is not None
