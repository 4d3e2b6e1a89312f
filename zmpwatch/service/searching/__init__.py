"""The use case `search`: full text over the archived pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from zmpwatch.service.searching.answer import answer_search, not_searchable
    from zmpwatch.service.searching.filling import fill_index, fill_some, prepared
    from zmpwatch.service.searching.wordfinder import WordFinder

__all__ = ["WordFinder", "answer_search", "fill_index", "fill_some", "not_searchable", "prepared"]

_MODULES = {
    "WordFinder": "wordfinder",
    "answer_search": "answer",
    "fill_index": "filling",
    "fill_some": "filling",
    "not_searchable": "answer",
    "prepared": "filling",
}


def __getattr__(name: str) -> Any:
    """Names whose modules are loaded on first use (PEP 562): the child that finds words needs no database."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    globals()[name] = value
    return value
