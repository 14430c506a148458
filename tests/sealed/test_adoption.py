"""A child was adopted at four. What was recorded of the life before must never meet the life now: not by a name, a
search, a doubt, a tie, a count or an outcome. What an officer knows may cross only as a summary that another releases.
"""

from typing import Any

import pytest
from django.db import transaction

from flow.street import AT, child, event
from joinedup.chronicle.models import Entry
from joinedup.flow import way, worker
from joinedup.flow.rebuild import rebuild
from joinedup.link import queries as link
from joinedup.link.models import BlockingKey, Match, Mention, Record
from joinedup.link.rules.asking import statement
from joinedup.network.models import Tie
from joinedup.receive.models import Message, PayloadKey
from joinedup.receive.queries import body_of, cipher_of, reading_of
from joinedup.receive.vault import VaultError
from joinedup.respond import queries as respond
from joinedup.sealed import actions, queries
from joinedup.sealed.actions.words import SecondOfficerError
from joinedup.sealed.models import Caught, Seal
from joinedup.sealed.rules import Kind
from joinedup.share import actions as sharing
from joinedup.share import queries as share
from joinedup.share.models import AuditAbout, AuditRow, Involvement
from joinedup.share.rules import FLOW, LockReason
from sealed.conftest import BEFORE, BROTHER, MOTHER, NOW, Lives, subject_of

OTHERS = ("max", "ann2", "nurse", "officer", "lead")


def every_name() -> str:
    """Everything that link keeps of anybody, as text."""
    return repr([*Record.objects.values_list("statement", "features"), *BlockingKey.objects.values_list("value")])


def test_nothing_is_sealed_until_a_second_officer_confirms_it(lives: Lives) -> None:
    seal = lives.seal(confirmed=False)
    with pytest.raises(SecondOfficerError, match="second officer"):
        actions.confirm(by=lives.actor("mara"), at=AT, seal=seal, reason="I asked for it myself.")
    assert "Arden" in every_name()
    assert not Caught.objects.exists()
    actions.refuse(by=lives.actor("otto"), at=AT, seal=seal, reason="There is no order.")
    worker.once(at=AT)
    assert "Arden" in every_name()


def test_the_life_before_leaves_every_room_and_everybody_else_stays(lives: Lives) -> None:
    assert Entry.objects.filter(subject=lives.before).exists()
    lives.seal()
    assert {row.message_id for row in Caught.objects.all()} == set(lives.told.values())
    assert not Entry.objects.filter(subject=lives.before).exists()
    assert not Tie.objects.filter(source=lives.before).exists()
    assert not Tie.objects.filter(target=lives.before).exists()
    assert not Record.objects.filter(subject=lives.before).exists()
    assert "9990000018" not in every_name()
    assert "dawn" not in every_name().casefold()
    words = dict(Entry.objects.filter(subject=lives.brother).values_list("event_n", "words"))
    assert words == {1: "", 2: "Robin was alone."}


SEARCHED = (
    "Tess Arden", "Arden", "Arden 2011-05-17", "Tess Arden 2011-05-17", "Tess 17/05/2011", "Tess Ardenn", "9990000018",
    "999 000 0018", "Dawn Arden", "4 Mill Lane", "EL4 2AB",
)  # fmt: skip


def answers(lives: Lives) -> list[object]:
    """What everybody but the officers gets from every search, question and count."""
    looks = [lives.look(who) for who in OTHERS]
    born = ("2011-05-17", "2011-05-18")
    typed = [statement(given="Tess", family="Arden", born=day, numbers=[("nhs-number", "9990000018")]) for day in born]
    return [
        [[found.head for found in link.find(for_=look, text=text)] for look in looks for text in SEARCHED],
        [link.known(for_=look, said=said) for look in looks for said in typed],
        [(len(link.doubts(for_=look)), respond.reports_total(for_=look)) for look in looks],
        link.names(for_=lives.look("max"), heads=[lives.before.pk]),
    ]


def test_every_search_question_and_count_is_as_if_the_life_before_had_never_been_known(lives: Lives) -> None:
    """Compared with a house to which nobody ever told of it: not less is found, which would tell, and not more."""
    with transaction.atomic():
        for key in lives.told.values():
            way.unbring(by=FLOW, at=AT, message_key=key)
        lives.street.tell("police", [BROTHER], event("concern", "2014-03-04", "neglect", side="home"))
        Message.objects.filter(pk__in=lives.told.values()).update(stage="placed")
        never = answers(lives)
        transaction.set_rollback(True)
    lives.seal()
    lives.street.tell("police", [BROTHER], event("concern", "2014-03-04", "neglect", side="home"))
    assert answers(lives) == never
    assert not any(share.may_open(for_=lives.look(who), subject=lives.before) for who in OTHERS)


