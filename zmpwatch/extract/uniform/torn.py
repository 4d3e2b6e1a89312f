"""Words that a scan tore before a Polish letter: "uchwa łę o przyst ąpieniu do Zwi ązku".

No Polish word begins with "ą", "ę" or "ń", so a blank before one is a tear. On a page that has such tears, a blank
before "ł", "ś", "ż" … is one, too, where the two pieces make a word that is known and the first alone makes none.
"""

from __future__ import annotations

from functools import lru_cache

from zmpwatch.extract.uniform.cleantext import CleanText, replaced
from zmpwatch.extract.uniform.folding import fold_letters
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.lexicon import load_lexicon
from zmpwatch.register import load_register

__all__ = ["is_known", "mended"]

_LETTER = r"[^\W\d_]"
_SURE = lazy(rf"(?:(?<={_LETTER}{_LETTER})|(?<={_LETTER}(?= [ąęńĄĘŃ]{_LETTER}))) (?=[ąęńĄĘŃ])")
_SIGNS = "ąęńĄĘŃ"
_LIKELY = lazy(rf"(?<!{_LETTER})(?P<first>{_LETTER}{{1,20}}) (?P<rest>[łśćźżóŁŚĆŹŻÓ]{_LETTER}{{0,20}})(?!{_LETTER})")
_ENDINGS = lazy(r"(?:ł(?:[aoy]?(?:by)?|[aeę]m|[ea]ś|ą|ę|ach|ami|om|ów)|śc(?:i|ią)?|ść|śmy|ście|ć|ćmi|ż[ąę]|żem)")
"""What no word consists of."""
_MONTHS = ("wrzesnia", "wrzesniu", "pazdziernik", "pazdziernika", "pazdzierniku")


def mended(text: CleanText) -> CleanText:
    """The text with torn words made whole, and true offsets."""
    stands_off = any(letter in text.text and f" {letter}" in text.text for letter in _SIGNS)
    if not stands_off or _SURE.search(text.text) is None:
        return text
    blanks = {match.start() for match in _SURE.finditer(text.text)}
    place = 0
    while (match := _LIKELY.search(text.text, place)) is not None:
        if _is_torn(match["first"], match["rest"]):
            blanks.add(match.end("first"))
        place = match.start("rest")
    return replaced(text, ((blank, blank + 1, "") for blank in sorted(blanks)))


@lru_cache(maxsize=4096)
def _is_torn(first: str, rest: str) -> bool:
    """Whether two pieces are one word."""
    if rest[0].isupper() and not first.isupper():
        return False
    if _ENDINGS.fullmatch(rest.lower()):
        return True
    if is_known(first):
        return False
    return is_known(first + rest)


def is_known(word: str) -> bool:
    """Whether the rules, the register or the calendar know a word."""
    folded = fold_letters(word)
    return bool(load_lexicon().classes(folded)) or folded in _MONTHS or word.casefold() in load_register().forms
