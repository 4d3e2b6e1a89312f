from __future__ import annotations

import json
import subprocess
import sys
import time
from base64 import b64decode
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest

from zmpwatch.alert.carrier import _PLUGINS, judge
from zmpwatch.alert.message import Message, compose
from zmpwatch.alert.send import AppriseSender, Outcome

from .casefolder import CASES, load
from .servers import PostOffice, Receiver, closed_port, post_office
from .towns import TownNames

KEY = "0123456789abcdef0123456789abcdef"
MESSAGE = Message("ZMP: 373 → 381 (+8): Zażółć", "gęślą jaźń\n", "**gęślą** jaźń\n", "<p>gęślą jaźń</p>\n", KEY)


@pytest.mark.parametrize(
    ("path", "outcome", "detail"),
    [
        ("200", Outcome.SENT, "HTTP 200"),
        ("204", Outcome.SENT, "HTTP 204"),
        ("redirect", Outcome.REFUSED, "HTTP 302"),
        ("401", Outcome.REFUSED, "HTTP 401"),
        ("404", Outcome.REFUSED, "HTTP 404"),
        ("410", Outcome.REFUSED, "HTTP 410"),
        ("429", Outcome.FAILED, "HTTP 429"),
        ("500", Outcome.FAILED, "HTTP 500"),
        ("503", Outcome.FAILED, "HTTP 503"),
        # 200 is no yes where the answer says otherwise
        ("login", Outcome.REFUSED, "a log-in page answered"),
        ("not-ok", Outcome.REFUSED, "the service says it is not ok"),
        ("thanks", Outcome.SENT, "HTTP 200"),
        ("later", Outcome.FAILED, "HTTP 429"),
        ("hang", Outcome.UNKNOWN, "no answer in time"),
        ("drop", Outcome.UNKNOWN, "the connection ended without an answer"),
    ],
)
def test_web_hook(hook: Receiver, sender: AppriseSender, path: str, outcome: Outcome, detail: str) -> None:
    result = sender.send(hook.url(path), MESSAGE)
    assert (result.outcome, result.detail) == (outcome, detail)
    # once, whatever the answer, and no redirect followed
    assert [t.path for t in hook.taken] == [f"/{path}"]


def test_a_service_may_say_when_to_come_again(hook: Receiver, sender: AppriseSender) -> None:
    assert sender.send(hook.url("later"), MESSAGE).retry_after == timedelta(hours=2)
    assert sender.send(hook.url("500"), MESSAGE).retry_after is None


def test_web_hook_gets_text_and_key(hook: Receiver, sender: AppriseSender) -> None:
    sender.send(hook.url("200"), MESSAGE)
    (taken,) = hook.taken
    assert taken.body["title"] == MESSAGE.subject
    assert taken.body["message"].strip() == "gęślą jaźń"
    assert taken.headers["Idempotency-Key"] == KEY


def test_web_hook_may_ask_for_markdown(hook: Receiver, sender: AppriseSender) -> None:
    sender.send(hook.url("200", query="?format=markdown"), MESSAGE)
    assert hook.taken[0].body["message"].strip() == "**gęślą** jaźń"


def test_address_can_not_turn_on_redirects_or_retries(hook: Receiver, sender: AppriseSender) -> None:
    assert sender.send(hook.url("redirect", query="?redirect=yes"), MESSAGE).outcome is Outcome.REFUSED
    assert sender.send(hook.url("500", query="?retry=3&wait=0"), MESSAGE).outcome is Outcome.FAILED
    assert [t.path for t in hook.taken] == ["/redirect", "/500"]


def test_ntfy(hook: Receiver, sender: AppriseSender) -> None:
    assert sender.send(hook.url("temat", scheme="ntfy"), MESSAGE).outcome is Outcome.SENT
    assert hook.taken[0].body == {"topic": "temat", "title": MESSAGE.subject, "message": "gęślą jaźń"}


PASSWORD = "zażółć/ó:€"


@pytest.mark.parametrize("scheme", ["json", "ntfy"])
def test_a_password_with_polish_letters_is_sent_as_utf_8(hook: Receiver, sender: AppriseSender, scheme: str) -> None:
    url = f"{scheme}://redaktor:{quote(PASSWORD, safe='')}@127.0.0.1:{hook.port}/200"
    assert sender.send(url, MESSAGE).outcome is Outcome.SENT
    word, _, code = hook.taken[0].headers["Authorization"].partition(" ")
    assert (word, b64decode(code).decode()) == ("Basic", f"redaktor:{PASSWORD}")