def test_a_message_about_the_life_before_goes_to_the_officers_alone(lives: Lives) -> None:
    seal = lives.seal()
    before = (Record.objects.count(), Entry.objects.count(), Tie.objects.count(), Match.objects.count())
    key = lives.street.tell(
        "hospital", [BEFORE, MOTHER], event("attendance", "2026-03-18", "injury-cause-not-known", words="Old notes.")
    )
    assert (Record.objects.count(), Entry.objects.count(), Tie.objects.count(), Match.objects.count()) == before
    assert not Mention.objects.filter(message=key).exists()
    shown = lives.shown(seal)
    assert shown is not None
    assert "Old notes." in [one.words for each in shown.caught for one in each.notice.events]
    for who in OTHERS:
        assert lives.shown(seal, who) is None
        assert queries.seals(for_=lives.look(who)) == []


@pytest.mark.parametrize("said", [
    child("Tess", "Arden", "2011-05-17"), child("Tess", "Ardenn", "2011-05-17", lives="4 Mill Lane, EL4 2AB"),
    child("Tessa", "Arden", "2011-05-17", "9990000018"), child(None, "Arden", "2011-05-17", "9990000018"),
    child("Tess", "Arden", "2011-05-18", "9990000018"),
])  # fmt: skip
def test_however_it_is_spelled(lives: Lives, said: dict[str, Any]) -> None:
    lives.seal()
    key = lives.street.tell("school", [said], event("concern", "2026-03-18", "neglect"))
    assert Caught.objects.filter(message=key).exists()
    assert not Mention.objects.filter(message=key).exists()


@pytest.mark.parametrize("said", [
    NOW, child("Tess", "Hollis", "2011-05-17"), child("Tess", "Hollis", "2011-05-17", lives="19 Quay Street, EL9 7XY"),
    child("Owen", "Marsh", "2011-05-17", "9990000042"), BROTHER,
])  # fmt: skip
def test_the_life_now_and_everybody_else_are_never_stopped(lives: Lives, said: dict[str, Any]) -> None:
    lives.seal()
    count = Caught.objects.count()
    key = lives.street.tell("hospital", [said], event("attendance", "2026-03-18"))
    assert Caught.objects.count() == count
    assert Mention.objects.filter(message=key).exists()


def test_its_bytes_open_with_the_vault_alone(lives: Lives) -> None:
    lives.seal()
    message = Message.objects.select_related("payload_key").get(pk=lives.told["ward"])
    assert reading_of(message.pk)[1].persons == []  # what is left of it
    with pytest.raises(Exception):  # noqa: B017, PT011 - the cipher's own
        body_of(message)
    moved = Caught.objects.get(message=message).payload_key
    with pytest.raises(VaultError):
        cipher_of(PayloadKey.objects.get(pk=moved.pk))


def test_its_sender_reads_what_every_sender_of_a_locked_case_reads(lives: Lives) -> None:
    """Two hospital reports: of a child whose case is locked for another reason, and of the sealed identity."""
    other = child("Owen", "Marsh", "2012-10-01", "9990000042")
    first = lives.street.tell("hospital", [other], event("attendance", "2026-03-18", "injury-cause-not-known"))
    locked = subject_of(lives.street, "hospital", first)
    sharing.lock_case(by=lives.actor("max"), at=AT, subject=locked, why=LockReason.REVIEW, reason="A review.")
    seal = lives.seal()
    second = lives.street.tell("hospital", [BEFORE], event("attendance", "2026-03-18", "injury-cause-not-known"))
    found = {one.receipt: one for one in respond.reports_of(for_=lives.look("nurse"))}
    of = {key: found[Message.objects.get(pk=key).receipt.number] for key in (first, second)}
    plain = [
        (one.state, one.asked, one.seen_at, [(a.name, a.told, a.outcome, a.waiting) for a in one.answers])
        for one in of.values()
    ]
    assert plain[0] == plain[1]
    [caught] = Caught.objects.filter(message=second)
    actions.answer(
        by=lives.actor("mara"), at=AT, caught=caught, outcome="advice", feedback="Thank you.", reason="Known to us."
    )
    [told] = [one for one in respond.reports_of(for_=lives.look("nurse")) if one.receipt == of[second].receipt]
    assert [(a.outcome, a.feedback) for a in told.answers] == [("Information and advice given", "Thank you.")]
    assert seal.pk


