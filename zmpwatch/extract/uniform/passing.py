"""What is said in passing and tells nothing of the matter: "Koło, jak poinformował burmistrz, przystąpiło do Związku".

An aside parts a town from what it does. The rules get the sentence without it; offsets stay true. An aside is only what
begins like one and names nobody and no number: "jak zdecydowali radni" and "jak podaje Związek" are none.
"""

from __future__ import annotations

from collections.abc import Iterator

from zmpwatch.extract.words.lazy import lazy

__all__ = ["said_in_passing"]

_SAYS = (
    r"(?:(?:po)?inform(?:owal|uj)\w{0,3}|pod(?:al|aje|aja|aly|ano|awal)\w{0,3}|zapowia(?:dal|dan|da|daja)\w{0,4}|zapowiedzi\w{2,4}|przekaz(?:al|uj)\w{0,3}"
    r"|dowiedzielismy|ustalilismy|pis(?:alismy|ze|za)|przypomn(?:ial|iel)\w{0,3}|przypomina(?:ja)?|podkresl(?:il|a|aja)\w{0,3}|zaznacz(?:yl|a|aja)\w{0,3}"
    r"|mowi(?:l\w?|a|ono)?|twierdz(?:il\w?|i|a)|relacjonuj\w{1,2}|donosi(?:l\w?|ly)?|slychac|wiadomo|widac|planowano|przewidywano|mozna\s(?:bylo\s)?(?:przeczytac|uslyszec|przewidziec))"
)
_MORE = r"(?:\s[a-z]{1,14}){0,3}"
_WORDS = (
    rf"(?:(?:jak|co|czego|o\sczym)\s(?:(?:sie|nas|nam|juz|tez|wczesniej|niedawno|wielokrotnie)\s){{0,2}}{_SAYS}{_MORE}"
    r"|zgodnie\sz\s(?:(?:wczesniejsz\w{1,3}|nasz\w{1,3})\s)?(?:plan(?:em|ami)|zapowiedzi(?:a|ami)|oczekiwaniami|przewidywaniami|harmonogramem)"
    r"|(?:podobnie|tak)\sjak\swiel[eu]\sinnych\s(?:miast|gmin|samorzadow)|przypomn(?:ijmy|e)|dodajmy)"
)
_NOT_THAT = (
    r"(?:ale\s)?(?:nie\s(?:(?:nalezy|trzeba|wolno|mozna)\s)?(?:go\s|jej\s)?(?:po)?mylic|(?:czesto\s)?myl(?:ony|ona|one))"
    r"\s(?:go\s|jej\s)?ze?\s[^,;:()\n-]{3,60}"
)
"""What a body is not to be taken for, whatever its name: "Związek X, nie mylić z ZMP, zrzesza …"."""
_CONTRASTS = (
    lazy(rf", {_NOT_THAT}, (?=\w)", "myl"),
    lazy(rf" - {_NOT_THAT} - (?=\w)", "myl"),
    lazy(rf" \({_NOT_THAT}(?:,[^,;:()\n]{{3,60}})?\) (?=\w)", "myl"),
)
_PATTERNS = (
    lazy(rf", (?=[jcozptd]){_WORDS}, (?=\w)"),
    lazy(rf" - (?=[jcozptd]){_WORDS} - (?=\w)"),
    lazy(rf" \((?=[jcozptd]){_WORDS}\) (?=\w)"),
)


def said_in_passing(text: str, folded: str) -> Iterator[tuple[int, int, str]]:
    """Where asides stand in a text, and what stands there without them."""
    for pattern in _PATTERNS:
        for match in pattern.finditer(folded):
            if text[match.start() : match.end()].islower():
                yield *match.span(), " "
    for pattern in _CONTRASTS:
        for match in pattern.finditer(folded):
            yield *match.span(), " "
