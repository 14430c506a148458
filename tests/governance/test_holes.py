"""Holes by which looks were not asked about, and that must stay mended."""

import importlib
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from joinedup.flow import ticking, worker
from joinedup.governance import actions, queries
from joinedup.governance.rules import Found, Signal, watch_on
from joinedup.link import queries as linked
from joinedup.share import actions as share
from joinedup.share.models import Practitioner
from joinedup.share.rules import Actor
from respond.town import AT, BORN, KEEPER, child, step
from respond.town import Town as Ellensford

Signed = Callable[[str], Client]
DAY = timedelta(days=1)
LATER = AT + 8 * DAY  # what was not done by now was not done
CHILD, DOUBT, SEARCH = "child/<str:reference>/", "doubts/<str:key>/", "find/"


@pytest.fixture
def town(town: Ellensford) -> Ellensford:
    for name in ("Tess", "Mina", "Jo"):
        town.tell("hospital", name)
    return town


def looks(town: Ellensford, who: str, *names: str, at: datetime = AT, route: str = CHILD, asked: str = "") -> None:
    """An answer in which these children were opened, as the door writes it."""
    look = town.look(who, at=at)
    look.note(subjects=[town.child(name).pk for name in names])
    what = {"route": route, "status": 200, "asked": [town.child(asked).reference] if asked else []}
    share.record(by=look.actor, at=at, act="answer", what=what, look=look)


def asked(town: Ellensford, at: datetime = LATER) -> dict[str, set[tuple[str, Signal]]]:
    """By name in the cast, the child and the signal of each question; draws are left out."""
    called = {town.child(name).reference: name for name in ("Tess", "Mina", "Jo")}
    found: dict[str, set[tuple[str, Signal]]] = {}
    for one in queries.caught(for_=town.look("guardian", at=at)):
        said = {(called[each], signal) for each in one.reference.split(" and ") for signal in one.signals}
        found.setdefault(one.who.partition("@")[0], set()).update(said)
    return {who: kept for who, said in found.items() if (kept := {one for one in said if one[1] != Signal.DRAWN})}


@pytest.mark.parametrize(("since", "until", "own"), [
    (-3, -2, False), (-3, 0, False), (-3, 1, True), (-3, None, True), (0, None, True), (1, None, False),
])  # fmt: skip
def test_work_is_a_reason_while_it_lasts(town: Ellensford, since: int, until: int | None, own: bool) -> None:
    end = None if until is None else AT + until * DAY
    share.involve(
        by=KEEPER, at=AT + since * DAY, subject=town.child("Tess"), relation="plan",
        practitioner=town.people["nurse"], until=end,
    )  # fmt: skip
    looks(town, "nurse", "Tess")
    assert asked(town) == ({} if own else {"nurse": {("Tess", Signal.NO_TASK)}})


def test_work_that_came_again_is_a_reason_again_and_not_between(town: Ellensford) -> None:
    for since, until in ((-30, -20), (-2, None)):
        share.involve(
            by=KEEPER, at=AT + since * DAY, subject=town.child("Tess"), relation="plan",
            practitioner=town.people["nurse"], until=None if until is None else AT + until * DAY,
        )  # fmt: skip
    looks(town, "nurse", "Tess")
    looks(town, "nurse", "Tess", at=AT - 25 * DAY)
    assert asked(town, at=AT + DAY) == {}
    looks(town, "nurse", "Tess", at=AT - 10 * DAY)
    assert asked(town, at=AT + DAY) == {"nurse": {("Tess", Signal.NO_TASK)}}


def test_a_look_after_the_work_ended_is_asked_about_on_the_very_day(town: Ellensford) -> None:
    share.involve(
        by=KEEPER, at=AT - DAY, subject=town.child("Tess"), relation="plan", practitioner=town.people["nurse"],
        until=AT + timedelta(hours=1),
    )  # fmt: skip
    looks(town, "nurse", "Tess")
    looks(town, "nurse", "Tess", at=AT + timedelta(hours=2))
    assert asked(town) == {"nurse": {("Tess", Signal.NO_TASK)}}


def test_somebody_without_a_name_is_asked_about_like_anybody(town: Ellensford) -> None:
    Practitioner.objects.filter(pk=town.people["nurse"].pk).update(name=" ")
    looks(town, "nurse", "Tess")
    assert asked(town) == {"nurse": {("Tess", Signal.NO_TASK)}}


def test_each_child_of_a_pair_is_a_look(town: Ellensford) -> None:
    looks(town, "nurse", "Tess", "Mina", route=DOUBT)
    assert asked(town) == {"nurse": {("Tess", Signal.NO_TASK), ("Mina", Signal.NO_TASK)}}
    named(town, "nurse", "Joy Arden")
    assert ("Tess", Signal.NAME) in asked(town)["nurse"]


