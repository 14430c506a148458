"""An act is one transaction with its audit row last: a change without a row cannot be expressed."""

from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction

from joinedup.share import actions, queries
from joinedup.share.actions import act, acting, note, record
from joinedup.share.models import Agency, AuditRow, Subject
from joinedup.share.rules import Actor
from share.cast import AT, KEEPER


def acts() -> list[str]:
    return list(AuditRow.objects.order_by("pk").values_list("act", flat=True))


@act
def rename(*, by: Actor, at: datetime, agency: Agency, name: str) -> str:
    Agency.objects.filter(pk=agency.pk).update(name=name)
    note(agency=agency.pk)
    return name


@act
def rename_twice(*, by: Actor, at: datetime, agency: Agency) -> None:
    note(first=True)
    rename(by=by, at=at, agency=agency, name="One")
    rename(by=by, at=at, agency=agency, name="Two")
    note(last=True)


@act
def rename_and_fall(*, by: Actor, at: datetime, agency: Agency) -> None:
    rename(by=by, at=at, agency=agency, name="Fallen")
    raise LookupError


@pytest.fixture
def before(house) -> list[str]:
    return acts()


def test_an_act_leaves_one_row_with_what_it_noted(house, before) -> None:
    assert rename(by=KEEPER, at=AT, agency=house.agencies["police"], name="Police") == "Police"
    row = AuditRow.objects.latest("pk")
    assert len(acts()) == len(before) + 1
    assert (row.by, row.at, row.what, row.act.split(".")[-1]) == ("keeper", AT, {"agency": "police"}, "rename")


def test_verbs_within_a_verb_leave_their_rows_in_the_order_in_which_they_ended(house, before) -> None:
    rename_twice(by=KEEPER, at=AT, agency=house.agencies["police"])
    rows = list(AuditRow.objects.order_by("-pk")[:3])
    assert [row.act.split(".")[-1] for row in rows] == ["rename_twice", "rename", "rename"]
    assert rows[0].what == {"first": True, "last": True}


def test_an_act_that_fails_leaves_neither_change_nor_row(house, before) -> None:
    with pytest.raises(LookupError):
        rename_and_fall(by=KEEPER, at=AT, agency=house.agencies["police"])
    assert acts() == before
    assert Agency.objects.get(pk="police").name == "Police"


def test_an_inner_act_that_fell_takes_its_outer_one_with_it(house, before) -> None:
    """Even if somebody catches what it raised: half an act must not stand."""

    def swallow() -> None:
        with acting("outer", by=KEEPER, at=AT):
            with pytest.raises(LookupError):
                rename_and_fall(by=KEEPER, at=AT, agency=house.agencies["police"])
            Agency.objects.count()

    with pytest.raises(transaction.TransactionManagementError):
        swallow()
    assert acts() == before


def test_what_a_savepoint_undoes_leaves_no_row(house, before) -> None:
    with acting("outer", by=KEEPER, at=AT):
        with pytest.raises(LookupError), transaction.atomic():
            rename_and_fall(by=KEEPER, at=AT, agency=house.agencies["police"])
        rename(by=KEEPER, at=AT, agency=house.agencies["police"], name="Kept")
    assert [one.split(".")[-1] for one in acts()[len(before) :]] == ["rename", "outer"]


def test_a_step_leaves_a_row_only_when_it_is_alone(house, before) -> None:
    actions.allot_subject(by=KEEPER, at=AT, kind="child", allotted_to="a")
    with acting("outer", by=KEEPER, at=AT):
        actions.allot_subject(by=KEEPER, at=AT, kind="child", allotted_to="b")
    assert acts()[len(before) :] == ["share.allot_subjects", "outer"]


def test_stirring_nobody_writes_nothing(house, before) -> None:
    actions.stir(by=KEEPER, at=AT, subjects=[])
    assert acts() == before


def test_a_row_recorded_within_an_act_comes_with_its_rows(house, before) -> None:
    with acting("outer", by=KEEPER, at=AT):
        record(by=KEEPER, at=AT, act="answer", what={}, look=house.look("mash"))
        assert acts() == before
    assert acts()[len(before) :] == ["answer", "outer"]


def test_a_row_recorded_alone_is_written_at_once(house, before) -> None:
    record(by=KEEPER, at=AT, act="sign-in", what={})
    assert acts()[len(before) :] == ["sign-in"]


def test_a_note_outside_an_act_is_a_mistake(house) -> None:
    with pytest.raises(RuntimeError, match="inside an act"):
        note(anything=1)


@pytest.mark.parametrize("wrong", [{"by": "somebody", "at": AT}, {"by": KEEPER, "at": AT.replace(tzinfo=None)}])
def test_an_act_must_be_told_by_whom_and_when(house, wrong) -> None:
    with pytest.raises(TypeError, match="needs by=Actor and at=aware datetime"):
        rename(**wrong, agency=house.agencies["police"], name="x")


def test_nothing_can_be_done_before_a_partnership_is_founded(db) -> None:
    with pytest.raises(queries.NotFounded, match="no partnership"):
        actions.allot_subject(by=KEEPER, at=AT, kind="child", allotted_to="a")
    assert not Subject.objects.exists()


def test_long_words_are_cut_to_the_columns_and_still_verify(house) -> None:
    with acting("a" * 100, by=Actor("b" * 200), at=AT + timedelta(microseconds=7)):
        pass
    assert queries.verify().ok
    assert connection.in_atomic_block  # the test's own: nothing was left open by the act
