"""The shape of config.yaml: keys, types and defaults; `values` holds what one value must be.

What ties values together (two sites of one name, a code the register does not know) is checked in `load`. The shape is
written in the schema language of pydantic-core: the models of pydantic itself would say the same, but take 0.2 s to
import and build, a third of what `zmpwatch count` may take.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pydantic_core import CoreSchema, SchemaValidator, core_schema

from zmpwatch.config import values
from zmpwatch.config.sizes import parse_size
from zmpwatch.config.tree import Number, WholeNumber

__all__ = ["KEYS", "validator"]


def _as_text(value: Any) -> Any:
    """Takes numbers as they were written: YAML reads 0201011 as octal and 1.10 as 1.1."""
    return value.written if isinstance(value, WholeNumber | Number) else value


def _one_or_many(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _nothing_as_list(value: Any) -> Any:
    return [] if value is None else value


def _nothing_as_mapping(value: Any) -> Any:
    return {} if value is None else value


def _not_empty(listed: list[Any]) -> list[Any]:
    if not listed:
        values.fail("the list is empty; this subscriber would never hear a thing")
    return listed


def _band(band: dict[str, int]) -> dict[str, int]:
    if band["min"] > band["max"]:
        values.fail(f"min {band['min']} is greater than max {band['max']}")
    return band


def _whole_site(site: dict[str, Any]) -> dict[str, Any]:
    family = site["family"]
    if site["every"] is not None and site["cron"] is not None:
        values.fail("every and cron exclude each other; leave one away")
    if family == "association" and site["municipality"] is not None:
        values.fail("a site of family association belongs to no municipality")
    return site


def _short_name(value: Any) -> str:
    return "profile" if isinstance(value, dict) else "key"


def _text(*checks: Callable[[str], Any], secret: bool = False) -> CoreSchema:
    """One line of text. In a `secret` ``${NAME}`` may stand; its value is in no message."""
    schema: CoreSchema = core_schema.no_info_before_validator_function(_as_text, core_schema.str_schema(strict=True))
    for check in (values.sound_text, *(() if secret else (values.no_variable,)), *checks):
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
            values.fail(str(error))
        if not parse_size(least) <= size <= parse_size(most):
            values.fail(f"a size from {least} to {most} was expected, not {value}")
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


_URL = _text(values.url)
_HOSTS = _default(_list(_text(values.hostname)), [])
_TEXTS = _default(_list(_text()), [])
_VOIVODESHIPS = _default(_list(_text(values.one_of(values.VOIVODESHIPS, "voivodeship"))), [])
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
    name=_text(values.site_name, values.not_the_knowledge),
    family=_text(),
    url=_URL,
    municipality=_maybe(_text()),
    every=_maybe(_text(values.every)),
    cron=_maybe(_text(values.cron)),
    expect=_section(members=_maybe(_BAND)),
    hosts=_HOSTS,
    start_urls=_default(_list(_URL), []),
)
_SUBSCRIBER = _mapping(
    name=_text(values.site_name, values.not_the_operator),
    to=_some(_list(_text(secret=True), one_will_do=True)),
    events=_default(_some(_list(_text(values.news))), list(values.NEWS)),
    voivodeships=_VOIVODESHIPS,
    municipalities=_default(_list(_text(), one_will_do=True), []),
    language=_default(_text(values.one_of(("pl", "en"), "language")), "pl"),
    digest=_default(_text(values.one_of(("now", "daily", "weekly"), "digest")), "now"),
    digest_at=_default(_text(values.clock), "08:00"),
    digest_day=_default(_text(values.weekday), "monday"),
    quiet_hours=_maybe(_text(values.quiet_hours)),
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
        every=_default(_text(values.duration), "1d"),
        moved=_default(
            core_schema.dict_schema(_text(values.hostname), core_schema.nullable_schema(_URL), strict=True),
            {},
        ),
    ),
    crawl=_section(
        user_agent=_maybe(_text(values.contact)),
        delay=_default(_number(0, 3600), 1.0),
        timeout=_default(_number(1, 600), 30.0),
        dns_timeout=_default(_number(1, 60), 10.0),
        concurrent_sites=_default(_whole(1, 1000), 32),
        readers=_maybe(_whole(0, 64)),
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
        full_fetch_after=_default(_text(values.week_at_most), "7d"),
        confirmations=_default(_whole(0, 20), 2),
        confirm_after=_default(_text(values.duration_or_zero), "10m"),
    ),
    subscribers=_default(_list(_SUBSCRIBER), []),
    operator=_section(
        to=_default(_list(_text(secret=True), one_will_do=True), []),
        heartbeat=_maybe(_text(secret=True)),
        at_most_every=_default(_text(values.duration_or_zero), "15m"),
        hold_above=_default(_whole(0, 100_000), 20),
    ),
    web=_section(host=_default(_text(values.hostname), "127.0.0.1"), port=_default(_whole(1, 65535), 8080)),
    watch=_section(requests_per_day=_maybe(_whole(1, 100_000_000)), jitter=_default(_number(0, 0.5), 0.05)),
    feeds=_section(
        folder=_default(core_schema.nullable_schema(_text()), "var/feeds"),
        url=_maybe(_URL),
        language=_default(_text(values.one_of(("pl", "en"), "language")), "pl"),
    ),
    timezone=_default(_text(values.timezone), "Europe/Warsaw"),
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
