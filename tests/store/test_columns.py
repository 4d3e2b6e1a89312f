"""Columns keep what they are given, and time order is text order."""

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite

from zmpwatch.model import Verdict
from zmpwatch.store.columns import Json, PlainText, from_iso, to_iso

DIALECT = sqlite.dialect()
ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=ZONES)  # noqa: DTZ001 - one without a zone is meant


@given(MOMENTS)
def test_times_come_back(moment: datetime) -> None:
    assert from_iso(to_iso(moment)) == moment
    assert from_iso(to_iso(moment)).tzinfo is UTC


@given(MOMENTS, MOMENTS)
def test_order_of_texts_is_order_of_times(one: datetime, two: datetime) -> None:
    assert (to_iso(one) < to_iso(two)) == (one < two)


def test_a_time_without_zone() -> None:
    with pytest.raises(ValueError, match="without a time zone"):
        to_iso(datetime(2025, 1, 1))  # noqa: DTZ001 - one without a zone is meant


@given(st.text(st.characters(codec=None, categories=None)))
def test_any_text_can_be_stored_and_keeps_its_length(text: str) -> None:
    stored = PlainText().process_bind_param(text, DIALECT)
    assert stored is not None
    assert len(stored) == len(text)
    assert "\0" not in stored
    assert stored.encode().decode() == stored
    if "\0" not in text and text.isprintable():
        assert stored == text


def test_members_of_enums_are_stored_as_plain_text() -> None:
    assert type(PlainText().process_bind_param(Verdict.OK, DIALECT)) is str


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner),
)


@given(JSON.filter(lambda value: value is not None))
def test_json_comes_back_and_equal_values_are_equal_texts(value: object) -> None:
    column = Json()
    stored = column.process_bind_param(value, DIALECT)
    assert column.process_result_value(stored, DIALECT) == value
    assert stored == column.process_bind_param(json.loads(json.dumps(value)), DIALECT)
