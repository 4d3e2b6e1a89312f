from __future__ import annotations

import logging

import pytest

from zmpwatch.alert.addresses import address_problem, check_address


@pytest.mark.parametrize(
    "url",
    [
        "json://127.0.0.1:9000/hook",
        "jsons://user:secret@example.org/hook?+X-Token=swordfish",
        "mailto://user:secret@example.org?to=a@example.org",
        "mailto://127.0.0.1:8025?from=a@example.org&to=b@example.org&mode=insecure",
        "ntfy://127.0.0.1:8765/temat",
        "jsons://redaktor:za%C5%BC%C3%B3%C5%82%C4%87@example.org/hook?+X-Token=g%C4%99%C5%9Bl%C4%85",
        "mailto://redaktor:za%C5%BC%C3%B3%C5%82%C4%87@example.org?to=a@example.org,b@example.org",
    ],
)
def test_addresses_that_can_be_used(url: str) -> None:
    check_address(url)
    assert address_problem(url) is None


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("", "is empty"),
        ("redakcja@swordfish.pl", "must begin with a scheme"),
        ("${SWORDFISH}", "is the variable set"),
        ("json://${SWORDFISH}", "is the variable set"),
        ("https://swordfish.example.org/hook", "write jsons://"),
        ("nosuch://swordfish", "no service nosuch://"),
        ("json://", "the host is missing"),
        ("json://:swordfish@", "the host is missing"),
        ("tgram://swordfish", "is incomplete"),
        ("ntfy://swordfish@127.0.0.1:8765", "names no topic"),
        ("mailto://user:pass@example.org?to=swordfish", "a receiver that is none"),
        ("mailto://user:pass@example.org?to=a@example.org,b@swordfish%C5%82.pl", "a receiver that is none"),
        ("mailto://user:pass@example.org?to=a@example.org&bcc=swordfish", "a receiver that is none"),
        ("json://127.0.0.1/hook?+X-Zażółć=swordfish", "letters that no header's name may have"),
        ("mailto://user:swordfish℀@example.org?to=swordfish", "a receiver that is none|is incomplete"),
    ],
)
def test_addresses_that_can_not(
    url: str, words: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.DEBUG), pytest.raises(ValueError, match=words) as caught:
        check_address(url)
    shown = "".join((str(caught.value), caplog.text, *capfd.readouterr()))
    assert "swordfish" not in shown.casefold()
    assert address_problem(url) == str(caught.value)
    assert "\n" not in str(caught.value)
