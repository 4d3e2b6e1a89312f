"""Texts of links that say nothing of where they lead: "więcej", "pobierz plik", a picture."""

from __future__ import annotations

import re

__all__ = ["says_nothing"]

_WORD = re.compile(r"[^\W\d_]+")
_EMPTY_WORDS = frozenset(
    [
        *("artykuł", "artykul", "całego", "calego", "całość", "calosc", "czytaj", "do", "doc", "docx", "dokument"),
        *("dokumentu", "dowiedz", "dalej", "kb", "kliknij", "link", "mb", "more", "nowe", "nowym", "odt", "okno"),
        *("oknie", "otwórz", "otworz", "pdf", "plik", "pliki", "pliku", "pobierz", "pobrania", "podgląd", "podglad"),
        *("pokaż", "pokaz", "przejdź", "przejdz", "przeczytaj", "read", "rozmiar", "się", "sie", "strony"),
        *("szczegóły", "szczegoly", "treść", "tresc", "tu", "tutaj", "w", "więcej", "wiecej", "wpis", "wpisu"),
        *("załącznik", "zalacznik", "zobacz"),
    ]
)
_LONGEST = 40


def says_nothing(anchor: str) -> bool:
    """Whether the words around a link, not its own, tell where it leads.

    Numbers and a lone "dalej" are no such links: they lead to another leaf of a list.

    >>> says_nothing("Czytaj więcej »"), says_nothing("Sesja rady"), says_nothing("2"), says_nothing("")
    (True, False, False, True)
    """
    if len(anchor) > _LONGEST:
        return False
    words = [word.casefold() for word in _WORD.findall(anchor)]
    if not words:
        return not any(map(str.isdigit, anchor)) and anchor.strip() not in {"»", "›", ">", ">>", "→", "«", "‹", "<"}
    return words != ["dalej"] and all(word in _EMPTY_WORDS for word in words)
