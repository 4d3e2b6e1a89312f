"""The use case `search`: full text over the archived pages."""

from zmpwatch.service.searching.answer import answer_search, not_searchable
from zmpwatch.service.searching.filling import fill_index, prepared

__all__ = ["answer_search", "fill_index", "not_searchable", "prepared"]
