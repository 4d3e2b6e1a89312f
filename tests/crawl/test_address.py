"""One decision on addresses: every spelling of what is not public is refused (docs/faults.md 22-25)."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zmpwatch.crawl.address import AddressPolicy, is_public, normal_host, parse_literal
from zmpwatch.errors import AddressRefused

PRIVATE = [
    "127.0.0.1",
    "127.1",
    "2130706433",
    "0x7f000001",
    "0X7F.1",
    "0177.0.0.1",
    "0",
    "0.0.0.0",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "192.0.2.1",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "240.0.0.1",
    "::1",
    "[::1]",
    "::",
    "::ffff:127.0.0.1",
    "[::ffff:7f00:1]",
    "::127.0.0.1",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "fd12:3456::1",
    "ff02::1",
    "2001:db8::1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "localhost",
    "LOCALHOST.",
    "printer.local",
    "db.internal",
    "x.localhost",
    "127.0.0.1.",
]
PUBLIC = [
    "8.8.8.8",
    "2001:4860:4860::8888",
    "::ffff:8.8.8.8",
    "64:ff9b::808:808",
    "miasta.pl",
    "żółw.example.pl",
    "cafe.pl",
]


def is_refused(host: str) -> bool:
    try:
        AddressPolicy().check_host(host, 80)
    except AddressRefused:
        return True
    return False


@pytest.mark.parametrize("host", PRIVATE)
def test_private_hosts_are_refused(host: str) -> None:
    assert is_refused(host)


@pytest.mark.parametrize("host", PUBLIC)
def test_public_hosts_pass(host: str) -> None:
    assert not is_refused(host)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "data:text/html,x",
        "ftp://miasta.pl/",
        "gopher://miasta.pl/",
        "http://127.0.0.1\\@miasta.pl/",
        "http://miasta.pl@127.0.0.1/",
        "http://user:secret@miasta.pl/",
        "http://miasta.pl:99999/",
        "http://[::1/",
        "http:///x",
        "//miasta.pl/",
        "http://2130706433/",
    ],
)
def test_urls_are_refused(url: str) -> None:
    with pytest.raises(AddressRefused):
        AddressPolicy().check_url(url)


def test_configured_host_is_allowed_exactly() -> None:
    policy = AddressPolicy({"127.0.0.1:8080", "bip.internal", "[::1]:9000", "10.1.2.3"})
    policy.check_host("127.0.0.1", 8080)
    policy.check_host("bip.internal.", 443)
    policy.check_host("::1", 9000)
    policy.check_address("10.1.2.3", "10.1.2.3", 80)
    policy.check_address("192.168.0.7", "bip.internal", 80)
    for host, port in [
        ("127.0.0.1", 8081),
        ("127.0.0.2", 8080),
        ("localhost", 8080),
        ("::1", 80),
        ("2130706433", 8080),
    ]:
        with pytest.raises(AddressRefused):
            policy.check_host(host, port)


def test_name_that_resolves_inside_is_refused() -> None:
    with pytest.raises(AddressRefused, match=r"10\.0\.0\.5 is not a public address"):
        AddressPolicy({"intern.pl:81"}).check_address("10.0.0.5", "intern.pl", 80)


@given(st.ip_addresses(v=4))
def test_every_spelling_of_an_ipv4_address_is_told(address: ipaddress.IPv4Address) -> None:
    number = int(address)
    a, b, c, d = address.packed
    spellings = [
        str(address),
        str(number),
        hex(number),
        f"0{number:o}",
        f"{a}.{number & 0xFFFFFF}",
        f"{a}.{b}.{number & 0xFFFF}",
        f"{a:#x}.{b:#x}.{c:#x}.{d:#x}",
        f"{address}.",
    ]
    assert {parse_literal(s) for s in spellings} == {address}


@given(st.ip_addresses(v=4))
def test_mapped_address_is_as_public_as_the_inner_one(address: ipaddress.IPv4Address) -> None:
    assert is_public(ipaddress.IPv6Address(f"::ffff:{address}")) == is_public(address)


@given(st.text(max_size=40))
def test_any_text_is_a_host_or_none(text: str) -> None:
    assert normal_host(normal_host(text)) == normal_host(text)
    literal = parse_literal(text)
    assert literal is None or isinstance(literal, (ipaddress.IPv4Address, ipaddress.IPv6Address))
