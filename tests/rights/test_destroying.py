"""A record's time is over: one person proposes, another releases, flow destroys; chain and rebuild stay whole."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flow.street import AT, KEEPER, child, event
from joinedup.chronicle.models import Entry
from joinedup.flow import ticking, worker
from joinedup.flow.rebuild import rebuild
from joinedup.link.models import BlockingKey, Mention, Record
from joinedup.network.models import Tie
from joinedup.receive import queries as received
from joinedup.receive.models import Message, PayloadKey, Receipt
from joinedup.receive.vault import VaultError
from joinedup.rights import actions, queries
from joinedup.rights.models import Destroyed
from joinedup.rights.queries import HeldError
from joinedup.rights.rules import Ground, Keeping, Life, ended, keepings
from joinedup.share import actions as share
from joinedup.share import queries as house
from joinedup.share.models import AuditRow
from rights.conftest import LATER, TESS, Family


def every_name() -> str:
    """Everything that link keeps of anybody, as text."""
    return repr([*Record.objects.values_list("statement", "features"), *BlockingKey.objects.values_list("value")])


def whole(family: Family) -> None:
    """Nothing differs when it is derived again, and the audit proves itself."""
    assert rebuild(at=LATER + timedelta(hours=1), check=True).differences == []
    assert house.verify().faults == []
    assert family.street


def test_before_its_time_is_over_nobody_can_propose_it_for_that(family: Family) -> None:
    with pytest.raises(ValueError, match="not over"):
        family.propose(AT)
    assert family.propose(AT, ground=Ground.COURT, reason="An order of the court.").pk


def test_nothing_goes_until_a_second_person_releases_it(family: Family) -> None:
    share.set_clock(by=KEEPER, at=LATER)
    assert [one.subject.pk for one in queries.time_over(for_=family.look("gil", LATER))] == [family.tess.pk]
    ticking.tick(at=LATER)
    made = family.propose()
    with pytest.raises(actions.SecondPersonError, match="second person"):
        actions.release_destruction(by=family.actor("gil"), at=LATER, destruction=made, reason="Mine.")
    ticking.tick(at=LATER)
    assert not Destroyed.objects.exists()
    actions.refuse_destruction(by=family.actor("gwen"), at=LATER, destruction=made, reason="A review may come.")
    with pytest.raises(ValueError, match="before"):
        actions.release_destruction(by=family.actor("gwen"), at=LATER, destruction=made, reason="After all.")
    ticking.tick(at=LATER)
    assert Entry.objects.filter(subject=family.tess).exists()


def test_its_key_is_dropped_and_everything_that_it_made_goes(family: Family) -> None:
    family.destroy()
    assert not Entry.objects.filter(subject=family.tess).exists()
    assert not Record.objects.filter(subject=family.tess).exists()
    assert not Tie.objects.filter(source=family.tess).exists()
    assert "9990000018" not in every_name()
    ward = Message.objects.select_related("payload_key").get(pk=family.told["ward"])
    assert (ward.stage, bytes(ward.payload_key.wrapped)) == ("destroyed", b"")
    with pytest.raises(VaultError):
        received.body_of(ward)
    with pytest.raises(VaultError):
        received.reading_of(ward.pk)
    whole(family)


def test_what_the_message_says_of_a_brother_stays_and_nothing_else_of_it_opens(family: Family) -> None:
    family.destroy()
    words = dict(Entry.objects.filter(subject=family.robin).values_list("event_n", "words"))
    assert words == {1: "", 2: "Robin was alone."}
    home = Message.objects.select_related("payload_key").get(pk=family.told["home"])
    assert home.stage == "placed"
    with pytest.raises(Exception):  # noqa: B017, PT011 - the cipher's own
        received.body_of(home)
    assert PayloadKey.objects.filter(wrapped=b"").count() == 2
    assert dict(Destroyed.objects.values_list("part__message", "left")) == {
        family.told["ward"]: False, family.told["home"]: True,
    }  # fmt: skip
    whole(family)


def test_the_same_message_sent_again_is_known_and_never_comes_back(family: Family) -> None:
    body = family.street.notice("hospital", [TESS], [event("attendance", "2014-02-01")], id="again")
    key = family.street.keep(*body)
    worker.once(at=AT)
    receipt = Receipt.objects.get(message=key).number
    family.destroy()
    assert family.street.keep(*body, at=LATER + timedelta(days=1)) == key
    ticking.tick(at=LATER + timedelta(days=1))
    rebuild(at=LATER + timedelta(days=1), check=False)
    assert Receipt.objects.get(message=key).number == receipt
    assert not Mention.objects.filter(message=key).exists()
    assert not Record.objects.filter(subject=family.tess).exists()


def test_a_correction_that_was_destroyed_still_corrects(family: Family) -> None:
    """What was said of the wrong child does not stand again because the right one's record is destroyed."""
    wrong = family.street.tell("school", [child("Robin", "Arden", "2009-02-11", "9990000034")],
                               event("concern", "2015-01-01", "neglect"), id="S1")  # fmt: skip
    right = family.street.tell("school", [TESS], event("concern", "2015-01-01", "neglect"), corrects="S1")
    family.destroy()
    assert Message.objects.get(pk=right).stage == "destroyed"
    assert Message.objects.get(pk=wrong).withdrawn_why == "corrected"
    whole(family)


