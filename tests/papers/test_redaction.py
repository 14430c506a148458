"""What a recipient reads of a paper: nothing shielded that was not released for them, wherever it stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.papers.rules import Class, Part, Shield, Shown, class_of_address, class_of_agency, redact
from joinedup.share.rules import HandlingCode

SHIELDS = (
    Shield(Class.HOME, "4 Canary Row"),
    Shield(Class.PLACEMENT, "9 Foster Lane"),
    Shield(Class.SCHOOL, "Station Road School"),
    Shield(Class.REPORTER, "the night porter"),
)
CANARIES = {shield.what: shield.text for shield in SHIELDS} | {Class.CONTACT: "01632 960 777"}
classes = st.frozensets(st.sampled_from(Class))


@given(planted=classes, released=classes, barred=classes, before=st.text(), after=st.text())
def test_each_class_is_read_exactly_if_it_was_released_and_the_person_may_learn_it(
    planted, released, barred, before, after
) -> None:
    text = "; ".join([before, *(CANARIES[what] for what in sorted(planted)), after])
    found = redact([Part("text", (text,))], SHIELDS, released=released, must_not_learn=dict.fromkeys(barred, "why"))
    (read,) = found.parts[0].texts
    for what in planted:
        assert (CANARIES[what] in read) == (what in released and what not in barred)
    said = {one.what for one in found.redactions}
    assert planted - (released - barred) <= said
    assert all(not one.releasable for one in found.redactions if one.what in barred)


@pytest.mark.parametrize("handling", [HandlingCode.OWNER, HandlingCode.ASK])
def test_what_its_owner_keeps_is_left_out_as_a_whole_until_they_give_their_word(handling: HandlingCode) -> None:
    part = Part("entry", ("4 March", "Words of the police"), "police", handling)
    kept = redact([part], (), released=frozenset(Class))
    assert kept.parts[0].texts == ("[withheld]", "[withheld]")
    assert [(one.owner, one.releasable) for one in kept.redactions] == [("police", False)]
    assert redact([part], (), words={"police"}).parts[0].texts == part.texts
    assert redact([part], (), words={"hospital"}).parts[0].texts == kept.parts[0].texts


def test_where_it_comes_from_travels_with_an_excerpt() -> None:
    part = Part("entry", ("At 4 Canary Row",), "police", HandlingCode.OPEN)
    (read,) = redact([part], SHIELDS).parts
    assert (read.key, read.owner, read.handling) == ("entry", "police", HandlingCode.OPEN)


def test_an_entry_that_the_recipients_own_role_does_not_reach_is_left_out() -> None:
    found = redact([Part("entry", ("Words",), allowed=False)], (), words={""})
    assert found.parts[0].texts == ("[withheld]",)
    assert found.redactions[0].why == "The recipient's own role does not reach it"


def test_classes_of_addresses_and_of_agencies() -> None:
    assert [class_of_address(kind) for kind in ("home", "placement", "school", "other")] == [
        Class.HOME, Class.PLACEMENT, Class.SCHOOL, Class.HOME,
    ]  # fmt: skip
    assert class_of_agency("fostering") is Class.PLACEMENT
    assert class_of_agency("hospital") is None


def test_a_paper_that_left_is_read_without_the_entries_that_are_not_for_whoever_looks() -> None:
    mine, theirs = Part("a", ("ours",), owner="school"), Part("b", ("theirs",), owner="police")
    left = redact([Part("text", ("Dear",)), mine, theirs], SHIELDS).as_kept()
    seen = Shown.as_left(left, {"a"})
    assert [part.texts for part in seen.parts] == [("Dear",), ("ours",), ("[withheld]",)]
    assert [part.allowed for part in seen.parts] == [True, True, False]