def named(town: Ellensford, who: str, name: str) -> None:
    Practitioner.objects.filter(pk=town.people[who].pk).update(name=name)


def test_of_a_pair_only_the_strange_child_is_asked_about(town: Ellensford) -> None:
    town.involve("Tess", plan="nurse")
    looks(town, "nurse", "Tess", "Mina", route=DOUBT)
    assert asked(town) == {"nurse": {("Mina", Signal.NO_TASK)}}


def test_a_list_of_several_opens_nobody(town: Ellensford) -> None:
    looks(town, "nurse", "Tess", "Mina", route=SEARCH)
    assert asked(town) == {}


def test_whoever_is_shown_on_a_childs_page_is_there_for_that_childs_sake(town: Ellensford) -> None:
    """Of one's own work nobody is asked why a brother or a friend stood on the page, unless it is one's own family."""
    town.involve("Tess", plan="nurse")
    looks(town, "nurse", "Tess", "Mina", asked="Tess")
    assert asked(town) == {}
    looks(town, "lead", "Tess", "Mina", asked="Tess")
    assert asked(town) == {"lead": {("Tess", Signal.NO_TASK), ("Mina", Signal.NO_TASK)}}
    named(town, "nurse", "Joy Arden")
    assert asked(town)["nurse"] == {("Tess", Signal.NAME), ("Mina", Signal.NAME)}


def test_a_page_opened_for_itself_is_not_hidden_by_an_earlier_one_beside(town: Ellensford) -> None:
    town.involve("Tess", plan="nurse")
    looks(town, "nurse", "Tess", "Mina", asked="Tess")
    looks(town, "nurse", "Mina", "Tess", asked="Mina", at=AT + timedelta(hours=1))
    assert asked(town) == {"nurse": {("Mina", Signal.NO_TASK)}}


def test_a_page_that_shows_a_parent_too_is_a_look_at_the_child(town: Ellensford, client_of: Signed) -> None:
    """Through the real door: the page of a child with a mother and a brother on it."""
    mother = {"kind": "adult", "role": "parent", "names": [{"given": "Dawn", "family": "Arden"}]}
    town.bring("hospital", [child("Tess"), mother, child("Jo")], [{"kind": "concern", "about": [1, 3]}])
    opened(client_of("ann"), town.child("Tess").reference)
    assert ("Tess", Signal.NO_TASK) in asked(town)["ann"]


def opened(client: Client, reference: str) -> None:
    why = {"why": "Somebody rang or wrote about this child", "more": ""}
    page = client.post(f"/reason/?child={reference}&next=/child/{reference}/", why, follow=True)
    assert reference in page.content.decode()


def test_a_doubt_that_was_opened_is_a_look_at_both(town: Ellensford, client_of: Signed) -> None:
    other = {
        "kind": "child",
        "role": "subject",
        "names": [{"given": "Tess", "family": "Brookes"}],
        "born": BORN["Tess"],
    }
    town.bring("school", [other], [{"kind": "concern"}])
    doubts = linked.doubts(for_=town.look("ann"))
    [doubt] = [one for one in doubts if any("Brookes" in repr(side) for side in one.sides)]
    assert client_of("ann").get(f"/doubts/{doubt.key}/").status_code == 200
    [one] = [one for one in queries.caught(for_=town.look("guardian", at=LATER)) if one.who == "ann@example.org"]
    assert len({side.reference for side in doubt.sides}) == 2
    assert set(one.reference.split(" and ")) == {side.reference for side in doubt.sides}


def test_opening_in_an_emergency_is_no_work(town: Ellensford) -> None:
    looks(town, "nurse", "Tess")
    by, tess, soon = town.actor("nurse"), town.child("Tess"), AT + timedelta(hours=1)
    share.break_glass(by=by, at=soon, subject=tess, reason="Somebody is at the door.")
    share.declare_conflict(by=by, at=soon, subject=tess, practitioner=town.people["lead"], reason="They are related.")
    assert asked(town) == {"nurse": {("Tess", Signal.NO_TASK)}}


def test_a_decision_about_the_child_is_work_and_one_about_another_is_none(town: Ellensford) -> None:
    for name in ("Tess", "Mina"):
        looks(town, "ann", name)
    town.decide("ann", "Tess", at=AT + DAY)
    assert asked(town) == {"ann": {("Mina", Signal.NO_TASK)}}


def test_what_was_to_be_done_and_is_done_is_work(town: Ellensford) -> None:
    decision = town.decide("ann", "Tess", steps=[step("social-care", "Bo", "Ring the school")])
    looks(town, "bo", "Tess")
    assert "bo" in asked(town)
    actions_of("respond").finish(by=town.actor("bo"), at=AT + DAY, action=decision.actions.get().pk)
    assert "bo" not in asked(town)


