"""How a problem is put into words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zmpwatch.config.tree import Number, Where, WholeNumber

__all__ = ["LONGEST_SHOWN", "did_you_mean", "expected", "is_secret", "shown", "without_tags"]

LONGEST_SHOWN = 60
"""Characters of a wrong value that a message repeats."""


def without_tags(location: tuple[int | str, ...]) -> Where:
    """Drops which form of `association` was taken: it is no key of the file."""
    if location[:1] == ("association",) and location[1:2] in {("key",), ("profile",)}:
        return (location[0], *location[2:])
    return location


def is_secret(where: Where) -> bool:
    """Tells whether the value there may hold a password: no message repeats it."""
    return where[:1] == ("database",) or where[:1] == ("operator",) or (where[:1] == ("subscribers",) and "to" in where)


def expected(kind: str, context: Mapping[str, Any]) -> str:
    """Names what a pydantic error of this kind missed."""
    bounds = {
        "greater_than": f"more than {context.get('gt')}",
        "greater_than_equal": f"at least {context.get('ge')}",
        "less_than_equal": f"at most {context.get('le')}",
    }
    kinds = {
        "string_type": "text",
        "string_unicode": "text",
        "int_type": "a whole number",
        "int_parsing_size": "a smaller whole number",
        "float_type": "a number",
        "finite_number": "a finite number",
        "bool_type": "true or false",
        "list_type": "a list",
        "dict_type": "a mapping (key: value)",
    }
    if kind in bounds:
        return bounds[kind]
    return kinds.get(kind, kind.replace("_", " "))


def shown(value: object, *, secret: bool) -> str:
    """Describes the value found in its place."""
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, bool):
        return "true" if value else "false"
    if secret:
        return "this"
    if isinstance(value, str):
        return f'the text "{value[:LONGEST_SHOWN]}"'
    return (value.written if isinstance(value, WholeNumber | Number) else str(value))[:LONGEST_SHOWN]


def did_you_mean(word: str, known: tuple[str, ...]) -> str:
    """Gives ``; did you mean "…"?`` for the nearest known word, or the whole list where it is short, or nothing."""
    from difflib import get_close_matches

    folded = {_fold(name): name for name in known}
    near = get_close_matches(_fold(word[:100]), list(folded), n=1, cutoff=0.6)
    if near:
        return f'; did you mean "{folded[near[0]]}"?'
    return f"; known: {', '.join(known)}" if 0 < len(known) <= 20 else ""


def _fold(word: str) -> str:
    return word.casefold().translate(str.maketrans("ąćęłńóśźż", "acelnoszz"))
