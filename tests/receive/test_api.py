"""The API as an agency's system meets it."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from joinedup.receive.api import SENDING, api
from joinedup.receive.models import Message
from joinedup.receive.rules.limits import Buckets
from joinedup.share import actions as share
from joinedup.share.models import AuditRow, Credential
from receive.conftest import AT, KEEPER, notice

pytestmark = [pytest.mark.urls("receive.addresses"), pytest.mark.usefixtures("partnership")]
(TESS,), (ATTENDED,) = notice()["persons"], notice()["events"]
PROBLEM = {"form", "status", "code", "title", "problems", "kept", "receipt"}


class System:
    """A hospital's system with its credential."""

    def __init__(self, agency: str = "ellensford-hospital") -> None:
        issued = share.issue_credential(by=KEEPER, at=AT, agency=agency, use="api", label="patient record")
        self.credential, self.client = issued.credential, Client(HTTP_AUTHORIZATION=f"Bearer {issued.token}")

    def send(self, body: Any, media: str = "application/json") -> Any:
        content = body if isinstance(body, bytes) else json.dumps(body)
        return self.client.post("/api/v1/notices", content, content_type=media)


@pytest.fixture
def hospital(partnership: Any) -> System:
    return System()


def test_a_notice_is_answered_with_its_receipt(hospital: System) -> None:
    answer = hospital.send(notice())
    assert answer.status_code == 201
    assert answer.json() == {
        "form": "joinedup/receipt/1", "receipt": answer.json()["receipt"], "status": 201, "read": True,
        "again": False, "problems": [],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"persons": [{**TESS, "identifiers": [{"system": "nhs-number", "value": "999 000 0019"}]}]}, "check-digit"),
        ({"events": [{**ATTENDED, "told": [{"agency": "nowhere"}]}]}, "unknown-agency"),
        ({"events": [{**ATTENDED, "happened": {"from": "2031-01-01"}}]}, "future-date"),
    ],
)
def test_what_is_odd_is_kept_read_and_said(hospital: System, change: dict[str, Any], code: str) -> None:
    answer = hospital.send(notice(**change))
    assert answer.status_code == 201
    assert [problem["code"] for problem in answer.json()["problems"]] == [code]


def test_broken_json_is_kept_and_the_next_notice_flows(hospital: System) -> None:
    broken, next_one = hospital.send(b'{"form": "joinedup/notice/1", '), hospital.send(notice())
    assert (broken.status_code, next_one.status_code) == (202, 201)
    assert broken.json()["receipt"]
    assert broken.json()["problems"][0]["code"] == "not-json"


def test_ten_megabytes_are_refused_with_the_limit_and_nothing_is_kept(hospital: System) -> None:
    answer = hospital.send(notice(events=[{"kind": "concern", "words": "a" * 10_000_000}]))
    assert answer.status_code == 413
    assert set(answer.json()) == PROBLEM
    assert "5 MB" in answer.json()["title"]
    assert answer.json()["kept"] is False
    assert not Message.objects.exists()


def test_a_list_is_answered_item_by_item(hospital: System) -> None:
    answer = hospital.send([notice(), notice(id="H-2"), {"id": "H-3"}])
    assert answer.status_code == 207
    assert [item["status"] for item in answer.json()["items"]] == [201, 201, 202]


def test_a_list_of_one_is_still_a_list(hospital: System) -> None:
    assert hospital.send([notice()]).status_code == 207


def test_a_table_is_taken_too(hospital: System) -> None:
    answer = hospital.send(
        b"id,given,born,kind\nS-1,Tess,2011-05-17,missing\nS-2,Mina,2011-09-02,missing\n", "text/csv"
    )
    assert [item["status"] for item in answer.json()["items"]] == [201, 201]


def test_a_form_encoded_header_of_curl_does_not_matter(hospital: System) -> None:
    assert hospital.send(json.dumps(notice()).encode(), "application/x-www-form-urlencoded").status_code == 201


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer x.y", "Basic abc"])
def test_without_a_credential_nothing_is_kept_and_that_is_said(header: str) -> None:
    answer = Client(HTTP_AUTHORIZATION=header).post("/api/v1/notices", json.dumps(notice()), "application/json")
    assert answer.status_code == 401
    assert set(answer.json()) == PROBLEM
    assert answer.json()["kept"] is False
    assert not Message.objects.exists()


def test_a_withdrawn_credential_opens_nothing(hospital: System) -> None:
    share.withdraw_credential(by=KEEPER, at=AT, credential=Credential.objects.get())
    assert hospital.send(notice()).status_code == 401


def test_a_sender_that_is_too_fast_is_told_how_long_to_wait(hospital: System, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("joinedup.receive.api.SENDING", Buckets(burst=1, seconds=3600))
    assert hospital.send(notice()).status_code == 201
    answer = hospital.send(notice(id="H-2"))
    assert answer.status_code == 429
    assert 3500 < int(answer["Retry-After"]) <= 3600
    assert set(answer.json()) == PROBLEM
    assert Message.objects.count() == 1


def test_a_database_that_cannot_keep_it_is_503_and_no_receipt(hospital: System) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE receive_message RENAME TO receive_away")
    answer = hospital.send(notice())
    assert answer.status_code == 503
    assert answer["Retry-After"]
    assert set(answer.json()) == PROBLEM
    listed = hospital.send([notice()])
    assert listed.json()["items"][0]["status"] == 503
    assert listed.json()["items"][0]["kept"] is False
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE receive_away RENAME TO receive_message")
    assert hospital.send(notice()).status_code == 201


def test_a_receipt_is_followed_by_the_agency_that_has_it_and_nobody_else(hospital: System) -> None:
    number = hospital.send(notice()).json()["receipt"]
    mine = hospital.client.get(f"/api/v1/receipts/{number}")
    assert (mine.status_code, mine.json()["state"]) == (200, "read")
    others = System("ellensford-police").client.get(f"/api/v1/receipts/{number}")
    nobody = System("ellensford-police").client.get("/api/v1/receipts/KT7-3MW-9")
    assert others.status_code == nobody.status_code == 404
    assert others.json() == nobody.json()


def test_what_waits_for_a_person_says_so(hospital: System) -> None:
    number = hospital.send(b"{").json()["receipt"]
    assert hospital.client.get(f"/api/v1/receipts/{number}").json()["state"] == "waiting for a person"


def test_every_message_kept_is_in_the_audit_with_its_system(hospital: System) -> None:
    hospital.send(notice())
    row = AuditRow.objects.get(act="receive.receive")
    assert (row.by, row.agency) == ("ellensford-hospital: patient record", "ellensford-hospital")
    assert row.what["message"] == Message.objects.get().pk


def test_every_status_that_can_come_is_declared() -> None:
    described = api.get_openapi_schema()["paths"]
    declared = {path: set(next(iter(verbs.values()))["responses"]) for path, verbs in described.items()}
    refusals = {401, 403, 413, 429, 503}
    assert declared["/api/v1/notices"] == {201, 202, 207, *refusals}
    assert declared["/api/v1/receipts/{number}"] == {200, 404, *refusals}


def test_the_schema_is_published_to_everybody(client: Client) -> None:
    answer = client.get("/api/v1/notice.schema.json")
    assert answer.status_code == 200
    assert answer.json()["title"] == "joinedup/notice/1"


def test_the_shipped_limit_lets_a_days_notices_through() -> None:
    assert SENDING.burst >= 1000
