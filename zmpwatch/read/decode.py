"""Bytes to text, strictly: the right letters or `Unreadable`, never mojibake.

Declarations lie in both directions on Polish municipal sites, and Scrapy and libxml2 believe them (docs/faults.md 62).
So: a byte order mark decides; else strict UTF-8, which other encodings pass by accident next to never; else the
declared charset, windows-1250 and ISO-8859-2 are decoded strictly and weighed by the letters they give. These two
differ in ą ś ź alone (B9 9C 9F against B1 B6 BC), so those letters decide between them. UTF-7 is never honoured: it
hides markup from every filter that reads ASCII.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from zmpwatch.errors import Unreadable
from zmpwatch.read.sniff import content_type

__all__ = ["Decoded", "decode"]


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the encoding it was in, and remarks for the operator."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# What a page may say it is in; by Python's names.  Everything else is not honoured.
_HONOURED = frozenset(
    {"utf-8", "cp1250", "iso8859-2", "cp1252", "iso8859-1", "iso8859-15", "iso8859-16", "iso8859-4", "iso8859-13"}
    | {"cp852", "mac-latin2", "cp1257", "ascii"}
)
_META = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_XML_DECLARATION = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)

_POLISH = "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ"
_POLISH_LETTER = re.compile(f"[{_POLISH}]")
_NEAR_LETTER = re.compile("[\x80-\u04ff]")
_FAR = re.compile("[\u0500-\U0010ffff]")
_OTHER_LETTER = re.compile(rf"[^\W\d_a-zA-Z{_POLISH}ªº]")
_LETTER = rf"[a-zA-Z{_POLISH}]"
# Signs of a wrong decoding:
_DAMAGE = re.compile(
    "[\x80-\x84\x86-\x9f]"  # C1 controls: windows-1250 taken for ISO-8859-x
    r"|[ÄĂÃĹÅ][\x80-\xbf€‚„…†‡‰Š‹ŚŤŽŹ‘’“”•–—™š›śťžźˇ˘ŁĄŞŻ˛łµąşĽ˝ľżœŸˆ˜]"  # UTF-8 taken for one of the 8-bit encodings
    r"|â€[\x80-\xbf™œžťś“”šś]?"
    rf"|(?<={_LETTER})[¹³¿¶±¼¦¯£¬¡ĽľŒœŸˇ˛ģķ](?={_LETTER})"  # one 8-bit encoding taken for another
    rf"|(?<={_LETTER})\ufffd|\ufffd(?={_LETTER})"
)
# Every damage holds one of these; text without them, which is most, needs no closer look.
_SUSPECT = re.compile("[\x80-\x84\x86-\x9fÄĂÃĹÅâ¹³¿¶±¼¦¯£¬¡ĽľŒœŸˇ˛ģķ\ufffd]")

_SOUND = re.compile(
    rb"(?:\xc3[\x93\xb3]|\xc4[\x84-\x87\x98\x99]|\xc5[\x81-\x84\x9a\x9b\xb9-\xbc]|\xc2[\xa0\xa7\xab\xad\xb0\xb7\xbb]"
    rb"|\xe2\x80[\x90-\x94\x98-\x9e\xa2\xa6])*+"
)
"""Characters beyond ASCII as most pages have no others: Polish letters, and marks no damage begins with. In UTF-8."""

_DAMAGE_SHARE = 4
"""Text is given up where more than one letter in so many Polish ones looks broken."""

# How sites save a wrong decoding of their own.
_DOUBLE = (
    ("cp1250", "utf-8"),
    ("cp1252", "utf-8"),
    ("latin-1", "utf-8"),
    ("latin-1", "cp1250"),
    ("cp1252", "cp1250"),
    ("latin-1", "iso8859-2"),
    ("cp1250", "iso8859-2"),
)
_ASCII = bytes(range(0x80))
_UTF8_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


def decode(body: bytes, headers: Mapping[str, str] | None = None, *, markup: bool = True) -> Decoded:
    """Text of a body.

    Args:
        body: The bytes after content decoding.
        headers: Response headers, names in lower case; their charset is one candidate.
        markup: Whether a charset inside the body (``<meta>``, XML declaration) is a candidate, too.

    Returns:
        Text without NUL characters: browsers show nothing in their place (docs/faults.md 64).

    Raises:
        Unreadable: No encoding gives plausible text.
    """
    decoded = _decode(body, headers, markup=markup)
    return replace(decoded, text=decoded.text.replace("\0", "")) if "\0" in decoded.text else decoded


def _decode(body: bytes, headers: Mapping[str, str] | None, *, markup: bool) -> Decoded:
    for bom, encoding in _BOMS:
        if body.startswith(bom):
            return _with_bom(body[len(bom) :], encoding)
    if utf16 := _utf16_without_bom(body):
        return _with_bom(body, utf16)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return _not_utf8(body, headers, markup=markup)
    if _SOUND.fullmatch(body.translate(None, _ASCII)):
        return Decoded(text, "utf-8")  # told by few bytes: to look at each character takes five times as long
    return _undouble(text)


def _with_bom(body: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(body.decode(encoding), encoding)
    except UnicodeDecodeError:
        pass
    if encoding == "utf-8" and _mostly_utf8(body):
        return _broken_utf8(body)
    if encoding.startswith("utf-16"):
        text = body[: len(body) & ~1].decode(encoding, "replace")
        if text.count("\ufffd") * 50 < len(text):
            return Decoded(text, encoding, ("some characters are broken",))
    raise Unreadable(f"marked as {encoding}, but is not")


def _utf16_without_bom(body: bytes) -> str | None:
    """UTF-16 by its zeros: every second byte of Latin text is one."""
    head = body[:2000]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    pairs = max(1, len(head) // 2)
    if max(even, odd) < pairs * 0.6 or min(even, odd) > pairs * 0.05:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _not_utf8(body: bytes, headers: Mapping[str, str] | None, *, markup: bool) -> Decoded:
    if _mostly_utf8(body):
        return _broken_utf8(body)
    best: tuple[int, Decoded] | None = None
    for encoding in _candidates(body, headers, markup=markup):
        try:
            text = body.decode(encoding)
        except UnicodeDecodeError:
            continue
        score = _polishness(text)
        if best is None or score > best[0]:
            best = score, Decoded(text, _public_name(encoding))
    if best is None:
        raise Unreadable("encoding can't be told: no candidate decodes all bytes")
    damage, letters = _weigh(best[1].text)
    if damage * _DAMAGE_SHARE > letters:
        raise Unreadable("encoding can't be told: every candidate gives broken words")
    return best[1] if not damage else Decoded(best[1].text, best[1].encoding, (f"{damage} characters look broken",))


def _candidates(body: bytes, headers: Mapping[str, str] | None, *, markup: bool) -> Iterable[str]:
    """Encodings to try; the earlier one wins a tie."""
    declared = [content_type(headers)[1]]
    if markup:
        head = body[:4096]
        declared += [m.group(1).decode("ascii") for m in (_META.search(head), _XML_DECLARATION.search(head)) if m]
    names = [known for name in declared if name and (known := _honoured(name))]
    # A declared Western encoding is the default of a server far oftener than a choice.
    polish = [name for name in names if name not in {"cp1252", "iso8859-1", "iso8859-15", "ascii", "utf-8"}]
    return dict.fromkeys([*polish, *_detected(body), "cp1250", "iso8859-2", *(n for n in names if n != "ascii")])


def _honoured(name: str) -> str | None:
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    return found if found in _HONOURED else None


def _detected(body: bytes) -> list[str]:
    """What resiliparse's detector says, where it is one of ours and not Western."""
    from resiliparse.parse.encoding import detect_encoding  # noqa: PLC0415 - heavy, and only for bytes that need it

    name = detect_encoding(body, html5_compatible=False)
    known = _honoured(name) if name else None
    return [known] if known in {"cp1250", "iso8859-2"} else []


