"""Strict decoding: whole, or a typed failure; never a shorter page (docs/faults.md 13-19)."""

import gzip
import zlib

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawl.web import Reply, Web, fetch, html
from zmpwatch.crawl.decoding import decode_body, zstd
from zmpwatch.crawl.failure import FetchFailure
from zmpwatch.model import FailureKind

LIMIT = 1 << 20
ENCODERS = {
    "gzip": lambda b: gzip.compress(b, mtime=0),
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstd.compress,
}


@pytest.mark.parametrize("name", ENCODERS)
@given(body=st.binary(min_size=1, max_size=3000))
def test_round_trip(name: str, body: bytes) -> None:
    assert decode_body(ENCODERS[name](body), [name.upper()], LIMIT) == (body, True)


@pytest.mark.parametrize("name", ENCODERS)
@given(data=st.data())
def test_cut_anywhere_is_incomplete(name: str, data: st.DataObject) -> None:
    encoded = ENCODERS[name](b"Lista miast: " + bytes(range(256)) * 8)
    keep = data.draw(st.integers(2, len(encoded) - 1))
    with pytest.raises(FetchFailure) as caught:
        decode_body(encoded[:keep], [name], LIMIT)
    assert caught.value.kind is FailureKind.INCOMPLETE


def test_wrong_checksum_is_incomplete() -> None:
    encoded = bytearray(gzip.compress(b"x" * 500, mtime=0))
    encoded[-8] ^= 0xFF
    with pytest.raises(FetchFailure) as caught:
        decode_body(bytes(encoded), ["gzip"], LIMIT)
    assert caught.value.kind is FailureKind.INCOMPLETE


@pytest.mark.parametrize("name", ENCODERS)
def test_bomb_stops_at_the_limit(name: str) -> None:
    with pytest.raises(FetchFailure) as caught:
        decode_body(ENCODERS[name](b"\0" * (LIMIT * 30)), [name], LIMIT)
    assert caught.value.kind is FailureKind.TOO_BIG


def test_two_layers_are_undone_three_are_not() -> None:
    body = b"tekst" * 100
    double = gzip.compress(brotli.compress(body), mtime=0)
    assert decode_body(double, ["br, gzip"], LIMIT) == (body, True)
    assert decode_body(double, ["br", "gzip"], LIMIT) == (body, True)
    with pytest.raises(FetchFailure) as caught:
        decode_body(gzip.compress(double), ["br, gzip, gzip"], LIMIT)
    assert caught.value.kind is FailureKind.UNREADABLE


def test_several_members_and_padding_belong_to_one_body() -> None:
    assert decode_body(gzip.compress(b"ab") + gzip.compress(b"cd") + b"\0" * 8, ["gzip"], LIMIT) == (b"abcd", True)


def test_raw_deflate_is_read() -> None:
    assert decode_body(zlib.compress(b"tekst" * 9)[2:-4], ["deflate"], LIMIT) == (b"tekst" * 9, True)


def test_plain_body_that_says_gzip_is_told() -> None:
    assert decode_body(b"<p>tekst", ["gzip"], LIMIT) == (b"<p>tekst", False)


def test_unknown_encoding_is_unreadable() -> None:
    with pytest.raises(FetchFailure) as caught:
        decode_body(b"x", ["compress"], LIMIT)
    assert caught.value.kind is FailureKind.UNREADABLE


def test_identity_and_nothing_are_no_encoding() -> None:
    assert decode_body(b"x", ["identity", ""], LIMIT) == (b"x", True)
    assert decode_body(b"", ["gzip"], LIMIT) == (b"", True)


def test_cut_mode_keeps_what_there_is() -> None:
    encoded = gzip.compress(b"User-agent: *\n" * 10_000, mtime=0)
    assert decode_body(encoded, ["gzip"], 100, cut=True)[0] == (b"User-agent: *\n" * 10)[:100]
    got, honest = decode_body(encoded[: len(encoded) // 2], ["gzip"], LIMIT, cut=True)
    assert not honest
    assert got.startswith(b"User-agent: *\n")


def test_a_page_that_its_author_packed_is_unpacked() -> None:
    """Served as text/html without Content-Encoding, as a gzip file, or packed once more on the way."""
    pages = [html("Ogłoszenie", f"<p>Rada podjęła uchwałę nr {number}.</p>").encode() for number in range(3)]
    packed = [gzip.compress(page, mtime=0) for page in pages]
    replies = {
        "/plain.html.gz": Reply(packed[0]),
        "/file.html.gz": Reply(packed[1], headers={"Content-Type": "application/gzip"}),
        "/twice.html.gz": Reply(gzip.compress(packed[2], mtime=0), headers={"Content-Encoding": "gzip"}),
    }
    with Web(replies) as web:
        sink = fetch(web, *replies)
    assert [one.body for one in sink.pages] == pages
    assert sink.report.failures == []


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (gzip.compress(html("Ogłoszenie", "<p>Rada podjęła uchwałę.</p>" * 20).encode(), mtime=0)[:-20], "incomplete"),
        (gzip.compress(b"<p>" + b"x" * (6 << 20), mtime=0), "too_big"),
        (gzip.compress(b"\0" * (40 << 20), mtime=0), "too_big"),
    ],
)
def test_a_packed_page_is_bound_as_any(body: bytes, kind: str) -> None:
    with Web({"/x.html.gz": Reply(body)}) as web:
        sink = fetch(web, "/x.html.gz")
    assert (sink.kinds(), sink.pages) == ([FailureKind(kind)], [])
