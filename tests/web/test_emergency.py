"""The page that opens a child in an emergency: who is told, what is shown, and that nobody learns more by trying."""

from collections.abc import Callable

import pytest
from django.test import Client

from joinedup.share.models import AuditRow, BreakGlass, GlassReview, Partnership
from respond import town as towns

pytestmark = pytest.mark.django_db
WHY = "Brought to the department alone and cannot say who she is"
NOTHING = "This does not mean the child is not known."


@pytest.fixture
def reference(town: towns.Town) -> str:
    """Of Tess, whom the hospital and the school know, and whose worker is named."""
    towns.second_injury(town)
    town.involve("Tess", allocated="worker")
    return town.child("Tess").reference


def opened(client: Client, **said: str) -> str:
    answer = client.post("/emergency/", {"reason": WHY} | said, follow=True)
    return answer.content.decode()


def born(day: str, month: str, year: str) -> dict[str, str]:
    return {"born-day": day, "born-month": month, "born-year": year}


def test_an_officer_opens_a_child_and_whose_child_it_is_reads_why_at_once(
    reference: str, town: towns.Town, client_of: Callable[[str], Client]
) -> None:
    officer, worker = client_of("officer"), client_of("worker")
    assert officer.get(f"/child/{reference}/").status_code in (302, 404)
    page = opened(officer, reference=reference.lower())
    assert "Arden" in page
    assert towns.canary("hospital") in page
    desk = worker.get("/desk/").content.decode()
    assert "Opened in an emergency: 1 child" in desk
    assert WHY in desk
    assert town.people["officer"].name in desk
    assert AuditRow.objects.filter(act="answer", by=town.people["officer"].email, reason=f"Emergency: {WHY}").exists()


def test_who_has_no_reference_names_two_identifiers(reference: str, client_of: Callable[[str], Client]) -> None:
    page = opened(client_of("officer"), given="Tess", family="Arden", **born("17", "5", "2011"))
    assert reference in page
    assert "Give the child&#39;s reference, or two things" in opened(client_of("officer"), given="Tess")


def test_nobody_a_locked_case_and_a_party_have_one_answer_and_every_attempt_counts(
    reference: str, town: towns.Town, client_of: Callable[[str], Client]
) -> None:
    officer, manager = client_of("officer"), client_of("manager")
    town.involve("Tess", manager="manager")
    manager.post(f"/child/{reference}/access/", {"do": "lock", "lock-why": "REVIEW", "lock-reason": "Ordered."})
    nobody = opened(officer, given="Nora", family="Nobody", **born("3", "3", "2012"))
    locked = opened(officer, reference=reference)
    assert NOTHING in nobody
    assert locked == nobody
    assert "Arden" not in locked
    opened(officer, reference=reference)
    assert "as many children in an emergency" in opened(officer, reference=reference)
    assert BreakGlass.objects.filter(until=None).count() == 3


def test_a_missing_reason_is_asked_for_and_opens_nothing(reference: str, client_of: Callable[[str], Client]) -> None:
    assert "Say what the emergency is" in opened(client_of("officer"), reference=reference, reason=" ")
    assert not BreakGlass.objects.exists()


def test_the_front_door_reviews_it_and_whoever_opened_it_does_not(
    reference: str, client_of: Callable[[str], Client]
) -> None:
    officer, ann = client_of("officer"), client_of("ann")
    opened(officer, reference=reference)
    key = BreakGlass.objects.get().pk
    assert reference in ann.get("/emergencies/").content.decode()
    page = ann.get(f"/emergencies/{key}/").content.decode()
    assert WHY in page
    assert "Choose what you found" in ann.post(f"/emergencies/{key}/", {"reason": "Rang the ward."}).content.decode()
    done = ann.post(f"/emergencies/{key}/", {"found": "RIGHT", "reason": "Rang the ward."}, follow=True)
    assert "Nothing waits for a review." in done.content.decode()
    assert GlassReview.objects.get().reason == "Rang the ward."
    assert "Reviewed already: right" in ann.get(f"/emergencies/{key}/").content.decode()
    assert officer.get(f"/emergencies/{key}/").status_code == 403
    assert ann.get("/emergencies/no-key/").status_code == 404


def test_in_a_partnership_with_its_own_number_it_holds(reference: str, client_of: Callable[[str], Client]) -> None:
    found = Partnership.objects.get()
    found.settings |= {"emergencies_a_day": 0}
    found.save()
    assert "as many children in an emergency" in client_of("officer").get("/emergency/").content.decode()


def test_nobody_is_let_in_until_a_day_that_is_over(
    reference: str, town: towns.Town, client_of: Callable[[str], Client]
) -> None:
    town.involve("Tess", manager="manager")
    day = {"invite-until-day": "4", "invite-until-month": "3", "invite-until-year": "2026"}
    said = {"do": "invite", "invite-email": town.people["officer"].email, "invite-works_as": "meeting", **day}
    answer = client_of("manager").post(f"/child/{reference}/access/", said)
    assert "That day is over" in answer.content.decode()
