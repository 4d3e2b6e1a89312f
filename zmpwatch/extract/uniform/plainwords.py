"""What is said in several ways, said in one: "ws" as "w sprawie", "rajcy" as "radni", "uchwała V/3" with "nr".

Headlines shorten what papers spell out, and the press calls councillors by an older word. The rules get the words of
the papers; offsets stay true.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from zmpwatch.extract.dates.forms import STEMS
from zmpwatch.extract.uniform.cleantext import CleanText, replaced
from zmpwatch.extract.uniform.passing import said_in_passing
from zmpwatch.extract.uniform.plaindates import days_in_figures
from zmpwatch.extract.uniform.plainsteps import plain_steps
from zmpwatch.extract.uniform.slashrows import slashed_rows
from zmpwatch.extract.words.lazy import lazy

__all__ = ["plainly_worded"]

_MATTER = lazy(r"ws(?<!\w..)(?:\.\s|\s|\.(?=[a-z]{3}))(?=\w)", "ws")
_COUNCILLOR = lazy(r"rajc(?<!\w.{4})(?P<end>a|y|e|ow|om|ami|ach)(?!\w)", "rajc")
_NUMBER = lazy(
    r"uchwal(?<!\w.{6})\w{0,4}(?:(?P<numbered>\s{1,3}numer\.?(?=\s{1,3}[\divxlcdm]))"
    r"|(?P<bare>\s{1,3})(?=[ivxlcdm]{1,9}\s?/\s?(?:\d{1,4}|[a-z]{2,5})(?:\s?/\s?\d{2,4})?(?![\w/:])"
    r"|\d{1,4}\s?/\s?(?:[ivxlcdm]{1,9}\s?/\s?\d{2,4}(?![\w/])|\d{2,4}\s{1,3}(?:z|zarzadu)\s)))"
)
_DAY = lazy(
    r"dni(?:a(?<!(?<!\w)z dnia)|u(?<=(?<!\w)w dniu))(?<!\w.{4})\s"
    rf"(?=\d{{1,2}}(?:\.\s?(?:\d|[ivx])|\s(?:{'|'.join(STEMS)}|[ivx]{{1,4}}\s)))",
    "dni",
)
_OF_YEAR = lazy(r"r\.(?<=(?:1[89]|20)\d\d\sr\.)(?=,?[^\S\n]{1,3}[a-z(\"]|;|\))", "r.")
"""A year's full stop within a sentence: no rule need tell it from one that ends a clause."""
_MAKING_UP = lazy(
    r"(?P<verb>,\s+ktore\s+(?:wspol)?tworza)(?=\s\"?(?:zwiazek|zmp|uni[ae]|organizacj|stowarzyszeni))"
    r"(?:(?P<name>[^.,;:\d]{0,60}),\s(?=(?:jest|sa|byl[aoy]?|znajduj\w{1,3}|znalaz\w{1,3})\s))?",
    "tworza",
)
_OF_TOWNS = lazy(r"(?<!\w)(?:miast(?P<many>a)?|samorzad(?P<few>y)?(?:ow)?|gmin(?P<all>y)?)$")
"""Before "które tworzą Związek": the towns that do, and are members."""
_SO_MANY_ARE = lazy(r"zalicza(?P<many>ja)?\ssie(?=\s(?:[a-z]{1,12}\s){0,4}\d)", "zalicza")
"""As in "do której zalicza się dziś około 355 miast"."""
_END_OF_IT = lazy(
    r"(?<!\w)(?P<end>kon(?:iec|c(?P<case>a|u|em)))(?=\s(?:\w{4,9}\s)?czlonkostwa\s(?:\w+\s)?we?\s)", "czlonkostwa"
)
_ENDS_OF = {None: "e", "a": "a", "u": "u", "em": "em"}
"""Endings of "zakończenie" for those of "koniec"."""
_STATUS_LOST = lazy(
    r"(?<!\w)(?:u|s)traci\w{1,3}\s(?P<what>(?:status|miano|prawa)\s(?:\w+ego\s)?czlonka)(?=\s\"?(?:zwiazku|zmp|stowarzyszenia|organizacji))",
    "traci",
)
_IN = "w "
_COUNCILLORS = {"a": "ny", "y": "ni", "e": "ni", "ow": "nych", "om": "nym", "ami": "nymi", "ach": "nych"}
"""Endings of "radny" for those of "rajca"."""


def plainly_worded(text: CleanText) -> CleanText:
    """A text with such words as papers write them, and with its days in words."""
    return replaced(
        text,
        _apart(
            (
                *_edits(text.text, text.folded),
                *plain_steps(text.text, text.folded),
                *days_in_figures(text.folded),
                *said_in_passing(text.text, text.folded),
                *slashed_rows(text.text),
            )
        ),
    )


def _edits(text: str, folded: str) -> Iterator[tuple[int, int, str]]:
    for match in _MATTER.finditer(folded):
        yield match.start() + 1, match.end(), " sprawie "  # a capital stays, since a sentence may begin with it
    for match in _COUNCILLOR.finditer(folded):
        yield match.start() + 1, match.end(), f"ad{_COUNCILLORS[match['end']]}"
    for match in _DAY.finditer(folded):
        start = match.start() - (len(_IN) if match[0].startswith("dniu") else 0)
        if start and text[start].islower():
            yield start - 1, match.end(), text[start - 1]
    for match in _OF_YEAR.finditer(folded):
        if not text[match.end() : match.end() + 4].strip(' ,"(')[:1].isupper():
            yield match.end() - 1, match.end(), "oku"
    for match in _MAKING_UP.finditer(folded):
        towns = _OF_TOWNS.search(folded[max(0, match.start() - 12) : match.start()])
        if towns is not None:
            yield *match.span("verb"), f" zrzeszon{'e' if any(towns.groups()) else 'ych'} w"
            if match["name"] is not None:
                yield match.end("name"), match.end("name") + 1, ""
    for match in _SO_MANY_ARE.finditer(folded):
        yield *match.span(), "należą" if match["many"] else "należy"
    for match in _END_OF_IT.finditer(folded):
        yield *match.span("end"), f"zakończeni{_ENDS_OF[match['case']]}"
    for match in _STATUS_LOST.finditer(folded):
        yield *match.span("what"), "członkostwo w"
    for match in _NUMBER.finditer(folded):
        yield (*match.span("numbered"), " nr") if match["numbered"] else (*match.span("bare"), " nr ")


def _apart(edits: Iterable[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """These edits in order, without those that begin inside another."""
    end = 0
    for edit in sorted(edits):
        if edit[0] >= end:
            yield edit
            end = edit[1]
