"""The shape of config.yaml: keys, types, defaults, and the rules one value can break alone.

What ties values together (two sites of one name, a code the register does not know) is checked in `load`. The shape is
written in the schema language of pydantic-core: the models of pydantic itself would say the same, but take 0.2 s to
import and build, a third of what `zmpwatch count` may take.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable
from datetime import time, timedelta
from typing import Any, NoReturn
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic_core import CoreSchema, PydanticCustomError, SchemaValidator, core_schema

from zmpwatch.config.intervals import check_cron, parse_duration
from zmpwatch.config.sizes import parse_size
from zmpwatch.config.tree import Number, WholeNumber
from zmpwatch.model import ChangeKind

__all__ = ["KEYS", "NEWS", "VOIVODESHIPS", "did_you_mean", "validator"]

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


def did_you_mean(word: str, known: tuple[str, ...]) -> str:
    """Gives ``; did you mean "…"?`` for the nearest known word, or the whole list where it is short, or nothing."""
    from difflib import get_close_matches

    folded = {_fold(name): name for name in known}
    near = get_close_matches(_fold(word[:100]), list(folded), n=1, cutoff=0.6)
    if near:
        return f'; did you mean "{folded[near[0]]}"?'
    return f"; known: {', '.join(known)}" if 0 < len(known) <= 20 else ""


def _fold(word: str) -> str:
    return word.casefold().translate(str.maketrans("ąćęłńóśźż", "acelnoszz"))


def _fail(message: str) -> NoReturn:
    raise PydanticCustomError("config", "{message}", {"message": message})


def _as_text(value: Any) -> Any:
    """Takes numbers as they were written: YAML reads 0201011 as octal and 1.10 as 1.1."""
    return value.written if isinstance(value, WholeNumber | Number) else value


def _sound_text(value: str) -> str:
    if not value.strip():
        _fail("this is empty")
    if len(value) > _LONGEST_TEXT:
        _fail(f"longer than {_LONGEST_TEXT} characters")
    if "\n" in value.strip() or "\r" in value:
        _fail("one line was expected")
    return value.strip()


def _no_variable(value: str) -> str:
    if "${" in value:
        _fail("${…} is read only in database, subscribers.to, operator.to and operator.heartbeat")
    return value


def _duration(value: str) -> str:
    _duration_or_zero(value)
    if parse_duration(value) < timedelta(seconds=1):
        _fail("must be at least 1s")
    return value


def _duration_or_zero(value: str) -> timedelta:
    try:
        return parse_duration(value)
    except ValueError as error:
        _fail(str(error))


def _week_at_most(value: str) -> timedelta:
    """Validators may lie: whatever they say, a page is fetched whole within seven days."""
    duration = _duration_or_zero(value)
    if not timedelta(hours=1) <= duration <= timedelta(days=7):
        _fail(f"a duration from 1h to 7d was expected, not {value}")
    return duration


def _cron(value: str) -> str:
    try:
        check_cron(value)
    except ValueError as error:
        _fail(str(error))
    return value


def _clock(value: str) -> time:
    if not re.fullmatch(r"(?:[01]?\d|2[0-3]):[0-5]\d", value):
        _fail(f'a time of day such as "08:00" was expected, not "{value}"')
    hour, minute = value.split(":")
    return time(int(hour), int(minute))


def _quiet_hours(value: str) -> tuple[time, time]:
    parts = re.split(r"\s*[-–]\s*", value)
    if len(parts) != 2:
        _fail(f'two times of day such as "22:00-07:00" were expected, not "{value}"')
    start, end = _clock(parts[0]), _clock(parts[1])
    if start == end:
        _fail("quiet hours begin and end at the same time")
    return start, end


def _weekday(value: str) -> int:
    return _WEEKDAYS.index(_one_of(_WEEKDAYS, "day of the week")(value))


def _every(value: str) -> str:
    if len(value.split()) == 5:
        _fail(f'this looks like a cron line; write it as cron: "{value}"')
    return _duration(value)


def _url(value: str) -> str:
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        _fail(f'"{value}" is no web address: the host or the port is malformed')
    if parts.scheme not in {"http", "https"}:
        bare = _HOST.match(value)
        hint = f"; did you mean https://{value}?" if not parts.scheme and bare and "." in bare[0] else ""
        _fail(f'a web address that begins with https:// or http:// was expected, not "{value}"{hint}')
    if not parts.hostname or any(character in string.whitespace for character in value):
        _fail(f'"{value}" is no web address')
    if parts.username is not None or parts.password is not None:
        _fail("a web address with a user name or password is not taken")
    if port == 0:
        _fail("port 0 can't be asked")
    if parts.fragment:
        _fail(f'the part from # on never reaches a server; leave it away: "{value.partition("#")[0]}"')
    return value


def _hostname(value: str) -> str:
    if "://" in value or "/" in value:
        _fail(f'a host name such as www.example.pl was expected, not "{value}"')
    if not re.fullmatch(rf"(?:{_HOST.pattern})(?::\d{{1,5}})?", value):
        _fail(f'"{value}" is no host name')
    return value.lower()


def _site_name(value: str) -> str:
    if value.startswith("-") or any(ord(character) < 32 for character in value) or len(value) > 100:
        _fail("a name of at most 100 characters that does not begin with - was expected")
    return value


def _not_the_knowledge(value: str) -> str:
    if value.casefold() == "knowledge":
        _fail('"knowledge" is kept for the statements that are known from the start')
    return value


def _not_the_operator(value: str) -> str:
    if value.casefold() == "operator":
        _fail('"operator" is kept for the operator, whose addresses stand under the key operator')
    return value


def _contact(value: str) -> str:
    if not value.isascii() or not value.isprintable():
        _fail("only plain ASCII can stand in an HTTP header")
    if not _CONTACT.search(value):
        _fail('an address must stand in it where site owners reach you, as in "zmpwatch (+https://example.pl/bot)"')
    return value


def _one_of(known: tuple[str, ...], what: str) -> Callable[[str], str]:
    def check(value: str) -> str:
        if value.casefold() not in known:
            _fail(f'"{value}" is no {what}{did_you_mean(value, known)}')
        return value.casefold()

    return check


def _news(value: str) -> ChangeKind:
    if value in NEWS:
        return ChangeKind(value)
    if value in set(ChangeKind):
        _fail(f'"{value}" is told to the operator, not to subscribers; see operator.to')
    _fail(f'"{value}" is no kind of news{did_you_mean(value, NEWS)}')


def _timezone(value: str) -> ZoneInfo:
    try:
        return ZoneInfo(value)
    except (OSError, ValueError, KeyError):
        import zoneinfo

        _fail(f'"{value}" is no time zone{did_you_mean(value, tuple(sorted(zoneinfo.available_timezones())))}')


def _one_or_many(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _nothing_as_list(value: Any) -> Any:
    return [] if value is None else value


def _nothing_as_mapping(value: Any) -> Any:
    return {} if value is None else value


def _not_empty(values: list[Any]) -> list[Any]:
    if not values:
        _fail("the list is empty; this subscriber would never hear a thing")
    return values


def _band(band: dict[str, int]) -> dict[str, int]:
    if band["min"] > band["max"]:
        _fail(f"min {band['min']} is greater than max {band['max']}")
    return band


def _whole_site(site: dict[str, Any]) -> dict[str, Any]:
    family = site["family"]
    if site["every"] is not None and site["cron"] is not None:
        _fail("every and cron exclude each other; leave one away")
    if family == "association" and site["municipality"] is not None:
        _fail("a site of family association belongs to no municipality")
    return site


def _short_name(value: Any) -> str:
    return "profile" if isinstance(value, dict) else "key"


def _text(*checks: Callable[[str], Any], secret: bool = False) -> CoreSchema:
    """One line of text. In a `secret` ``${NAME}`` may stand; its value is in no message."""
    schema: CoreSchema = core_schema.no_info_before_validator_function(_as_text, core_schema.str_schema(strict=True))
    for check in (_sound_text, *(() if secret else (_no_variable,)), *checks):
        schema = core_schema.no_info_after_validator_function(check, schema)
    return schema


def _list(item: CoreSchema, *, one_will_do: bool = False) -> CoreSchema:
    schema: CoreSchema = core_schema.list_schema(item, strict=True)
    if one_will_do:
        schema = core_schema.no_info_before_validator_function(_one_or_many, schema)
    return core_schema.no_info_before_validator_function(_nothing_as_list, schema)


def _some(listed: CoreSchema) -> CoreSchema:
    return core_schema.no_info_after_validator_function(_not_empty, listed)


def _bytes(least: str, most: str) -> CoreSchema:
    """A number of bytes, as such or with a unit."""

    def check(value: str) -> int:
        try:
            size = parse_size(value)
        except ValueError as error:
            _fail(str(error))
        if not parse_size(least) <= size <= parse_size(most):
            _fail(f"a size from {least} to {most} was expected, not {value}")
        return size

    return _text(check)


def _number(least: float, most: float) -> CoreSchema:
    return core_schema.float_schema(ge=least, le=most, allow_inf_nan=False, strict=True)


def _whole(least: int, most: int) -> CoreSchema:
    return core_schema.int_schema(ge=least, le=most, strict=True)


def _maybe(schema: CoreSchema) -> CoreSchema:
    return core_schema.with_default_schema(core_schema.nullable_schema(schema), default=None)


def _default(schema: CoreSchema, default: Any) -> CoreSchema:
    """The default is written as in the file and goes through the same checks."""
    return core_schema.with_default_schema(schema, default=default, validate_default=True)


def _mapping(**fields: CoreSchema) -> CoreSchema:
    """A mapping with these keys and no others; those without a default must be there."""
    return core_schema.typed_dict_schema(
        {
            name: core_schema.typed_dict_field(schema, required=schema["type"] != "default")
            for name, schema in fields.items()
        },
        extra_behavior="forbid",
        strict=True,
    )


def _section(**fields: CoreSchema) -> CoreSchema:
    """A mapping that may be left away, or left empty, when all its keys have defaults."""
    return _default(core_schema.no_info_before_validator_function(_nothing_as_mapping, _mapping(**fields)), {})


_URL = _text(_url)
_HOSTS = _default(_list(_text(_hostname)), [])
_TEXTS = _default(_list(_text()), [])
_VOIVODESHIPS = _default(_list(_text(_one_of(VOIVODESHIPS, "voivodeship"))), [])
_BAND = core_schema.no_info_after_validator_function(_band, _mapping(min=_whole(0, 100_000), max=_whole(0, 100_000)))
_ASSOCIATION = _mapping(
    key=_maybe(_text()),
    name=_text(),
    short=_maybe(_text()),
    aliases=_TEXTS,
    acronyms=_TEXTS,
    lookalikes=_TEXTS,
    krs=_maybe(_text()),
    domains=_HOSTS,
    sizes=_maybe(_BAND),
)
_SITE = _mapping(
    name=_text(_site_name, _not_the_knowledge),
    family=_text(),
    url=_URL,
    municipality=_maybe(_text()),
    every=_maybe(_text(_every)),
    cron=_maybe(_text(_cron)),
    expect=_section(members=_maybe(_BAND)),
    hosts=_HOSTS,
    start_urls=_default(_list(_URL), []),
)
_SUBSCRIBER = _mapping(
    name=_text(_site_name, _not_the_operator),
    to=_some(_list(_text(secret=True), one_will_do=True)),
    events=_default(_some(_list(_text(_news))), list(NEWS)),
    voivodeships=_VOIVODESHIPS,
    municipalities=_default(_list(_text(), one_will_do=True), []),
    language=_default(_text(_one_of(("pl", "en"), "language")), "pl"),
    digest=_default(_text(_one_of(("now", "daily", "weekly"), "digest")), "now"),
    digest_at=_default(_text(_clock), "08:00"),
    digest_day=_default(_text(_weekday), "monday"),
    quiet_hours=_maybe(_text(_quiet_hours)),
)
_WHOLE_SITE = core_schema.no_info_after_validator_function(_whole_site, _SITE)
_FILE = _mapping(
    association=_default(
        core_schema.tagged_union_schema({"key": _text(), "profile": _ASSOCIATION}, discriminator=_short_name), "zmp"
    ),
    database=_default(_text(secret=True), "sqlite:///var/zmpwatch.db"),
    archive=_default(_text(), "var/archive"),
    sites=_default(_list(_WHOLE_SITE), []),
    catalogue=_section(
        enabled=_default(core_schema.bool_schema(strict=True), default=False),
        voivodeships=_VOIVODESHIPS,
        every=_default(_text(_duration), "1d"),
        moved=_default(
            core_schema.dict_schema(_text(_hostname), core_schema.nullable_schema(_URL), strict=True),
            {},
        ),
    ),
    crawl=_section(
        user_agent=_maybe(_text(_contact)),
        delay=_default(_number(0, 3600), 1.0),
        timeout=_default(_number(1, 600), 30.0),
        dns_timeout=_default(_number(1, 60), 10.0),
        concurrent_sites=_default(_whole(1, 1000), 32),
        requests_per_address=_default(_whole(1, 16), 2),
        requests_per_visit=_default(_whole(1, 100_000), 60),
        pages_per_visit=_maybe(_whole(1, 100_000)),
        bytes_per_visit=_default(_bytes("64kB", "64GB"), "256MB"),
        seconds_per_visit=_default(_number(1, 86_400), 900.0),
        errors_per_visit=_default(_whole(1, 100_000), 20),
        watched_pages=_default(_whole(0, 1000), 8),
        pending_links=_default(_whole(0, 1000), 10),
        max_depth=_default(_whole(1, 100), 5),
        max_redirects=_default(_whole(0, 20), 5),
        max_links=_default(_whole(1, 100_000), 2000),
        max_page_size=_default(_bytes("64kB", "64MB"), "4MB"),
        max_document_size=_default(_bytes("64kB", "256MB"), "32MB"),
        full_fetch_after=_default(_text(_week_at_most), "7d"),
        confirmations=_default(_whole(0, 20), 2),
        confirm_after=_default(_text(_duration_or_zero), "10m"),
    ),
    subscribers=_default(_list(_SUBSCRIBER), []),
    operator=_section(
        to=_default(_list(_text(secret=True), one_will_do=True), []),
        heartbeat=_maybe(_text(secret=True)),
        at_most_every=_default(_text(_duration_or_zero), "15m"),
        hold_above=_default(_whole(0, 100_000), 20),
    ),
    web=_section(host=_default(_text(_hostname), "127.0.0.1"), port=_default(_whole(1, 65535), 8080)),
    watch=_section(requests_per_day=_maybe(_whole(1, 100_000_000)), jitter=_default(_number(0, 0.5), 0.05)),
    feeds=_section(
        folder=_default(core_schema.nullable_schema(_text()), "var/feeds"),
        url=_maybe(_URL),
        language=_default(_text(_one_of(("pl", "en"), "language")), "pl"),
    ),
    timezone=_default(_text(_timezone), "Europe/Warsaw"),
    knowledge=_default(core_schema.bool_schema(strict=True), default=True),
)


def _keys(schema: Any, prefix: str = "") -> dict[str, tuple[str, ...]]:
    """Collects which keys each mapping knows, by its dotted name ("" is the file, "sites.*" one site)."""
    kind = schema["type"]
    if kind == "typed-dict":
        found = {prefix: tuple(schema["fields"])}
        for name, field in schema["fields"].items():
            found |= _keys(field["schema"], f"{prefix}.{name}" if prefix else name)
        return found
    if kind == "list":
        return _keys(schema["items_schema"], f"{prefix}.*")
    if kind == "tagged-union":
        return {name: keys for choice in schema["choices"].values() for name, keys in _keys(choice, prefix).items()}
    return _keys(schema["schema"], prefix) if "schema" in schema else {}


KEYS = _keys(_FILE)
"""Known keys of every mapping in the file: ``KEYS["sites.*"]`` are those of one site."""


def validator() -> SchemaValidator:
    """Builds what checks a whole file and fills in the defaults."""
    return SchemaValidator(_FILE)
