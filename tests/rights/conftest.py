"""A street with two officers of governance, and a family of whom several agencies told long ago."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from flow import street as streets
from flow.street import AT, KEEPER, Street, child, event
from joinedup.flow import ticking
from joinedup.link.queries import head_said
from joinedup.receive.models import Message
from joinedup.rights import actions
from joinedup.rights.models import Destruction
from joinedup.rights.rules import Ground
from joinedup.share import actions as share
from joinedup.share import queries as house
from joinedup.share.models import Practitioner, Subject
from joinedup.share.rules import Actor, Look, Purpose

TESS = child("Tess", "Arden", "2003-05-17", "9990000018", "4 Mill Lane, EL4 2AB")
ROBIN = child("Robin", "Arden", "2009-02-11", "9990000034", "4 Mill Lane, EL4 2AB")
LATER = datetime(2029, 6, 20, 9, 0, tzinfo=UTC)  # both quiet for three years; Tess is 26, Robin 20
PEOPLE = {
    "gil": "governance-lead",
    "gwen": "governance-lead",
    "max": "team-manager",
    "iris": "reviewing-officer",
    "mara": "sealing-officer",
}


@dataclass
class Family:
    """`told`: messages by name. `tess`, `robin`: sister and brother."""

    street: Street
    people: dict[str, Practitioner]
    told: dict[str, str]
    tess: Subject
    robin: Subject

    def look(self, who: str, at: datetime = AT) -> Look:
        governs = who in ("gil", "gwen")
        return house.look_of(
            self.people[who], purpose=Purpose.GOVERNANCE if governs else Purpose.SAFEGUARDING, reason="work", at=at
        )

    def actor(self, who: str) -> Actor:
        return self.look(who).actor

    def propose(self, at: datetime = LATER, **more: Any) -> Destruction:
        given = {"subject": self.tess, "ground": Ground.PERIOD, "reason": "Seen: nothing speaks for keeping it."}
        return actions.propose_destruction(by=self.actor("gil"), at=at, **{**given, **more})

    def destroy(self, at: datetime = LATER, **more: Any) -> Destruction:
        """Proposed by one, released by another, and carried out."""
        share.set_clock(by=KEEPER, at=at)
        made = self.propose(at, **more)
        actions.release_destruction(by=self.actor("gwen"), at=at, destruction=made, reason="I read the schedule too.")
        ticking.tick(at=at + timedelta(minutes=1))
        return made


def subject_of(agency: str, message: str, n: int = 1) -> Subject:
    sender = Message.objects.get(pk=message).sender_id
    return Subject.objects.get(pk=head_said(agency=agency, sender_id=sender, n=n))


@pytest.fixture
def family(db: None) -> Family:
    street = streets.found()
    people = {
        name: share.add_practitioner(
            by=KEEPER, at=AT, email=f"{name}@example.org", name=name.title(), agency="council", roles=[role],
            password="a printed password of the cast",
        )
        for name, role in PEOPLE.items()
    }  # fmt: skip
    told = {
        "ward": street.tell("hospital", [TESS], event("attendance", "2014-01-12", words="Words of the ward.")),
        "home": street.tell(
            "police", [TESS, ROBIN],
            event("concern", "2014-03-02", "neglect", side="home", about=[1, 2], words="Tess and Robin were alone."),
            event("concern", "2014-03-04", "neglect", side="home", about=[2], words="Robin was alone."),
        ),
    }  # fmt: skip
    return Family(street, people, told, subject_of("hospital", told["ward"]), subject_of("police", told["home"], 2))


@pytest.fixture
def signed(family: Family) -> Callable[[str], Client]:
    """Somebody's browser without a screen."""

    def of(who: str) -> Client:
        client = Client()
        client.force_login(family.people[who], backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return of
