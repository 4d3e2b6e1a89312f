"""The endpoint that plays the subscriber."""

from __future__ import annotations

from http.client import HTTPConnection
from urllib.parse import urlsplit

import apprise
import pytest

from zmpwatch.service.replica import Receiver


def post(url: str, body: bytes, **headers: str) -> int:
    parts = urlsplit(url)
    connection = HTTPConnection(str(parts.hostname), parts.port, timeout=10)
    try:
        connection.request("POST", parts.path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        return connection.getresponse().status
    finally:
        connection.close()


@pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")  # Apprise asks for it up to Python 3.12
def test_an_alert_sent_by_apprise_arrives_whole() -> None:
    with Receiver() as inbox:
        sender = apprise.Apprise()
        assert sender.add(inbox.url("redakcja"))
        assert sender.notify(title="373 → 381", body="Hajnówka, „Zaniemyśl”\n• drugi wiersz", notify_type="success")
        assert inbox.wait_for(1, 5)
        (message,) = inbox.messages
    assert (message.title, message.type, message.path.rstrip("/")) == ("373 → 381", "success", "/redakcja")
    assert message.body == "Hajnówka, „Zaniemyśl”\n• drugi wiersz"
    assert message.headers["content-type"].startswith("application/json")
    assert message.payload["message"] == message.body


def test_messages_keep_their_order() -> None:
    with Receiver() as inbox:
        for number in range(5):
            body = f'{{"title": "{number}", "message": "m", "type": "info"}}'.encode()
            assert post(inbox.url(), body) == 204
        assert [message.title for message in inbox.messages] == list("01234")
        assert not inbox.wait_for(6, 0.01)


@pytest.mark.parametrize(
    "body", [b"", b"no json", b"[]", b'{"title": "t"}', b'{"title": 1, "message": "m", "type": "info"}', b"\xff"]
)
def test_what_is_no_alert_is_refused_and_not_kept(body: bytes) -> None:
    with Receiver() as inbox:
        assert post(inbox.url(), body) == 400
        assert inbox.messages == ()


def test_a_flood_is_refused() -> None:
    with Receiver() as inbox:
        assert post(inbox.url(), b"", Content_Length=str(1 << 40)) == 413


def test_a_stopped_receiver_has_no_address() -> None:
    with pytest.raises(RuntimeError, match="not running"):
        Receiver().url()
