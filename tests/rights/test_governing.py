"""Complaints by their clock; and the partnership in numbers that tell of nobody."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from flow.street import AT, child, event
from joinedup.rights import actions, queries
from joinedup.rights.models import Complaint
from joinedup.rights.rules.complaints import Dealt, clock
from joinedup.rights.rules.numbers import FEW, counted, said
from joinedup.share.rules import FLOW
from rights.conftest import Family

Signed = Callable[[str], Client]
RECEIVED = datetime(2026, 7, 1, 9, tzinfo=UTC)


def test_a_complaint_is_acknowledged_within_thirty_days_and_answered() -> None:
    waits = clock(RECEIVED, [])
    assert waits.by is not None
    assert (waits.by.date(), waits.over) == (date(2026, 7, 31), False)
    assert clock(RECEIVED, [Dealt.ACKNOWLEDGE]).by is None
    assert clock(RECEIVED, [Dealt.UPHOLD]).over


def test_from_a_complaint_to_its_answer(family: Family, signed: Signed) -> None:
    gil = signed("gil")
    said_ = {"name": "Dana Arden", "subject": family.tess.reference, "says": "A letter went to the wrong house.",
             "received-day": "1", "received-month": "3", "received-year": "2026"}  # fmt: skip
    assert "yet to come" in gil.post("/complaints/", {**said_, "received-year": "2027"}).content.decode()
    assert "A letter went" in gil.post("/complaints/", said_, follow=True).content.decode()
    page = f"/complaints/{Complaint.objects.get().pk}/"
    assert "31 March 2026" in gil.get(page).content.decode()
    acknowledged = {"what": "ACKNOWLEDGE", "reason": "Written to her."}
    assert "Acknowledged" in gil.post(page, acknowledged, follow=True).content.decode()
    assert "This was said before" in gil.post(page, acknowledged).content.decode()
    upheld = {"what": "UPHOLD", "reason": "It did, and we changed how we check."}
    assert "it is upheld" in signed("max").post(page, upheld, follow=True).content.decode()
    assert "This was said before" in gil.post(page, {"what": "REJECT", "reason": "x"}).content.decode()
    assert gil.get("/complaints/0198c1de-0000-7000-8000-000000000000/").status_code == 404
    assert signed("iris").get("/complaints/").status_code == 403
    assert queries.complaints(for_=family.look("iris")) == []


def test_a_person_keeps_it(family: Family) -> None:
    kept = {"subject": None, "name": "Dana Arden", "says": "Slow.", "received": AT}
    for wrong in ({"by": FLOW}, {"says": ""}, {"received": AT + timedelta(days=1)}):
        with pytest.raises(ValueError, match=r"person|of what|yet to come"):
            actions.keep_complaint(**{"by": family.actor("gil"), "at": AT, **kept, **wrong})  # type: ignore[arg-type]
    made = actions.keep_complaint(by=family.actor("gil"), at=AT, **kept)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="told"):
        actions.deal_with(by=family.actor("gil"), at=AT, complaint=made, what=Dealt.ACKNOWLEDGE, reason="")


def test_how_children_came_in_by_numbers_alone(family: Family, signed: Signed) -> None:
    for n in range(6):
        born = f"2012-0{n + 1}-11"
        concern, kind = ("neglect",) if n < 5 else (), "concern" if n < 5 else "looked-after-begun"
        family.street.tell("school", [child(f"Given{n}", f"Fam{n}", born)], event(kind, "2026-03-02", *concern))
    numbers = queries.status(for_=family.look("gil"))
    assert numbers is not None
    assert dict(numbers.children.parts) == {
        "By a concern": "7", "By a statutory status": FEW, "By another notice": FEW,
        "Named beside another child, with nothing of their own": FEW,
    }  # fmt: skip
    assert numbers.children.whole == "about 10"
    assert dict(numbers.messages.parts)["Placed"] == "8"
    assert dict(numbers.waiting)["Complaints"] == FEW
    page = signed("gil").get("/status/").content.decode()
    assert "By a concern" in page
    for name in ("Tess", "Arden", "Given0", family.tess.reference):
        assert name not in page
    assert signed("max").get("/status/").status_code == 403
    assert queries.status(for_=family.look("max")) is None


@given(st.dictionaries(st.sampled_from("abcd"), st.integers(0, 40), min_size=1))
def test_no_whole_gives_away_a_part_that_is_left_unsaid(parts: dict[str, int]) -> None:
    shown = counted(parts)
    unsaid = [count for count in parts.values() if count < 5]
    assert sum(words == FEW for _, words in shown.parts) == len(unsaid)
    assert not unsaid or shown.whole == FEW or shown.whole.startswith("about ")
    assert said(4) == FEW