def test_a_header_with_polish_letters_is_sent_as_utf_8(hook: Receiver, sender: AppriseSender) -> None:
    url = hook.url("200", query=f"?+X-Token={quote(PASSWORD, safe='')}")
    assert sender.send(url, MESSAGE).outcome is Outcome.SENT
    # the standard library reads bytes of a header as Latin-1
    assert hook.taken[0].headers["X-Token"].encode("latin-1").decode() == PASSWORD


@pytest.mark.parametrize(("without", "mechanism"), [((), "PLAIN"), (("PLAIN",), "LOGIN")])
def test_a_mail_password_with_polish_letters_is_sent_as_utf_8(
    sender: AppriseSender, without: tuple[str, ...], mechanism: str
) -> None:
    with post_office(without) as office:
        user = f"redaktor:{quote(PASSWORD, safe='')}@"
        assert sender.send(office.url.replace("mailto://", f"mailto://{user}"), MESSAGE).outcome is Outcome.SENT
    assert office.logins == [(mechanism, b"redaktor", PASSWORD.encode())]
    assert len(office.taken) == 1


def test_the_plugins_that_are_loaded_alone_are_those_apprise_would_take() -> None:
    code = """
import json
from apprise.manager_plugins import NotificationManager
manager = NotificationManager()
print(json.dumps({name: manager[name].__module__.split(".")[2] for name in manager.schemas()}))
"""
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    taken = json.loads(said.stdout)
    assert {scheme: taken[scheme] for scheme in _PLUGINS} == _PLUGINS


def test_one_plugin_is_loaded_alone_and_others_with_all(hook: Receiver) -> None:
    """Nothing but the start of a message depends on it; what it costs does."""
    code = """
import sys
from zmpwatch.alert.carrier import _load_plugin
import apprise
_load_plugin(sys.argv[1])
service = apprise.Apprise.instantiate(sys.argv[1])
print(type(service).__name__, sum(name.startswith("apprise.plugins.") for name in sys.modules) > 60)
"""
    for url, said in ((hook.url("200"), "NotifyJSON False"), ("kodi://127.0.0.1/", "NotifyXBMC True")):
        done = subprocess.run([sys.executable, "-c", code, url], capture_output=True, check=True, text=True)
        assert done.stdout.strip() == said


def test_what_no_header_can_hold_is_an_address_to_be_corrected(hook: Receiver, sender: AppriseSender) -> None:
    result = sender.send(hook.url("200", query="?+X-Zażółć=1"), MESSAGE)
    assert (result.outcome, result.detail) == (
        Outcome.REFUSED,
        "the address has letters that this service can't be sent",
    )
    assert hook.taken == []


def test_refused_connection_is_a_certain_failure(sender: AppriseSender) -> None:
    with closed_port() as port:
        for url in (
            f"json://127.0.0.1:{port}/",
            f"mailto://127.0.0.1:{port}?from=a@example.org&to=b@example.org&mode=insecure",
        ):
            result = sender.send(url, MESSAGE)
            assert (result.outcome, result.detail) == (Outcome.FAILED, "connection refused")


def test_answer_of_two_gigabytes_is_bounded(hook: Receiver, sender: AppriseSender) -> None:
    result = sender.send(hook.url("bomb"), MESSAGE)
    assert result.outcome in {Outcome.UNKNOWN, Outcome.FAILED}
    assert len(hook.taken) == 1


def test_child_that_never_ends_is_ended(hook: Receiver) -> None:
    started = time.monotonic()
    patient = AppriseSender(read_timeout=60, connect_timeout=60, service_timeout=60, deadline=2)
    assert patient.send(hook.url("hang"), MESSAGE).outcome is Outcome.UNKNOWN
    assert time.monotonic() - started < 10


