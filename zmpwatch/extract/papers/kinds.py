"""What kind of paper a document is: a resolution, a draft, minutes, an agenda, a register, or any other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from zmpwatch.extract.papers.sessions import is_closed_at_its_end
from zmpwatch.extract.structure.layout import Segment
from zmpwatch.extract.uniform.cleantext import CleanText
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.model import BlockKind

__all__ = ["Paper", "kind_of_paper"]


class Paper(StrEnum):
    """What kind of paper a document is, as far as it changes how it is read."""

    RESOLUTION = "resolution"
    DRAFT = "draft"
    MINUTES = "minutes"
    AGENDA = "agenda"
    REGISTER = "register"
    OTHER = "other"


_ORDAINS = (
    lazy(r"§\s{0,3}[1l](?![a-z])"),  # a typewriter's one
    lazy(r"(?<!\w)par(?:agraf|\.)\s?1", "paragraf", "par."),
    lazy(r"zarzadza\s+sie"),
    lazy(r"uchwala(?:,?\s+co\s+nastepuje|\s?:)"),
    lazy(r"uchwala\s+sie"),
    lazy(r"(?<!\w)postanawia\s?:", "postanawia"),
    lazy(r"(?<!\w)rada\s+(?:miejska|miasta|gminy|miasta\s+i\s+gminy)\s?:?\s*\n\s{0,3}(?:1|a|i)[.)]"),
    lazy(
        r"\n\s{0,3}1[.)]\s+(?:[\w-]+\s+){0,4}?(?:postanawia|uchwala|wyraza|wypowiada|przystepuje|wystepuje|rezygnuje|zglasza)(?!\w)",
        *("postanawia", "uchwala", "wyraza", "wypowiada", "przystepuje", "wystepuje", "rezygnuje", "zglasza"),
    ),
    lazy(
        r"(?<!\w)(?:wniosek|projekt|petycje)\s+odrzuca(?!\w)|(?<!\w)odrzuca\s+(?:sie\s+)?(?:wniosek|projekt|petycje)(?!\w)",
        "odrzuca",
    ),
)
"""How an act begins to ordain. Apart they are found faster than as one pattern: each begins with a plain word."""
_ACT_HEADS = (
    lazy(
        r"(?:^|\n)[^\n]{0,40}?uchwal[ay]\s+(?:nr\.?|numer)?\s*(?P<number>[^\n]{0,40})\n?[^\n]{0,20}\s*rad[ay]\s+(?:miejsk|miast|gmin)",
        *("uchwala", "uchwaly"),
    ),
    lazy(
        r"uchwal[ay]\s+(?:nr\.?\s*(?P<number>[^\n]{0,40}))?rady\s+(?:miejsk|miast|gmin)\w*[^\n]{0,60}z\s+dnia",
        *("uchwala", "uchwaly"),
    ),
    lazy(
        r"(?:^|\n)[^\n]{0,30}?rad[ay]\s+(?:miejsk|miast|gmin)\w*[^\n]{0,120}\n(?:\s*w[e]?\s[^\n]{0,50}\n|[^\n]{0,60}\n){0,2}\s*uchwal[ay]\s+(?:nr\.?|numer)?\s*(?P<number>[^\n]{0,40})",
        *("uchwala", "uchwaly"),
    ),
    lazy(
        r"(?:^|\n)[^\n]{0,40}?zarzadzeni[ea]\s+(?:nr\.?|numer)?\s*(?P<number>[^\n]{0,40})\n?[^\n]{0,20}\s*(?:burmistrz|prezydent|wojt)",
        "zarzadzeni",
    ),
    lazy(
        r"(?:^|\n)[^\n]{0,30}?(?:burmistrz|prezydent|wojt)[^\n]{0,60}\n\s*zarzadzeni[ea]\s+(?:nr\.?|numer)?\s*(?P<number>[^\n]{0,40})",
        "zarzadzeni",
    ),
)
_TITLE_DAY = lazy(
    r"uchwal[ay]\s[^;]{0,160}?\sz\s+(?:dnia\s+)?(?:\d{1,2}\s?[.\s]\s?\w{2,12}[.\s]\s?\d{4}|[^\n;]{0,30}[._…]{3}[^\n;]{0,30}?)"
    r"\s*(?:r\.?|roku)?,?\s*\n\s*(?:w\s+sprawie|ws\.)\s",
    "uchwal",
)
"""The title of a resolution over several lines: its day, which a draft leaves blank, and below it its subject."""
_SUBJECT = lazy(r"(?:^|\n)\s{0,3}(?:w\s+sprawie|ws\.)\s")
_MINUTES_HEAD = lazy(
    r"(?:^|\n)[^\n]{0,60}?(?<!\w)(?<!do )(?:protok[oó]l(?:u|em)?|sprawozdanie z (?:sesji|obrad|posiedzenia)"
    r"|notatk\w+\s+z\s+(?:posiedzeni|obrad|sesji)|wyciag\s+z\s+(?:protokol|obrad|posiedzen|sesji)"
    r"|stenogram|transkrypcj|zapis\s+(?:przebiegu\s+)?(?:sesji|obrad|posiedzeni)|przebieg\s+(?:sesji|obrad|posiedzeni))(?!\w*\s+(?:\w+\s+)?(?:glosowan|kontrol|odbior|ogledzin|przekazani|uzgodnien|rozbieznosc))",
    *("protok", "sprawozdanie", "notatk", "wyciag", "stenogram", "transkrypcj", "zapis", "przebieg"),
)
_REGISTER_HEAD = lazy(
    r"(?<!\w)(?:wykaz|wyniki|raport\s+z|zestawienie|protokol)\s+(?:\w+\s+)?glosowan|(?:rejestr\w*|wykaz|spis|indeks)\s+(?:(?:rzeczowy|alfabetyczny|tematyczny|podjetych)\s+)?uchwal|skorowidz",
    *("glosowan", "rejestr", "wykaz", "spis", "indeks", "skorowidz"),
)
_ITEMS_OF_SITTING = lazy(
    r"(?:^|\n)\s{0,3}(?:punkt|pkt\.?|ad\.?)\s?\d{1,2}\s?[a-z]?[.):]?\s[^\n]+\n(?!\s{0,3}(?:punkt|pkt|ad)\W)[^\n]*[a-z]"
)
"""What an item is called, and below it what went on: a report on a sitting, though it is called one on its ballots."""
_SEVERAL = 2
_REPORT_HEAD = lazy(
    r"\W*(?:sprawozdani\w+\s+(?:roczne\s+)?(?:biura|zarzadu|z\s+dzialalnosci\s+(?:zarzadu|zwiazku|zmp|biura))|(?:\w+\s+)?(?:biuletyn|newsletter)|raport\s+roczny)(?!\w)"
)
"""How papers begin that report, whatever they announce besides."""
_AGENDA_HEADS = (
    lazy(
        r"(?:porzad\w+|program\w*|temat\w+)\s+(?:obrad|dzienn|posiedz|(?:[ivxlc]+\s+|\d+\.?\s+)?sesj)",
        *("porzad", "program", "temat"),
    ),
    lazy(r"sesj(?<!\w.{4})\w+[^\n]{0,30}?(?<!\w)porzad", "porzad"),
    lazy(r"(?:^|\n)[^\n]{0,12}sesj[ai]\s+rady[^\n]{3,50}\d{4}(?:\s+(?:r\.?|roku))?,?\s+godz", "sesj"),
    lazy(r"zaprasza\w?\s+mieszka"),
    lazy(
        r"(?:^|\n)(?:[^\n.,]{0,60}\W)?(?:materialy|druki|dokumenty|projekty(?:\s+uchwal)?)\s+(?:[\w-]+\s+){0,3}?(?:na|do)\s+(?:\S+\s+){0,2}sesj[iea][^\n,]{0,60}(?:\n|$)",
        *("=materialy", "=druki", "=dokumenty", "=projekty"),
    ),
    lazy(
        r"zwoluj|program\s+sesji|(?:harmonogram|kalendarz|terminarz)\s+(?:prac|sesji)",
        "zwoluj",
        "program",
        "harmonogram",
        "kalendarz",
        "terminarz",
    ),
    lazy(r"(?:^|\n)[^\n]{0,40}plan\w*\s+prac[ye]?\s+rady", "rady"),
    lazy(
        r"(?<!\w)(?<!przyjecie\s)(?<!przyjecia\s)(?<!przyjeto\s)(?<!przyjal\s)(?:zaproszeni|zawiadomieni)",
        *("zaproszeni", "zawiadomieni"),
    ),
    lazy(
        r"(?:m(?<![^\n].)aterialy|p(?<![^\n].)(?:rojekty|akiet\w?)|d(?<![^\n].)(?:ruki|okumenty)|z(?<![^\n].)estaw\w?|k(?<![^\n].)omplet)\s(?:[^\n]{0,50}?\s)?(?:sesj[ea]|sesyjn\w+)(?!\w)[^\n]{0,70}(?:\n|$)",
        "sesj",
        "sesyjn",
    ),
    lazy(
        r"(?<!\w)zaprasza\w{0,2}\s+(?:[\w,]+\s+){0,3}?na\s+(?:[\w.]+\s+){0,3}?sesj\w+(?:[^\n]{0,200}\n){1,3}?\W*(?:w\s+)?(?:programie|planie|porzadku|tematy|omowimy)[^\n:]{0,20}:",
        "zaprasza",
    ),
    lazy(
        r"(?:^|\n)\W{0,4}(?:lista|wykaz|zestawienie|spis)\s+projektow\s+(?:uchwal\s+)?(?:zlozonych|zgloszonych|przygotowanych|wniesionych|przedlozonych)\s+(?:[\w-]+\s+){0,2}?(?:przez|do|na)\s",
        "projektow",
    ),
    lazy(
        r"(?<!\w)zaprasza\w{0,2}\s+(?:[\w,]+\s+){0,3}?na\s+(?:[\w.]+\s+){0,3}?sesj\w+[^\n]{0,120}\n(?:[^\n]{1,80}\n){0,2}?\s{0,4}(?:[-*•■▪►●○»·]|\d{1,2}[.)])\s",
        "zaprasza",
    ),
    lazy(r"odbedzie\s+sie\s+[^\n]{0,30}sesja|posiedzenie\s+komisji", "odbedzie", "posiedzenie"),
)
_WAY_TO_DRAFTS = lazy(
    r">\s*sesja\s[^\n>]{2,70}>\s*(?:materialy|projekty|druki|zalaczniki|dokumenty)(?:\s+(?:\w+\s+)?(?:na\s+sesje|sesyjne|uchwal))?\s*(?:\n|$)",
    "sesja",
)
"""The way to a page with a session's papers, also at the head of a bulletin: "Sesje > Sesja XXXI > Materiały"."""


