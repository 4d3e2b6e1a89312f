"""The use case `search`: full text over the archived pages."""

from zmpwatch.service.searching.answer import answer_search
from zmpwatch.service.searching.filling import fill_index, prepared

__all__ = ["answer_search", "fill_index", "prepared"]
