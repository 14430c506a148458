"""Snoopers planted among some weeks of ordinary work: found, by whom they should be, and what it costs a guardian.

The office is drawn from a seed: who works with whom, who opens whom and why, what they do about it. Nothing is tuned
to a seed; each is another office.
"""

import random
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from joinedup.governance import actions, queries
from joinedup.governance.rules import Signal
from joinedup.link.models import Record
from joinedup.share import actions as share
from joinedup.share import queries as house
from joinedup.share.models import Practitioner, Subject
from joinedup.share.rules import Actor, Look, Purpose

pytestmark = pytest.mark.django_db
END = datetime(2026, 3, 20, 9, 0, tzinfo=UTC)
KEEPER = Actor("keeper")
NAMES = ("Ashby", "Brand", "Crewe", "Dunn", "Ewart", "Farr", "Gale", "Hale", "Ives", "Joyce")
OFFICES = {"council": ("childrens-social-care", "mash-social-worker", 16), "hospital": ("hospital", "ed-nurse", 14),
           "school": ("school", "safeguarding-lead", 12)}  # fmt: skip
CHILDREN, DAYS, LOOKS = 400, 28, 1_600


@dataclass
class Office:
    """`planted`: by kind of snooper, the (e-mail, head) of their looks."""

    rng: random.Random
    people: list[Practitioner] = field(default_factory=list)
    children: list[Subject] = field(default_factory=list)
    planted: dict[Signal, set[tuple[str, int]]] = field(default_factory=dict)
    looks: int = 0

    def look(self, person: Practitioner, child: Subject, at: datetime, *, acts: bool) -> None:
        """A look as the door writes it; and, if something was done, the act's own row."""
        purpose = Purpose.SAFEGUARDING
        look = Look(person.pk, person.email, person.agency_id, frozenset(), purpose, "a call", at)
        look.note(subjects=[child.pk])
        share.record(by=look.actor, at=at, act="answer", what={"route": "web:child", "status": 200}, look=look)
        self.looks += 1
        if acts:
            later = at + timedelta(hours=self.rng.randint(1, 90))
            share.record(by=look.actor, at=later, act="respond.decide", what={"subject": child.pk})

    def some_time(self) -> datetime:
        return END - timedelta(days=self.rng.randint(9, DAYS), hours=self.rng.randint(0, 8))


def built(seed: int) -> Office:
    office = Office(random.Random(seed))
    share.found_partnership(by=KEEPER, at=END - timedelta(days=400), name="Ellensford", simulated=True)
    for code, (kind, role, staff) in OFFICES.items():
        share.add_agency(by=KEEPER, at=END - timedelta(days=400), code=code, name=code.title(), kind=kind)
        for n in range(staff):
            office.people.append(
                share.add_practitioner(
                    by=KEEPER,
                    at=END - timedelta(days=300),
                    email=f"{code}{n}@example.org",
                    name=f"{code.title()} {NAMES[n % len(NAMES)]}{n}",
                    agency=code,
                    roles=[role],
                )
            )
    children(office)
    ordinary(office)
    plant(office)
    return office


def children(office: Office) -> None:
    """Each child with a record that says a family name and a postcode; family names seldom meet a colleague's."""
    for n in range(CHILDREN):
        child = share.allot_subject(by=KEEPER, at=END - timedelta(days=200), kind="child", allotted_to=f"child-{n}")
        said = {"names": [{"given": "A", "family": f"Family{n}"}], "born": [], "sex": None, "identifiers": [],
                "addresses": [{"lines": "1 Street", "postcode": f"EL{n % 9 + 1} {n % 9}AB"}]}  # fmt: skip
        Record.objects.create(
            key=f"child-{n}", kind="child", agency_id="council", subject=child, statement=said, features={}, group=""
        )
        office.children.append(child)


