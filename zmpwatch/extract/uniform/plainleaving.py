"""Leaving, and memberships that ended before, in the words of papers: "wymówiła" as "wypowiedziała"."""

from __future__ import annotations

from collections.abc import Iterator, Set

from zmpwatch.extract.uniform.wordings import OURS, SUBJECTS, WITHIN, found
from zmpwatch.extract.words.lazy import lazy

__all__ = ["plain_leaving"]

_MEMBERSHIP = r"(?:czlonkostw|przynaleznos|uczestnictw|udzial)"
_GAVE_NOTICE = lazy(
    rf"wymowi(?<!\w.{{6}})(?P<end>l|la|lo|li|ono|ona|one|c|enie|enia|eniu|eniem|)(?!\w)(?=\s(?:[\w-]+\s){{0,4}}?{_MEMBERSHIP})",
    "wymowi",
)
_NOTICE = {
    "l": "edział",
    "la": "edziała",
    "lo": "edziało",
    "li": "edzieli",
    "ono": "edziano",
    "ona": "edziana",
    "one": "edziane",
    "c": "edzieć",
    "enie": "edzenie",
    "enia": "edzenia",
    "eniu": "edzeniu",
    "eniem": "edzeniem",
    "": "e",
}
"""Endings of "wypowi-" for those of "wymówi-"."""
_BELONGING_ENDED = lazy(
    r"(?<!\w)(?:wypowied|wymowi|zakoncz|przerw)\w{0,8}\s(?:[\w-]+\s){0,2}?(?P<noun>przynaleznosc|uczestnictwo|udzial)(?!\w)"
    rf"(?P<whose>\s(?:[\w-]+\s){{0,3}}?)(?P<into>do|w)(?=\s{WITHIN}{OURS})",
    "wypowied",
    "wymowi",
    "zakoncz",
    "przerw",
)
_SLAMMED = lazy(rf"trzasn(?<!\w.{{6}})(?P<end>al|ela|elo|eli|ely)\sdrzwiami(?P<stop>(?=\s{OURS}))", "drzwiami")
_LEFT = {"al": "wystąpił", "ela": "wystąpiła", "elo": "wystąpiło", "eli": "wystąpili", "ely": "wystąpiły"}
_GAVE_UP = lazy(
    r"(?<!\w)(?P<verb>(?P<off>odstapi)(?P<end>l|la|lo|li|ly|c|ono|enie|enia|eniu)\sod|(?P<ceased>zaprzesta)(?P<last>l|la|lo|li|ly|c|no|nie|nia|niu)"
    r"|(?P<broke>zerwa)(?P<stop>l|la|lo|li|ly|c|no)\sze?)\s(?:(?P<own>swojego\s|swego\s|dalszego\s|dalszym\s|swoim\s)?)czlonkostw(?P<case>a|em)(?=\s(?:[\w-]+\s){0,3}?w\s)",
    "czlonkostwa",
    "czlonkostwem",
)
_RESIGNED = {
    "l": "ł",
    "la": "ła",
    "lo": "ło",
    "li": "li",
    "ly": "ły",
    "c": "ć",
    "no": "no",
    "ono": "no",
}
_RESIGNING = {"enie": "a", "enia": "i", "eniu": "i", "nie": "a", "nia": "i", "niu": "i"}
_TAKEN_BACK = lazy(
    r"cofniec(?<!\w.{7})(?P<end>ie|ia|iu)\s(?P<noun>udzialu|czlonkostwa|przynaleznosci|uczestnictwa)(?=\s(?:[\w-]+\s){0,4}?(?:w|do)\s(?:stowarzyszeni\w\s)?\"?(?:zwiaz|zmp))",
    "cofniec",
)
_NOT_PROLONGED = lazy(
    rf"nie(?<!\w.{{3}})\s(?:przedluz|kontynuowa|podtrzyma|przedluza)(?P<end>yla?|yli|ono|yc|ac|c|la?|li|no|lo|y|)\s(?P<noun>czlonkostwa)(?=\s(?:[\w-]+\s){{0,3}}?w\s{OURS})",
    "czlonkostwa",
)
_ENDED = {
    "yl": "ył",
    "yla": "yła",
    "yli": "yli",
    "ono": "ono",
    "yc": "yć",
    "ac": "yć",
    "c": "yć",
    "l": "ył",
    "la": "yła",
    "li": "yli",
    "no": "ono",
    "lo": "yło",
    "y": "y",
    "": "y",
}
_ADVENTURE = lazy(
    r"przygod(?<!\w.{7})[ae](?P<whose>\s(?:[\w-]+\s){0,3}?)(?P<with>ze?\s\"?)(?P<ours>zwiazkiem|zmp)(?!\w)[^.;:]{0,60}?(?P<ended>(?:za|s)konczyl\w\ssie|dobiegl\w\skonca)(?!\w)",
    "przygod",
)
_TO_UNDO_IT = lazy(
    rf"(?:wystapi|zrezygnowa|wypisa\w*\ssie|wycofa\w*\ssie|odesz|opusci)(?:l|la|lo|ly|li)?\s(?:z[^.;!?]{{0,40}}\s)?{OURS}[^.;!?]{{0,90}}[.;!?,]\s[^.;!?]{{0,70}}?"
    r"(?<!\w)(?:chc(?:e|a|emy)|zamierza(?:ja|my)?|planuj(?:e|a|emy)|probuj(?:e|a|emy))\s(?P<undo>(?:to|te\sdecyzje|ten\sblad)\s(?:odkrecic|zmienic|naprawic|odwrocic|cofnac))(?!\w)",
    *("odkrecic", "zmienic", "naprawic", "odwrocic", "cofnac"),
)
_RENOUNCED = lazy(
    r"(?<!\w)(?:(?P<first>czlonkostwa|przynaleznosci|uczestnictwa)\s(?P<mid>(?:[\w-]+\s){0,3}?)zrzek(?P<end>l|la|lo|li|ly)\ssie"
    r"|zrzek(?P<last>l|la|lo|li|ly)\ssie\s(?P<then>czlonkostwa|przynaleznosci|uczestnictwa))(?!\w)",
    "zrzek",
)
_NOTICE_OF_IT = lazy(
    rf"czlonkostwo(?<!\w.{{11}})\sw\s{WITHIN}{OURS}[^.;!?]{{0,80}}[.;!?,]\s[^.;!?]{{0,60}}?wypowiedzia(?:l|la|lo|li|ly|no)\s(?P<it>je)(?!\w)",
    "wypowiedzia",
)
_LED_OUT = lazy(
    r"(?:wyprowadzi|wypisa|wycofa)(?:l|la|lo|li|ly)\s(?P<whom>(?:ja|go|je|nas)\sstamtad|stamtad\s(?:ja|go|je|nas))(?!\w)",
    "stamtad",
)
_WAS_AMONG_THEM = lazy(
    r"(?<!\w)(?:byl(?P<end>|a|o|y)\sw\s(?:tym|jego|naszym)\sgronie|w\s(?:tym|jego|naszym)\sgronie\sbyl(?P<last>|a|o|y))(?=\s(?:do\s(?:konca\s)?\d|w\slatach))",
    "gronie",
)
_FIRST_SPELL = lazy(
    r"(?<!\w)(?:pierwsze|poprzednie|wczesniejsze|dawne)\sczlonkostwo\s(?:[\w-]+\s)?(?:trwalo|obejmowalo\slata)(?=\s(?:od\s|w\slatach\s|do\s|\d))",
    "czlonkostwo",
)
_WHICH_IT_LEFT = lazy(
    rf"{OURS}[^.,;:]{{0,20}}(?P<which>,\sktory)\s(?P<mid>(?:[\w-]+\s){{0,2}}?)(?P<verb>opusci(?P<end>l|la|lo|ly))(?=\s(?:w\s(?:roku\s)?\d|w\s\w+\s(?:19|20)\d\d|\d{{1,2}}\s|przed\s|rok\s|dwa\s|trzy\s|kilka\s)|[.;)])",
    "opusci",
)