def test_needs_cross_as_a_summary_that_a_second_officer_releases(lives: Lives) -> None:
    seal = lives.seal()
    with pytest.raises(actions.TellingError):
        actions.summarise(by=lives.actor("mara"), at=AT, seal=seal, about=lives.now, text="As Tess Arden she was hurt.")
    made = actions.summarise(
        by=lives.actor("mara"), at=AT, seal=seal, about=lives.now, concerns=["neglect"],
        text="Tess may need help with sleep and with loud places; early support helps.",
    )  # fmt: skip
    with pytest.raises(SecondOfficerError):
        actions.release_summary(by=lives.actor("mara"), at=AT, summary=made, reason="It helps.")
    actions.release_summary(by=lives.actor("otto"), at=AT, summary=made, reason="It helps.")
    with pytest.raises(ValueError, match="before"):
        actions.release_summary(by=lives.actor("otto"), at=AT, summary=made, reason="Again.")
    worker.once(at=AT)
    [entry] = Entry.objects.filter(agency="council", message__channel="office")
    assert "early support" in entry.words
    assert share.head_ids([entry.subject_id])[entry.subject_id] == lives.now.pk
    assert len(respond.open_on(for_=lives.look("ann2"), head=lives.now.pk)) >= 2  # it waits on the front door's desk


def test_what_is_about_somebody_else_goes_its_way_and_is_not_stopped_again(lives: Lives) -> None:
    seal = lives.seal()
    said = child("Tess", "Arden", "2011-05-17")
    key = lives.street.tell("school", [said], event("concern", "2026-03-18", "neglect"))
    [caught] = Caught.objects.filter(message=key)
    actions.give_back(by=lives.actor("otto"), at=AT, caught=caught, reason="A namesake at another school.")
    worker.once(at=AT)
    assert Mention.objects.filter(message=key).exists()
    again = lives.street.tell("school", [said], event("concern", "2026-03-19", "neglect"))
    assert not Caught.objects.filter(message=again).exists()
    assert seal.pk


def test_deriving_everything_again_changes_nothing_and_lifting_brings_it_back(lives: Lives) -> None:
    whole = set(Entry.objects.values_list("key", flat=True))
    seal = lives.seal()
    assert rebuild(at=AT, check=True).differences == []
    with pytest.raises(SecondOfficerError):
        actions.lift(by=lives.actor("otto"), at=AT, seal=seal, reason="The order was set aside.")
    actions.lift(by=lives.actor("mara"), at=AT, seal=seal, reason="The order was set aside.")
    worker.once(at=AT)
    assert set(Entry.objects.values_list("key", flat=True)) == whole
    assert rebuild(at=AT, check=True).differences == []


def test_no_row_and_no_column_tells_who_is_sealed_to_whoever_lacks_the_key(lives: Lives) -> None:
    seal = lives.seal()
    kept = bytes(Seal.objects.get(pk=seal.pk).body)
    for word in ("Arden", "Hollis", "2011-05-17", "9990000018", lives.now.reference, Kind.ADOPTION.name, "order"):
        assert word.encode() not in kept
    for row in AuditRow.objects.filter(act__startswith="sealed"):
        assert not AuditAbout.objects.filter(row=row.pk).exists()
        assert not {"subject", "subjects", "message"} & row.what.keys(), row.what
    lives.shown(seal)
    assert not Involvement.objects.filter(subject=lives.before, relation__in=("held", "told")).exists()


def test_nobody_else_works_with_it_any_more(lives: Lives) -> None:
    sharing.involve(
        by=lives.actor("max"), at=AT, subject=lives.before, relation="allocated", practitioner=lives.people["max"]
    )
    lives.seal()
    open_ = Involvement.objects.filter(subject=lives.before, until=None).values_list("practitioner__name", flat=True)
    assert set(open_) == {"Mara", "Otto"}


def test_both_lives_are_not_one_child_when_they_are_sealed(lives: Lives) -> None:
    with pytest.raises(ValueError, match="one child"):
        actions.seal(by=lives.actor("mara"), at=AT, kind=Kind.ADOPTION, reason="x", old=lives.now, now=lives.now)
    with pytest.raises(ValueError, match="say whose"):
        actions.seal(by=lives.actor("mara"), at=AT, kind=Kind.ADOPTION, reason="x", old=None)


def test_the_mother_of_before_is_not_met_through_the_brother(lives: Lives) -> None:
    """What is left of a stopped message is about the others alone; a message that never named the child is whole."""
    lives.seal()
    key = lives.street.tell("school", [BROTHER, MOTHER], event("concern", "2026-03-18", "neglect"))
    assert Mention.objects.filter(message=key).count() >= 2