def _public_name(encoding: str) -> str:
    return {"cp1250": "windows-1250", "iso8859-2": "iso-8859-2", "cp1252": "windows-1252"}.get(encoding, encoding)


def _polishness(text: str) -> int:
    damage, letters = _weigh(text)
    return 2 * letters - 6 * damage - len(_OTHER_LETTER.findall(text))


def _weigh(text: str) -> tuple[int, int]:
    """How many places look broken, and how many Polish letters there are."""
    damage = len(_DAMAGE.findall(text)) if _SUSPECT.search(text) else 0
    return damage, len(_POLISH_LETTER.findall(text))


def _mostly_utf8(body: bytes) -> bool:
    """UTF-8 with a few broken bytes: a cut character at the end, a stray byte from a database."""
    whole = len(_UTF8_SEQUENCE.findall(body))
    broken = len(_UTF8_SEQUENCE.sub(b"", body).translate(None, _ASCII))
    return whole > 0 and broken * 2 <= whole


def _broken_utf8(body: bytes) -> Decoded:
    text = body.decode("utf-8", "replace")
    damage, letters = _weigh(text)
    if damage > letters:
        raise Unreadable("encoding can't be told: broken UTF-8")
    broken = text.count("\ufffd")
    return Decoded(text, "utf-8", (f"{broken} broken characters",))


def _unless_by_accident(decoded: Decoded) -> Decoded:
    """Another reading of bytes that are UTF-8 by accident: "ćłł" of windows-1250 is one Chinese character.

    Only text whose every letter beyond ASCII is of another script than Latin, Greek or Cyrillic, or none that was ever
    assigned, is looked at again.
    """
    if decoded.text.isascii() or any(found[0].isalpha() for found in _NEAR_LETTER.finditer(decoded.text)):
        return decoded
    if not any(c.isalpha() or not c.isprintable() for c in _FAR.findall(decoded.text)):
        return decoded
    body = decoded.text.encode()
    for encoding in ("cp1250", "iso8859-2"):
        try:
            text = body.decode(encoding)
        except UnicodeDecodeError:
            continue
        others = _OTHER_LETTER.search(text) or any(c > "\x7f" and not c.isalpha() for c in text)
        if not others and not _weigh(text)[0]:
            return Decoded(text, _public_name(encoding))
    return decoded


def _undouble(text: str) -> Decoded:
    """Strict UTF-8; undoes a wrong decoding the site has saved, where that gives whole words (docs/faults.md 65)."""
    damage, letters = _weigh(text) if _SUSPECT.search(text) else (0, 0)
    if not damage:
        return _unless_by_accident(Decoded(text, "utf-8"))
    if damage > 1:
        # ó is the same letter in all of them: it must not outweigh what is broken where all can be undone
        for wrong, right in _DOUBLE:
            try:
                repaired = text.encode(wrong).decode(right)
            except UnicodeError:
                continue
            left, gained = _weigh(repaired)
            if not left and gained * 3 >= damage:
                return Decoded(repaired, "utf-8", (f"the site saved {right} as {wrong}; undone",))
    if damage == 1 or damage * _DAMAGE_SHARE <= letters:
        return Decoded(text, "utf-8", (f"{damage} characters look broken",) if damage * 20 > letters else ())
    raise Unreadable("the page itself is mojibake")
