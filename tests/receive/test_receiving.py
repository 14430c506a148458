"""Kept, acknowledged, brought on, corrected: what happens to messages in the database."""

import itertools
import json
import secrets
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from joinedup.ground.reference import LENGTH
from joinedup.receive import actions, queries
from joinedup.receive.models import Message, PayloadKey, Reading, Receipt
from joinedup.receive.rules.problems import MOST_BYTES, Refused
from joinedup.receive.rules.read import CSV
from joinedup.receive.vault import VaultError
from joinedup.share import actions as share
from joinedup.share.models import AuditRow
from joinedup.share.queries import verify
from joinedup.share.rules import FLOW, Actor, Look, Purpose
from receive.conftest import AT, KEEPER, notice, sent

pytestmark = pytest.mark.usefixtures("partnership")
HOUR = timedelta(hours=1)


@pytest.fixture
def worker(partnership: Any) -> Actor:
    made = share.add_practitioner(
        by=KEEPER, at=AT, email="mash@example.org", name="Amara Nwosu", agency="ellensford-social-care"
    )
    return Actor(made.email, made.agency_id, made.pk)


def bring_everything() -> list[str]:
    """What flow does with messages, as far as receive can see it: the keys in the order in which they were brought."""
    brought = []
    while claimed := actions.claim_unread(by=FLOW, at=AT, limit=100):
        for key in claimed:
            actions.mark_placed(by=FLOW, at=AT, message=queries.reading_of(key)[0])
            brought.append(key)
    return brought


def standing() -> dict[str, tuple[str, bool, bool]]:
    """Each message's stage, whether it stands, and whether contested."""
    return {
        message.pk: (message.stage, message.withdrawn_at is None, message.contested)
        for message in Message.objects.all()
    }


def test_a_notice_is_kept_with_its_reading_and_its_receipt() -> None:
    made = sent()
    message, read = queries.reading_of(made.message_key)
    assert (made.status, made.again, list(made.problems)) == (201, False, [])
    assert json.loads(queries.body_of(queries.message_of(message.key))) == notice()
    assert read.persons[0].names[0].family == "Arden"
    assert message.agency_id == read.agency == "ellensford-hospital"


def test_nothing_that_was_said_stands_readable_in_the_database() -> None:
    made = sent()
    message = Message.objects.get()
    assert b"Arden" not in bytes(message.body)
    assert b"Arden" not in bytes(Reading.objects.get().notice)
    assert "Arden" not in json.dumps(list(AuditRow.objects.values_list("what", flat=True)))
    assert made.number not in message.pk


def test_the_same_message_again_gets_the_same_receipt() -> None:
    first, again = sent(), sent()
    assert (again.number, again.status, again.again) == (first.number, 201, True)
    assert Message.objects.count() == Receipt.objects.count() == 1


def test_a_retry_with_other_spacing_is_the_same_message() -> None:
    assert sent().number == sent(json.dumps(notice(), indent=2).encode()).number


def test_the_same_id_from_another_agency_is_another_message() -> None:
    sent()
    other = sent(agency="fairmead-school")
    assert not other.again
    assert standing()[other.message_key] == ("unread", True, False)


def test_another_body_under_one_id_is_kept_and_both_are_contested() -> None:
    first = sent()
    second = sent(notice(safety={"safe": "no"}))
    assert [problem["code"] for problem in second.problems] == ["contested"]
    assert standing() == dict.fromkeys((first.message_key, second.message_key), ("unread", True, True))


def test_what_cannot_be_read_is_kept_with_a_receipt_and_the_next_flows() -> None:
    broken, whole = sent(b'{"id": '), sent()
    assert broken.status == 202
    assert broken.problems[0]["code"] == "not-json"
    assert actions.claim_unread(by=FLOW, at=AT, limit=9) == [whole.message_key]
    assert queries.body_of(queries.message_of(broken.message_key)) == b'{"id": '


def test_over_five_megabytes_nothing_is_kept_and_that_is_said() -> None:
    with pytest.raises(Refused) as refusal:
        sent(b"x" * (MOST_BYTES + 1))
    assert refusal.value.status == 413
    assert not Message.objects.exists()


def test_a_field_of_many_megabytes_is_kept_for_a_person() -> None:
    made = sent(notice(events=[{"n": 1, "kind": "concern", "words": "a" * 4_000_000}]))
    assert (made.status, made.problems[0]["code"]) == (202, "too-long")


def test_a_table_is_kept_like_any_other_message() -> None:
    made = sent(b"id,given,born,kind\nS-1,Tess,2011-05-17,missing\n", media=CSV)
    assert made.status == 201
    assert queries.reading_of(made.message_key)[1].events[0].kind == "missing"


def test_without_the_master_key_nothing_is_acknowledged(key_file: Any) -> None:
    sent()
    queries.payloads._vault.cache_clear()
    key_file.unlink()
    with pytest.raises(VaultError):
        sent(notice(id="H-2"))
    assert Message.objects.count() == 1


