"""What its owner allows travels with every statement: not to be passed on; or only that it is held, and whom to ask."""

import pytest

from joinedup.chronicle.queries import briefs, chronology
from joinedup.receive.rules.report import notice_of
from joinedup.share.rules import HandlingCode, handling_code
from respond import town as towns

pytestmark = pytest.mark.django_db
WORDS = "Words that stay with their owner"


@pytest.fixture
def town(db: None) -> towns.Town:
    return towns.found()


def read(town: towns.Town, who: str) -> list[tuple[str, str, tuple[str, ...]]]:
    """What somebody reads of Tess: kinds, words and concerns."""
    head = town.child("Tess").pk
    found = chronology(for_=town.look(who), head=head).lines
    return [(line.kind, line.words, tuple(sorted(line.concerns))) for line in found]


def told_by_police(town: towns.Town, handling: str, **event: object) -> str:
    return town.tell("police", "Tess", "concern", "neglect", words=WORDS, handling=handling, **event)


def test_what_is_not_to_be_passed_on_reaches_the_front_door_and_no_partner(town: towns.Town) -> None:
    message = told_by_police(town, "owner-consents")
    town.tell("hospital", "Tess", "attendance")
    assert ("concern", WORDS, ("neglect",)) in read(town, "ann")
    assert ("concern", WORDS, ("neglect",)) in read(town, "officer")
    assert read(town, "nurse") == [("attendance", towns.canary("hospital"), ())]
    assert briefs(for_=town.look("nurse"), messages=[message]) == []


def test_of_what_is_to_be_asked_about_others_read_that_it_is_held(town: towns.Town) -> None:
    message = told_by_police(town, "ask-me")
    assert read(town, "ann") == [("holds-record", "", ())]
    assert read(town, "officer") == [("concern", WORDS, ("neglect",))]
    (brief,) = briefs(for_=town.look("ann"), messages=[message])
    assert (brief.kind, brief.concerns) == ("holds-record", ())


def test_whoever_was_told_by_its_owner_reads_it(town: towns.Town) -> None:
    told_by_police(town, "ask-me", told=[{"agency": "hospital", "state": "sent"}])
    assert read(town, "nurse") == [("concern", WORDS, ("neglect",))]


def test_a_code_that_nobody_knows_is_read_as_the_safer_one(town: towns.Town) -> None:
    assert handling_code("whatever") is HandlingCode.OWNER
    told_by_police(town, "whatever")
    town.tell("hospital", "Tess", "attendance")
    assert WORDS not in str(read(town, "nurse"))


def test_a_report_by_the_form_says_how_it_may_travel() -> None:
    answers = {"worries": {"concerns": ["neglect"]}, "told": {"handling": "owner-consents"}}
    (event,) = notice_of(answers, sender_id="x", agency="police", sent=towns.AT)["events"]
    assert event["handling"] == "owner-consents"
    (event,) = notice_of({"worries": {}}, sender_id="x", agency="police", sent=towns.AT)["events"]
    assert "handling" not in event
