"""Law 1, in small: what stands is a function of the facts, not of the moment at which they were brought on."""

from datetime import timedelta

from flow.street import AT, Street, child, event
from joinedup.chronicle.models import Entry
from joinedup.flow.rebuild import rebuild
from joinedup.recognise.models import Finding

TESS = child("Theresa", "Arden", "2011-05-17", "9990000018", "4 Mill Lane, EL4 2AB")
BEN = child("Benjamin", "Arden", "2013-08-02", "9990000026", "4 Mill Lane, EL4 2AB")
LATER = AT + timedelta(hours=2)


def test_a_message_that_was_corrected_and_then_taken_back_says_so_in_its_entries(street: Street):
    first = street.tell("police", [TESS], event("missing", "2026-02-26"), id="P1")
    street.tell("police", [BEN], event("missing", "2026-02-26"), corrects="P1")
    street.take_back(first, at=LATER)
    [entry] = Entry.objects.filter(message=first)
    assert (entry.withdrawn_why, entry.withdrawn_at) == ("taken-back", LATER)
    assert rebuild(at=LATER, check=True).differences == []


def test_what_one_agency_says_of_a_brother_counts_for_a_sister_whom_another_placed_at_the_address(street: Street):
    street.tell("council", [TESS], event("attendance", "2026-01-12", "injury-cause-not-known"))
    street.tell("police", [BEN], event("concern", "2026-03-02", "neglect", side="home"))
    assert {finding.subject.allotted_to for finding in Finding.objects.filter(theme="household")}
    assert rebuild(at=AT, check=True).differences == []


def test_whoever_lived_together_by_a_message_taken_back_is_apart_again(street: Street):
    street.tell("council", [TESS], event("attendance", "2026-01-12", "injury-cause-not-known"))
    about_ben = street.tell("police", [BEN], event("concern", "2026-03-02", "neglect", side="home"))
    street.take_back(about_ben, at=LATER)
    assert not Finding.objects.filter(theme="household").exists()
    assert rebuild(at=LATER, check=True).differences == []
