"""Which parts of a page are menus, footers, cookie bars and side lists.

Landmarks of HTML and ARIA decide; then the words vendors put into classes and ids, unless the page's main content lies
inside.  Such text is marked, not dropped: a member counter may stand in any of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from zmpwatch.read.markup import End, Event, Start

__all__ = ["is_hidden", "is_hinted", "is_landmark", "mark_structure"]

_LANDMARK_TAGS = frozenset({"nav", "footer", "aside", "menu", "dialog"})
_LANDMARK_ROLES = frozenset(
    [
        "navigation",
        "banner",
        "contentinfo",
        "complementary",
        "search",
        "menu",
        "menubar",
        "dialog",
        "alertdialog",
        "toolbar",
        "tablist",
    ]
)
_NEVER_HINTED = frozenset({"html", "body", "main", "article", "h1", "h2", "h3", "table", "tbody", "tr", "td"})
_HINT = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navi|navigation|nawigacja|menu|mainmenu|topmenu|leftmenu|submenu|menuboczne|breadcrumbs?"
    r"|okruszki|sciezka|footer|stopka|site-?header|page-?header|naglowek-?strony|topbar|sidebar|side-?bar|panel-?boczny"
    r"|cookies?|cookie-?(?:bar|info|notice|law|banner|consent|alert)|ciasteczka|rodo|gdpr|consent|related|powiazane"
    r"|podobne|polecane|recommended|zobacz-?(?:tez|takze|rowniez)|czytaj-?(?:tez|takze)|inne-?(?:aktualnosci|wpisy|artykuly)"
    r"|ostatnie-?(?:wpisy|aktualnosci)|najnowsze-?(?:wpisy|aktualnosci)|recent-?(?:posts|entries)|share|sharing"
    r"|social|udostepnij|banner|baner|banery|reklama|reklamy|advert|advertisement|ads?|adsbygoogle"
    r"|pagination|pager|paginacja|stronicowanie"
    r"|skip-?links?|skiplinks|toolbar|newsletter|tagcloud|tag-?cloud|wcag|accessibility|wyszukiwarka|searchform|search-?form"
    r"|licznik-?odwiedzin|comments?|komentarze)(?:$|[\s_-])",
    re.IGNORECASE,
)
_INVISIBLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.IGNORECASE)

_LAYOUT_TAGS = frozenset(
    [
        "table",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "article",
        "section",
        "nav",
        "form",
        "main",
        "header",
        "footer",
        "aside",
        "blockquote",
    ]
)
_PARAGRAPHS_IN_CELL = 4


def is_hidden(attributes: Mapping[str, str]) -> bool:
    """Whether an element is not shown: ``hidden``, ``display: none``, ``visibility: hidden``."""
    if not attributes:
        return False
    shown = attributes.get("hidden", "until-found") == "until-found"
    return not shown or bool(_INVISIBLE.search(attributes.get("style", "")))


def is_landmark(start: Start, *, in_content: bool) -> bool:
    """Whether HTML itself says that an element is not the page's content.

    A ``<header>``, a banner or a ``<footer>`` inside the article is the article's own.
    """
    if start.tag in _LANDMARK_TAGS and not (start.tag == "footer" and in_content):
        return True
    role = start.attributes.get("role", "").strip().lower()
    if start.tag == "header" or role == "banner":
        return not in_content and not start.holds_content
    return role in _LANDMARK_ROLES


def is_hinted(start: Start) -> bool:
    """Whether class or id say so, and the main content does not lie inside."""
    if start.holds_content or not start.attributes or start.tag in _NEVER_HINTED:
        return False
    words = f"{start.attributes.get('class', '')} {start.attributes.get('id', '')}"
    return bool(_HINT.search(words))


def mark_structure(events: list[Event]) -> None:
    """Fills in `Start.holds_content` and `Start.is_layout` of every start, in one pass.

    A row is layout when it holds another table, a heading or a section, or cells of several paragraphs: BIP pages of
    the 2000s stand in such tables, and their cells must not be joined into one line.
    """
    stack: list[Start] = []
    # A page that marks its content needs no guess; in others the heading tells where it is.
    marked = any(isinstance(event, Start) and event.tag in {"main", "article"} for event in events)
    content_tags = {"main", "article"} if marked else {"h1"}
    rows: list[Start] = []
    paragraphs: list[int] = []
    for event in events:
        if isinstance(event, Start):
            if rows and event.tag in _LAYOUT_TAGS:
                rows[-1].is_layout = True
            if rows and event.tag in {"p", "li", "div"}:
                paragraphs[-1] += 1
                rows[-1].is_layout = rows[-1].is_layout or paragraphs[-1] > _PARAGRAPHS_IN_CELL
            if event.tag in {"td", "th"} and paragraphs:
                paragraphs[-1] = 0
            if event.tag == "tr":
                rows.append(event)
                paragraphs.append(0)
            event.holds_content = event.tag in content_tags
            stack.append(event)
        elif isinstance(event, End):
            start = stack.pop()
            if start.tag == "tr":
                rows.pop()
                paragraphs.pop()
            if stack and start.holds_content:
                stack[-1].holds_content = True
