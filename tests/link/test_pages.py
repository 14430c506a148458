"""The doubts page: two records side by side, in words, and a person's word on them."""

import pytest
from django.test import Client
from django.urls import reverse
from tests.link.conftest import AT, KEEPER, Tell, child

from joinedup.link.models import Judgement
from joinedup.share import actions as share


@pytest.fixture
def clock(partnership: None) -> None:
    share.set_clock(by=KEEPER, at=AT)


@pytest.fixture
def signed_in(worker: object, clock: None, client: Client) -> Client:
    client.force_login(worker, "allauth.account.auth_backends.AuthenticationBackend")  # type: ignore[arg-type]
    return client


@pytest.fixture
def pair(tell: Tell) -> None:
    tell("northgate", child("Ria", "Shaw"))
    tell("police", child("Ria", "Brookes"))


def test_the_list_says_in_words_what_agrees_and_differs(signed_in: Client, pair: None):
    page = signed_in.get(reverse("web:doubts")).content.decode()
    assert "Ria Shaw" in page
    assert "same date of birth" in page
    assert "surname differs" in page


def settle_page(client: Client) -> str:
    page = client.get(reverse("web:doubts"))
    start = page.content.decode().index("/doubts/", page.content.decode().index("Pairs to settle"))
    return page.content.decode()[start:].split('"')[0]


def test_two_records_stand_side_by_side_without_a_score(signed_in: Client, pair: None):
    page = signed_in.get(settle_page(signed_in)).content.decode()
    assert "Ria Shaw" in page
    assert "Ria Brookes" in page
    assert "speaks strongly for" in page
    assert "%" not in page.split("<main")[1].split("</main>")[0]


def test_a_word_needs_a_reason(signed_in: Client, pair: None):
    answer = signed_in.post(settle_page(signed_in), {"word": "same", "reason": " "})
    assert "Say how you know" in answer.content.decode()
    assert not Judgement.objects.exists()


def test_a_settled_doubt_is_gone_from_the_list(signed_in: Client, pair: None):
    signed_in.post(settle_page(signed_in), {"word": "same", "reason": "Westmark confirmed both names"})
    assert "No pair waits" in signed_in.get(reverse("web:doubts")).content.decode()


def test_somebody_who_may_not_settle_doubts_gets_no_page(tell: Tell, clock: None, pair: None, client: Client):
    nurse = share.add_practitioner(by=KEEPER, at=AT, email="nurse@example.org", name="Ed Rowe", agency="hospital",
                                   password="a long password", roles=["ed-nurse"])  # fmt: skip
    client.force_login(nurse, "allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(reverse("web:doubts")).status_code == 403


def test_who_cannot_tell_says_so_and_the_pair_waits_with_their_reason(signed_in: Client, pair: None):
    signed_in.post(settle_page(signed_in), {"word": "cannot-tell", "reason": "Nobody answers at Northgate."})
    assert Judgement.objects.get().same is None
    page = signed_in.get(reverse("web:doubts")).content.decode()
    assert "could not tell" in page
    assert "Nobody answers at Northgate." in page
    assert "Nobody answers at Northgate." in signed_in.get(settle_page(signed_in)).content.decode()


def test_the_weights_are_drawn_beside_the_table_that_says_them(signed_in: Client, pair: None):
    page = signed_in.get(settle_page(signed_in)).content.decode()
    assert page.count("waterfall__bar--against") == page.count("speaks") - page.count("for</td>")
    assert "joined from here" in page
