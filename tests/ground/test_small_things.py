"""Civil days, keys and handling classes."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.ground.clock import civil_day, start_of, utcnow
from joinedup.ground.handling import Handling, classify
from joinedup.ground.keys import digest, new_fact_id

parts = st.lists(st.text(max_size=5) | st.binary(max_size=5), max_size=4)


def test_an_evening_in_utc_may_be_the_next_day_in_london() -> None:
    assert civil_day(datetime(2026, 6, 16, 23, 30, tzinfo=UTC)) == date(2026, 6, 17)
    assert civil_day(datetime(2026, 12, 16, 23, 30, tzinfo=UTC)) == date(2026, 12, 16)


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_a_london_day_begins_where_it_begins(day: date) -> None:
    assert civil_day(start_of(day)) == day
    assert civil_day(start_of(day) - timedelta(microseconds=1)) == day - timedelta(days=1)


def test_the_real_clock_is_aware() -> None:
    assert utcnow().tzinfo is UTC


@given(parts, parts)
def test_parts_of_a_key_cannot_run_together(some: list[str | bytes], others: list[str | bytes]) -> None:
    def raw(parts: list[str | bytes]) -> list[bytes]:
        return [part.encode() if isinstance(part, str) else part for part in parts]

    assert (digest(*some) == digest(*others)) == (raw(some) == raw(others))


def test_a_key_is_the_same_for_ever() -> None:
    assert digest("a", b"b") == "3c9d591045bc8876f9d0399bbfb05c6a412096e906f73278f98406cd5dca86df"


def test_fact_ids_are_version_seven_and_come_in_order_of_time() -> None:
    ids = [new_fact_id() for _ in range(50)]
    assert {one.version for one in ids} == {7}
    assert ids == sorted(ids)


def test_a_field_has_one_handling_class() -> None:
    assert classify(key="id", case="kind words") == {"id": Handling.KEY, "kind": Handling.CASE, "words": Handling.CASE}
    with pytest.raises(ValueError, match="two handling classes"):
        classify(key="id", case="id")
    with pytest.raises(ValueError, match="secretive"):
        classify(secretive="id")