def test_the_sender_reads_that_it_was_destroyed(family: Family) -> None:
    family.destroy()
    nurse = share.add_practitioner(
        by=KEEPER, at=AT, email="nurse@example.org", name="Joy Bell", agency="hospital", roles=["ed-nurse"]
    )
    look = house.look_of(nurse, purpose="safeguarding", reason="", at=LATER)  # type: ignore[arg-type]
    [report] = received.sent_by(for_=look, first=0, end=9)
    assert report.state.startswith("Destroyed")
    tracked = received.track(for_=look, number=report.receipt)
    assert tracked is not None
    assert tracked.state == "destroyed"


def test_what_was_destroyed_is_in_no_quarantine_and_read_by_no_better_reader(family: Family) -> None:
    from joinedup.receive import actions as receive

    family.destroy()
    ward = Message.objects.select_related("payload_key").get(pk=family.told["ward"])
    assert receive.read_again(by=KEEPER, at=LATER, message=ward) is None
    receive.bring_again(by=KEEPER, at=LATER, messages=[ward.pk])
    ticking.tick(at=LATER + timedelta(hours=1))
    assert Message.objects.get(pk=ward.pk).stage == "destroyed"


@pytest.mark.parametrize("everybody", [True, False])
def test_a_hold_stops_it_with_its_reason_at_every_step(family: Family, everybody: bool) -> None:
    share.set_clock(by=KEEPER, at=LATER)
    early = family.propose()
    held = actions.hold(
        by=family.actor("gil"), at=LATER, subject=None if everybody else family.tess, title="a statutory inquiry",
        reason="Asked for all records.",
    )  # fmt: skip
    with pytest.raises(HeldError, match="a statutory inquiry: Asked for all records"):
        family.propose()
    with pytest.raises(HeldError, match="statutory inquiry"):
        actions.release_destruction(by=family.actor("gwen"), at=LATER, destruction=early, reason="Read.")
    actions.lift_hold(by=family.actor("gwen"), at=LATER + timedelta(minutes=1), hold=held, reason="It has ended.")
    with pytest.raises(ValueError, match="before"):
        actions.lift_hold(by=family.actor("gwen"), at=LATER, hold=held, reason="Twice.")
    later = LATER + timedelta(minutes=2)
    actions.release_destruction(by=family.actor("gwen"), at=later, destruction=early, reason="Read.")
    again = actions.hold(by=family.actor("gil"), at=later, subject=None, title="a claim", reason="Told by the court.")
    ticking.tick(at=later)
    assert not Destroyed.objects.exists()
    actions.lift_hold(by=family.actor("gil"), at=later, hold=again, reason="Settled.")
    ticking.tick(at=later)
    assert Destroyed.objects.count() == 2


def test_a_brothers_hold_keeps_what_speaks_of_both(family: Family) -> None:
    share.set_clock(by=KEEPER, at=LATER)
    actions.hold(by=family.actor("gil"), at=LATER, subject=family.robin, title="a court", reason="A hearing.")
    family.destroy()
    assert Message.objects.get(pk=family.told["ward"]).stage == "destroyed"
    assert "Tess and Robin were alone." in Entry.objects.values_list("words", flat=True)
    whole(family)


def test_something_new_stops_it(family: Family) -> None:
    share.set_clock(by=KEEPER, at=LATER)
    made = family.propose()
    family.street.tell("hospital", [TESS], event("attendance", "2029-06-20"), at=LATER)
    with pytest.raises(ValueError, match="something new"):
        actions.release_destruction(by=family.actor("gwen"), at=LATER, destruction=made, reason="Read.")
    assert queries.time_over(for_=family.look("gil", LATER)) == []


def test_the_audit_names_keys_alone(family: Family) -> None:
    family.destroy()
    for row in AuditRow.objects.filter(act__startswith="rights"):
        assert row.what.keys() <= {"who", "destruction", "subject", "messages", "released", "hold"}
        assert "Arden" not in repr(row.what)


def test_whoever_does_not_keep_retention_reads_nothing_of_it(family: Family) -> None:
    family.propose(AT, ground=Ground.COURT)
    actions.hold(by=family.actor("gil"), at=AT, subject=family.tess, title="a court", reason="A hearing.")
    look = family.look("max")
    assert (queries.time_over(for_=look), queries.proposals(for_=look), queries.holds(for_=look)) == ([], [], [])
    assert queries.record_of(for_=look, reference=family.tess.reference) is None


