"""The rules one value of config.yaml can break alone: what may stand there, and what it means."""

from __future__ import annotations

import re
import string
from collections.abc import Callable
from datetime import time, timedelta
from typing import NoReturn
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic_core import PydanticCustomError

from zmpwatch.config.intervals import check_cron, parse_duration
from zmpwatch.config.messages import did_you_mean
from zmpwatch.model import ChangeKind

__all__ = [
    "NEWS",
    "VOIVODESHIPS",
    "clock",
    "contact",
    "cron",
    "duration",
    "duration_or_zero",
    "every",
    "fail",
    "hostname",
    "news",
    "no_variable",
    "not_the_knowledge",
    "not_the_operator",
    "one_of",
    "quiet_hours",
    "site_name",
    "sound_text",
    "timezone",
    "url",
    "week_at_most",
    "weekday",
]

VOIVODESHIPS = (
    "dolnośląskie",
    "kujawsko-pomorskie",
    "lubelskie",
    "lubuskie",
    "łódzkie",
    "małopolskie",
    "mazowieckie",
    "opolskie",
    "podkarpackie",
    "podlaskie",
    "pomorskie",
    "śląskie",
    "świętokrzyskie",
    "warmińsko-mazurskie",
    "wielkopolskie",
    "zachodniopomorskie",
)
NEWS = tuple(kind.value for kind in ChangeKind if not kind.for_operator)
_CONTACT = re.compile(r"https?://\S+|mailto:\S+|[^\s@()<>]+@[^\s@()<>]+\.\w+")
_HOST = re.compile(r"[^\s/:?#@\[\]]+|\[[0-9a-fA-F:.]+\]")
_LONGEST_TEXT = 2000
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def fail(message: str) -> NoReturn:
    """Says what is wrong with a value."""
    raise PydanticCustomError("config", "{message}", {"message": message})


def sound_text(value: str) -> str:
    """One line of text, without what surrounds it."""
    if not value.strip():
        fail("this is empty")
    if len(value) > _LONGEST_TEXT:
        fail(f"longer than {_LONGEST_TEXT} characters")
    if "\n" in value.strip() or "\r" in value:
        fail("one line was expected")
    return value.strip()


def no_variable(value: str) -> str:
    """A text in which no ``${NAME}`` stands, where none is replaced."""
    if "${" in value:
        fail("${…} is read only in database, subscribers.to, operator.to and operator.heartbeat")
    return value


def duration(value: str) -> str:
    """A duration of a second at least, as it was written."""
    duration_or_zero(value)
    if parse_duration(value) < timedelta(seconds=1):
        fail("must be at least 1s")
    return value


def duration_or_zero(value: str) -> timedelta:
    """A duration."""
    try:
        return parse_duration(value)
    except ValueError as error:
        fail(str(error))


def week_at_most(value: str) -> timedelta:
    """Validators may lie: whatever they say, a page is fetched whole within seven days."""
    duration = duration_or_zero(value)
    if not timedelta(hours=1) <= duration <= timedelta(days=7):
        fail(f"a duration from 1h to 7d was expected, not {value}")
    return duration


def cron(value: str) -> str:
    """A cron line."""
    try:
        check_cron(value)
    except ValueError as error:
        fail(str(error))
    return value


def clock(value: str) -> time:
    """A time of day."""
    if not re.fullmatch(r"(?:[01]?\d|2[0-3]):[0-5]\d", value):
        fail(f'a time of day such as "08:00" was expected, not "{value}"')
    hour, minute = value.split(":")
    return time(int(hour), int(minute))


def quiet_hours(value: str) -> tuple[time, time]:
    """Two times of day that are not the same."""
    parts = re.split(r"\s*[-–]\s*", value)
    if len(parts) != 2:
        fail(f'two times of day such as "22:00-07:00" were expected, not "{value}"')
    start, end = clock(parts[0]), clock(parts[1])
    if start == end:
        fail("quiet hours begin and end at the same time")
    return start, end


def weekday(value: str) -> int:
    """A day of the week, 0 for Monday."""
    return _WEEKDAYS.index(one_of(_WEEKDAYS, "day of the week")(value))


def every(value: str) -> str:
    """A duration, and no cron line."""
    if len(value.split()) == 5:
        fail(f'this looks like a cron line; write it as cron: "{value}"')
    return duration(value)


def url(value: str) -> str:
    """A web address that a request can be sent to."""
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        fail(f'"{value}" is no web address: the host or the port is malformed')
    if parts.scheme not in {"http", "https"}:
        bare = _HOST.match(value)
        hint = f"; did you mean https://{value}?" if not parts.scheme and bare and "." in bare[0] else ""
        fail(f'a web address that begins with https:// or http:// was expected, not "{value}"{hint}')
    if not parts.hostname or any(character in string.whitespace for character in value):
        fail(f'"{value}" is no web address')
    if parts.username is not None or parts.password is not None:
        fail("a web address with a user name or password is not taken")
    if port == 0:
        fail("port 0 can't be asked")
    if parts.fragment:
        fail(f'the part from # on never reaches a server; leave it away: "{value.partition("#")[0]}"')
    return value


def hostname(value: str) -> str:
    """A host, with or without a port, in small letters."""
    if "://" in value or "/" in value:
        fail(f'a host name such as www.example.pl was expected, not "{value}"')
    if not re.fullmatch(rf"(?:{_HOST.pattern})(?::\d{{1,5}})?", value):
        fail(f'"{value}" is no host name')
    return value.lower()


def site_name(value: str) -> str:
    """A name that can be typed at a prompt."""
    if value.startswith("-") or any(ord(character) < 32 for character in value) or len(value) > 100:
        fail("a name of at most 100 characters that does not begin with - was expected")
    return value


def not_the_knowledge(value: str) -> str:
    """A name that is not kept for the initial knowledge."""
    if value.casefold() == "knowledge":
        fail('"knowledge" is kept for the statements that are known from the start')
    return value


def not_the_operator(value: str) -> str:
    """A name that is not kept for the operator."""
    if value.casefold() == "operator":
        fail('"operator" is kept for the operator, whose addresses stand under the key operator')
    return value


def contact(value: str) -> str:
    """A user agent that says where its operator is reached."""
    if not value.isascii() or not value.isprintable():
        fail("only plain ASCII can stand in an HTTP header")
    if not _CONTACT.search(value):
        fail('an address must stand in it where site owners reach you, as in "zmpwatch (+https://example.pl/bot)"')
    return value


def one_of(known: tuple[str, ...], what: str) -> Callable[[str], str]:
    """The check that a word is one of those known, in any letters."""

    def check(value: str) -> str:
        if value.casefold() not in known:
            fail(f'"{value}" is no {what}{did_you_mean(value, known)}')
        return value.casefold()

    return check


def news(value: str) -> ChangeKind:
    """A kind of news that subscribers are told."""
    if value in NEWS:
        return ChangeKind(value)
    if value in set(ChangeKind):
        fail(f'"{value}" is told to the operator, not to subscribers; see operator.to')
    fail(f'"{value}" is no kind of news{did_you_mean(value, NEWS)}')


def timezone(value: str) -> ZoneInfo:
    """A time zone by its name."""
    try:
        return ZoneInfo(value)
    except (OSError, ValueError, KeyError):
        import zoneinfo

        fail(f'"{value}" is no time zone{did_you_mean(value, tuple(sorted(zoneinfo.available_timezones())))}')
