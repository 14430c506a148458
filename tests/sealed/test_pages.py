"""The officers' pages: from asking for a seal to what crosses it; and for everybody else there is no such page."""

from collections.abc import Callable

import pytest
from django.test import Client

from flow.street import AT, event
from joinedup.flow import worker
from joinedup.link.models import Record
from joinedup.respond.rules.choices import CHOICES
from joinedup.sealed.models import Caught, Seal, Summary
from joinedup.sealed.rules.outcomes import OUTCOMES
from joinedup.share.models import Subject
from sealed.conftest import BEFORE, Lives

Signed = Callable[[str], Client]


@pytest.fixture
def signed(lives: Lives) -> Signed:
    def of(who: str) -> Client:
        client = Client()
        client.force_login(lives.people[who], backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return of


def sealed_by_form(lives: Lives, signed: Signed) -> Seal:
    said = {"kind": "ADOPTION", "old": lives.before.reference, "now": lives.now.reference, "reason": "The order."}
    assert signed("mara").post("/sealed/new/", said).status_code == 302
    return Seal.objects.get()


def send(client: Client, seal: Seal, on: object, do: str, **said: str) -> str:
    fields = {f"{on}-{name}": text for name, text in {"reason": "Seen.", **said}.items()}
    return client.post(f"/sealed/{seal.pk}/", {"on": str(on), "do": do, **fields}, follow=True).content.decode()


def test_from_asking_to_what_crosses(lives: Lives, signed: Signed) -> None:
    seal = sealed_by_form(lives, signed)
    assert "a second officer" in send(signed("mara"), seal, "seal", "confirm")  # not the one who asked
    assert "Kept." in send(signed("otto"), seal, "seal", "confirm")
    worker.once(at=AT)
    key = lives.street.tell("hospital", [BEFORE], event("attendance", "2026-03-18", words="An old number."))
    page = signed("otto").get(f"/sealed/{seal.pk}/").content.decode()
    assert "An old number." in page
    assert "Tess Arden" in page
    caught = Caught.objects.get(message=key)
    assert "say what became of it" in send(signed("otto"), seal, caught.pk, "answer").casefold()
    assert "Kept." in send(signed("otto"), seal, caught.pk, "answer", outcome="advice", feedback="Thank you.")
    told = {"about": lives.now.reference, "text": "As Tess Arden she was hurt."}
    assert "tells who the child was" in signed("mara").post(f"/sealed/{seal.pk}/summary/", told).content.decode()
    told["text"] = "Loud places are hard for her."
    assert signed("mara").post(f"/sealed/{seal.pk}/summary/", told).status_code == 302
    assert "Kept." in send(signed("otto"), seal, Summary.objects.get().pk, "release")
    assert "Kept." in send(signed("mara"), seal, "seal", "lift")


def test_what_is_about_somebody_else_is_let_go_from_the_page(lives: Lives, signed: Signed) -> None:
    seal = sealed_by_form(lives, signed)
    send(signed("otto"), seal, "seal", "confirm")
    worker.once(at=AT)
    for caught in Caught.objects.all():
        assert "Kept." in send(signed("otto"), seal, caught.pk, "give-back")
    worker.once(at=AT)
    assert Record.objects.filter(subject=lives.before).exists()


def test_a_seal_or_a_summary_can_be_refused(lives: Lives, signed: Signed) -> None:
    seal = sealed_by_form(lives, signed)
    told = {"about": lives.now.reference, "text": "Loud places are hard."}
    signed("mara").post(f"/sealed/{seal.pk}/summary/", told)
    assert "refused by Otto" in send(signed("otto"), seal, Summary.objects.get().pk, "refuse")
    assert "Does not hold" in send(signed("otto"), seal, "seal", "refuse")


@pytest.mark.parametrize("who", ["max", "ann2", "nurse", "lead"])
def test_for_everybody_else_there_is_no_such_page(lives: Lives, signed: Signed, who: str) -> None:
    seal = sealed_by_form(lives, signed)
    for address in ("/sealed/", "/sealed/new/", f"/sealed/{seal.pk}/", f"/sealed/{seal.pk}/summary/"):
        assert signed(who).get(address).status_code == 403
    assert "sealed" not in signed(who).get("/", follow=True).content.decode().casefold()


def test_what_is_typed_wrongly_says_what_to_do(lives: Lives, signed: Signed) -> None:
    said = {"kind": "ADOPTION", "reason": "The order."}
    assert "Enter the old identity" in signed("mara").post("/sealed/new/", said).content.decode()
    page = signed("mara").post("/sealed/new/", said | {"old": "AAA-AAA-A"}).content.decode()
    assert "No child here has this reference" in page
    adult = Subject.objects.filter(kind="adult").first()
    assert adult is not None
    assert "No child here" in signed("mara").post("/sealed/new/", said | {"old": adult.reference}).content.decode()


def test_an_identity_that_was_never_known_here_is_sealed_as_it_is_typed(lives: Lives, signed: Signed) -> None:
    said = {"kind": "PROTECTION", "reason": "Asked for.", "given": "Elin", "family": "Marlow", "born": "2010-09-02"}
    assert signed("mara").post("/sealed/new/", said).status_code == 302
    seal = Seal.objects.get()
    send(signed("otto"), seal, "seal", "confirm")
    elin = {"names": [{"given": "Elin", "family": "Marlow"}], "born": "2010-09-02"}
    key = lives.street.tell("school", [elin], event("concern", "2026-03-18", "neglect"))
    assert Caught.objects.filter(message=key, seal=seal).exists()


def test_a_stopped_report_is_answered_in_the_words_of_any_report() -> None:
    assert {code: CHOICES[code].told_as for code in OUTCOMES} == OUTCOMES
