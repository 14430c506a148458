"""What keeps two records apart, pair by pair: births, and forenames of one birth."""

import pytest

from joinedup.link.rules.constraints import TWINS, short_for, softer_rule


def child(given: str, born: str, family: str = "arden") -> dict[str, object]:
    return {
        "given": given,
        "givens": [given],
        "roots": [given],
        "family": family,
        "families": [family],
        "borns": [born],
    }


@pytest.mark.parametrize(
    ("given", "born", "why"),
    [
        ("tess", "2011-05-17", ""),
        ("tess", "2011-05-18", ""),  # one slip
        ("tess", "2012-05-18", ""),  # two, of one who has both names
        ("robin", "2012-05-18", "other-birth"),  # a brother of nearly that birthday
        ("tess", "2013-09-02", "other-birth"),  # of the same name, and born quite elsewhen
        ("robin", "2011-05-17", TWINS),
        ("tessa", "2011-05-17", ""),
    ],
)
def test_what_is_kept_apart_from_tess_arden(given: str, born: str, why: str) -> None:
    assert softer_rule(child("tess", "2011-05-17"), child(given, born)) == why


@pytest.mark.parametrize(
    ("one", "other", "short"),
    [("s", "sam", True), ("sam", "samantha", True), ("jo", "joanna", False), ("ann", "joanna", False)],
)
def test_a_name_that_begins_the_other_is_short_for_it(one: str, other: str, short: bool) -> None:
    assert short_for(one, other) is short_for(other, one) is short