def test_two_workers_never_take_the_same_message() -> None:
    keys = {sent(notice(id=f"H-{n}")).message_key for n in range(3)}
    first = actions.claim_unread(by=FLOW, at=AT, limit=2)
    second = actions.claim_unread(by=FLOW, at=AT, limit=2)
    assert {*first, *second} == keys
    assert len(first) + len(second) == 3


def test_a_worker_that_died_loses_its_claim_after_a_minute() -> None:
    made = sent()
    assert actions.claim_unread(by=FLOW, at=AT, limit=1)
    assert not actions.claim_unread(by=FLOW, at=AT + timedelta(seconds=59), limit=1)
    assert actions.claim_unread(by=FLOW, at=AT + HOUR, limit=1) == [made.message_key]


def test_a_correction_withdraws_what_it_corrects_once_it_is_placed() -> None:
    old, new = sent(), sent(notice(id="H-2", corrects="H-1"))
    assert standing()[old.message_key] == ("unread", True, False)
    brought = bring_everything()
    assert standing() == {old.message_key: ("placed", False, False), new.message_key: ("placed", True, False)}
    assert brought.count(old.message_key) >= 1
    assert Message.objects.get(pk=old.message_key).withdrawn_why == "corrected"


def test_a_placed_message_that_is_withdrawn_is_brought_again_so_that_its_entries_stand_no_more() -> None:
    old = sent()
    bring_everything()
    new = sent(notice(id="H-2", corrects="H-1"))
    assert bring_everything() == [new.message_key, old.message_key]


def test_a_correction_that_comes_before_what_it_corrects_still_corrects_it() -> None:
    sent(notice(id="H-2", corrects="H-1"))
    bring_everything()
    old = sent()
    bring_everything()
    assert standing()[old.message_key] == ("placed", False, False)


def test_nobody_corrects_another_agencys_message() -> None:
    old = sent()
    sent(notice(id="P-1", corrects="H-1"), agency="ellensford-police")
    bring_everything()
    assert standing()[old.message_key] == ("placed", True, False)


def test_a_person_chooses_between_two_bodies(worker: Actor) -> None:
    first, second = sent(), sent(notice(safety={"safe": "no"}))
    bring_everything()
    actions.choose(
        by=worker, at=AT, message_key=second.message_key, reason="The ward rang: this one."
    )  # fmt: skip
    assert bring_everything() == [first.message_key]
    assert standing() == {first.message_key: ("placed", False, False), second.message_key: ("placed", True, False)}


def test_a_third_body_asks_again(worker: Actor) -> None:
    sent()
    second = sent(notice(safety={"safe": "no"}))
    actions.choose(by=worker, at=AT, message_key=second.message_key, reason="The ward rang.")
    third = sent(notice(safety={"safe": "yes"}))
    assert {key for key, (_, _, contested) in standing().items() if contested} == {
        second.message_key, third.message_key,
    }  # fmt: skip


def test_a_person_enters_what_could_not_be_read(worker: Actor) -> None:
    broken = sent(json.dumps(notice()).encode()[:-1])
    made = actions.read_as(
        by=worker, at=AT, message_key=broken.message_key, text=json.dumps(notice()), reason="A brace."
    )
    message, read = queries.reading_of(made.message_key)
    assert (queries.message_of(message.key).channel, message.agency_id, read.persons[0].born) == (
        "office",
        "ellensford-hospital",
        "2011-05-17",
    )
    assert read.corrects == queries.message_of(broken.message_key).sender_id
    assert standing()[broken.message_key] == ("quarantined", False, False)


@pytest.mark.parametrize(("text", "code"), [("{", "not-json"), (json.dumps(notice(events=[])), "nothing-said")])
def test_what_still_cannot_be_read_changes_nothing(worker: Actor, text: str, code: str) -> None:
    broken = sent(b"{")
    with pytest.raises(actions.UnreadableError) as wrong:
        actions.read_as(by=worker, at=AT, message_key=broken.message_key, text=text, reason="Trying.")
    assert [problem.code for problem in wrong.value.problems] == [code]
    assert Message.objects.count() == 1


def test_nothing_is_set_aside_without_a_reason(worker: Actor) -> None:
    broken = sent(b"{")
    with pytest.raises(actions.ReasonMissingError):
        actions.take_back(by=worker, at=AT, message_key=broken.message_key, reason="  ")
    assert standing()[broken.message_key] == ("quarantined", True, False)


def test_what_could_not_be_placed_waits_for_a_person_who_may_let_it_be_tried_again(worker: Actor) -> None:
    made = sent()
    actions.set_aside(by=FLOW, at=AT, message_key=made.message_key)
    assert standing()[made.message_key] == ("quarantined", True, False)
    actions.try_again(by=worker, at=AT, message_key=made.message_key, reason="The clock was wrong.")
    assert bring_everything() == [made.message_key]


