"""One message to one address, in a process of its own.

`send` runs this file with the parcel on standard input and reads one line of JSON from standard output. A process each,
because Apprise waits in threads that nothing can stop, reads answers of any size (an answer of 600 MB took 786 MB of
memory), writes addresses with their secrets to its debug log, and tells only there what went wrong: all of
that ends with the process. The address comes on standard input, so that no list of processes shows it.

Nothing here imports zmpwatch: the file is run by its path, which keeps the child small.
"""

from __future__ import annotations

import json
import logging
import os
import re
import resource
import sys
from typing import Any

# What the debug log says when nothing of the message has left us; matched without regard to case.
_NOT_SENT = (
    ("connection refused", "connection refused"),
    ("name or service not known", "no such host"),
    ("nameresolutionerror", "no such host"),
    ("failed to resolve", "no such host"),
    ("temporary failure in name resolution", "no such host"),
    ("connecttimeout", "no connection in time"),
    ("no route to host", "no route to host"),
    ("network is unreachable", "network unreachable"),
    ("certificate verify failed", "certificate refused"),
    ("sslerror", "TLS failed"),
    ("authentication", "login refused"),
)
_HTTP_STATUS = re.compile(r"\berror=(\d{3})\b")
_SMTP_STATUS = re.compile(r"(?:^|\W)\(?([45]\d\d)(?:, b| [^0-9])")
_PASSWORD_FIELD = re.compile(r"<input\b[^>]{0,300}\btype\s*=\s*[\"']?password", re.IGNORECASE)
_MAIL = {"mailto", "mailtos"}
_PLUGINS = {
    **dict.fromkeys(("json", "jsons"), "custom_json"),
    **dict.fromkeys(("xml", "xmls"), "custom_xml"),
    **dict.fromkeys(("form", "forms"), "custom_form"),
    **dict.fromkeys(("mailto", "mailtos"), "email"),
    **dict.fromkeys(("ntfy", "ntfys"), "ntfy"),
    **dict.fromkeys(("mmost", "mmosts"), "mattermost"),
    **dict.fromkeys(("gotify", "gotifys"), "gotify"),
    **dict.fromkeys(("matrix", "matrixs"), "matrix"),
    **dict.fromkeys(("rocket", "rockets"), "rocketchat"),
    **dict.fromkeys(("signal", "signals"), "signal_api"),
    "discord": "discord",
    "slack": "slack",
    "tgram": "telegram",
    "pover": "pushover",
    "webex": "webexteams",
}
"""Apprise's plug-ins for the addresses that are written most, by scheme."""
_WAIT_CODES = {408, 425, 429}
# reads Markdown in whatever it gets: a "*" or "_" of ours must come escaped
_READS_MARKDOWN = {"discord"}
_MEMORY = 768 * 1024 * 1024
_CPU_SECONDS = 60


_HEAD = 16 * 1024
"""How much of an answer is looked at."""
_LONGEST_WAIT = 24 * 3600


class _Utf8(str):
    """Text that becomes bytes as UTF-8, whatever its user asks for."""

    __slots__ = ()

    def encode(self, encoding: str = "utf-8", errors: str = "strict") -> bytes:  # noqa: ARG002 - as str has it
        """The bytes."""
        return str.encode(self, "utf-8")


def _speak_utf8() -> None:
    """Send names and passwords as UTF-8 (RFC 7617, RFC 4616): `requests` can't send "ł" otherwise, nor smtplib "ó"."""
    import smtplib  # noqa: PLC0415  (not before the limits are set)

    from requests.auth import HTTPBasicAuth  # noqa: PLC0415  (as above)

    basic, login, authenticate = HTTPBasicAuth.__init__, smtplib.SMTP.login, smtplib.SMTP.auth

    def of(text: Any) -> Any:
        return _Utf8(text) if isinstance(text, str) else text

    def with_utf8(auth: HTTPBasicAuth, username: Any, password: Any) -> None:
        basic(auth, of(username), of(password))

    def login_with_utf8(server: Any, user: str, password: str, **options: Any) -> Any:
        return login(server, of(user), of(password), **options)

    def auth_with_utf8(server: Any, mechanism: str, answer: Any, **options: Any) -> Any:
        return authenticate(server, mechanism, lambda *challenge: of(answer(*challenge)), **options)

    HTTPBasicAuth.__init__ = with_utf8  # type: ignore[method-assign,assignment]
    smtplib.SMTP.login = login_with_utf8  # type: ignore[method-assign,assignment]
    smtplib.SMTP.auth = auth_with_utf8  # type: ignore[method-assign,assignment]


