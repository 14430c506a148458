"""Identifiers are tidied and checked; a wrong one is a slip that is kept, and a placeholder is nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.ground.identifiers import (
    NOTHING,
    Identifier,
    read_identifier,
    read_la_child_id,
    read_nhs_number,
    read_postcode,
    read_upn,
    synthetic_nhs_number,
)

SYSTEMS = ["nhs-number", "upn", "former-upn", "la-child-id", "ssd-person-id", "hospital-number", "something-new"]


@pytest.mark.parametrize("text", ["9990000018", "999 000 0018", "999-000-0018", " 9990000018 "])
def test_an_nhs_number_is_closed_up_and_checked(text: str) -> None:
    assert read_nhs_number(text) == Identifier("9990000018", valid=True)


@pytest.mark.parametrize("text", ["9990000017", "999000001", "99900000181", "999000001X"])
def test_an_nhs_number_that_fails_its_check_is_kept_and_not_valid(text: str) -> None:
    assert read_nhs_number(text) == Identifier(text, valid=False)


@pytest.mark.parametrize("text", ["", "0000000000", "9999999999", "unknown", "N/K", "not known", "n/a", "XXXXXXXXXX"])
def test_a_placeholder_is_no_number(text: str) -> None:
    assert read_nhs_number(text) == NOTHING


@given(st.integers(0, 9), st.integers(0, 8))
def test_any_wrong_digit_of_an_nhs_number_is_found(digit: int, place: int) -> None:
    right = "9990000018"
    wrong = right[:place] + str(digit) + right[place + 1 :]
    assert read_nhs_number(wrong).valid == (wrong == right)


def test_fictional_children_have_valid_numbers_that_nobody_is_ever_given() -> None:
    numbers = [synthetic_nhs_number(n) for n in range(2000)]
    assert len(set(numbers)) == 2000
    assert all(number.startswith("999") and read_nhs_number(number) == Identifier(number, True) for number in numbers)
    assert synthetic_nhs_number(0) == "9990000018"
    with pytest.raises(ValueError, match="no more than"):
        synthetic_nhs_number(100_000)


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("P207000016049", True),  # 2*2 + 0*3 + 7*4 + ... = 266; 266 mod 23 = 13, the 14th letter is P
        ("p207 0000 16049", True),
        ("H801200001001", True),
        ("Q207000016049", False),  # one published example; its own sum does not add up
        ("B207000016049", False),
        ("P20700001604", False),
        ("I207000016049", False),
    ],
)
def test_the_letter_of_a_upn_is_checked(text: str, valid: bool) -> None:
    assert read_upn(text).valid is valid


@pytest.mark.parametrize("text", ["UN1", "UN7", ""])
def test_a_reason_for_having_no_upn_is_no_upn(text: str) -> None:
    assert read_upn(text) == NOTHING


@pytest.mark.parametrize(("text", "valid"), [("A80120000100A", False), ("U80120000100A", True)])
def test_a_temporary_upn_ends_in_a_letter_and_is_checked_too(text: str, valid: bool) -> None:
    assert read_upn(text).valid is valid


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("sw1a 1aa", "SW1A 1AA"),
        ("M11AE", "M1 1AE"),
        ("cr2  6xh", "CR2 6XH"),
        ("DN55 1PT", "DN55 1PT"),
        ("W1A0AX", "W1A 0AX"),
        ("EC1A1BB", "EC1A 1BB"),
        ("B33 8TH", "B33 8TH"),
    ],
)
def test_a_postcode_gets_its_one_space(text: str, value: str) -> None:
    assert read_postcode(text) == Identifier(value, valid=True)


@pytest.mark.parametrize("text", ["SW1A", "Q1 1AA", "M1 1CE", "12345", "SW1A 1A1"])
def test_what_is_no_postcode_is_kept_as_written_and_not_valid(text: str) -> None:
    assert read_postcode(text) == Identifier(text, valid=False)


@pytest.mark.parametrize("text", ["NF1 1NF", "nf1 1fa", "ZZ99 3VZ", "ZZ993WZ", "unknown", "NFA", ""])
def test_a_placeholder_postcode_places_nobody(text: str) -> None:
    assert read_postcode(text) == NOTHING


@pytest.mark.parametrize(("text", "valid"), [("ab12 3456", True), ("A" * 20, True), ("A" * 21, False), ("A_1", False)])
def test_a_councils_own_number_has_at_most_twenty_letters_and_digits(text: str, valid: bool) -> None:
    assert read_la_child_id(text).valid is valid


@pytest.mark.parametrize(
    ("system", "text", "value"),
    [
        ("nhs-number", "999 000 0018", "9990000018"),
        ("upn", "p207000016049", "P207000016049"),
        ("la-child-id", "ab-12", "AB12"),
        ("hospital-number", "h 0042", "H0042"),
        ("police-reference", "unknown", ""),
    ],
)
def test_an_identifier_is_read_by_the_name_of_its_system(system: str, text: str, value: str) -> None:
    assert read_identifier(system, text).value == value


@given(st.sampled_from(SYSTEMS), st.text(max_size=60))
def test_no_text_raises_and_nothing_is_ever_a_valid_identifier(system: str, text: str) -> None:
    read = read_identifier(system, text)
    assert read.value or not read.valid
    assert read_identifier(system, read.value) == read
