"""How names of bodies go on after the word they begin with, and what makes them another's."""

from __future__ import annotations

import re
from functools import cache

from zmpwatch.extract.uniform.cleantext import CleanText
from zmpwatch.extract.uniform.folding import fold_letters
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.register import load_register
from zmpwatch.register.names import key

__all__ = ["FOREIGN", "OTHER_ONLY", "QUALIFIERS", "adjective_before", "english_before", "extended", "really_other"]

# Heads that always begin another body's name, or are one.
OTHER_ONLY = (
    *(r"euroregion\w{0,5}", r"lokaln\w{1,3}\s+grup\w{1,3}\s+dzialania", "lgd", "lot", "klast(?:er|ra|rze|rem|rowi)"),
    *("cittaslow", "eurocities", r"asocjacj\w{1,3}(?=\s+\w)", r"konfederacj\w{1,3}(?=\s+\w)"),
    *(r"metropoli\w{1,4}(?=\s+\w)", r"konwent\w{0,4}", r"fundacj\w{1,4}"),
    *(r"rad\w{1,3}\s+gmin\s+i\s+regionow", r"miast\w{0,3}\s+partnersk\w+", r"organizacj\w{1,3}\s+turystyczn\w{1,3}"),
    *(r"lokaln\w{1,3}\s+organizacj\w{1,3}", r"izb\w{1,3}\s+gospodarcz\w{1,3}", r"lig\w{1,3}\s+krajow\w{1,3}"),
    *("zgwm", "zgwrp", "zgw", "zpp", "zsp", "ump", "slgip", "sgipm", "swmsp", "cemr", "smo"),
    *(r"rod\w{1,4}\s+miast\s+blizniacz\w+", r"siec\w{0,2}\s+(?:najciekawsz|zdrow|miast)\w*"),
    *(r"sie[ck]\w{0,3}(?=\s+[\"\w])", r"aglomeracj\w{1,3}", r"zwiazk\w{1,3}\s+metropolitaln\w{1,4}"),
)

# Small-letter words that make a head the name of another body.
QUALIFIERS = (
    r"gmin(?!\w)|powiatow|miejsk\w*gminn|wojewodztw|miedzygminn|metropolitaln|komunaln|gospodarcz|celow|strefy|samorzadow\s+polskich|sluza|mlodziez"
    r"|harcerz|emerytow|rad\s|klubow|szkol|parafi|uczelni|firm|przedsiebior|lekarzy|prawnik|dziennikarz|artyst|hodowc|pszczelar|rolnik|kupiec|nauczyciel|strazy|ochotnicz|niemieck|czesk|europejsk|zawodow|pilkarsk|sportow|lowieck|dzialkow|kombatant"
    r"|mieszkancow|rodzicow|przyjaciol|rozwoju|turystyczn|regionaln|lokaln|metropolii|miasteczek|zdrowych|wojtow|sekretarzy|skarbnikow"
    r"|wodociag|wodn|kanalizac|smieci|odpad|energetyczn|komunikac|wedkar|(?!samorzad|kraj|branz|mas|stand|n)[a-z]{4,}ow(?:ego|ej)(?!\w)"
    r"|pozarzadow|charytatywn|spoleczn|[a-z]{3,}(?:cow|nikow|istow|arzy|antow|entow|orow)(?!\w)"
)

FOREIGN = lazy(
    r"(?<!\w)(?:czesk|slowack|litewsk|lotewsk|estonsk|niemieck|ukrainsk|norwesk|szwedzk|dunsk|finsk|islandzk|irlandzk|szkock|brytyjsk|angielsk"
    r"|francusk|wlosk|hiszpansk|portugalsk|greck|tureck|wegiersk|rumunsk|bulgarsk|chorwack|serbsk|slowensk|austriack|szwajcarsk|holendersk"
    r"|niderlandzk|belgijsk|luksembursk|bialorusk|moldawsk|gruzinsk|ormiansk|izraelsk|japonsk|amerykansk|kanadyjsk|chinsk|koreansk|zagraniczn)"
    r"(?:i|a|ie|iego|iej|iemu|im)\s+(?:\w+\s+)?$"
)
"""What makes a body that of another country: "czeski związek", "norweskiej organizacji"."""

_CAPITAL = r"[A-ZŁŚŻŹĆÓĄĘŃ]"


# "Metropolia Krakowska" and "Sieć Miast Progresywnych" are bodies, a metropolis and a network are none
_NAMED_BY_CAPITAL = lazy(r"metropoli\w{1,4}|sie[ck]\w{0,3}")


def really_other(text: CleanText, start: int, surface: str) -> bool:
    """Abbreviations count in capitals only ("LOT" is a body, "lot" is a flight)."""
    if _NAMED_BY_CAPITAL.fullmatch(surface):
        following = text.text[start + len(surface) : start + len(surface) + 4].lstrip()
        return following[:1].isupper() or following[:1] == '"'
    if len(surface) <= 6 and surface.isalpha():
        return text.text[start : start + len(surface)].isupper() or (text.text[start].isupper() and len(surface) > 4)
    return True