def test_a_notice_that_they_make_is_work(town: Ellensford) -> None:
    looks(town, "nurse", "Tess")
    assert "nurse" in asked(town)
    event = {"n": 1, "kind": "concern", "happened": {"from": "2026-03-05"}, "told": []}
    notice = {"form": "joinedup/notice/1", "id": "typed-1", "agency": "hospital", "events": [event]}
    body = json.dumps({**notice, "persons": [child("Tess") | {"n": 1}]}).encode()
    said = {"agency": "hospital", "body": body, "media": "application/json", "channel": "form"}
    actions_of("receive").receive(by=town.actor("nurse"), at=AT + DAY, **said)
    worker.once(at=AT + DAY)
    assert "nurse" not in asked(town)


def actions_of(room: str) -> Any:
    return importlib.import_module(f"joinedup.{room}.actions")


def test_every_act_that_counts_as_work_is_one() -> None:
    for act in watch_on(AT.date()).work:
        room, verb = act.split(".")
        assert getattr(actions_of(room), verb).act == act


def test_a_question_stays_until_it_is_answered(town: Ellensford) -> None:
    looks(town, "nurse", "Tess")
    ticking.tick(at=LATER)
    for days in (60, 400):
        assert asked(town, at=AT + days * DAY) == {"nurse": {("Tess", Signal.NO_TASK)}}
    look = town.look("guardian", at=AT + 60 * DAY)
    [one] = queries.caught(for_=look)
    assert queries.waits(for_=look) == 1
    actions.review_look(by=look.actor, at=look.at, row=one.row, found=Found.IN_ORDER, reason="She was rung.")
    assert queries.caught(for_=look) == []


def test_days_without_a_tick_lose_no_question(town: Ellensford) -> None:
    ticking.tick(at=AT)
    looks(town, "nurse", "Tess", at=AT + DAY)
    ticking.tick(at=AT + 90 * DAY)
    assert asked(town, at=AT + 91 * DAY) == {"nurse": {("Tess", Signal.NO_TASK)}}


def test_a_signal_that_came_later_is_kept_too_and_what_was_asked_stays_asked(town: Ellensford) -> None:
    named(town, "nurse", "Joy Arden")
    looks(town, "nurse", "Tess")
    ticking.tick(at=AT)
    ticking.tick(at=LATER)
    ticking.tick(at=LATER)
    named(town, "nurse", "Joy Bell")
    for at in (LATER, AT + 60 * DAY):
        assert asked(town, at=at) == {"nurse": {("Tess", Signal.NAME), ("Tess", Signal.NO_TASK)}}


def test_her_own_agencys_old_questions_are_not_hers(town: Ellensford) -> None:
    looks(town, "officer", "Tess")
    ticking.tick(at=LATER)
    assert asked(town, at=AT + 60 * DAY) == {}


def test_a_new_e_mail_address_hides_nobody_and_accuses_nobody_else(town: Ellensford) -> None:
    looks(town, "nurse", "Tess")
    decided = town.people["ann"]
    looks(town, "ann", "Tess")
    town.decide("ann", "Tess", at=AT + DAY)
    for one in (town.people["nurse"], decided):
        one.email = f"{one.email}.uk"
        one.save()
    share.add_practitioner(
        by=KEEPER, at=AT + DAY, email="nurse@example.org", name="Jay Arden", agency="hospital", roles=["ed-nurse"]
    )
    assert asked(town) == {"nurse": {("Tess", Signal.NO_TASK)}}


def test_a_row_from_before_rows_named_the_account_is_found_by_its_address(town: Ellensford) -> None:
    look = town.look("nurse")
    look.note(subjects=[town.child("Tess").pk])
    share.record(by=Actor(look.by, look.agency), at=AT, act="answer", what={"route": CHILD}, look=look)
    machine, what = Actor("hospital: ED system", "hospital"), {"subject": town.child("Tess").pk}
    share.record(by=machine, at=AT + DAY, act="respond.decide", what=what)  # is nobody's here
    assert asked(town) == {"nurse": {("Tess", Signal.NO_TASK)}}


def asked_of_the_database(town: Ellensford) -> int:
    look = town.look("guardian", at=AT + 60 * DAY)
    with CaptureQueriesContext(connection) as done:
        queries.caught(for_=look)
    return len(done)


def test_more_looks_are_no_more_questions_to_the_database(town: Ellensford) -> None:
    looks(town, "nurse", "Tess", at=AT + 50 * DAY)
    looks(town, "nurse", "Tess")
    ticking.tick(at=LATER)
    few = asked_of_the_database(town)
    for who in ("nurse", "lead", "ann", "bo", "worker"):
        for n, name in enumerate(("Tess", "Mina", "Jo")):
            looks(town, who, name, at=AT - n * DAY)
            looks(town, who, name, at=AT + (45 + n) * DAY)
    ticking.tick(at=LATER + DAY)
    assert asked_of_the_database(town) == few
