"""One policy, three answers: the filter for lists, the check for objects, the mask for fields. An independent oracle
decides the same questions another way, over roles, relations, purposes, reasons, agreements and entries: 0 differences.
"""

import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from joinedup.chronicle.models import Entry
from joinedup.receive.models import Message, PayloadKey
from joinedup.share import queries
from joinedup.share.models import Agreement, CaseLock, Conflict, Involvement, Practitioner, Subject
from joinedup.share.rules import ROLES, Field, Look, Purpose, Source
from share import oracle
from share.cast import AGENCIES, AT

HOUR = timedelta(hours=1)
TIMES = {
    "open": (AT - HOUR, None),
    "ends later": (AT, AT + HOUR),
    "ended": (AT - HOUR, AT),
    "not yet": (AT + HOUR, None),
}
OPEN = {"open", "ends later"}
KINDS = ("attendance", "missing", "contact")
SOURCES = {"own": Source.OWN, "told": Source.TOLD, "others": Source.OTHERS, "kept": Source.KEPT}
WORKERS = ("mash", "nurse", "officer")
some_agencies = st.lists(st.sampled_from(sorted(AGENCIES)), max_size=3, unique=True)
COMPARED: Counter[str] = Counter()
CHILDREN, RECORDS = 3, 4  # the last record is joined to the first child


@dataclass(frozen=True)
class World:
    """Who is involved with which record, what was said of it, and what is agreed."""

    workers: list[tuple[int, str, str]]  # record, name, time
    glasses: list[tuple[int, str, str]]  # record, name, time
    reporters: list[tuple[int, str, str]]  # record, name, time
    agencies: list[tuple[int, str, str]]  # record, agency, time
    said: list[tuple[int, str, str, list[str] | None, bool]]  # record, agency, kind, told, kept by its owner
    agreed: list[tuple[str, list[str], list[str], str]]  # agency, purposes, kinds, time
    locked: list[tuple[int, bool]]  # record, locked or unlocked, in the order in which it was said
    parties: list[tuple[int, str, bool]]  # record, name, declared or ended


def made_at_once(one: tuple[int, str, str]) -> tuple[int, str, object]:
    """One practitioner makes one notice about one record at one time."""
    n, name, when = one
    return n, name, TIMES[when][0]


record = st.integers(0, RECORDS - 1)
time = st.sampled_from(sorted(TIMES))
worlds = st.builds(
    World,
    workers=st.lists(st.tuples(record, st.sampled_from(WORKERS), time), max_size=4),
    glasses=st.lists(st.tuples(record, st.sampled_from(WORKERS), time), max_size=3),
    reporters=st.lists(st.tuples(record, st.sampled_from(WORKERS), time), max_size=3, unique_by=made_at_once),
    agencies=st.lists(
        st.tuples(record, st.sampled_from(sorted(AGENCIES)), time), max_size=5, unique_by=lambda one: one[:2]
    ),
    said=st.lists(
        st.tuples(
            record, st.sampled_from(sorted(AGENCIES)), st.sampled_from(KINDS), st.none() | some_agencies, st.booleans()
        ),
        max_size=8,
    ),
    agreed=st.lists(
        st.tuples(
            st.sampled_from(sorted(AGENCIES)),
            st.lists(st.sampled_from(sorted(Purpose)), max_size=3, unique=True),
            st.lists(st.sampled_from(KINDS), max_size=2, unique=True),
            time,
        ),
        max_size=6,
    ),
    locked=st.lists(st.tuples(record, st.booleans()), max_size=3),
    parties=st.lists(st.tuples(record, st.sampled_from(WORKERS), st.booleans()), max_size=3),
)
BUSY = st.sampled_from(["mash-social-worker", "social-worker", "ed-nurse", "case-reviewer"])
askers = st.builds(
    oracle.Asker,
    name=st.sampled_from(WORKERS),
    agency=st.sampled_from(sorted(AGENCIES)),
    roles=st.frozensets(st.sampled_from(sorted(ROLES)), min_size=1, max_size=2) | st.frozensets(BUSY, min_size=1),
    purpose=st.sampled_from(sorted(Purpose)),
    reason=st.sampled_from(["", "  ", "a call from the school"]),
).map(lambda who: replace(who, agency_kind=AGENCIES[who.agency]))


@dataclass
class Built:
    """The same world in the database and as the oracle sees it."""

    heads: list[Subject]
    records: list[Subject]
    entries: dict[str, oracle.Statement]
    children: list[oracle.Child]
    agreements: list[oracle.Agreed]