def extended(text: CleanText, start: int, end: int) -> int:
    """Where the name that goes on after a head ends: quoted, or in capitals."""
    following = text.text[end : end + 160]
    if not following[:1].isspace():
        return end
    first_letter = following.lstrip()[:1]
    if not (first_letter.isupper() or first_letter in _MAY_GO_ON) and not text.text[start:end].isupper():
        return end
    rest = _NEXT_LABEL.split(following)[0] if "\n" in following else following
    quoted = _QUOTED.match(rest)
    if quoted:
        return end + quoted.end()
    if "\n" in rest and _ends_a_line(text.text, end + rest.index("\n")):
        rest = rest[: rest.index("\n")]
    if text.text[start:end].isupper() and end - start > 4:  # a heading in capitals: only known qualifiers tell
        qualifier = _QUALIFIED.match(text.folded[end : end + 60])
        return end + qualifier.end() if qualifier else end
    english = _ENGLISH_NAME.match(rest) if text.folded.startswith(("association", "union"), start) else None
    if english:
        return end + english.end()
    words = _WORDS_OF_NAME.match(rest)
    if words is None:
        return end
    # a small word at the end of the run belongs to the sentence, not to the name
    run = _ANOTHER_BODY.split(words[0])[0]
    if run.endswith(_SMALL):
        run = _SMALL_AT_END.sub("", run)
    first = _FIRST_WORD.match(run)
    if first is None or not first[1][0].isupper() or first[1] in _NO_NAME_WORDS:
        return end
    if first[1] in ("Miasta", "Gminy") and text.folded.startswith("zwiaz", start):
        return end  # "przyjęcie do Związku Miasta Sierpc": whose entry it is
    if _OBLIQUE.fullmatch(text.folded[start:end]) and _is_town(_TITLE_OF_TOWN.sub("", run.strip())):
        return end  # "jako członek stowarzyszenia Poniatowa zapłaci": the town is the subject
    if _TAKEN_INTO.search(text.folded, max(0, start - 40), start) and _all_genitive(run.strip()):
        return end  # "o przyjęciu do Związku Kocka i Pniew": whose entry it is
    return end + len(_without_subject(text, run, end))


_ITS_DEED = lazy(
    r"\s+(?:wstapi|przystapi|dolaczy|wszed|wesz|nalez)\w*", "wstapi", "przystapi", "dolaczy", "wszed", "wesz", "nalez"
)
_LONGEST_TOWN = 3


def _without_subject(text: CleanText, run: str, end: int) -> str:
    """A name without the town behind it that a verb follows: "Do Związku Gmin Śląska Pszczyna wstąpiła w 1993 roku"."""
    if _ITS_DEED.match(text.folded, end + len(run)) is None:
        return run
    words = list(_WORD_OF_NAME.finditer(run))
    for first in words[max(1, len(words) - _LONGEST_TOWN) :]:
        if fold_letters(run[first.start() :].strip()) in _official_names():
            return run[: first.start()].rstrip()
    return run


_WORD_OF_NAME = lazy(r"\S+")
_SHORT_LINE = 60


def _ends_a_line(text: str, end: int) -> bool:
    """Whether a line is too short to have been wrapped: a name does not go on behind a heading."""
    return end - text.rfind("\n", 0, end) <= _SHORT_LINE


