"""Structured parts of pages: counters, member lists, registers, read with BeautifulSoup by selectors that must fit.

A selector that finds none or two where one is expected means that the layout has changed; it raises, and is never taken
for an empty answer (house rule 7).

>>> soup = soup_of(b"<p class=stat><b>3</b>7<i>3</i> miasta</p>", url="https://example.test/")
>>> text_of(select_one(soup, ".stat", url="https://example.test/"))
'373 miasta'
"""

from __future__ import annotations

from collections.abc import Mapping

from bs4 import BeautifulSoup, Tag
from soupsieve import SelectorSyntaxError

from zmpwatch.errors import SelectorError
from zmpwatch.read.characters import clean, fold_space
from zmpwatch.read.decode import decode
from zmpwatch.read.flow import flow
from zmpwatch.read.guard import check_markup
from zmpwatch.read.markup import walk_soup

__all__ = ["rows_of", "select_all", "select_one", "select_optional", "soup_of", "text_of"]


def soup_of(body: bytes, *, url: str, headers: Mapping[str, str] | None = None) -> BeautifulSoup:
    """The page as a tree that mends broken markup.

    Raises:
        LimitExceeded: The guard refuses the markup.
        Unreadable: The encoding can't be told.
    """
    text = decode(body, headers).text
    check_markup(text.encode("utf-8", "replace"), url=url)
    return BeautifulSoup(text, "lxml")


def select_one(within: Tag, selector: str, *, url: str) -> Tag:
    """The one element a CSS selector finds.

    Raises:
        SelectorError: It finds none, or more than one.
    """
    return select_all(within, selector, url=url, least=1, most=1)[0]


def select_optional(within: Tag, selector: str, *, url: str) -> Tag | None:
    """The element a CSS selector finds, or None where there is none.

    Raises:
        SelectorError: It finds more than one.
    """
    found = select_all(within, selector, url=url, least=0, most=1)
    return found[0] if found else None


def select_all(within: Tag, selector: str, *, url: str, least: int = 1, most: int | None = None) -> list[Tag]:
    """All elements a CSS selector finds, in document order.

    Args:
        within: The tree or a part of it.
        selector: CSS, as soupsieve reads it.
        url: The page's address, for the message.
        least: Fewest that must be there.
        most: Most that may be there; any number when None.

    Raises:
        SelectorError: Fewer or more than that.
        ValueError: The selector itself is wrong.
    """
    try:
        found = list(within.select(selector))
    except SelectorSyntaxError as error:
        raise ValueError(f"no CSS selector: {selector!r}") from error
    if len(found) < least or (most is not None and len(found) > most):
        expected = (
            f"exactly {least}" if least == most else f"{least} to {most}" if most is not None else f"at least {least}"
        )
        raise SelectorError(url, selector, len(found), expected)
    return found


def text_of(element: Tag) -> str:
    """Visible text of an element on one line: inline elements joined as they stand, blocks a blank apart."""
    part = BeautifulSoup("", "html.parser")
    part.append(element.__copy__())
    return fold_space(clean(" ".join(line.text for line in flow(list(walk_soup(part))).lines)))


def rows_of(table: Tag, *, url: str, columns: int | None = None) -> list[list[str]]:
    """Texts of a table's cells, row by row; rows of nested tables and rows without cells are left out.

    Args:
        table: A ``<table>``.
        url: The page's address, for the message.
        columns: How many cells every row must have; any number when None.

    Raises:
        SelectorError: No row at all, or a row of another width.
    """
    rows = [row for row in select_all(table, "tr", url=url) if row.find_parent("table") is table]
    texts = [[text_of(cell) for cell in row.find_all(["td", "th"], recursive=False)] for row in rows]
    texts = [row for row in texts if row]
    if not texts:
        raise SelectorError(url, "td, th", 0, "at least 1")
    for row in texts:
        if columns is not None and len(row) != columns:
            raise SelectorError(url, "td, th", len(row), f"exactly {columns}")
    return texts
