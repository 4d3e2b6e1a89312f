"""The same changes as a plain page, for whoever has no feed reader and for links from messages that were cut."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from zmpwatch.model.days import minute_of
from zmpwatch.service.feeds.feed import Feed

if TYPE_CHECKING:
    from jinja2 import Template

__all__ = ["page"]


def page(feed: Feed) -> bytes:
    """The feed as an HTML page that loads nothing from anywhere."""
    return _template().render(feed=feed).encode() + b"\n"


@cache
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    loader = PackageLoader("zmpwatch.service.feeds", "templates")
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
    # by the clock of the messages, which the entries' own words are taken from
    environment.filters["minute"] = minute_of
    return environment.get_template("page.html.j2")
