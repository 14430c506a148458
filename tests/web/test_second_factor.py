"""In a real database: no signed-in path shows a child without a second factor, and grave acts ask for it again."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import resolve

from joinedup.papers import actions as papers
from joinedup.papers.models import Step
from joinedup.receive.models import Receipt
from joinedup.respond.models import Action
from joinedup.sealed.models import Seal
from joinedup.share.models import AuditRow, BreakGlass, CaseLock, Involvement, Partnership
from joinedup.share.rules import Permission
from joinedup.share.sign_in.second import FRESH, SHOWN
from respond import town as towns
from respond.town import AT, CAST, PASSWORD
from share.factors import AGAIN, next_code, set_up, signed_in
from web.visiting import LEFT_ALONE, Visit, every_address

pytestmark = pytest.mark.django_db
SET_UP = "/account/second-factor/totp/activate/"
SAYS = ("Tess", "Arden", "words of hospital", "words of school", "999 000 0018", "9990000018")


@pytest.fixture
def town(town: towns.Town) -> towns.Town:
    """Tess, known to the hospital and the school, with a decision and a paper; in a real database."""
    cache.clear()
    towns.second_injury(town)
    town.tell("school", "Tess", "absence", "school-absence")
    town.decide("ann", "Tess", "offer-help", steps=[towns.step("hospital", "Named nurse", "Ring her")])
    town.involve("Tess", allocated="worker", manager="manager")
    Partnership.objects.update(simulated=False)
    return town


@pytest.fixture
def known(town: towns.Town) -> dict[str, list[str]]:
    from joinedup.chronicle.models import Entry  # the test's own look, round every policy

    return {
        "reference": [town.child("Tess").reference],
        "key": list(Entry.objects.values_list("key", flat=True))[:2],
        "number": [Receipt.objects.first().number],
        "action": [str(Action.objects.get().pk)],
        "id_": ["second-injury"],
        "paper": [str(letter(town).pk)],
        "draft": ["0198c1de-0000-7000-8000-000000000000"],
        "slug": ["children"],
    }


def letter(town: towns.Town, **more: Any) -> Any:
    said = {"title": "A letter", "name": "Dana Arden", "relation": "mother", "purpose": "news", "text": "News of Tess."}
    return papers.prepare(by=town.actor("worker"), at=AT, subject=town.child("Tess"), excerpts=[], **said, **more)


def is_public(address: str) -> bool:
    return bool(getattr(resolve(address).func, "permission", None) == Permission.PUBLIC) or address.startswith("/api/")


@pytest.mark.parametrize("who", CAST)
def test_no_page_shows_a_child_to_whoever_signed_in_by_password_alone(who, town, known, client_of) -> None:
    visitor = Visit(client_of(who))
    visitor.follow()
    visitor.try_every_address(known)
    said = visitor.everything()
    for child in (*SAYS, town.child("Tess").reference):
        assert child not in said, f"{who} was shown {child!r}"
    inner = {address: status for address, status in visitor.statuses.items() if not is_public(address)}
    assert set(inner.values()) <= {302, 405}, inner
    assert len(inner) > 20


@pytest.mark.parametrize("method", ["post", "put", "delete", "head"])
def test_nor_by_any_other_way_of_asking(town, known, client_of, method) -> None:
    client = client_of("worker")
    for address in every_address(known):
        if not LEFT_ALONE.match(address) and not is_public(address):
            answer = getattr(client, method)(address)
            assert answer.status_code in (302, 405), address
            assert answer.get("Location", SET_UP) == SET_UP, address


def test_with_it_they_see_the_child(town, known) -> None:
    """That the crawl above is about something."""
    worker = town.people["worker"]
    client = signed_in(worker, set_up(worker), PASSWORD)
    assert "Tess" in client.get(f"/child/{town.child('Tess').reference}/").content.decode()


Later = Callable[[str], tuple[Client, Callable[[str], None]]]


@pytest.fixture
def later(town: towns.Town) -> Later:
    """Somebody whose second factor was shown sixteen minutes ago, and a way to show it again at an address."""

    def come(who: str) -> tuple[Client, Callable[[str], None]]:
        person = town.people[who]
        app = set_up(person)
        client = signed_in(person, app, PASSWORD)
        session = client.session
        session[SHOWN] = {**session[SHOWN], "at": session[SHOWN]["at"] - FRESH - 60}
        session.save()

        def show(onward: str) -> None:
            assert client.post(f"{AGAIN}?next={onward}", {"code": next_code(person, app)}).url == onward

        return client, show

    return come


def assert_asked(answer: Any, onward: str) -> None:
    assert answer.status_code == 302
    assert answer.url.startswith(AGAIN)
    assert onward.replace("/", "%2F") in answer.url


def test_opening_a_child_in_an_emergency_asks_again(town, later) -> None:
    officer, show = later("officer")
    said = {"reason": "Brought in alone", "reference": town.child("Tess").reference}
    assert_asked(officer.get("/emergency/"), "/emergency/")
    assert_asked(officer.post("/emergency/", said), "/emergency/")
    assert not BreakGlass.objects.exists()
    show("/emergency/")
    assert officer.post("/emergency/", said).url == f"/child/{said['reference']}/"
    assert BreakGlass.objects.get().until
    assert AuditRow.objects.filter(act="answer", what__status=302, by=town.people["officer"].email).count() >= 3


def test_releasing_a_paper_asks_again_and_reading_it_does_not(town, later) -> None:
    page = f"/child/{town.child('Tess').reference}/papers/{letter(town).pk}/"
    worker, show = later("worker")
    assert worker.get(page).status_code == 200
    assert_asked(worker.post(page, {"do": "release"}), page)
    assert not Step.objects.filter(what="released").exists()
    show(page)
    assert worker.post(page, {"do": "release"}).url == page
    assert Step.objects.filter(what="released").count() == 1


def test_a_sealed_identity_is_read_and_sealed_only_by_who_showed_it_again(town, later) -> None:
    officer, show = later("mara")
    assert_asked(officer.get("/sealed/new/"), "/sealed/new/")
    said = {"kind": "ADOPTION", "given": "Elin", "family": "Marlow", "born": "2010-09-02", "reason": "The order."}
    assert_asked(officer.post("/sealed/new/", said), "/sealed/new/")
    assert not Seal.objects.exists()
    show("/sealed/new/")
    assert officer.post("/sealed/new/", said).url == "/sealed/"
    assert Seal.objects.count() == 1


def test_letting_somebody_into_a_locked_case_asks_again_and_into_an_open_one_does_not(town, later) -> None:
    page = f"/child/{town.child('Tess').reference}/access/"
    manager, show = later("manager")
    emails = [town.people[who].email for who in ("iro", "key-worker")]
    let_in = [{"do": "invite", "invite-email": email, "invite-works_as": "meeting"} | day() for email in emails]
    assert manager.post(page, let_in[0]).url == page
    manager.post(page, {"do": "lock", "lock-why": "REVIEW", "lock-reason": "Ordered."})
    assert_asked(manager.post(page, let_in[1]), page)
    assert not Involvement.objects.filter(practitioner=town.people["key-worker"]).exists()
    show(page)
    assert manager.post(page, let_in[1]).url == page
    assert Involvement.objects.filter(practitioner=town.people["key-worker"]).exists()


def test_taking_the_lock_off_asks_again_too_for_it_lets_everybody_in(town, later) -> None:
    page = f"/child/{town.child('Tess').reference}/access/"
    manager, show = later("manager")
    manager.post(page, {"do": "lock", "lock-why": "REVIEW", "lock-reason": "Ordered."})
    off = {"do": "unlock", "unlock-reason": "Settled."}
    assert_asked(manager.post(page, off), page)
    assert not CaseLock.objects.filter(stands=False).exists()
    show(page)
    assert manager.post(page, off).url == page
    assert CaseLock.objects.filter(stands=False).exists()


def day() -> dict[str, str]:
    return {f"invite-until-{box}": value for box, value in {"day": "20", "month": "3", "year": "2030"}.items()}
