"""Changes as files for feed readers: Atom, RSS and JSON Feed, one for all changes and one a voivodeship."""

from __future__ import annotations

from zmpwatch.service.feeds.publishing import Published, publish_feeds

__all__ = ["Published", "publish_feeds"]
