"""The pattern pages: for those whose work it is, in plain words, and about no child."""

from typing import Any

import pytest
from django.test import Client

from chronicle.desk import KEEPER, NOW, Desk
from joinedup.recognise.rules.reading import shipped
from joinedup.share import actions as share
from recognise.test_adopting import OWN

pytestmark = pytest.mark.urls("recognise.addresses")
ALLAUTH = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture(autouse=True)
def plain_frame(settings: Any) -> None:
    """No navigation to rooms ahead: these pages stand on the rooms below."""
    settings.JOINEDUP_FRAME = ""


def signed_in(role: str, agency: str) -> Client:
    person = share.add_practitioner(
        by=KEEPER,
        at=NOW,
        email=f"{role}@example.org",
        name="A. Practitioner",
        agency=agency,
        password="a long password of the cast",
        roles=[role],
    )
    client = Client()
    client.force_login(person, ALLAUTH)
    return client


@pytest.fixture
def reader(desk: Desk) -> Client:
    share.set_clock(by=KEEPER, at=NOW)
    return signed_in("social-worker", "council")


def test_every_pattern_in_force_is_listed_with_its_owner(reader: Client) -> None:
    page = reader.get("/patterns/").content.decode()
    for pattern in shipped():
        assert pattern.title.replace("'", "&#39;") in page
        assert f'href="/patterns/{pattern.id}/"' in page
    assert "gives no child a number" in page


@pytest.mark.parametrize("pattern", shipped(), ids=lambda pattern: pattern.id)
def test_a_pattern_has_a_page_with_meaning_source_and_examples(reader: Client, pattern: Any) -> None:
    page = reader.get(f"/patterns/{pattern.id}/").content.decode()
    for text in (pattern.title, pattern.why, pattern.source, *pattern.ask, *(one.title for one in pattern.examples)):
        assert text.replace("&", "&amp;").replace("'", "&#39;").replace('"', "&#34;") in page


def test_a_pattern_that_is_none_is_not_found(reader: Client) -> None:
    assert reader.get("/patterns/no-such-pattern/").status_code == 404


def test_whose_role_has_no_patterns_does_not_see_them(desk: Desk) -> None:
    share.set_clock(by=KEEPER, at=NOW)
    assert signed_in("ed-nurse", "hospital").get("/patterns/").status_code == 403


@pytest.fixture
def owner(desk: Desk) -> Client:
    share.set_clock(by=KEEPER, at=NOW)
    return signed_in("pattern-owner", "council")


def test_an_owner_writes_tries_and_takes_up_an_edition(owner: Client) -> None:
    begun = owner.get("/patterns/own/concerns-add-up/").content.decode()
    assert "id: concerns-add-up" in begun
    tried = owner.post("/patterns/own/", {"text": OWN, "try": "yes"}).content.decode()
    assert "every one of its 2 worked examples holds" in tried
    assert "At least two separate events within 30 days" in tried
    taken = owner.post("/patterns/own/", {"text": OWN, "take-up": "yes"}, follow=True).content.decode()
    assert "Taken up: Two concerns here, from 2026-05-01" in taken


def test_a_pattern_that_does_not_hold_says_what_to_change_and_is_not_taken_up(owner: Client) -> None:
    wrong = OWN.replace("says: 2024-03-09", "says: nothing")
    answer = owner.post("/patterns/own/", {"text": wrong, "take-up": "yes"}).content.decode()
    assert "Two in a month: says “2024-03-09”, where “nothing” was written." in answer
    assert "Two concerns here" not in owner.get("/patterns/").content.decode()


def test_only_an_owner_writes_patterns(reader: Client) -> None:
    assert reader.get("/patterns/own/").status_code == 403
    assert "our own" not in reader.get("/patterns/").content.decode()