def kind_of_paper(text: CleanText, parts: Sequence[Segment]) -> Paper:
    """The kind of paper by its head and form."""
    head = text.folded[:1200]
    rows = sum(part.kind is BlockKind.TABLE_ROW for part in parts)
    act = next((found for p in _ACT_HEADS if (found := p.search(head)) is not None), None)
    if act is not None and any(ordains.search(text.folded) for ordains in _ORDAINS):
        return Paper.DRAFT if _is_a_draft(text, act) else Paper.RESOLUTION
    if _MINUTES_HEAD.search(head) or is_closed_at_its_end(text.folded):
        return Paper.MINUTES
    if rows >= 3 and re.search(r"rejestr|wykaz|zestawienie|spis|lp\.|ewidencj|skorowidz", head):
        return Paper.REGISTER
    listed = _REGISTER_HEAD.search(head[:400])
    if listed is not None:
        held = listed[0].endswith("glosowan") and len(_ITEMS_OF_SITTING.findall(text.folded)) >= _SEVERAL
        return Paper.MINUTES if held else Paper.REGISTER
    if _WAY_TO_DRAFTS.search(head):
        return Paper.AGENDA
    if _REPORT_HEAD.match(head) is None and any(pattern.search(head) for pattern in _AGENDA_HEADS):
        return Paper.AGENDA
    if act is not None and _is_title_alone(text, act):
        return Paper.DRAFT if _is_a_draft(text, act) else Paper.RESOLUTION
    return Paper.OTHER


def _is_a_draft(text: CleanText, act: re.Match[str]) -> bool:
    """Whether the head of an act has a blank for its number, or says that it is a draft."""
    blank = re.search(r"\.{3}|…|_{3}|/\s*/|\.\.", act["number"] or "") is not None
    head = text.folded[: act.start() + 60]
    return blank or re.search(r"(?<!\w)projekt(?!\w|\s+pozytyw)|p\s?r\s?o\s?j\s?e\s?k\s?t\b", head) is not None


def _is_title_alone(text: CleanText, act: re.Match[str]) -> bool:
    """Whether a page shows the title of one resolution, and leaves its paragraphs to an attached file."""
    return _TITLE_DAY.search(text.folded, act.start()) is not None and len(_SUBJECT.findall(text.folded)) == 1
