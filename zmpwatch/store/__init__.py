"""The history: what was seen, what it says, what is held true, what people were told; and the archived pages."""

from zmpwatch.store.archive import Archive
from zmpwatch.store.lock import Lock
from zmpwatch.store.reader import Reader
from zmpwatch.store.records import SiteState, Snapshot
from zmpwatch.store.store import Store
from zmpwatch.store.writer import Writer

__all__ = ["Archive", "Lock", "Reader", "SiteState", "Snapshot", "Store", "Writer"]
