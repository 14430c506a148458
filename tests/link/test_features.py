"""What is read from a statement before anything is compared, and why two records are compared at all. No database."""

import itertools

import pytest

from joinedup.link.rules.births import Birth, read_birth
from joinedup.link.rules.blocks import blocking_keys
from joinedup.link.rules.constraints import identifiers_differ
from joinedup.link.rules.features import identifier_features, place_features
from joinedup.link.rules.words import weighs


@pytest.mark.parametrize(
    ("text", "day", "year"),
    [
        ("2009-05-17", "2009-05-17", "2009"),
        ("17/05/2009", "2009-05-17", "2009"),
        ("2009-05", "", "2009"),
        ("2009-02-30", "", "2009"),
        ("2009-01-01", "", "2009"),  # stands for "some time that year"
        ("1970-01-01", "", ""),  # what systems fill in
        ("1009-05-17", "", ""),
        ("last spring", "", ""),
        (None, "", ""),
    ],
)
def test_a_birth_is_as_much_as_was_really_said(text: str | None, day: str, year: str):
    assert read_birth(text) == Birth(day, year)


def test_a_house_without_a_street_is_still_a_house():
    assert place_features({"lines": "Flat 2, 14", "postcode": "EL4 2AB"}) == {
        "line": "flat", "numbers": "2 14", "postcode": "EL4 2AB",
    }  # fmt: skip
    assert place_features({"lines": "14", "postcode": "EL4 2AB"}) == {"numbers": "14", "postcode": "EL4 2AB"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"uprn": "100012"}, {"uprn": "100012", "lines": "4 Mill Lane", "postcode": "EL4 2AB"}),
        ({"lines": "4", "postcode": "EL4 2AB"}, {"lines": "4 Mill Lane", "postcode": "EL4 2AB"}),
        ({"lines": "4 Mill Lane"}, {"lines": "4 Mill Ln", "postcode": "EL4 2AB"}),
    ],
)
def test_addresses_written_in_part_are_compared_with_the_whole(one: dict[str, str], other: dict[str, str]):
    met = [set(blocking_keys("place", place_features(said))) for said in (one, other)]
    assert met[0] & met[1]


def test_a_temporary_pupil_number_one_sign_from_the_permanent_one_does_not_prove_two_children():
    """The last letter of a temporary number counts as a digit, so that the check cannot tell one from the other."""
    permanent, temporary, other = (identifier_features("school", [{"system": "upn", "value": value}])
                                   for value in ("V935000111001", "V93500011100B", "J935000111002"))  # fmt: skip
    assert all("upn" in number for number in (permanent, temporary, other))
    assert identifiers_differ(permanent, temporary) == ""
    assert identifiers_differ(permanent, other) == "other-upn"


def test_two_valid_numbers_keep_records_apart_unless_one_is_common_to_both():
    numbers = (["9990000018"], ["9990000026"], ["9990000018", "9990000026"])
    apart = {(i, j) for i, j in itertools.product(range(3), repeat=2)
             if identifiers_differ({"nhs": numbers[i]}, {"nhs": numbers[j]})}  # fmt: skip
    assert apart == {(0, 1), (1, 0)}


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (999, "says little either way"),
        (-999, "says little either way"),
        (1_000, "speaks for"),
        (-3_000, "speaks clearly against"),
        (10_000, "speaks strongly for"),
    ],
)
def test_how_much_a_comparison_says_is_said_in_words(share: int, words: str):
    assert weighs(share) == words