class _Answers:
    """What services answered: Apprise tells the status of what went wrong alone, and takes any 2xx for delivered."""

    def __init__(self) -> None:
        self.last = ""
        self.denial: str | None = None
        self.retry_after: int | None = None

    def listen(self) -> None:
        """Look at every answer that `requests` gets in this process, and at what mail servers say to a mail."""
        import smtplib  # noqa: PLC0415  (not before the limits are set)

        import requests  # noqa: PLC0415  (as above)

        send, data = requests.Session.send, smtplib.SMTP.data

        def listening(session: Any, request: Any, **options: Any) -> Any:
            for name, value in request.headers.items():
                # a token of ours, which http.client would want in Latin-1
                if isinstance(value, str) and not value.isascii():
                    request.headers[name] = value.encode()
            answer = send(session, request, **options)
            self.note(answer.status_code, answer.headers, getattr(answer, "_content", None))
            return answer

        def listening_to_mail(server: Any, message: Any) -> tuple[int, bytes]:
            code, said = data(server, message)
            self.last = f"SMTP {code}"
            return code, said

        requests.Session.send = listening  # type: ignore[method-assign,assignment]
        smtplib.SMTP.data = listening_to_mail  # type: ignore[method-assign,assignment]

    def note(self, status: int, headers: Any, body: object) -> None:
        """Keep the status, why an answer is no yes, and when to come again."""
        self.last = f"HTTP {status}"
        wait = headers.get("Retry-After", "")
        if status in _WAIT_CODES | {503} and wait.isascii() and wait.isdigit():
            self.retry_after = min(int(wait[:6]), _LONGEST_WAIT)
        if 200 <= status < 300 and isinstance(body, bytes):
            self.denial = self.denial or _denial(headers.get("Content-Type", ""), body[:_HEAD])


def _denial(content_type: str, body: bytes) -> str | None:
    """Why an answer with HTTP 2xx is no yes: a log-in page, or JSON that says it is not ok."""
    text = body.decode("utf-8", "replace").strip()
    if "html" in content_type.lower() or text[:15].lower().startswith(("<!doctype html", "<html")):
        return "a log-in page answered" if _PASSWORD_FIELD.search(text) else None
    if not text.startswith("{"):
        return None
    try:
        told = json.loads(text)
    except ValueError:
        return None
    if isinstance(told, dict) and any(told.get(word) is False for word in ("ok", "success")):
        return "the service says it is not ok"
    return None


