"""Leftovers of markup in a text: entities, tags, emphasis and links of Markdown, and what they stand for.

Pages that were escaped twice, mails, and text copied out of an editor have them. They are no words, and stand inside
of words and names.
"""

from __future__ import annotations

import html
import re

from zmpwatch.extract.words.lazy import lazy

__all__ = ["markup", "plain_of_tags"]

_ENTITY = lazy(r"&(?:amp;)?(?P<name>#\d{2,6}|#[xX][\da-fA-F]{2,5}|[A-Za-z]{2,8}\d?);")
_TAG = lazy(
    r"</?(?:b|strong|i|em|u|span|font|a|sup|sub|small|mark|abbr|strike|del|ins"
    r"|(?P<block>br|p|div|li|ul|ol|h[1-6]|tr|table|tbody|hr|center))(?:\s[^<>\n]{0,300})?/?>"
)
_LINE_END = lazy(r"[ ]{0,20}\r?(?:\n|$)")
# `*word*`, `_word_` in one line, `[word](address)`; "* item", "5 * 3", "Kolno*", "___" and "[1]" are none of these
_AROUND = (
    lazy(r"(?<![\w*])(\*{1,3})(?=[^\s*])(?P<inner>[^*\n]{1,400})(?<=\S)\1(?![\w*])"),
    lazy(r"(?<!\w)(_{1,2})(?=[^\s_])(?P<inner>[^_\n]{1,400})(?<=\S)\1(?!\w)"),
    lazy(r"!?\[(?P<inner>[^\[\]\n]{1,300})\]\((?:https?:|mailto:|www\.|/|#)[^()\s]{0,300}(?:\s\"[^\"\n]{0,80}\")?\)"),
)
_SIGNS = ("*", "_", "](")
"""What stands in each of them."""


def markup(text: str) -> list[tuple[int, int, str]]:
    """The runs of a text that are markup (start, end, what stands for it), in order and apart from each other."""
    found: list[tuple[int, int, str]] = []
    if "&" in text:
        for match in _ENTITY.finditer(text):
            letter = html.unescape(f"&{match['name']};")
            if len(letter) == 1 and letter not in "\0\ufffd":  # others are none that anybody knows
                found.append((*match.span(), letter))
    if "<" in text:
        found += ((*tag.span(), _instead_of(text, tag)) for tag in _TAG.finditer(text))
    for sign, pattern in zip(_SIGNS, _AROUND, strict=True):
        if sign in text:
            for match in pattern.finditer(text):
                found += ((match.start(), match.start("inner"), ""), (match.end("inner"), match.end(), ""))
    return _apart(found) if len(found) > 1 else found


def _instead_of(text: str, tag: re.Match[str]) -> str:
    """The line break that a tag such as `<br>` stands for, where there is none beside it."""
    if not tag["block"] or text[tag.start() - 1 : tag.start()] in ("", "\n"):
        return ""
    return "" if _LINE_END.match(text, tag.end()) is not None else "\n"


def _apart(runs: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Runs in order, without those that begin within another."""
    found: list[tuple[int, int, str]] = []
    for run in sorted(runs):
        if not found or run[0] >= found[-1][1]:
            found.append(run)
    return found


def plain_of_tags(text: str) -> str:
    """A text without entities and tags, which alone could hide a name; no offsets are kept."""
    if "&" in text:
        text = _ENTITY.sub(lambda match: html.unescape(f"&{match['name']};"), text)
    return _TAG.sub("", text) if "<" in text else text
