"""A guardian asks about looks of other agencies, sees no case, and is not seen to have asked."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from joinedup.governance import actions, queries
from joinedup.governance.models import Declared, GuardianWord
from joinedup.governance.rules import Found, Glance, Signal, signals, to_keep, watch_on
from joinedup.share import queries as house
from joinedup.share.models import AuditAbout, AuditRow
from joinedup.share.rules import FLOW
from respond import town as towns
from respond.town import AT, canary

Signed = Callable[[str], Client]
WEEK = timedelta(days=8)
SALT = b"salt"
WHAT = (("postcode", "EL4 2AB"), ("name", "Arden"))


@pytest.fixture
def looked(town: towns.Town, client_of: Signed) -> towns.Town:
    """A school's lead whose family name is the child's opens her; so does a nurse, and an officer of the police."""
    lead = town.people["lead"]
    lead.name = "Lee Arden"
    lead.save()
    for agency in ("school", "hospital", "police"):
        town.tell(agency, "Tess", "concern", words=canary(agency))
    for who in ("lead", "nurse", "officer"):
        why = {"why": "Somebody rang or wrote about this child", "more": ""}
        reference = town.child("Tess").reference
        client_of(who).post(f"/reason/?child={reference}&next=/child/{reference}/", why, follow=True)
    return town


def test_the_relative_is_asked_about_and_the_guardians_own_agency_is_not_hers(looked: towns.Town) -> None:
    caught = {one.who: one for one in queries.caught(for_=looked.look("guardian"))}
    assert Signal.NAME in caught["lead@example.org"].signals
    assert "officer@example.org" not in caught  # the guardian is of the police


def test_she_sees_who_and_why_and_nothing_of_the_child(looked: towns.Town, client_of: Signed) -> None:
    guardian = client_of("guardian")
    page = guardian.get("/looks/").content.decode()
    assert "lead@example.org" in page
    assert looked.child("Tess").reference in page
    for word in ("Tess", "Arden", *(canary(agency) for agency in ("school", "hospital", "police"))):
        assert word not in page.replace("Lee Arden", "")
    assert guardian.get(f"/child/{looked.child('Tess').reference}/").status_code == 403


def test_her_word_is_kept_and_nobody_learns_that_she_asked(looked: towns.Town, client_of: Signed) -> None:
    guardian, [row] = (
        client_of("guardian"),
        [one.row for one in queries.caught(for_=looked.look("guardian")) if one.who == "lead@example.org"],
    )
    assert "Choose what you found" in guardian.post(f"/looks/{row}/", {"reason": ""}).content.decode()
    assert guardian.post(f"/looks/{row}/", {"found": "ASKED", "reason": "Rang the head teacher."}).status_code == 302
    assert GuardianWord.objects.get().found == "ASKED"
    assert "Rang the head teacher." in guardian.get(f"/looks/{row}/").content.decode()
    own = set(AuditRow.objects.filter(by="guardian@example.org").values_list("pk", flat=True))
    assert own
    assert not AuditAbout.objects.filter(row__in=own).exists()  # so it is on no child's page
    assert guardian.get("/looks/999999/").status_code == 404


def test_nobody_else_has_these_pages(looked: towns.Town, client_of: Signed) -> None:
    for who in ("ann", "manager", "governance", "nurse", "reviewer", "mara"):
        assert client_of(who).get("/looks/").status_code == 403
        assert queries.caught(for_=looked.look(who)) == []


def test_what_somebody_declares_is_compared_and_read_by_nobody(looked: towns.Town, client_of: Signed) -> None:
    nurse = client_of("nurse")
    assert nurse.post("/my-family/", {"what": "name", "text": " ARDEN "}).status_code == 302
    assert "1 name or postcode" in nurse.get("/my-family/").content.decode()
    assert "arden" not in repr(list(Declared.objects.values())).casefold()
    caught = {one.who: one for one in queries.caught(for_=looked.look("guardian"))}
    assert Signal.NAME in caught["nurse@example.org"].signals


def test_what_is_missing_is_refused(looked: towns.Town) -> None:
    by, at = looked.actor("guardian"), AT
    for does in (
        lambda: actions.review_look(by=by, at=at, row=1, found=Found.WRONG, reason=" "),
        lambda: actions.review_look(by=FLOW, at=at, row=1, found=Found.WRONG, reason="x"),
        lambda: actions.declare(by=FLOW, at=at, what="name", text="x"),
        lambda: actions.declare(by=by, at=at, what="colour", text="x"),
        lambda: actions.declare(by=by, at=at, what="name", text=" "),
    ):
        with pytest.raises(ValueError, match=r"\w"):
            does()
    assert house.partnership().simulated


def glance(row: int, **more: object) -> Glance:
    said = {
        "digest": str(row),
        "at": AT,
        "day": AT.date(),
        "who": 1,
        "name": "Lee Hale",
        "role": "r",
        "head": row,
        "own": False,
    }
    return Glance(row, **said | more)  # type: ignore[arg-type]


def why(*glances: Glance, at=AT + WEEK) -> dict[int, set[Signal]]:
    found = signals(glances, watch=watch_on(AT.date()), salt=SALT, at=at)
    return {row: set(said) - {Signal.DRAWN} for (row, _), said in found.items() if set(said) - {Signal.DRAWN}}


def test_each_signal_by_itself() -> None:
    done = {"acted": (AT + timedelta(days=1),)}
    assert why(glance(1, **done)) == {}
    assert why(glance(1, own=True)) == {}
    assert why(glance(1)) == {1: {Signal.NO_TASK}}
    assert why(glance(1), at=AT + timedelta(days=6)) == {}  # something may still be done
    assert why(glance(1, acted=(AT - timedelta(days=1), AT + WEEK))) == {1: {Signal.NO_TASK}}
    assert why(glance(1, family=frozenset({"hale"}), **done)) == {1: {Signal.NAME}}
    said = frozenset(kept for what in WHAT for _, kept in to_keep(SALT, *what))
    assert why(glance(1, postcodes=frozenset({"el42ab"}), declared=said, **done)) == {1: {Signal.ADDRESS}}
    assert why(glance(1, family=frozenset({"ARDEN"}), declared=said, **done)) == {1: {Signal.NAME}}


def test_far_more_than_others_in_the_role_that_week() -> None:
    done = {"acted": (AT,)}
    others = [glance(n, who=n, **done) for n in range(100, 106)]
    busy = [glance(n, who=7, **done) for n in range(11)]
    assert why(*others, *busy) == {n: {Signal.VOLUME} for n in range(11)}
    assert why(*others, *busy[:10]) == {}
    assert why(*others, *(glance(n, who=7, own=True) for n in range(11))) == {}


@given(st.permutations(range(40)))
def test_any_order_gives_the_same_signals(order: list[int]) -> None:
    looks = [glance(n, who=n % 3, name="Lee Hale", family=frozenset({"Hale"} if n % 5 == 0 else ())) for n in range(40)]
    assert why(*(looks[n] for n in order)) == why(*looks)


def test_some_looks_are_drawn_by_a_key_that_nobody_at_a_desk_has() -> None:
    looks = [glance(n, own=True) for n in range(2_000)]
    drawn = {salt: set(signals(looks, watch=watch_on(AT.date()), salt=salt, at=AT)) for salt in (b"one", b"two")}
    assert all(20 <= len(rows) <= 60 for rows in drawn.values())
    assert drawn[b"one"] != drawn[b"two"]
    assert drawn[b"one"] == set(signals(looks[::-1], watch=watch_on(AT.date()), salt=b"one", at=AT))
