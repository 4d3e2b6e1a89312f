"""Processes that read pages beside the one that fetches them, while one interpreter is too slow for both."""

from zmpwatch.service.readers.pool import ReaderPool
from zmpwatch.service.readers.wire import Errand, ReadingError

__all__ = ["Errand", "ReaderPool", "ReadingError"]