def test_mail(mail: PostOffice, sender: AppriseSender) -> None:
    message = compose(
        load(CASES / "eight-more-six-named"), recipient="redakcja", language="pl", names=TownNames(), key=KEY
    )
    assert sender.send(mail.url, message).outcome is Outcome.SENT
    (envelope, parsed) = mail.taken[0]
    assert envelope.rcpt_tos == ["redakcja@example.org"]
    assert parsed["Subject"] == message.subject
    assert parsed["X-Zmpwatch-Key"] == KEY
    html, text = parsed.get_body(("html",)), parsed.get_body(("plain",))
    assert html is not None
    assert text is not None
    assert "„…w piątek Zarząd Związku zaliczył Hajnówkę w poczet członków”" in html.get_content()
    shown = text.get_content()
    for words in (
        "Hajnówka (podlaskie) – przyjęta 28 lutego 2025 r.",
        "Bilans: 373 + 8 = 381.",
        "wiadomość 0123456789ab",
    ):
        assert words in shown
    # each fact on a line of its own, as in our text
    assert "\nuchwała nr XI/59/25" in shown.replace("\r\n", "\n")


@pytest.mark.parametrize(
    ("answer", "outcome", "detail"),
    [
        ("451 later", Outcome.FAILED, "SMTP 451"),
        ("550 no such user", Outcome.FAILED, "SMTP 550"),
        (None, Outcome.UNKNOWN, "the connection ended without an answer"),
    ],
)
def test_mail_server_that_will_not(
    mail: PostOffice, sender: AppriseSender, answer: str | None, outcome: Outcome, detail: str
) -> None:
    mail.answer = answer
    result = sender.send(mail.url, MESSAGE)
    assert (result.outcome, result.detail) == (outcome, detail)
    assert len(mail.taken) == 1


def test_nothing_fetched_can_add_a_header(mail: PostOffice, sender: AppriseSender) -> None:
    message = compose(load(CASES / "hostile"), recipient="x\r\nBcc: y", language="pl", names=TownNames(), key=KEY)
    sender.send(mail.url, message)
    # even a subject nobody cleaned stays one header
    sender.send(mail.url, Message("a\r\nBcc: evil@example.org\r\n\r\nbody", "t", "t", "t", KEY))
    for envelope, parsed in mail.taken:
        assert envelope.rcpt_tos == ["redakcja@example.org"]
        assert parsed["Bcc"] is None
        assert set(parsed.keys()) <= {
            "Content-Type",
            "MIME-Version",
            "Subject",
            "From",
            "To",
            "Message-ID",
            "Date",
            "X-Application",
            "X-Zmpwatch-Key",
            "X-Peer",
            "X-MailFrom",
            "X-RcptTo",
        }
    html = mail.taken[0][1].get_body(("html",))
    assert html is not None
    assert "<script" not in html.get_content()


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="processes are looked at in /proc")
def test_secrets_stay_where_they_are(
    hook: Receiver,
    sender: AppriseSender,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Logs, results, output, command line and environment of the child show neither the address nor our variables."""
    monkeypatch.setenv("SOMEBODYS_TOKEN", "swordfish")
    url = f"json://user:swordfish@127.0.0.1:{hook.port}/hang?+X-Token=swordfish"
    with caplog.at_level("DEBUG"), ThreadPoolExecutor() as pool:
        sending = pool.submit(sender.send, url, MESSAGE)
        while not hook.taken:
            assert not sending.done()
        children = {pid for tasks in Path("/proc/self/task").glob("*/children") for pid in tasks.read_text().split()}
        assert children
        processes = [Path(f"/proc/{pid}/{file}").read_bytes() for pid in children for file in ("cmdline", "environ")]
        result = sending.result()
    seen = [repr(result), caplog.text, *capfd.readouterr(), *(p.decode(errors="replace") for p in processes)]
    assert not [text for text in seen if "swordfish" in text]
    assert hook.taken[0].headers["X-Token"] == "swordfish"


@pytest.mark.parametrize(
    ("status", "lines", "expected"),
    [
        ("SUCCESS", [], "sent"),
        ("TIMEOUT", [], "unknown"),
        ("FAILURE", ["Failed to send JSON POST notification: error=404."], "refused"),
        ("FAILURE", ["Failed to send ntfy notification to topic 't': error=50001."], "unknown"),
        ("FAILURE", ["Socket Exception: (550, b'no')", "Sending email failed"], "failed"),
        ("FAILURE", ["Socket Exception: [Errno 111] Connection refused"], "failed"),
        ("FAILURE", ["something new"], "unknown"),
        # one of several recipients has it: a repeat would reach him twice, so nobody may call it failed
        ("FAILURE", ["Sent Email to a@x", "SMTP recipient b@x was refused: 550 b'no'"], "unknown"),
    ],
)
def test_judgement(status: str, lines: list[str], expected: str) -> None:
    assert judge(status, lines)["outcome"] == expected
