"""Shielded strings in free text are found however they are typed, and ordinary text is left as it is."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.ground.folding import folded
from joinedup.share.rules import Kind, redacted, scan

KNOWN = ("12 Mill Lane", "EF1 2GH", "The Limes")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("She is at EF9 2GH now.", Kind.POSTCODE),
        ("she is at ef92gh", Kind.POSTCODE),
        ("Ring 01632 960 123 after six.", Kind.PHONE),
        ("Ring 07700 900123.", Kind.PHONE),
        ("Ring +44 (0)7700 900 123.", Kind.PHONE),
        ("Ring (01632) 960-123.", Kind.PHONE),
        ("Write to 7 Beech Grove please.", Kind.STREET),
        ("Now at 14a, Old Mill Rd.", Kind.STREET),
        ("Write to carer.one@example.org.", Kind.EMAIL),
        ("Now at 12, MILL  LANE.", Kind.KNOWN),
        ("Stays at the limes, they say.", Kind.KNOWN),
        ("She is at EF9_2GH now.", Kind.POSTCODE),
        ("She is at EF9-2GH now.", Kind.POSTCODE),
        ("She is at E F 9 2 G H now.", Kind.POSTCODE),
        ("She is at ＥＦ９ ２ＧＨ now.", Kind.POSTCODE),
        ("She is at E\u00adF9\u200b2GH now.", Kind.POSTCODE),
        ("Ring ０７７００ ９００１２３.", Kind.PHONE),
        ("Ring 0044 7700 900123.", Kind.PHONE),
        ("Ring 00 44 (0)7700 900 123.", Kind.PHONE),
        ("Ring 07700_900_123.", Kind.PHONE),
        ("Now at 12 Mill Ln.", Kind.KNOWN),
        ("Now at _12_Mill_Lane_.", Kind.KNOWN),
        ("Now at 12 Míll Lâne.", Kind.KNOWN),
        ("Now at 12 M i l l Lane.", Kind.KNOWN),
        ("Now at 12 Mi\u200dll La\u00adne.", Kind.KNOWN),
        ("Now at EF1 2G H.", Kind.KNOWN),
    ],
)
def test_what_is_shielded_is_found(text: str, kind: Kind) -> None:
    (found,) = scan(text, KNOWN)
    assert found.kind is kind
    assert text[found.start : found.end] not in redacted(text, KNOWN)
    assert "[withheld]" in redacted(text, KNOWN)


@pytest.mark.parametrize(
    "text",
    [
        "Was not brought on 5 March 2026; second time in 90 days.",
        "Born 2011-05-17, aged 14 years 9 months.",
        "NHS number 999 000 0018.",
        "Reference KT7-3MW-9, section 47, form CP12.",
        "A1 road, M6 services, platform 4B.",
        "Mill Lane School rang about lines 1 to 12.",
        "Born 3 March; 2 miles down the road; 4 weeks in court, 10 minutes drive, aged 14 on the street.",
        "Seen on 05-03-2026 10:30 and at 12 be there.",
        "Ward B 12 he said, in 3 12 we met.",
    ],
)
def test_ordinary_text_is_left_alone(text: str) -> None:
    assert scan(text, KNOWN) == []
    assert redacted(text, KNOWN) == text


def test_too_short_a_string_is_looked_for_nowhere() -> None:
    assert scan("A flat, 1 of 4, at the end.", ["1", "", "4 a"]) == []


@given(st.text(), st.lists(st.sampled_from([*KNOWN, "01632 960 123", "EF1 2GH"]), max_size=4), st.text())
def test_whatever_stands_around_it_nothing_shielded_is_left(before: str, planted: list[str], after: str) -> None:
    text = f"{before} {' and '.join(planted)} {after}"
    left = redacted(text, KNOWN)
    assert not any(one in left for one in planted)
    assert left.count("[withheld]") >= bool(planted)


@given(st.text(), st.lists(st.text(), max_size=3))
def test_what_is_found_stands_in_the_text_in_order_and_apart(text: str, known: list[str]) -> None:
    found = scan(text, known)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(one.end <= two.start for one, two in pairwise(found))


def test_a_street_is_found_short_and_long() -> None:
    assert redacted("9 Saint Anne Street", ["9 St Anne St"]) == "[withheld]"
    assert redacted("9 St. Anne St.", ["9 Saint Anne Street"]) == "[withheld]."


@given(st.text())
def test_a_folded_text_knows_where_each_letter_stood(text: str) -> None:
    plain = folded(text)
    assert len(plain.at) == len(plain.text) + 1
    assert list(plain.at) == sorted(plain.at)
    assert all(letter in folded(text[at]).text for letter, at in zip(plain.text, plain.at, strict=False))


def test_an_address_is_found_by_its_first_line_alone() -> None:
    known = ["9 Foster Lane, Eastleigh"]
    assert redacted("She is at 9 Foster Lane.", known) == "She is at [withheld]."
    assert redacted("She is in Eastleigh.", known) == "She is in Eastleigh."
