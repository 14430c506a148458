"""An agreement that ended closes what it showed: whoever looks is told, governance sees it, the audit keeps it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from joinedup.flow import ticking
from joinedup.ground.clock import civil_day
from joinedup.share import queries as house
from joinedup.share.models import Agreement, AuditRow
from respond import town as towns

pytestmark = pytest.mark.django_db
Signed = Callable[[str], Client]
TODAY = civil_day(towns.AT)


def ends(agency: str, day: object) -> None:
    Agreement.objects.filter(agency=agency).update(until=day)


@pytest.fixture
def told(town: towns.Town) -> towns.Town:
    town.tell("police", "Tess", "concern", words=towns.canary("police"))
    town.tell("hospital", "Tess", "attendance", words=towns.canary("hospital"))
    town.involve("Tess", allocated="worker")
    return town


def test_whoever_looks_is_told_what_is_not_shown_and_what_to_do(told: towns.Town, client_of: Signed) -> None:
    page = f"/child/{told.child('Tess').reference}/chronology/"
    assert towns.canary("police") in client_of("worker").get(page).content.decode()
    ends("police", TODAY)
    shown = client_of("worker").get(page).content.decode()
    assert towns.canary("police") not in shown
    assert towns.canary("hospital") in shown
    assert "Nothing that Ellensford Police keeps is shown:" in shown
    assert "ring the agency meanwhile" in shown
    ends("police", TODAY + timedelta(days=1))
    assert "is shown:" not in client_of("worker").get(page).content.decode()


def test_a_discreet_agency_is_not_named_and_a_renewed_one_is_not_told(told: towns.Town) -> None:
    for agency in ("police", "hospital"):
        ends(agency, TODAY)
    told.people["worker"].agency.__class__.objects.filter(pk="police").update(discreet=True)
    call_command("keep", "agreement", "hospital", "--edition", "standard-2", "--kind", "attendance")
    look = told.look("worker")
    assert [one.agency for one in house.lapsed(for_=look)] == ["one more agency"]


def test_whoever_sees_only_their_own_agencys_entries_is_told_nothing(told: towns.Town) -> None:
    ends("police", TODAY)
    assert house.lapsed(for_=told.look("nurse")) == []
    assert house.lapsed(for_=told.look("worker")) != []


def test_governance_sees_which_ended(told: towns.Town, client_of: Signed) -> None:
    ends("police", TODAY)
    page = client_of("governance").get("/status/").content.decode()
    assert "Ended 5 March 2026" in page
    assert house.agreements_of_all(for_=told.look("nurse")) == []


def test_the_tick_leaves_a_trace_of_it_once(told: towns.Town) -> None:
    ends("police", TODAY)
    for at in (towns.AT, towns.AT + timedelta(days=1), towns.AT + timedelta(days=2)):
        ticking.tick(at=at)
    [row] = AuditRow.objects.filter(act="share.agreements_over")
    assert row.what == {"agreements": [{"agency": "police", "edition": "standard-1", "until": str(TODAY)}]}


@pytest.mark.parametrize(
    ("said", "why"),
    [(("nowhere",), "no agency here"), (("police", "--kind", "walked-out"), "no kind of entry")],
)
def test_an_agreement_that_cannot_be_says_why(told: towns.Town, said: tuple[str, ...], why: str) -> None:
    with pytest.raises(CommandError, match=why):
        call_command("keep", "agreement", *said, "--edition", "2")
    assert not Agreement.objects.filter(edition="2").exists()


def test_an_agreement_that_ends_on_a_day_is_ended_by_it(told: towns.Town, capsys) -> None:
    call_command("keep", "agreement", "police", "--edition", "s2", "--until", "2026-04-01", "--purpose", "review")
    assert "until 2026-04-01" in capsys.readouterr().out
    made = Agreement.objects.get(edition="s2")
    assert made.purposes == ["review"]
