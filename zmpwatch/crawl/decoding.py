"""Strict content decoding: a cut or damaged stream is a failure, never a shorter page (docs/faults.md 13-19)."""

from __future__ import annotations

import sys
import zlib

import brotli  # type: ignore[import-untyped]

from zmpwatch.crawl.failure import FetchFailure
from zmpwatch.model import FailureKind

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

__all__ = ["ACCEPTED", "GZIP_FILE", "decode_body"]

ACCEPTED = "gzip, deflate, br, zstd"
"""What servers are asked for: what can be decoded here."""
GZIP_FILE = b"\x1f\x8b\x08"
"""How a gzip file begins (RFC 1952, 2.3.1); deflate is its only method."""
_STEP = 1 << 16


class _Output:
    """Collects decoded bytes up to a limit."""

    def __init__(self, limit: int, *, cut: bool) -> None:
        self.parts: list[bytes] = []
        self.size, self.limit, self.cut, self.full = 0, limit, cut, False

    def add(self, chunk: bytes) -> None:
        self.parts.append(chunk)
        self.size += len(chunk)
        if self.size > self.limit:
            if not self.cut:
                raise FetchFailure(FailureKind.TOO_BIG, f"more than {self.limit} bytes after decoding")
            self.full = True

    def value(self) -> bytes:
        return b"".join(self.parts)[: self.limit] if self.cut else b"".join(self.parts)


def _zlib_stream(body: bytes, wbits: int, out: _Output) -> None:
    """One or several concatenated streams; zlib checks CRC and length of each."""
    rest = body
    while rest and not out.full:
        stream = zlib.decompressobj(wbits)
        while not stream.eof and not out.full:
            chunk = stream.decompress(rest, _STEP)
            rest = stream.unconsumed_tail
            out.add(chunk)
            if not chunk and not rest and not stream.eof:
                raise EOFError
        rest = stream.unused_data
        # some servers pad the stream with zeros, as RFC 1952's gzip(1) allows
        if not rest.strip(b"\0"):
            return


def _gzip(body: bytes, out: _Output) -> None:
    _zlib_stream(body, 31, out)


def _deflate(body: bytes, out: _Output) -> None:
    try:
        zlib.decompressobj().decompress(body, 1)
        wbits = 15
    except zlib.error:
        wbits = -15  # "deflate" without the zlib wrapper, against RFC 9110 but common
    _zlib_stream(body, wbits, out)


def _brotli(body: bytes, out: _Output) -> None:
    stream = brotli.Decompressor()
    chunk = stream.process(body, output_buffer_limit=_STEP)
    out.add(chunk)
    while not stream.is_finished() and not out.full:
        chunk = stream.process(b"", output_buffer_limit=_STEP)
        if not chunk:
            raise EOFError
        out.add(chunk)


def _zstd(body: bytes, out: _Output) -> None:
    rest = body
    while rest and not out.full:
        stream = zstd.ZstdDecompressor()
        chunk = stream.decompress(rest, max_length=_STEP)
        out.add(chunk)
        while not stream.eof and not out.full:
            if stream.needs_input:
                raise EOFError
            chunk = stream.decompress(b"", max_length=_STEP)
            out.add(chunk)
        rest = stream.unused_data


_DECODERS = {"gzip": _gzip, "x-gzip": _gzip, "deflate": _deflate, "br": _brotli, "zstd": _zstd}
_MAX_LAYERS = 2


def decode_body(body: bytes, encodings: list[str], limit: int, *, cut: bool = False) -> tuple[bytes, bool]:
    """Undo the content encodings of a body.

    Args:
        body: as it came over the wire.
        encodings: the values of Content-Encoding, in the order they were applied.
        limit: most bytes any layer may give.
        cut: give the first `limit` bytes, and what a damaged stream holds, instead of failing (robots.txt).

    Returns:
        The bytes, and whether the headers told the truth: a body that says gzip and is plain is given as it stands.

    Raises:
        FetchFailure: TOO_BIG, INCOMPLETE (cut or wrong checksum), UNREADABLE (an encoding we did not ask for).
    """
    names = [e for value in encodings for e in (part.strip().lower() for part in value.split(",")) if e != "identity"]
    names = [n for n in names if n]
    if len(names) > _MAX_LAYERS:
        raise FetchFailure(FailureKind.UNREADABLE, f"{len(names)} content encodings, one inside another")
    honest = True
    for name in reversed(names):
        if name not in _DECODERS:
            raise FetchFailure(FailureKind.UNREADABLE, f"a content encoding that was not asked for: {name[:40]!r}")
        if not body:
            return b"", honest
        if name in {"gzip", "x-gzip"} and not body.startswith(b"\x1f\x8b"):
            honest = False
            continue
        out = _Output(limit, cut=cut)
        try:
            _DECODERS[name](body, out)
        except (EOFError, zlib.error, brotli.error, zstd.ZstdError) as error:
            if not cut:
                # zlib's own words stand behind its number and what it was doing
                why = "is cut" if isinstance(error, EOFError) else f"is damaged: {str(error).rpartition(': ')[2]}"
                raise FetchFailure(FailureKind.INCOMPLETE, f"the {name} stream {why}") from error
            honest = False
        body = out.value()
    return body, honest