def build(world: World, people: dict[str, Practitioner], message: Message) -> Built:
    records = [Subject(reference=f"R{n}", kind="child", allotted_to=f"r{n}", allotted_at=AT) for n in range(RECORDS)]
    Subject.objects.bulk_create(records)
    Subject.objects.filter(pk=records[-1].pk).update(head=records[0])
    children = [oracle.Child() for _ in range(CHILDREN)]
    child_of = [*children, children[0]]
    Involvement.objects.bulk_create(involvements(world, people, records))
    for n, name, when in world.workers:
        child_of[n].workers |= {name} if when in OPEN else set()
    for n, name, when in world.glasses:
        child_of[n].glasses |= {name} if when in OPEN else set()
    for n, name, when in world.reporters:
        child_of[n].reporters |= {name} if when in OPEN else set()
    for n, agency, when in world.agencies:
        child_of[n].agencies |= {agency} if when in OPEN else set()
    say_locks(world, people, records, child_of)
    Agreement.objects.all().delete()
    Agreement.objects.bulk_create(agreements(world))
    entries = {f"e{n}": oracle.Statement(child_of[one[0]], *one[1:]) for n, one in enumerate(world.said)}
    Entry.objects.bulk_create(rows(world, records, message))
    standing = [
        oracle.Agreed(a, tuple(p), tuple(k)) for a, p, k, when in world.agreed if when in {"open", "ends later"}
    ]
    return Built(records[:CHILDREN], records, entries, children, standing)


def say_locks(
    world: World, people: dict[str, Practitioner], records: list[Subject], child_of: list[oracle.Child]
) -> None:
    """The last word on each record holds; a child is locked, or closed to somebody, while any of its records is."""
    by, last = people["mash"], dict(world.locked)
    for minute, (n, stands) in enumerate(world.locked):
        at = AT - HOUR + timedelta(minutes=minute)
        CaseLock.objects.create(subject=records[n], stands=stands, why="REVIEW", reason="said", by=by, at=at)
    for n, stands in last.items():
        child_of[n].locked |= stands
    for minute, (n, name, stands) in enumerate(world.parties):
        at, whom = AT - HOUR + timedelta(minutes=minute), people[name]
        Conflict.objects.create(subject=records[n], practitioner=whom, stands=stands, reason="said", by=by, at=at)
    for (n, name), stands in {(n, name): stands for n, name, stands in world.parties}.items():
        child_of[n].parties |= {name} if stands else set()


def involvements(world: World, people: dict[str, Practitioner], records: list[Subject]) -> Iterable[Involvement]:
    parts = {"plan": world.workers, "glass": world.glasses, "reported": world.reporters}
    personal = [(*one, relation) for relation, each in parts.items() for one in each]
    for n, name, when, relation in personal:
        since, until = TIMES[when]
        person = people[name]
        yield Involvement(
            subject=records[n],
            practitioner=person,
            agency_id=person.agency_id,
            relation=relation,
            since=since,
            until=until,
        )
    for n, agency, when in world.agencies:
        since, until = TIMES[when]
        yield Involvement(subject=records[n], agency_id=agency, relation="held", since=since, until=until)


def agreements(world: World) -> Iterable[Agreement]:
    day = timedelta(days=1)
    dates = {"open": (-day, None), "ends later": (0 * day, day), "ended": (-day, 0 * day), "not yet": (day, None)}
    for agency, purposes, kinds, when in world.agreed:
        first, end = dates[when]
        until = None if end is None else AT.date() + end
        yield Agreement(
            agency_id=agency, edition="1", purposes=purposes, kinds=kinds, since=AT.date() + first, until=until
        )


def rows(world: World, records: list[Subject], message: Message) -> Iterable[Entry]:
    numbers = count()
    for n, agency, kind, told, kept in world.said:
        yield Entry(
            key=f"e{next(numbers)}",
            subject=records[n],
            message=message,
            event_n=1,
            agency_id=agency,
            kind=kind,
            handling="owner-consents" if kept else "open",
            standing="reported",
            precision="unknown",
            received_at=AT,
            happening="h",
            told=None if told is None else [{"agency": code, "state": "sent", "when": None} for code in told],
        )


@pytest.fixture
def message(house) -> Message:
    key = PayloadKey.objects.create(wrapped=b"k")
    return Message.objects.create(
        key="m",
        agency_id="hospital",
        sender_id="1",
        channel="api",
        media="x",
        body=b"",
        payload_key=key,
        size=0,
        received_at=AT,
    )