def plain_leaving(folded: str, begun: Set[str]) -> Iterator[tuple[int, int, str]]:
    """Edits (start, end, what to read instead) of a folded text that say plainly who leaves, or has left."""
    for match in found(_GAVE_NOTICE, folded, begun):
        yield match.start() + 2, match.end(), f"powi{_NOTICE[match['end']]}"
    for match in found(_BELONGING_ENDED, folded, begun):
        yield *match.span("noun"), "członkostwo"
        yield *match.span("into"), "w"
    for match in found(_SLAMMED, folded, begun):
        yield *match.span(), f"{_LEFT[match['end']]} z"
    for match in found(_GAVE_UP, folded, begun):
        end = match["end"] or match["last"] or match["stop"]
        word = f"rezygnacj{_RESIGNING[end]}" if end in _RESIGNING else f"zrezygnowa{_RESIGNED[end]}"
        yield *match.span("verb"), f"{word} z"
        yield *match.span("case"), "a"
    for match in found(_TAKEN_BACK, folded, begun):
        yield match.start(), match.start("noun"), f"rezygnacj{_RESIGNING[match['end'].replace('i', 'ni')]} z "
    for match in found(_NOT_PROLONGED, folded, begun):
        yield *match.span(), f"zakończ{_ENDED[match['end']]} członkostwo"
    for match in found(_ADVENTURE, folded, begun):
        yield match.start(), match.start("whose"), "członkostwo"
        yield match.start("with"), match.end("ours"), "w ZMP" if match["ours"] == "zmp" else "w Związku"
        yield *match.span("ended"), "ustało"
    for match in found(_TO_UNDO_IT, folded, begun):
        yield *match.span("undo"), "wrócić"
    yield from _of_former_spells(folded, begun)


def _of_former_spells(folded: str, begun: Set[str]) -> Iterator[tuple[int, int, str]]:
    """The same of memberships that came to an end before: "przynależności zrzekł się", "w tym gronie do 2014 r."."""
    for match in found(_RENOUNCED, folded, begun):
        resigned = f"zrezygnowa{SUBJECTS[match['end'] or match['last']]}"
        if match["first"]:
            yield *match.span("first"), "z członkostwa"
            yield match.end("mid"), match.end(), resigned
        else:
            yield *match.span(), f"{resigned} z członkostwa"
    for match in found(_NOTICE_OF_IT, folded, begun):
        yield *match.span("it"), "członkostwo"
    for match in found(_LED_OUT, folded, begun):
        yield *match.span("whom"), "miasto ze Związku"
    for match in found(_WAS_AMONG_THEM, folded, begun):
        ending = match["end"] if match["end"] is not None else match["last"]
        yield *match.span(), f"należa{SUBJECTS['l' + ending]} do Związku"
    for match in found(_FIRST_SPELL, folded, begun):
        yield *match.span(), "pierwszy raz należała do Związku"
    for match in found(_WHICH_IT_LEFT, folded, begun):
        yield *match.span("which"), ", z którego"
        yield *match.span("verb"), f"wystąpi{SUBJECTS[match['end']]}"
