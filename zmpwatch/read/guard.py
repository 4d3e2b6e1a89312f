"""What bytes must not do to a markup parser, checked before one sees them.

Measured: a tag of 200,000 attributes stops libxml2 and lexbor for a minute (both compare every attribute with all
before it), and 20,000 nested elements cost 8 seconds in the main-text rules of resiliparse (docs/faults.md 76).  Every
check here is one pass over the bytes.
"""

from __future__ import annotations

import re

from zmpwatch.errors import LimitExceeded

__all__ = ["MAX_ATTRIBUTES", "MAX_DEPTH", "MAX_ELEMENTS", "MAX_MARKUP_BYTES", "MAX_TAG_BYTES", "check_markup"]

MAX_MARKUP_BYTES = 4 << 20
"""Cap for HTML and XML: no honest page is longer (docs/faults.md 15)."""

MAX_TAG_BYTES = 3 << 20
"""Room for an image of 2 MB inside one attribute, which honest pages have."""

MAX_ATTRIBUTES = 256
MAX_DEPTH = 10_000

MAX_ELEMENTS = 250_000
"""Four seconds of work; the largest honest page in sight, a list of 100,000 links, has fewer than half."""

_VOID = frozenset(
    b"area base br col embed hr img input link meta param source track wbr basefont bgsound frame keygen spacer".split()
)
# The end tag of these may be left out (HTML 13.1.2.4): a list of 10,000 open <li> is no nesting.
_OPTIONAL_END = frozenset(
    b"p li dt dd option optgroup tr td th thead tbody tfoot caption colgroup rt rp html head body".split()
)
_NEVER_NEST = _VOID | _OPTIONAL_END
# Inside <svg> a slash closes these; elsewhere in HTML a slash closes nothing.
_SVG = frozenset(
    b"path circle rect line polyline polygon ellipse use stop image g symbol defs animate set mask filter marker tspan"
    b" pattern text lineargradient radialgradient clippath fegaussianblur feoffset feblend feflood".split()
)
_RAW_TEXT = frozenset(b"script style textarea title xmp iframe noembed noframes".split())
_RAW_TEXT_END = {name: re.compile(rb"</" + name + rb"(?=[\s/>])", re.IGNORECASE) for name in _RAW_TEXT - {b"script"}}

# A comment, a whole tag, a tag that never ends, or something bogus.  Attributes as HTML 13.2.5.32-40 reads them: a
# quotation mark quotes only after "=".  All repeats are possessive, so the time is linear.  Plain end tags that close
# no nesting, a third of all tags, are passed over.
_TAG = (
    rb"(?:(!--)|(/?)([A-Za-z][^\s/>]*+)"
    rb"((?:[\s/]++|=?+[^\s/>=]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+)?+)?+|=)*+>)?+|[!?/])"
)
_NEXT = re.compile(rb"<(?!/(?:p|li|td|tr|th|dt|dd|option)>)(?:((?!))|" + _TAG + rb")")
# The same where elements need not be counted, and outside <svg>: plain start tags of what never nests are passed over,
# too, and a link with nothing but text in it is one find.
_PLAIN_REST = rb"(?:\s++[a-z-]++=\"[^\"<>]{0,400}+\"){0,9}+>"
_NEXT_NESTED = re.compile(
    rb"<(?!/(?:p|li|td|tr|th|dt|dd|option)>|(?:p|li|td|tr|th|dt|dd|option|br)" + _PLAIN_REST + rb")"
    rb"(?:(a" + _PLAIN_REST + rb"[^<]*+</a>)|" + _TAG + rb")"
)
_COMMENT_END = re.compile(rb"(?<=<!--)-?>|--!?>")
_QUOTED = re.compile(rb"\"[^\"]*\"|'[^']*'")
_ATTRIBUTE = re.compile(rb"[^\s/=][^\s/]*")
_SCRIPT_TOKEN = re.compile(rb"<!--|-->|<(/?)script(?=[\s/>])", re.IGNORECASE)


def check_markup(body: bytes, *, url: str | None = None, max_bytes: int = MAX_MARKUP_BYTES) -> int:
    """Refuses markup that would hold a parser up.

    Args:
        body: Markup in an encoding that keeps ASCII (UTF-16 must be recoded first).
        url: For the error message.
        max_bytes: Most bytes allowed.

    Returns:
        The greatest number of elements open at once, counting none whose end tag may be left out.

    Raises:
        LimitExceeded: Too many bytes, too big a tag, too many attributes in one, too many elements, too deep a nesting.
    """
    if len(body) > max_bytes:
        raise LimitExceeded(f"markup of {len(body):,} bytes, at most {max_bytes:,} are read", url=url)
    depth = deepest = at = elements = 0
    in_svg = False
    few = body.count(b"<") <= MAX_ELEMENTS
    while found := (_NEXT_NESTED if few and not in_svg else _NEXT).search(body, at):
        link, comment, slash, name, rest = found.groups()
        at = found.end()
        if link is not None:
            deepest = _deepest(deepest, depth + 1, url)
            continue
        if name is None:
            end = _COMMENT_END.search(body, at) if comment else None
            at = end.end() if end else len(body) if comment else body.find(b">", at) + 1 or len(body)
            continue
        if rest is None:
            rest = body[at : body.find(b">", at) + 1 or len(body)]
            at += len(rest)
        if len(rest) > MAX_ATTRIBUTES:
            _check_tag(rest, url)
        name = name.lower()
        if slash:
            depth = max(0, depth - (name not in _NEVER_NEST))
            in_svg = in_svg and name != b"svg"
            continue
        elements += 1
        if elements > MAX_ELEMENTS:
            raise LimitExceeded(f"more than {MAX_ELEMENTS:,} elements", url=url)
        if name == b"svg":
            in_svg = True
        elif in_svg and name not in _SVG:
            in_svg = False
        if name in _NEVER_NEST or (in_svg and rest.endswith(b"/>")):
            continue
        if name in _RAW_TEXT:
            at = _raw_text_end(body, at, name)
            continue
        depth += 1
        deepest = _deepest(deepest, depth, url)
    return deepest


def _deepest(deepest: int, depth: int, url: str | None) -> int:
    if depth > MAX_DEPTH:
        raise LimitExceeded(f"more than {MAX_DEPTH:,} elements inside one another", url=url)
    return max(deepest, depth)


def _check_tag(rest: bytes, url: str | None) -> None:
    if len(rest) > MAX_TAG_BYTES:
        raise LimitExceeded(f"a tag of {len(rest):,} bytes", url=url)
    count = sum(1 for _ in _ATTRIBUTE.finditer(_QUOTED.sub(b"", rest[:-1])))
    if count > MAX_ATTRIBUTES:
        raise LimitExceeded(f"a tag with {count:,} attributes, at most {MAX_ATTRIBUTES} are read", url=url)


def _raw_text_end(body: bytes, at: int, name: bytes) -> int:
    """Index of the end tag that closes a raw text element, or the end of the body.

    A script that holds ``<!-- … <script`` goes on past the next ``</script>`` (HTML 13.2.5.18, "double escaped").
    """
    if name != b"script":
        end = _RAW_TEXT_END[name].search(body, at)
        return end.start() if end else len(body)
    escaped = double = False
    for token in _SCRIPT_TOKEN.finditer(body, at):
        if token.group() == b"<!--":
            escaped = True
        elif token.group() == b"-->":
            escaped = double = False
        elif not token.group(1):
            double = double or escaped
        elif double:
            double = False
        else:
            return token.start()
    return len(body)