def test_list_check_and_mask_agree_with_the_oracle(house, message, capsys: pytest.CaptureFixture[str]) -> None:
    """Says how many decisions were compared: the first that differs fails."""
    COMPARED.clear()

    @settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(world=worlds, who=askers, field=st.sampled_from(Field))
    def in_every_world(world: World, who: oracle.Asker, field: Field) -> None:
        with transaction.atomic():
            built = build(world, house.people, message)
            me, purpose = house.people[who.name].pk, Purpose(who.purpose)
            look = Look(me, who.name, who.agency, who.roles, purpose, who.reason, AT, agency_kind=who.agency_kind)
            compare_children(look, who, built)
            compare_entries(look, who, built, field)
            compare_fields(look, who, built, field)
            compare_wall(look, who, built)
            transaction.set_rollback(True)

    in_every_world()
    with capsys.disabled():
        sys.stdout.write(f"\n{sum(COMPARED.values())} decisions compared, 0 differences: {dict(COMPARED)}\n")
    assert sum(COMPARED.values()) > 5_000


def compare_wall(look: Look, who: oracle.Asker, built: Built) -> None:
    """What the database itself lets through, without any filter (PostgreSQL): these children, and all of their rows."""
    if connection.vendor != "postgresql":
        return
    opened = {head.pk for head, child in zip(built.heads, built.children, strict=True) if oracle.opens(who, child)}
    tops = queries.head_ids([record.pk for record in built.records])
    with queries.second_wall(for_=look, heads=[]), connection.cursor() as cursor:
        cursor.execute("SELECT joinedup_opened()")
        assert {tops[pk] for (pk,) in cursor.fetchall()} == opened
        rows = set(Entry.objects.values_list("pk", flat=True))
    every = Entry.objects.filter(pk__in=built.entries)
    assert rows == {entry.pk for entry in every if tops[entry.subject_id] in opened}
    COMPARED["rows that the database lets through"] += len(built.records) + len(built.entries)


def compare_children(look: Look, who: oracle.Asker, built: Built) -> None:
    wanted = {head.pk for head, child in zip(built.heads, built.children, strict=True) if oracle.opens(who, child)}
    assert {one.pk for one in queries.visible_subjects(for_=look)} == wanted
    for subject, child in zip(built.records, [*built.children, built.children[0]], strict=True):
        verdict = queries.may_open(for_=look, subject=subject)
        assert bool(verdict) == oracle.opens(who, child)
        head = queries.head_ids([subject.pk])[subject.pk]
        assert queries.visible_subjects(for_=look).filter(pk=head).exists() == bool(verdict)
        assert queries.visible_subjects(for_=look, among=[head]).exists() == bool(verdict)
        COMPARED["lists and checks of children"] += 4
        may_ask = not verdict and who.reason.strip() == "" and oracle.reason_would_help(who)
        assert verdict.needs_reason == may_ask
        if not verdict:
            assert verdict == queries.may_open(for_=look, subject=None)  # tells nothing about whether there is a child


def compare_entries(look: Look, who: oracle.Asker, built: Built, field: Field) -> None:
    wanted = {key for key, said in built.entries.items() if shown(who, said, field, built)}
    found = Entry.objects.filter(queries.entry_filter(for_=look, what=field))
    assert {one.pk for one in found} == wanted
    COMPARED["entries shown or not"] += len(built.entries)
    for head in built.heads:
        ids = {one.pk for one in queries.members(head)}
        narrow = Entry.objects.filter(queries.entry_filter(for_=look, subject=head, what=field), subject__in=ids)
        assert set(narrow) == {one for one in found if one.subject_id in ids}


def shown(who: oracle.Asker, said: oracle.Statement, field: Field, built: Built) -> bool:
    source = oracle.source_of(who, said, built.agreements)
    return source is not None and shown_by_any_reading(who, said, field, source, built)


def shown_by_any_reading(who: oracle.Asker, said: oracle.Statement, field: Field, source: str, built: Built) -> bool:
    """One statement may be own, told and agreed at once: it is shown if any of these would show it."""
    also = {source}
    if said.told is not None and who.agency in said.told:
        also.add("told")
    anybody = oracle.Asker(who.name, "", who.roles, who.purpose, who.reason)
    if further := oracle.source_of(anybody, said, built.agreements):
        also.add(further)
    return any(oracle.shows(who, said.child, field, one) for one in also)


def compare_fields(look: Look, who: oracle.Asker, built: Built, field: Field) -> None:
    for head, child in zip(built.heads, built.children, strict=True):
        for name, source in SOURCES.items():
            hidden = queries.mask(for_=look, what=field, subject=head, source=source)
            assert hidden != oracle.shows(who, child, field, name)
            COMPARED["fields masked or not"] += 1
    for said in built.entries.values():
        told = None if said.told is None else [{"agency": code} for code in said.told]
        handling = "owner-consents" if said.kept else "open"
        found = queries.entry_source(for_=look, agency=said.agency, kind=said.kind, told=told, handling=handling)
        expected = oracle.source_of(who, said, built.agreements)
        assert found == (SOURCES[expected] if expected else None)
