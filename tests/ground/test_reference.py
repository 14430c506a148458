"""The spoken reference of a child finds every slip of one character and every swap."""

from itertools import combinations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.ground.reference import ALPHABET, allot, is_reference, normalise

seeds = st.integers(0, 2**32).map(lambda seed: allot(Random(seed).randrange))


@given(seeds)
def test_every_wrong_single_character_is_found(reference: str) -> None:
    for place in (0, 1, 2, 4, 5, 6, 8):
        for other in set(ALPHABET) - {reference[place]}:
            assert not is_reference(reference[:place] + other + reference[place + 1 :])


@given(seeds)
def test_every_swap_of_two_different_characters_is_found(reference: str) -> None:
    for a, b in combinations((0, 1, 2, 4, 5, 6, 8), 2):
        swapped = list(reference)
        swapped[a], swapped[b] = swapped[b], swapped[a]
        assert is_reference("".join(swapped)) == (reference[a] == reference[b])


@given(seeds)
def test_a_lost_or_doubled_character_is_found(reference: str) -> None:
    for place in range(len(reference)):
        if reference[place] != "-":
            assert not is_reference(reference[:place] + reference[place + 1 :])
            assert not is_reference(reference[: place + 1] + reference[place:])


@given(seeds)
def test_a_reference_is_known_however_it_is_written_down(reference: str) -> None:
    bare = reference.replace("-", "")
    for written in (reference.lower(), bare, f" {bare[:2]} {bare[2:]} ", reference.replace("8", "b").replace("5", "S")):
        assert is_reference(written)
        assert normalise(written) == reference


def test_a_reference_has_no_vowels_and_nothing_that_looks_like_something_else() -> None:
    assert not set(ALPHABET) & set("AEIOU01BGSZLQ")
    assert len(ALPHABET) == len(set(ALPHABET)) == 23


def test_a_reference_looks_as_it_is_spoken_and_comes_from_the_callers_chance_alone() -> None:
    assert allot(lambda n: 0) == "222-222-2"
    assert allot(lambda n: n - 1) == "YYY-YYY-5"
    drawn = [allot(Random(seed).randrange) for seed in range(500)]
    assert len(set(drawn)) == 500


@pytest.mark.parametrize("text", ["", "KT7", "KT7-3MW-", "KTI-3MW-9", "a reference", "ẞ" * 7, "KT7-3MW-99"])
def test_other_text_is_no_reference(text: str) -> None:
    assert not is_reference(text)
    assert isinstance(normalise(text), str)
