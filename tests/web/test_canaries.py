"""What leaves by a side door: logs, mail, error pages, addresses, redirects, sessions. Canaries are planted in whatever
people tell and type; none of them may be met there, whatever goes right or wrong on the way (OWASP ASVS 14.2.1, 16.2.5,
16.5.1)."""

import logging
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import unquote

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection
from django.test import Client

from joinedup.receive.models import Message
from joinedup.share import actions as share
from joinedup.share.models import AuditRow
from respond import town as towns
from respond.town import AT, KEEPER

pytestmark = pytest.mark.django_db
NAME, NUMBER, STREET = "Canarygiven", "9990000018", "77 Canary Wharf Lane"
PHONE, WORDS, CONTACT = "07700 900123", "canarywords of a notice", "canarycontact"
TYPED = "canarytyped into a form"
CANARIES = (NAME, NUMBER, STREET, PHONE, WORDS, CONTACT, TYPED, "999 000 0018")


@pytest.fixture
def town(town: towns.Town) -> towns.Town:
    """A notice in every field of which a canary sits, and a second one that cannot be read."""
    person = towns.child("Tess", addresses=[{"lines": STREET, "postcode": "EL4 2AB"}])
    person["names"].append({"given": NAME, "family": "Arden", "kind": "alias"})
    town.bring(
        "hospital", [person],
        [{"kind": "attendance", "concerns": ["neglect"], "day": "2026-03-03", "words": f"{WORDS} {PHONE}"}], AT,
        observer={"role": "nurse", "safe_contact": CONTACT},
    )  # fmt: skip
    return town


class Listener(logging.Handler):
    """Every line of every log, as it would be written, with whatever hangs on it."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(logging.Formatter("%(name)s %(message)s").format(record))


@pytest.fixture
def logs() -> Iterator[list[str]]:
    """What the house's own loggers and Django's say at the level at which they stand. SQL is never logged."""
    listener = Listener()
    logging.getLogger().addHandler(listener)
    yield listener.said
    logging.getLogger().removeHandler(listener)


def met(text: str) -> list[str]:
    return [canary for canary in CANARIES if canary.casefold() in unquote(text).casefold()]


def everywhere_else(logs: list[str]) -> dict[str, list[str]]:
    """Where a canary was met: in logs, mail, the sessions' store, the audit."""
    sessions = " ".join(str(one.get_decoded()) for one in Session.objects.all())
    audit = " ".join(f"{row.reason} {row.what} {row.by}" for row in AuditRow.objects.all())
    on_purpose = {"sessions", "audit"}  # keep the reason that somebody stated, and nothing else that was typed
    places = {"logs": " ".join(logs), "mail": " ".join(str(one.message()) for one in mail.outbox), "sessions": sessions}
    found = {place: met(text) for place, text in (places | {"audit": audit}).items()}
    kept = {place: [one for one in said if not (one == TYPED and place in on_purpose)] for place, said in found.items()}
    return {place: said for place, said in kept.items() if said}


SEARCHES = (NAME, NUMBER, "999 000 0018", f"{NAME} Arden 2011-05-17", STREET)


def test_no_search_no_page_and_no_report_leaves_a_canary_by_a_side_door(
    town: towns.Town, client_of: Callable[[str], Client], logs: list[str]
) -> None:
    ann, nurse = client_of("ann"), client_of("nurse")
    reference = town.child("Tess").reference
    answers = [ann.post("/find/", {"text": text}, follow=True) for text in SEARCHES]
    answers += [ann.get(f"/child/{reference}/", follow=True), ann.get(f"/child/{reference}/chronology/", follow=True)]
    asked = {"given": NAME, "family": "Arden", "born_0": "17", "born_1": "5", "born_2": "2011", "nhs": NUMBER,
             "reason": TYPED}  # fmt: skip
    answers += [nurse.post("/ask/", asked, follow=True), nurse.post("/emergency/", asked, follow=True)]
    answers += [ann.get(f"/find/?text={NAME}"), nurse.get("/reports/")]
    for answer in answers:
        for address, _ in getattr(answer, "redirect_chain", ()):
            assert met(address) == []
    assert everywhere_else(logs) == {}


@pytest.mark.parametrize("body", [
    b'{"form": "joinedup/notice/1", "id": "x", "persons": [{"n": 1, "names": [{"given": "Canarygiven"}], "born": {}}]}',
    b'{"id": "Canarygiven", "persons": "07700 900123"', b"given;family\nCanarygiven;999 000 0018\n",
])  # fmt: skip
def test_what_cannot_be_read_is_answered_without_its_content(body: bytes, town: towns.Town, logs: list[str]) -> None:
    token = share.issue_credential(by=KEEPER, at=AT, agency="hospital", use="api", label="canary").token
    answer = Client().post(
        "/api/v1/notices", body, content_type="application/json", headers={"Authorization": f"Bearer {token}"}
    )
    assert met(answer.content.decode()) == []
    assert token not in " ".join(logs)
    assert everywhere_else(logs) == {}
    assert met(" ".join(Message.objects.values_list("sender_id", flat=True))) == []


def broken(sql: str) -> Any:
    """The database's own refusal of one kind of question, by a wrapper of Django's around every question."""

    def refuse(execute: Any, asked: str, params: Any, many: bool, context: Any) -> Any:
        if sql in asked:
            return execute("SELECT nothing FROM nowhere", None, False, context)
        return execute(asked, params, many, context)

    return connection.execute_wrapper(refuse)


def test_a_page_that_breaks_in_the_middle_tells_nothing(
    town: towns.Town, client_of: Callable[[str], Client], logs: list[str]
) -> None:
    """Its data was read already when the database refuses the next question."""
    client = client_of("ann")
    client.raise_request_exception = False
    reference = town.child("Tess").reference
    client.get(f"/child/{reference}/", follow=True)
    with broken("respond_decision"):
        answer = client.get(f"/child/{reference}/", follow=True)
    assert answer.status_code in (500, 503) or "Why do you need" in answer.content.decode()
    assert met(answer.content.decode()) == []
    assert "Traceback" not in answer.content.decode()
    assert everywhere_else(logs) == {}


def test_no_answer_leaves_when_its_audit_row_cannot_be_written(
    town: towns.Town, client_of: Callable[[str], Client], logs: list[str]
) -> None:
    """No audit, no read: the answer is ready, the log refuses, and nothing of it leaves."""
    client = client_of("nurse")
    whole = client.get("/reports/").content.decode()
    assert "Tess" in whole
    with broken("share_auditlane"):
        answer = client.get("/reports/")
    assert answer.status_code == 503
    assert "Tess" not in answer.content.decode()
    assert met(answer.content.decode()) == []
    assert everywhere_else(logs) == {}
