"""Where somebody's day begins, and what a role is offered that it may not do."""

from collections.abc import Callable

import pytest
from django.test import Client

from joinedup.share import actions as share
from joinedup.share.doors.looking import REASONS
from joinedup.share.rules import ROLES
from respond import town as towns
from respond.town import AT

KEEPER = towns.KEEPER
ALLAUTH = "allauth.account.auth_backends.AuthenticationBackend"


def of_role(role: str, agency: str) -> Client:
    email = f"a-{role}@example.org"
    client = Client()
    person = share.add_practitioner(by=KEEPER, at=AT, email=email, name="A. Person", agency=agency, roles=[role])
    client.force_login(person, ALLAUTH)
    return client


@pytest.mark.parametrize("role", sorted(ROLES))
def test_everybodys_day_begins_on_a_page_they_may_open(town: towns.Town, role: str) -> None:
    kinds = ROLES[role].held_at
    share.add_agency(by=KEEPER, at=AT, code="theirs", name="Theirs", kind=min(kinds) if kinds else "other")
    page = of_role(role, "theirs").get("/", follow=True)
    assert page.status_code == 200


def test_a_role_that_no_page_belongs_to_is_told_so(town: towns.Town) -> None:
    said = of_role("system-keeper", "social-care").get("/").content.decode()
    assert "Keeps accounts, agencies and credentials." in said
    assert "No page here belongs to this work." in said


def test_only_whoever_may_say_so_is_asked_whether_it_is_done(
    town: towns.Town, client_of: Callable[[str], Client]
) -> None:
    town.tell("school", "Tess", "concern", "neglect")
    asked = [towns.step(agency, "Duty", "Send the notes") for agency in ("board", "school")]
    town.decide("ann", "Tess", "strategy-discussion", steps=asked)
    for who, may_finish in (("reviewer", False), ("lead", True)):
        page = opened(client_of(who), town.child("Tess").reference)
        assert "Send the notes" in page
        assert ("It is done" in page) is may_finish


def opened(client: Client, reference: str) -> str:
    session = client.session
    session[REASONS] = {reference: "A review of this case"}
    session.save()
    return client.get(f"/child/{reference}/").content.decode()