def ordinary(office: Office) -> None:
    """Own work and calls, most of which lead to something; a few do not, as in any office."""
    rng = office.rng
    mine = {person.pk: rng.sample(office.children, 12) for person in office.people}
    for person in office.people:
        for child in mine[person.pk]:
            share.involve(by=KEEPER, at=END - timedelta(days=100), subject=child, relation="plan", practitioner=person)
    for _ in range(LOOKS):
        person = rng.choice(office.people)
        own = rng.random() < 0.8
        child = rng.choice(mine[person.pk] if own else office.children)
        office.look(person, child, office.some_time(), acts=own or rng.random() < 0.9)


def plant(office: Office) -> None:
    """Four who should not: a relative by name, a neighbour, one who only looks, one who trawls."""
    relative, neighbour, curious, trawler = office.rng.sample(office.people, 4)
    kin, near, some = office.rng.sample(office.children, 3)
    Record.objects.filter(subject=kin).update(
        statement={"names": [{"family": relative.name.split()[-1]}], "addresses": [], "born": []}
    )
    office.look(relative, kin, office.some_time(), acts=False)
    actions.declare(by=acting(neighbour), at=END - timedelta(days=60), what="postcode", text="el9 9zz")
    Record.objects.filter(subject=near).update(
        statement={"names": [{"family": "X"}], "addresses": [{"postcode": "EL9 9ZZ"}], "born": []}
    )
    office.look(neighbour, near, office.some_time(), acts=False)
    office.look(curious, some, office.some_time(), acts=False)
    week = END - timedelta(days=16)
    trawled = office.rng.sample(office.children, 40)
    for n, child in enumerate(trawled):
        office.look(trawler, child, week + timedelta(minutes=9 * n), acts=False)
    own = {(p, c) for p, c in house.works_since([child.pk for child in trawled])}
    office.planted = {
        Signal.NAME: {(relative.email, kin.pk)},
        Signal.ADDRESS: {(neighbour.email, near.pk)},
        Signal.NO_TASK: {(curious.email, some.pk)}
        if (curious.pk, some.pk) not in house.works_since([some.pk])
        else set(),
        Signal.VOLUME: {(trawler.email, child.pk) for child in trawled if (trawler.pk, child.pk) not in own},
    }


def acting(person: Practitioner) -> Actor:
    return Actor(person.email, person.agency_id, person.pk)


@pytest.mark.parametrize("seed", [7, 21, 2026])
def test_planted_snoopers_are_found_and_a_guardians_week_stays_bearable(
    seed: int, capsys: pytest.CaptureFixture[str]
) -> None:
    office = built(seed)
    share.add_agency(by=KEEPER, at=END, code="board", name="Board", kind="other")
    guardian = share.add_practitioner(
        by=KEEPER, at=END, email="gwen@example.org", name="Gwen Orr", agency="board", roles=["guardian"]
    )
    caught = queries.caught(for_=house.look_of(guardian, purpose=Purpose.GOVERNANCE, reason="", at=END))
    heads = {subject.reference: subject.pk for subject in office.children}
    by_signal: dict[Signal, set[tuple[str, int]]] = {signal: set() for signal in Signal}
    for one in caught:
        for signal in one.signals:
            by_signal[signal].add((one.who, heads[one.reference]))
    planted = set().union(*office.planted.values())
    for signal, whom in office.planted.items():
        assert whom <= by_signal[signal], f"{signal}: {len(whom - by_signal[signal])} of {len(whom)} were missed"
    others = [one for one in caught if (one.who, heads[one.reference]) not in planted]
    weeks = DAYS / 7
    with capsys.disabled():
        said = f"{len(planted)} planted looks among {office.looks}, all found; {1000 * len(others) / office.looks:.0f}"
        sys.stdout.write(f"\nseed {seed}: {said} others in 1,000; {len(caught) / weeks:.0f} to ask about a week\n")
    assert len(others) < 0.1 * office.looks
    drawn = by_signal[Signal.DRAWN]
    assert 0.005 * office.looks < len(drawn) < 0.05 * office.looks
