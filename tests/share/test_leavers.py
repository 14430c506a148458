"""Whoever leaves is out with the next request, and in the middle of one; accounts that nobody uses are closed."""

from datetime import timedelta
from types import ModuleType

import pytest
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path

from joinedup.ground.clocks import due
from joinedup.share import actions, queries
from joinedup.share.doors import door
from joinedup.share.models import Appointment, AuditRow, Partnership, Practitioner
from joinedup.share.rules import FLOW, Permission
from share.cast import AT, KEEPER, PASSWORD

BEFORE_ITS_END: list = []  # what happens elsewhere while the export below is being made


@door(Permission.SIGNED_IN)
def export(request, look):
    look.note(subjects=[7])
    for happens in BEFORE_ITS_END:
        happens()
    return HttpResponse("everything about a child")


SITE = ModuleType("site_of_leavers")
SITE.urlpatterns = [path("export/", export), path("", include("joinedup.share.urls"))]
handler = "joinedup.face.pages.bad_request"
SITE.handler400 = handler


@pytest.fixture
def site(house, settings):
    settings.ROOT_URLCONF = SITE
    settings.JOINEDUP_FRAME = ""
    settings.LOGIN_REDIRECT_URL = "/export/"
    BEFORE_ITS_END.clear()
    return house


def signed_in(who: str = "nurse") -> Client:
    client = Client()
    client.post("/sign-in/", {"login": f"{who}@example.org", "password": PASSWORD})
    return client


def goes(house) -> None:
    actions.let_go(by=KEEPER, at=AT, practitioner=house.people["nurse"])


def test_a_leaver_is_out_of_every_browser_with_the_next_request(site) -> None:
    browsers = [signed_in(), signed_in()]
    assert [one.get("/export/").status_code for one in browsers] == [200, 200]
    goes(site)
    for one in browsers:
        answer = one.get("/export/")
        assert (answer.status_code, answer.url) == (302, "/sign-in/?next=/export/")
    assert signed_in().get("/export/").status_code == 302


def test_a_session_that_outlived_its_account_opens_nothing(site) -> None:
    """Even were a session's row left behind: the account is asked with every request."""
    client = signed_in()
    Practitioner.objects.filter(pk=site.people["nurse"].pk).update(is_active=False)
    assert client.get("/export/").status_code == 302


@pytest.mark.parametrize("how", ["let go", "session ended"])
def test_whoever_is_put_out_in_the_middle_of_an_export_gets_nothing_of_it(site, how) -> None:
    client = signed_in()
    ends = {"let go": lambda: goes(site), "session ended": lambda: Session.objects.all().delete()}
    BEFORE_ITS_END.append(ends[how])
    answer = client.get("/export/")
    said = answer.content.decode()
    assert answer.status_code == 401
    assert "everything" not in said
    assert "You were signed out while this page was being made" in said
    assert "call the duty line" in said
    row = AuditRow.objects.latest("pk")
    assert (row.act, row.by, row.what["status"], row.what["subjects"]) == ("refusal", "nurse@example.org", 401, [])


def test_what_a_page_writes_in_a_session_that_was_ended_meanwhile_is_said_to_be_signed_out(site) -> None:
    """The session is gone and cannot be kept: Django would say no more than that it was a bad request."""
    client = signed_in()
    client.get("/export/")
    session = client.session
    session["seen"] -= 120  # so that this request writes into it
    session.save()
    BEFORE_ITS_END.append(lambda: goes(site))
    answer = client.get("/export/")
    assert answer.status_code in (400, 401)
    assert "You were signed out while this page was being made" in answer.content.decode()


def test_nobody_elses_session_ends(site) -> None:
    other = signed_in("officer")
    signed_in()
    goes(site)
    assert other.get("/export/").status_code == 200


def test_somebody_who_comes_back_sets_a_new_password(site) -> None:
    nurse = site.people["nurse"]
    goes(site)
    nurse.refresh_from_db()
    actions.let_back_in(by=KEEPER, at=AT, practitioner=nurse, roles=["ed-nurse"])
    assert queries.roles_of(nurse.pk, at=AT) == {"ed-nurse"}
    assert signed_in().get("/export/").status_code == 302
    with pytest.raises(ValueError, match="is open"):
        actions.let_back_in(by=KEEPER, at=AT, practitioner=nurse, roles=[])


@pytest.fixture
def real(site):
    Partnership.objects.update(simulated=False)
    return site


def used(house, who: str, when) -> None:
    Practitioner.objects.filter(pk=house.people[who].pk).update(last_login=when)


def test_an_account_is_dormant_ninety_days_after_its_last_sign_in(real) -> None:
    used(real, "nurse", AT + timedelta(days=30))
    last = due("account-dormant", AT)
    assert last.date() == (AT + timedelta(days=90)).date()
    assert queries.dormant(at=last) == []
    names = {one.name for one in queries.dormant(at=last + timedelta(seconds=1))}
    assert "Nurse" not in names
    assert {"Officer", "Mash"} <= names  # who never signed in: counted from when their role was given
    assert real.people["nurse"] in queries.dormant(at=AT + timedelta(days=121))


def test_a_new_role_is_use_enough(real) -> None:
    officer = real.people["officer"]
    actions.appoint(by=KEEPER, at=AT + timedelta(days=80), practitioner=officer, role="police-officer")
    assert officer not in queries.dormant(at=AT + timedelta(days=100))


def test_closing_what_is_dormant_is_an_act_with_a_row_for_each(real) -> None:
    client = signed_in()
    used(real, "nurse", AT)
    at = AT + timedelta(days=91)
    unused = queries.dormant(at=at)
    actions.close_dormant(by=FLOW, at=at, practitioners=unused)
    assert client.get("/export/").status_code == 302
    assert not Appointment.objects.filter(practitioner__in=unused, until=None).exists()
    assert AuditRow.objects.filter(act="share.let_go").count() == len(unused)
    assert AuditRow.objects.get(act="share.close_dormant").what["practitioners"] == [one.pk for one in unused]
    assert queries.dormant(at=at) == []
    assert queries.verify().ok


def test_the_cast_of_a_simulated_partnership_never_sleeps(site) -> None:
    assert queries.dormant(at=AT + timedelta(days=4000)) == []
