"""What holds a parser up is refused, fast; what honest pages have passes."""

import time
from contextlib import suppress

import pytest

from zmpwatch.errors import LimitExceeded, ReadError
from zmpwatch.read import find_links, read_bytes
from zmpwatch.read.guard import MAX_DEPTH, MAX_ELEMENTS, check_markup

PAGE = "<html><body>{}</body></html>"


def timed(body: bytes) -> float:
    start = time.process_time()
    with suppress(ReadError):
        read_bytes(body)
    return time.process_time() - start


@pytest.mark.parametrize(
    ("markup", "why"),
    [
        ("<p " + " ".join(f"a{i}=1" for i in range(200_000)) + ">373</p>", "attributes"),
        ("<p " + " ".join(f"a{i}" for i in range(200_000)) + ">373</p>", "attributes"),
        ("<p " + "/".join(f"a{i}='>'" for i in range(20_000)) + ">373</p>", "attributes"),
        ("<div>" * 300_000 + "373", "inside one another"),
        ("<div/>" * 30_000 + "373", "inside one another"),
        ("<table><tr><td>" * 20_000 + "373", "inside one another"),
        ("<p a='>'><div>" * 30_000 + "373", "inside one another"),
        ("<svg><p><path/>" + "<path/>" * 30_000 + "373", "inside one another"),
        ("<script><!--<script></script>" + "</div>" * 9_000 + "--></script>" + "<div>" * 12_000, "inside one another"),
        ("<li>x" * 300_000, "elements"),
        ("<img alt='" + "x" * (3_200_000) + "'>", "tag"),
        ("x" * 4_300_000, "bytes"),
    ],
    ids=range(12),
)
def test_refused_at_once(markup, why):
    body = PAGE.format(markup).encode()
    start = time.process_time()
    with pytest.raises(LimitExceeded, match=why):
        read_bytes(body, url="https://x.test/")
    assert time.process_time() - start < 3


@pytest.mark.parametrize("depth", [300, 1_900, 5_000, 9_000])
def test_deep_pages_give_their_text(depth):
    body = PAGE.format("<div>" * depth + "373" + "</div>" * depth).encode()
    assert read_bytes(body).content == "373"


def test_an_inline_picture_of_two_megabytes_passes():
    body = PAGE.format('<img src="data:image/png;base64,' + "iVBORw0KGgo" * 190_000 + '=="><p>373</p>').encode()
    assert read_bytes(body).content == "373"


def test_open_list_items_are_no_nesting():
    assert check_markup(b"<ul>" + b"<li><p>x" * 20_000) == 1
    assert check_markup(b"<svg>" + b"<path d='M0'/>" * 20_000 + b"</svg>") == 1


def test_script_and_comment_hold_no_elements():
    assert check_markup(b"<script>'<div>'</script><!-- <div><div> --><style><div></style><b>x</b>") == 1


@pytest.mark.parametrize(
    "body",
    [
        PAGE.format("<p>" + "1" * 50_000 + " " * 100_000 + "a" * 50_000 + "!").encode(),
        b"<" * 2_000_000,
        b"<a" * 1_000_000,
        b"<html>" + b"<!--" * 500_000,
        b"<html>" + b"<script>" * 250_000,
        b"<html>" + b"<p a='>" * 200_000,
        b"<html>" + b'<p a=">' * 200_001,
        b"<p>" + b"Opublikowano " * 150_000,
        b"<p>" + b"1.1.2020 " * 200_000,
        b"<script type='application/ld+json'>" + b"[" * 300_000 + b"</script><p>x",
        b"\xb9" * 1_000_000,
        b"&" * 1_000_000,
        b"&amp" * 500_000,
        ("Zażółć " * 100_000).encode("cp1250"),
    ],
    ids=range(14),
)
def test_time_is_linear(body):
    assert timed(body) < 8


def test_links_of_a_long_page_are_bounded():
    body = PAGE.format("".join(f'<a href="/{i}">{i}</a> ' for i in range(100_000))).encode()
    start = time.process_time()
    links = find_links(body, url="https://x.test/")
    assert time.process_time() - start < 8
    assert [link.url for link in links] == [f"https://x.test/{i}" for i in range(2_000)]


def test_depth_bound_is_named():
    with pytest.raises(LimitExceeded, match=f"{MAX_DEPTH:,}"):
        check_markup(b"<b>" * (MAX_DEPTH + 1))


def test_a_link_is_one_element_deeper_than_what_it_stands_in():
    link = b'<a href="/x" class="y">z</a>'
    assert check_markup(b"<div>" + link) == check_markup(b"<div><a href='/x'>z</a>") == 2
    with pytest.raises(LimitExceeded, match=f"{MAX_DEPTH:,}"):
        check_markup(b"<b>" * MAX_DEPTH + link)


def test_what_stands_in_quotation_marks_closes_nothing():
    assert check_markup(b'<div><li title="</div>"><p title="></div>"><b>x</b>' * 50) == 51


def test_all_elements_are_counted_where_there_may_be_too_many():
    with pytest.raises(LimitExceeded, match=f"{MAX_ELEMENTS:,}"):
        check_markup(b"<p>" * (MAX_ELEMENTS + 1))
    assert check_markup(b"<p></p>" * (MAX_ELEMENTS // 2)) == 0
