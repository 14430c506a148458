"""Subjects: allotted once, joined and parted, stirred and settled; and who works with them."""

from datetime import timedelta

import pytest

from joinedup.ground.reference import is_reference
from joinedup.share import actions, queries
from joinedup.share.actions import Reach
from joinedup.share.models import Involvement, Subject
from joinedup.share.rules import FLOW
from share.cast import AT, KEEPER

LATER = AT + timedelta(minutes=5)


@pytest.fixture
def three(house) -> list[Subject]:
    made = actions.allot_subjects(by=FLOW, at=AT, kinds={"a": "child", "b": "child", "c": "adult"})
    return [made[key] for key in "abc"]


def stirred() -> list[int]:
    return list(Subject.objects.filter(stirred_at__isnull=False).order_by("pk").values_list("pk", flat=True))


def test_a_record_is_allotted_one_reference_for_good(three) -> None:
    again = actions.allot_subjects(by=FLOW, at=LATER, kinds={"a": "child", "d": "child"})
    assert again["a"] == three[0]
    assert is_reference(again["d"].reference)
    assert queries.subjects_of_records(["a", "x"]) == {"a": three[0]}


def test_a_child_is_the_subjects_under_one_head_and_keeps_every_reference(three) -> None:
    a, b, c = three
    assert actions.set_heads(by=FLOW, at=AT, heads={a.pk: a.pk, b.pk: a.pk}) == {a.pk, b.pk}
    assert queries.members(a) == [a, b]
    assert queries.members(b.pk) == []
    assert queries.by_reference(b.reference.replace("-", " ").lower()) == a
    assert queries.by_reference("nobody") is None
    assert queries.head_ids([a.pk, b.pk]) == {a.pk: a.pk, b.pk: a.pk}
    assert queries.head_of(Subject.objects.get(pk=b.pk)) == a
    assert queries.every_head(kind="child") == [a.pk]
    assert queries.heads_as_they_stand() == {b.pk: a.pk}
    assert queries.subjects([c.pk]) == {c.pk: c}
    assert stirred() == [a.pk, b.pk]


def test_saying_the_same_heads_again_stirs_nobody(three) -> None:
    a, b, _ = three
    actions.set_heads(by=FLOW, at=AT, heads={b.pk: a.pk})
    actions.settle(by=FLOW, at=AT, heads=[a.pk, b.pk])
    assert actions.set_heads(by=FLOW, at=AT, heads={b.pk: a.pk}) == set()
    assert stirred() == []


def test_after_an_unmerge_the_old_reference_is_there_again(three) -> None:
    a, b, _ = three
    actions.set_heads(by=FLOW, at=AT, heads={b.pk: a.pk})
    actions.set_heads(by=FLOW, at=LATER, heads={b.pk: b.pk})
    assert queries.by_reference(b.reference) == b


def test_parting_all_forgets_heads_and_reach_but_no_persons_work(house, three) -> None:
    a, b, _ = three
    actions.set_heads(by=FLOW, at=AT, heads={b.pk: a.pk})
    actions.reach(by=FLOW, at=AT, reached=[Reach(a.pk, "hospital", "held")])
    house.allocate(a, "worker")
    actions.part_all(by=FLOW, at=AT)
    assert queries.heads_as_they_stand() == {}
    assert [one.relation for one in Involvement.objects.all()] == ["allocated"]


def test_a_stirred_subject_is_claimed_by_one_worker_until_its_lease_runs_out(three) -> None:
    a, b, c = three
    actions.stir(by=FLOW, at=AT, subjects=[b.pk, a.pk, b.pk])
    assert actions.claim_stirred(by=FLOW, at=AT, limit=1) == [a.pk]
    assert actions.claim_stirred(by=FLOW, at=AT, limit=10) == [b.pk]
    assert actions.claim_stirred(by=FLOW, at=AT, limit=10) == []
    assert actions.claim_stirred(by=FLOW, at=LATER, limit=10) == [a.pk, b.pk]
    actions.settle(by=FLOW, at=LATER, heads=[a.pk, b.pk])
    assert actions.claim_stirred(by=FLOW, at=LATER + timedelta(hours=1), limit=10) == []
    assert c.pk not in stirred()


def test_who_is_stirred_while_a_worker_holds_it_is_derived_once_more(three) -> None:
    a = three[0]
    actions.stir(by=FLOW, at=AT, subjects=[a.pk])
    actions.claim_stirred(by=FLOW, at=AT, limit=1)
    actions.settle(by=FLOW, at=AT, heads=[a.pk])
    actions.stir(by=FLOW, at=AT, subjects=[a.pk])
    assert actions.claim_stirred(by=FLOW, at=AT, limit=1) == [a.pk]


def test_an_involvement_stands_once_and_ends(house, three) -> None:
    a = three[0]
    first = house.allocate(a, "worker")
    assert house.allocate(a, "worker") == first
    assert [one.practitioner.email for one in queries.allocated_to(a.pk, at=AT)] == ["worker@example.org"]
    assert list(queries.work_of(for_=house.look("worker"))) == [a]
    assert list(queries.heads_with(relation="allocated", at=AT)) == [a]
    actions.end_involvement(by=KEEPER, at=LATER, involvement=first)
    assert queries.allocated_to(a.pk, at=LATER) == []
    assert not queries.visible_subjects(for_=house.look("worker", at=LATER)).exists()


def test_work_with_any_record_of_a_child_is_work_with_the_child(house, three) -> None:
    a, b, _ = three
    actions.set_heads(by=FLOW, at=AT, heads={b.pk: a.pk})
    house.allocate(b, "worker")
    assert list(queries.work_of(for_=house.look("worker"))) == [a]
    assert list(queries.heads_with(relation="allocated", at=AT)) == [a]
    assert len(queries.allocated_to(a.pk, at=AT)) == 1


def test_an_agency_may_be_involved_without_naming_a_practitioner(house, three) -> None:
    made = actions.involve(by=KEEPER, at=AT, subject=three[0], relation="plan", agency="ymca")
    same = actions.involve(by=KEEPER, at=AT, subject=three[0], relation="plan", agency=house.agencies["ymca"])
    assert made == same
    assert list(queries.visible_subjects(for_=house.look("key-worker", reason="a call"))) == [three[0]]
    with pytest.raises(ValueError, match="nobody works with a child as 'friend'"):
        actions.involve(by=KEEPER, at=AT, subject=three[0], relation="friend", agency="ymca")
    with pytest.raises(ValueError, match="practitioner or an agency"):
        actions.involve(by=KEEPER, at=AT, subject=three[0], relation="plan")


def test_reaching_an_agency_twice_or_one_that_nobody_knows_changes_nothing(house, three) -> None:
    for _ in range(2):
        actions.reach(
            by=FLOW, at=AT, reached=[Reach(three[0].pk, "police", "told"), Reach(three[0].pk, "westmark", "told")]
        )
    assert list(Involvement.objects.values_list("agency", flat=True)) == ["police"]
    assert list(queries.visible_subjects(for_=house.look("officer", reason="a call"))) == [three[0]]


def test_a_reference_that_somebody_has_is_drawn_again(house, monkeypatch) -> None:
    drawn = iter([0] * 12 + [1] * 6)  # the same six characters twice, then others
    monkeypatch.setattr("joinedup.share.actions.subjects.secrets.randbelow", lambda _: next(drawn))
    one = actions.allot_subject(by=FLOW, at=AT, kind="child", allotted_to="a")
    two = actions.allot_subject(by=FLOW, at=AT, kind="child", allotted_to="b")
    assert one.reference != two.reference