def test_a_person_says_it_and_says_why(family: Family) -> None:
    for wrong in ({"reason": " "}, {"by": KEEPER}):
        with pytest.raises(ValueError, match=r"why|person"):
            actions.propose_destruction(
                **{"by": family.actor("gil"), "at": LATER, "subject": family.tess, "ground": Ground.COURT,
                   "reason": "An order.", **wrong}  # type: ignore[arg-type]
            )  # fmt: skip
    with pytest.raises(ValueError, match="why"):
        actions.hold(by=family.actor("gil"), at=AT, subject=None, title="", reason="x")
    made = actions.hold(by=family.actor("gil"), at=AT, subject=None, title="a court", reason="x")
    with pytest.raises(ValueError, match="why"):
        actions.lift_hold(by=family.actor("gil"), at=AT, hold=made, reason="")


# The rules by themselves.

DAYS = st.dates(date(1960, 1, 1), date(2030, 1, 1))
KINDS = st.frozensets(st.sampled_from(["concern", "looked-after-begun", "attendance"]))
SENDERS = st.frozensets(st.sampled_from(["school", "adoption-support"]))


@given(DAYS, DAYS, KINDS, SENDERS, KINDS)
def test_more_that_is_known_never_shortens_a_period(born, last, kinds, agencies, more) -> None:
    rules = keepings(date(2026, 1, 1))
    few = ended(Life(born, last, kinds, agencies), rules)
    many = ended(Life(born, max(last, date(2029, 1, 1)), kinds | more, agencies | {"adoption-support"}), rules)
    assert few is not None
    assert many is not None
    assert few.on <= many.on
    assert few.on >= date(born.year + 21, 1, 1)


@pytest.mark.parametrize(
    ("life", "rule", "on"),
    [
        (Life(date(2003, 5, 17), date(2026, 3, 20)), "child-in-need", date(2029, 3, 20)),
        (Life(date(2010, 5, 17), date(2020, 3, 20)), "child-in-need", date(2031, 5, 17)),
        (Life(date(2003, 5, 17), date(2026, 3, 20), frozenset({"looked-after-ended"})), "looked-after",
         date(2078, 5, 17)),
        (Life(date(2004, 2, 29), date(2026, 3, 20), frozenset(), frozenset({"adoption-support"})), "adoption",
         date(2126, 3, 20)),
        (Life(date(2004, 2, 29), date(2012, 3, 20)), "child-in-need", date(2025, 3, 1)),
    ],
)  # fmt: skip
def test_the_longest_period_holds(life: Life, rule: str, on: date) -> None:
    found = ended(life, keepings(date(2026, 1, 1)))
    assert found is not None
    assert (found.rule.id, found.on) == (rule, on)


def test_without_a_date_of_birth_it_is_kept(family: Family) -> None:
    assert ended(Life(None, date(1990, 1, 1)), keepings(date(2026, 1, 1))) is None
    key = family.street.tell("school", [child("Nia", "Vale")], event("concern", "2014-01-01", "neglect"))
    from rights.conftest import subject_of

    nia = subject_of("school", key)
    [shown] = [queries.record_of(for_=family.look("gil", LATER), reference=nia.reference)]
    assert shown is not None
    assert (shown.ends, shown.over) == (None, False)


@given(st.lists(st.tuples(st.sampled_from(["hospital", "police", "school"]), st.sampled_from(["T", "R", "TR"])),
                max_size=4), st.booleans())  # fmt: skip
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_was_told_nothing_of_the_child_is_left_and_the_rest_is_whole(family, told, taken_back) -> None:
    from django.db import transaction

    from rights.conftest import ROBIN

    with transaction.atomic():
        for agency, who in told:
            persons = [{"T": TESS, "R": ROBIN}[one] for one in who]
            key = family.street.tell(agency, persons, event("concern", "2015-01-01", "neglect"))
        if told and taken_back:
            family.street.take_back(key)
        robins = Entry.objects.filter(subject__in=house.members(family.robin)).count()
        heads = {one.pk for one in house.members(family.tess)}
        family.destroy()
        assert not Record.objects.filter(subject__in=heads).exists()
        assert Entry.objects.filter(subject__in=house.members(family.robin)).count() == robins
        assert rebuild(at=LATER + timedelta(hours=1), check=True).differences == []
        transaction.set_rollback(True)


def test_a_child_of_whom_nothing_is_kept_and_a_word_without_a_reason(family: Family) -> None:
    made = family.destroy()
    with pytest.raises(ValueError, match="nothing is kept"):
        family.propose(ground=Ground.COURT)
    with pytest.raises(ValueError, match="say why"):
        actions.refuse_destruction(by=family.actor("gwen"), at=LATER, destruction=made, reason=" ")


def test_a_rule_counts_from_somewhere() -> None:
    with pytest.raises(ValueError, match="counts years"):
        Keeping(id="x", edition="1", since=date(2026, 1, 1), source="x", grade="U", name="x", force="good practice")