class _Memory(logging.Handler):
    """Keeps the log lines of this one delivery; they are judged here and never leave the process."""

    def __init__(self) -> None:
        super().__init__(level=logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if len(self.lines) < 1_000:
            self.lines.append(record.getMessage()[:2_000])


def _load_plugin(url: str) -> None:
    """Load the one plug-in that the address needs: Apprise would load all 140, more than half of what a message costs.

    It loads what it finds listed in its folder, so it is shown one entry of it. Of other addresses it loads all itself.
    """
    wanted = _PLUGINS.get(url.partition("://")[0].lower())
    if wanted is None:
        return
    from apprise.manager_plugins import NotificationManager  # noqa: PLC0415  (not before the limits are set)

    manager: Any = NotificationManager
    listed = os.listdir
    os.listdir = lambda folder: [name for name in listed(folder) if name.partition(".")[0] == wanted]  # type: ignore[assignment]
    try:
        manager().load_modules()
    finally:
        os.listdir = listed


def deliver(parcel: dict[str, Any]) -> dict[str, Any]:
    """Hand the parcel to Apprise; return ``{"outcome", "detail", "retry_after", "body_format"}``.

    Details are of a fixed vocabulary and hold no secrets; `retry_after` counts seconds, or is None; `body_format` says
    which body the service was given, or is None.
    """
    import apprise  # noqa: PLC0415  (not before the limits are set)

    log = _Memory()
    logger = logging.getLogger("apprise")
    logger.propagate = False
    logger.setLevel(logging.DEBUG)
    logger.addHandler(log)

    asset = apprise.AppriseAsset(
        app_id="zmpwatch",
        app_desc="zmpwatch",
        app_url=parcel["home"],
        http_redirects=False,
        default_service_retry=0,
        service_timeout=parcel["service_timeout"],
        allow_templates=False,
        payload_max_size=parcel["payload_max"],
        interpret_escapes=False,
        secure_logging=True,
        pgp_autogen=False,
        pem_autogen=False,
        image_url_mask="",
        image_url_logo="",
    )
    answers = _Answers()
    answers.listen()
    _speak_utf8()
    _load_plugin(parcel["url"])
    service = apprise.Apprise.instantiate(parcel["url"], asset=asset)
    if service is None:
        detail = "the address is not understood"
        return {"outcome": "refused", "detail": detail, "retry_after": None, "body_format": None}
    mail = _prepare(service, parcel)
    formats = set(service._formats())
    chosen = _format(apprise.NotifyFormat, service, formats, mail)
    courier = apprise.Apprise(asset=asset)
    courier.add(service)
    result = courier.notify(
        body=parcel[chosen.value], title=parcel["subject"], body_format=chosen, log_level=logging.DEBUG
    )
    judged = judge(result.status.name, log.lines)
    if judged["outcome"] == "sent":
        judged["detail"] = answers.last
        if answers.denial:
            judged = {"outcome": "refused", "detail": answers.denial}
    return {**judged, "retry_after": answers.retry_after, "body_format": chosen.value}


def _prepare(service: Any, parcel: dict[str, Any]) -> bool:
    """Bound what the address may ask for, show the receiver the key, and return whether it is a mail."""
    mail = bool(_MAIL & {service.protocol, service.secure_protocol})
    service.redirects = False
    service.retry = 0
    defaults = type(service)
    if service.socket_read_timeout == defaults.socket_read_timeout:
        service.socket_read_timeout = parcel["read_timeout"]
    if service.socket_connect_timeout == defaults.socket_connect_timeout:
        # a mail server's every answer is waited for with the connect timeout
        service.socket_connect_timeout = parcel["read_timeout" if mail else "connect_timeout"]
    if service.body_maxlen < len(parcel["text"]) and not mail:
        service.overflow_mode = "split"
    # JSON, XML, form and mail take headers of ours; the others show the key in the footer
    if isinstance(getattr(service, "headers", None), dict):
        service.headers["X-Zmpwatch-Key" if mail else "Idempotency-Key"] = parcel["key"]
    return mail


def _format(kinds: Any, service: Any, formats: set[Any], mail: bool) -> Any:
    """Mail gets HTML (Apprise adds the text part), services that prefer Markdown get it, all others text."""
    asked = getattr(service, "_format_override", None)
    if asked in formats:
        return asked
    if mail:
        return kinds.HTML
    preferred = service._formats()[0]
    if preferred is kinds.MARKDOWN or (service.secure_protocol in _READS_MARKDOWN and kinds.MARKDOWN in formats):
        return kinds.MARKDOWN
    return kinds.TEXT if kinds.TEXT in formats else preferred


def judge(status: str, lines: list[str]) -> dict[str, str]:
    """Say what became of a message from Apprise's status and its log.

    ``sent``: the service took it. ``refused``: it answered that it never will (HTTP 4xx). ``failed``: it certainly has
    not got it. ``unknown``: it may have.
    """
    if status == "SUCCESS":
        return {"outcome": "sent", "detail": ""}
    if status == "TIMEOUT":
        return {"outcome": "unknown", "detail": "no answer in time"}
    text = "\n".join(lines)
    if found := _HTTP_STATUS.findall(text):
        code = int(found[-1])
        certain = 300 <= code < 400 or (400 <= code < 500 and code not in _WAIT_CODES)
        return {"outcome": "refused" if certain else "failed", "detail": f"HTTP {code}"}
    lower = text.lower()
    if "codec can't encode" in lower:
        return {"outcome": "refused", "detail": "the address has letters that this service can't be sent"}
    for sign, detail in _NOT_SENT:
        if sign in lower:
            return {"outcome": "failed", "detail": detail}
    if "smtp recipient" in lower or "socket exception" in lower:
        partly = "sent email to" in lower
        codes = [
            m.group(1)
            for line in lines
            if "xception:" in line or "refused" in line
            for m in [_SMTP_STATUS.search(line)]
            if m
        ]
        if codes:
            return {"outcome": "unknown" if partly else "failed", "detail": f"SMTP {codes[-1]}"}
    if "timed out" in lower or "timeout" in lower:
        return {"outcome": "unknown", "detail": "no answer in time"}
    return {"outcome": "unknown", "detail": "the connection ended without an answer"}


def main() -> None:
    """Read the parcel, deliver it, say what became of it, and leave without waiting for anybody's threads."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    answer = os.dup(sys.stdout.fileno())
    # whatever a plug-in prints must not reach anybody
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, sys.stdout.fileno())
    os.dup2(quiet, sys.stderr.fileno())
    parcel = json.load(sys.stdin)
    os.write(answer, json.dumps(deliver(parcel)).encode())
    os._exit(0)


if __name__ == "__main__":
    main()
