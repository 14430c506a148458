"""rebuild: everything derived follows from the facts; whoever tampers with it is found out, and it is put right."""

import json
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db.models import F

from flow.street import AT, Street, child, event, what_stands
from joinedup.chronicle.models import Entry
from joinedup.flow.rebuild import rebuild
from joinedup.link.models import BlockingKey, Match, Record
from joinedup.network.models import Tie
from joinedup.recognise.models import Finding, Ground
from joinedup.respond.models import Contact, DeskItem
from joinedup.share.models import Involvement, Subject

TESS = child("Theresa", "Arden", "2011-05-17", "9990000018", "4 Mill Lane, EL4 2AB")
KARL = {"kind": "adult", "role": "adult-of-concern", "in_household": "yes", "names": [{"given": "Karl"}]}


@pytest.fixture
def told(street: Street) -> Street:
    """A child of whom several agencies told and people judged, so that every derived table holds something."""
    street.tell("hospital", [TESS], event("attendance", "2026-01-12", "injury-cause-not-known", told=[]))
    street.tell("hospital", [TESS], event("attendance", "2026-03-02", "injury-cause-not-known", told=[]))
    street.tell("school", [TESS, KARL], event("concern", "2026-03-03", "neglect", side="home"))
    street.decide(Subject.objects.filter(kind="child", head=None).earliest("pk").pk)
    street.tell("police", [TESS | {"born": None}], event("missing", "2026-03-04", told=[{"agency": "council"}]))
    records = Record.objects.filter(kind="child").order_by("key").values_list("key", flat=True)
    street.settle(records[0], records[1], same=True)
    entries = Entry.objects.filter(kind="attendance").order_by("key").values_list("key", flat=True)
    street.judge(entries[0], entries[1], same=False)
    return street


def tampered(model: Any, **values: Any) -> int:
    """Change one row; how many rows there were."""
    one = model.objects.order_by("pk").last()
    model.objects.filter(pk=one.pk).update(**values)
    return int(model.objects.count())


TAMPERINGS: dict[str, Callable[[], object]] = {
    "chronicle.Entry": lambda: tampered(Entry, kind="good-news"),
    "link.Record": lambda: tampered(Record, group="elsewhere"),
    "link.Match": lambda: tampered(Match, weight=F("weight") + 1),
    "link.BlockingKey": lambda: BlockingKey.objects.last().delete(),  # type: ignore[union-attr]
    "network.Tie": lambda: tampered(Tie, kind="friend"),
    "recognise.Finding": lambda: tampered(Finding, tier="know"),
    "recognise.Ground": lambda: tampered(Ground, sentence="All is well."),
    "respond.Contact": lambda: tampered(Contact, expresses_concern=False),
    "respond.DeskItem": lambda: DeskItem.objects.all().delete(),
    "share.Subject": lambda: Subject.objects.filter(head__isnull=False).update(head=None),
    "share.Involvement": lambda: Involvement.objects.filter(relation="told").delete(),
}


def test_what_stands_is_what_follows_from_the_facts(told: Street) -> None:
    done = rebuild(at=AT, check=True)
    assert (done.messages, done.differences) == (4, [])
    assert done.rows > 20


@pytest.mark.parametrize("table", TAMPERINGS)
def test_whoever_tampers_with_what_is_derived_is_found_out_and_it_is_put_right(told: Street, table: str) -> None:
    before = what_stands()
    TAMPERINGS[table]()
    wrong = what_stands()
    assert table in {one.table for one in rebuild(at=AT, check=True).differences}
    assert what_stands() == wrong  # a check keeps nothing
    rebuild(at=AT, check=False)
    assert what_stands() == before
    assert rebuild(at=AT, check=True).differences == []


def test_what_waits_is_brought_on_first_and_is_no_difference(told: Street) -> None:
    told.keep(*told.notice("school", [TESS], [event("absence", "2026-03", "school-absence", count=6)]))
    assert rebuild(at=AT, check=True).differences == []
    assert Entry.objects.filter(kind="absence").count() == 0  # a check brings nothing on
    assert rebuild(at=AT, check=False).messages == 5
    assert Entry.objects.filter(kind="absence").count() == 1


def command(*arguments: str) -> tuple[str, int]:
    """What the command prints, and its exit status."""
    out = StringIO()
    try:
        call_command("rebuild", *arguments, stdout=out)
    except SystemExit as ended:
        return out.getvalue(), int(ended.code or 0)
    return out.getvalue(), 0


def test_the_command_says_what_differs_and_fails(told: Street) -> None:
    said, status = command("--check", "--json")
    assert (json.loads(said)["differences"], status) == ([], 0)
    Ground.objects.update(sentence="All is well.")
    said, status = command("--check", "--json")
    [difference] = json.loads(said)["differences"]
    assert (difference["table"], status) == ("recognise.Ground", 1)
    assert difference["lost"] == difference["new"] > 0
    assert command("--json")[1] == 0  # it was put right
    assert command("--check", "--json")[1] == 0