_NEXT_LABEL = lazy(r"\n(?=[^\n:]{1,40}:)|\n[^\S\n]*\n")
"""No part of a name: a card's next line ("Forma: stowarzyszenie / Data przystąpienia: …"), the next paragraph."""
_MAY_GO_ON = '"pof'
"""Besides capitals, what a name may go on with: quotation marks, "pn.", "o nazwie", "pod nazwą", "of", "for"."""
_QUOTED = lazy(r'\s{1,3}(?:pn\.\s|o nazwie\s|pod nazwą\s)?"[^"]{2,100}"')
_QUALIFIED = lazy(rf"\s+(?:{QUALIFIERS})\w*")
_SMALL = ("i", "oraz", "na", "rzecz", "nad", "w", "z", "ziemi", "rzeki")
"""Small words that a name may hold, but does not end with."""
_WORDS_OF_NAME = lazy(rf"(?:\s{{1,3}}(?:{_CAPITAL}[\w-]*|{'|'.join(_SMALL)}|RP)(?!\w)){{1,8}}")
_ENGLISH_NAME = lazy(
    rf"\s{{1,3}}(?:of|for)\s+(?:the\s+)?{_CAPITAL}[\w-]*(?:\s+(?:(?:of|and|the)\s+)?{_CAPITAL}[\w-]*){{0,5}}"
)
_SMALL_AT_END = lazy(rf"(?:\s+(?:{'|'.join(_SMALL)}))+$")
_ANOTHER_BODY = lazy(
    r"\s+(?:i|oraz|na|w|z)\s+(?=(?:Związ(?:ek|ku|kiem|kowi)|Stowarzyszeni\w{1,2}|Uni[aięą]|Federacj\w|Zrzeszeni\w{1,2}|Fundacj\w|Konwen\w{2,4}|Euroregion\w{0,3}|Lokaln\w{1,3}|[A-ZĄĆĘŁŃÓŚŹŻ]{3,})(?!\w))"
)
"""Where another body's name begins, and the first one's ends: "Stowarzyszenia Gmin Uzdrowiskowych i Związku …"."""
_FIRST_WORD = lazy(r"\s+([\w-]+)")
_AND = lazy(r"\s+(?:i|oraz)\s+")
_TITLE_OF_TOWN = lazy(r"^(?:Miasto\s+i\s+Gminę|Gminę(?:\s+Miejską|\s+Miasto)?|Miasto)\s+")
_TAKEN_INTO = lazy(
    r"(?<!\w)(?:przyjeci|wstapieni|przystapieni|dolaczeni|powro[ct]|wejsci|akces)\w*\s+(?:do|w\s+(?:sklad|poczet|szeregi))\s+$"
)
_OBLIQUE = lazy(r"zwiazk(?:u|owi|iem)|stowarzyszeni(?:a|u|em)|organizacj(?:i|e)|zrzeszeni(?:a|u|em)|federacji")


def _is_town(words: str) -> bool:
    """Whether words are names of municipalities that a verb may govern: "do organizacji Chocz i Dobrzycę"."""
    return all(fold_letters(name) in _official_names() or _is_object(name) for name in _AND.split(words))


def _all_genitive(words: str) -> bool:
    """Whether words are names of municipalities in the genitive: "Kocka i Ostrowa Lubelskiego"."""
    return all(_is_object(name, "gen") for name in _AND.split(words))


def _is_object(name: str, case: str = "acc") -> bool:
    """Whether a word is the accusative, or another case, of a municipality's name."""
    register = load_register()
    return any(
        key(form) == key(name)
        for bearer in register.forms.get(key(name), ())
        for form in register.inflections(bearer).get(case, ())
    )


@cache
def _official_names() -> frozenset[str]:
    names = {name for m in load_register() for name in (m.name, m.town_name) if name}
    return frozenset(map(fold_letters, names))


_NO_NAME_WORDS = frozenset(
    {
        *("ZMP", "Rada", "Zarząd", "Miasto", "Gmina", "Burmistrz", "Prezydent", "To", "W", "Na", "Po", "Za", "Do", "Z"),
        *("Władze", "Statut", "Aktualności", "Kontakt", "Historia", "Członkowie", "Projekty", "Biuro"),
    }
)
"""What no name begins with; the last ones follow "O Związku" in menus."""

_ADJECTIVE = lazy(
    rf"(?P<a>{_CAPITAL}(?<!\w.)(?:[\w-]{{2,}}(?:s|c|dz)k(?:i|iego|iemu|im|a|iej|ą|ie)"
    r"|[\w-]{3,}(?:ny|wy|nego|wego|nemu|wemu|nym|wym|ne|we)))\s{1,2}$"
)


_ENGLISH_BEFORE = lazy(rf"(?<!\w)[Tt]he\s(?P<a>(?:{_CAPITAL}[\w-]+\s){{1,3}})$")


def english_before(text: CleanText, start: int) -> int | None:
    """Start of capitalised words that make an English name with the head: "the Silesian Union"."""
    match = _ENGLISH_BEFORE.search(text.text[max(0, start - 60) : start])
    return None if match is None else start - len(match["a"])


def adjective_before(text: CleanText, start: int) -> int | None:
    """Start of a capitalised adjective that makes a name with the head: "Śląski Związek", "Ekologicznego Związku"."""
    before = text.text[max(0, start - 40) : start]
    match = None if before.islower() else _ADJECTIVE.search(before)
    if match is None or fold_letters(match["a"]) in (
        "polski",
        "polskie",
        "polskiego",
        "nasze",
        "ogolne",
        "ogolnego",
        "ogolnym",
        "nowy",
        "nowe",
        "nowym",
        "nowego",
        "wazny",
    ):
        return None
    before = text.text[max(0, start - 40) : start][: match.start()].rstrip(" ")
    if not before or before[-1] in ".!?\n":
        # at a sentence start any adjective is capitalised; only regional ones make a name
        if not re.search(r"(?:s|c|dz)k\w{1,4}$", fold_letters(match["a"])):
            return None
        if fold_letters(match["a"])[:8] in ("ogolnopo", "najwieks", "czlonkow"):
            return None
    return max(0, start - 40) + match.start()