def test_what_was_never_read_is_not_tried_again_as_it_is(worker: Actor) -> None:
    broken = sent(b"{")
    actions.try_again(by=worker, at=AT, message_key=broken.message_key, reason="Trying.")
    assert standing()[broken.message_key] == ("quarantined", True, False)


def test_an_agency_sees_how_far_its_own_messages_are_and_no_others(worker: Actor) -> None:
    mine, _ = sent(notice(id="S-1"), agency="ellensford-social-care"), sent()
    look = Look(worker.practitioner_id, worker.by, worker.agency, frozenset(), Purpose.REPORTING, "", AT)
    (report,) = queries.sent_by(for_=look, first=0, end=10)
    assert (report.receipt, report.state) == (mine.number, "Received")
    assert report.problems[0].startswith("The notice names another agency")


def test_a_rebuild_goes_over_what_was_placed_in_order_of_receipt() -> None:
    keys = [sent(notice(id=f"H-{n}"), at=AT + n * HOUR).message_key for n in range(3)]
    bring_everything()
    sent(b"{")
    assert queries.placed_in_order() == keys


def test_a_better_reader_reads_what_was_quarantined(monkeypatch: pytest.MonkeyPatch) -> None:
    body = json.dumps(notice()).encode()
    made = sent(body)
    Reading.objects.all().delete()
    Message.objects.update(stage="quarantined")
    assert actions.read_again(by=KEEPER, at=AT + HOUR, message=queries.message_of(made.message_key))
    assert standing()[made.message_key] == ("unread", True, False)
    assert actions.read_again(by=KEEPER, at=AT + HOUR, message=queries.message_of(made.message_key)) is None


def test_what_no_reader_can_read_goes_on_waiting_for_a_person() -> None:
    broken = sent(b"{")
    assert actions.read_again(by=KEEPER, at=AT + HOUR, message=queries.message_of(broken.message_key)) is None
    assert standing()[broken.message_key] == ("quarantined", True, False)


def test_no_two_receipts_bear_one_number(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = itertools.chain([3] * 2 * (LENGTH - 1), itertools.repeat(4))
    monkeypatch.setattr(secrets, "randbelow", lambda _: next(drawn))
    one, two = sent(), sent(notice(id="H-2"))
    assert one.number != two.number
    assert Receipt.objects.count() == 2


def test_a_half_filled_report_is_sealed_and_destroyed_once_sent() -> None:
    by, answers = Actor("nurse@example.org", "ellensford-hospital"), {"happened": {"words": "Said quietly"}}
    draft = actions.save_draft(by=by, at=AT, owner=by.by, answers=answers)
    look = Look(None, by.by, by.agency, frozenset(), Purpose.REPORTING, "", AT)
    assert queries.draft_of(for_=look, draft_id=draft) == answers
    assert queries.draft_of(for_=replace(look, by="somebody else"), draft_id=draft) is None
    said = {"by": by, "at": AT, "owner": by.by, "draft_id": draft, "agency": "ellensford-hospital", "channel": "form"}
    first, again = actions.send_draft(**said), actions.send_draft(**said)
    assert first == again
    assert first is not None
    assert queries.drafts_of(for_=look) == []
    assert PayloadKey.objects.count() == Message.objects.count() == 1


def test_the_audit_holds_after_all_this(worker: Actor) -> None:
    broken = sent(b"{")
    actions.take_back(by=worker, at=AT, message_key=broken.message_key, reason="A test message.")
    bring_everything()
    assert verify().ok
    assert AuditRow.objects.filter(act="receive.take_back", by="mash@example.org").exists()


BODIES = [
    notice(), notice(safety={"safe": "no"}), notice(id="H-2", corrects="H-1"), notice(id="H-3", corrects="H-2"),
    notice(id="H-4", corrects="H-5"), notice(id="H-5", corrects="H-4"),
]  # fmt: skip


def as_it_stands_after(posts: list[tuple[int, bool]]) -> Any:
    """What stands after these posts, some of them brought on at once, the rest in the end; then as it was before."""
    with transaction.atomic():
        for n, bring in posts:
            sent(BODIES[n])
            if bring:
                bring_everything()
        bring_everything()
        found = standing()
        transaction.set_rollback(True)
    return found


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, len(BODIES) - 1), st.booleans()), min_size=1, max_size=9))
def test_any_order_and_duplication_of_posts_gives_the_same_messages(posts: list[tuple[int, bool]]) -> None:
    each_once = [(n, False) for n in sorted({n for n, _ in posts})]
    assert as_it_stands_after(posts) == as_it_stands_after(each_once)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200))
def test_any_bytes_whatever_get_a_receipt(body: bytes) -> None:
    made = sent(body)
    assert made.status in (201, 202)
    assert queries.body_of(queries.message_of(made.message_key)) == body
    assert sent(body).number == made.number
