"""A street with two named officers, and two lives of one child that must never be joined."""

from dataclasses import dataclass
from typing import Any

import pytest

from flow import street as streets
from flow.street import AT, KEEPER, Street, child, event
from joinedup.flow import worker
from joinedup.link.queries import head_said
from joinedup.receive.models import Message
from joinedup.sealed import actions, queries
from joinedup.sealed.models import Seal
from joinedup.sealed.rules import Kind
from joinedup.share import actions as share
from joinedup.share import queries as house
from joinedup.share.models import Practitioner, Subject
from joinedup.share.rules import Actor, Look, Purpose

BEFORE = child("Tess", "Arden", "2011-05-17", "9990000018", "4 Mill Lane, EL4 2AB")
BROTHER = child("Robin", "Arden", "2009-02-11", "9990000034", "4 Mill Lane, EL4 2AB")
MOTHER: dict[str, Any] = {"kind": "adult", "role": "parent", "names": [{"given": "Dawn", "family": "Arden"}]}
NOW = child("Tess", "Hollis", "2011-05-17", "9990000026", "19 Quay Street, EL9 7XY")
PEOPLE = {"mara": "sealing-officer", "otto": "sealing-officer", "max": "team-manager", "ann2": "mash-social-worker"}
ELSEWHERE = {
    "nurse": ("hospital", "ed-nurse"),
    "officer": ("police", "police-officer"),
    "lead": ("school", "safeguarding-lead"),
}


@dataclass
class Lives:
    """`before`, `now`: the two lives as children; `brother`: of the first. `told`: messages about that, by name."""

    street: Street
    people: dict[str, Practitioner]
    told: dict[str, str]
    before: Subject
    now: Subject
    brother: Subject

    def look(self, who: str, reason: str = "a new report") -> Look:
        return house.look_of(self.people[who], purpose=Purpose.SAFEGUARDING, reason=reason, at=AT)

    def actor(self, who: str) -> Actor:
        return self.look(who).actor

    def seal(self, *, confirmed: bool = True) -> Seal:
        made = actions.seal(
            by=self.actor("mara"),
            at=AT,
            kind=Kind.ADOPTION,
            reason="The adoption order.",
            old=self.before,
            now=self.now,
        )
        if confirmed:
            actions.confirm(by=self.actor("otto"), at=AT, seal=made, reason="I have seen the order.")
            worker.once(at=AT)
        return made

    def shown(self, seal: Seal, who: str = "mara") -> queries.SealShown | None:
        return queries.seal_of(for_=self.look(who), key=seal.pk)


def subject_of(street: Street, agency: str, message: str, n: int = 1) -> Subject:
    sender = Message.objects.get(pk=message).sender_id
    return Subject.objects.get(pk=head_said(agency=agency, sender_id=sender, n=n))


@pytest.fixture
def lives(db: None) -> Lives:
    street = streets.found()
    places = {name: ("council", role) for name, role in PEOPLE.items()} | ELSEWHERE
    people = {
        name: share.add_practitioner(
            by=KEEPER, at=AT, email=f"{name}@example.org", name=name.title(), agency=agency, roles=[role],
            password="a printed password of the cast",
        )
        for name, (agency, role) in places.items()
    }  # fmt: skip
    told = {
        "ward": street.tell("hospital", [BEFORE, MOTHER], event("attendance", "2014-01-12", "injury-cause-not-known")),
        "home": street.tell(
            "police", [BEFORE, BROTHER],
            event("concern", "2014-03-02", "neglect", side="home", about=[1, 2], words="Tess and Robin were alone."),
            event("concern", "2014-03-04", "neglect", side="home", about=[2], words="Robin was alone."),
        ),
    }  # fmt: skip
    later = street.tell("school", [NOW], event("concern", "2026-03-03", "school-absence"))
    return Lives(
        street, people, told, subject_of(street, "hospital", told["ward"]), subject_of(street, "school", later),
        subject_of(street, "police", told["home"], 2),
    )  # fmt: skip
