"""Holes that somebody found who tried to break the seal, and that must stay mended."""

import json
from collections.abc import Callable

import pytest
from django.test import Client

from flow.street import AT, KEEPER, child, event
from joinedup.chronicle.models import Entry
from joinedup.flow import worker
from joinedup.link.models import Record
from joinedup.receive import actions as receiving
from joinedup.receive import queries as received
from joinedup.receive.models import Message
from joinedup.sealed import actions, queries
from joinedup.sealed.models import Caught, Summary
from joinedup.sealed.rules.crossing import strings
from joinedup.sealed.rules.rest import names_any
from joinedup.share import actions as share_actions
from joinedup.share import queries as share
from joinedup.share.models import AuditRow
from joinedup.share.rules import Purpose
from sealed.conftest import BEFORE, BROTHER, NOW, Lives

Signed = Callable[[str], Client]


@pytest.fixture
def signed(lives: Lives) -> Signed:
    def of(who: str) -> Client:
        client = Client(raise_request_exception=False)
        client.force_login(lives.people[who], backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return of


BOTH = {
    **NOW,
    "names": [*NOW["names"], {"given": "Tess", "family": "Arden", "kind": "former"}],
    "identifiers": [*NOW["identifiers"], *BEFORE["identifiers"]],
}


@pytest.mark.parametrize("names_only", [True, False])
def test_a_message_that_says_both_names_of_one_person_does_not_join_the_lives(lives: Lives, names_only: bool) -> None:
    lives.seal()
    said = BOTH | ({"identifiers": NOW["identifiers"]} if names_only else {})
    lives.street.tell("school", [said], event("concern", "2026-03-18", "neglect"))
    assert not any("Arden" in repr(one.statement) for one in Record.objects.filter(subject=lives.now))


def test_one_officer_alone_cannot_end_a_seal_by_refusing_it(lives: Lives) -> None:
    seal = lives.seal()
    with pytest.raises(ValueError, match="a word on this"):
        actions.refuse(by=lives.actor("otto"), at=AT, seal=seal, reason="Alone.")
    assert queries.confirmed(seal)


def test_the_rest_does_not_speak_of_them_by_the_names_of_that_message(lives: Lives) -> None:
    """The sealed child is met by number, and called otherwise than in the sealed statements."""
    lives.seal()
    said = child("Tessie", "Ardenne", "2011-05-17", "9990000018", "4 Mill Lane, EL4 2AB")
    key = lives.street.tell(
        "police",
        [said, BROTHER],
        event("concern", "2026-03-18", "neglect", about=[1, 2], words="Tessie hid behind Robin."),
    )
    assert Caught.objects.filter(message=key).exists()
    assert not Entry.objects.filter(message=key, words__contains="Tessie").exists()


@pytest.mark.parametrize("text", [
    "NHS 999 000 0018", "at EL42AB", "called Árden", "called A\u200brden", "NHS 999-000-0018",
])  # fmt: skip
def test_a_summary_names_nothing_however_it_is_spaced(text: str) -> None:
    assert names_any(text, ["9990000018", "EL4 2AB", "Arden"])


def test_a_name_of_two_letters_is_a_name_when_it_has_a_capital() -> None:
    [said] = [{"names": [{"given": "An", "family": "Lê"}], "born": [], "identifiers": [], "addresses": []}]
    assert names_any("As An she was shy.", list(strings([said])))
    assert names_any("Family LE.", list(strings([said])))
    assert not names_any("She has an aunt and le mot juste.", list(strings([said])))


def test_nothing_crosses_to_the_life_before(lives: Lives) -> None:
    seal = lives.seal()
    with pytest.raises(ValueError, match="as they are known now"):
        actions.summarise(by=lives.actor("mara"), at=AT, seal=seal, about=lives.before, text="Loud places are hard.")


def test_no_row_of_the_audit_made_after_a_seal_holds_the_life_before_beside_a_message(lives: Lives) -> None:
    before = AuditRow.objects.order_by("-pk").first()
    lives.seal()
    lives.street.tell("school", [BEFORE], event("concern", "2026-03-18", "neglect"))
    assert before is not None
    walked = AuditRow.objects.filter(pk__gt=before.pk, act="flow.walk")
    assert walked
    assert not any({"subject", "subjects"} & row.what.keys() for row in walked)


def test_a_summary_for_a_child_of_whom_nothing_is_kept_is_a_clear_error(lives: Lives, signed: Signed) -> None:
    seal = lives.seal()
    told = {"about": lives.before.reference, "text": "Loud places are hard."}
    page = signed("mara").post(f"/sealed/{seal.pk}/summary/", told)
    assert page.status_code in (200, 302)
    for made in Summary.objects.all():
        said = {"on": str(made.pk), "do": "release", f"{made.pk}-reason": "Seen."}
        assert signed("otto").post(f"/sealed/{seal.pk}/", said).status_code < 500


def test_a_button_that_is_none_is_a_clear_error(lives: Lives, signed: Signed) -> None:
    seal = lives.seal()
    for pressed in ("", "nonsense"):
        said = {"on": "seal", "do": pressed, "seal-reason": "Seen."}
        assert signed("otto").post(f"/sealed/{seal.pk}/", said).status_code < 500


def test_an_answer_that_is_none_of_the_choices(lives: Lives, signed: Signed) -> None:
    seal = lives.seal()
    caught = Caught.objects.first()
    assert caught
    said = {"on": str(caught.pk), "do": "answer", f"{caught.pk}-reason": "x", f"{caught.pk}-outcome": "none-such"}
    assert signed("otto").post(f"/sealed/{seal.pk}/", said).status_code < 500


def test_contested_bodies_do_not_open_what_was_put_away(lives: Lives, signed: Signed) -> None:
    lives.seal()
    key = lives.street.tell("school", [BEFORE], event("concern", "2026-03-18", "neglect", words="Secret of before."))
    message = Message.objects.get(pk=key)
    body = {
        "form": "joinedup/notice/1", "id": message.sender_id, "agency": "school",
        "persons": [{"n": 1, **BROTHER}], "events": [event("concern", "2026-03-19", "neglect")],
    }  # fmt: skip
    receiving.receive(by=lives.actor("lead"), at=AT, agency="school", body=json.dumps(body).encode(),
                      media="application/json", channel="api")  # fmt: skip
    worker.once(at=AT)
    for who in ("max", "ann2", "lead"):
        for one in received.waiting(for_=lives.look(who)):
            for each in getattr(one, "bodies", ()) or ():
                assert "Secret of before" not in repr(each)


def test_no_list_and_no_count_of_the_audit_tells_of_a_seal(lives: Lives, signed: Signed) -> None:
    """What officers look at and do is in the log, and on nobody's page."""
    seal = lives.seal()
    signed("mara").get(f"/sealed/{seal.pk}/")
    assert AuditRow.objects.filter(act__startswith="sealed").exists()
    governance = share_actions.add_practitioner(
        by=KEEPER, at=AT, email="gil@example.org", name="Gil", agency="council", roles=["governance-lead"]
    )
    look = share.look_of(governance, purpose=Purpose.GOVERNANCE, reason="", at=AT)
    rows = share.audit_rows(for_=look)
    assert rows
    assert "sealed" not in repr([(row.act, row.what) for row in rows])
    assert "sealed" not in repr(share.counts(for_=look))


def test_the_reference_before_looks_like_any_locked_case(lives: Lives, signed: Signed) -> None:
    lives.seal()
    for who in ("max", "ann2", "lead"):
        page = signed(who).get(f"/child/{lives.before.reference}/")
        assert page.status_code < 500
