"""A small town: seven agencies, a cast with one of each role that responds, and notices that walk the whole way.

Everybody is fictional. `WORDS` are canaries: each agency's own words, which must never be seen where they may not.
"""

import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from joinedup.flow import way, worker
from joinedup.link import actions as link
from joinedup.link.queries.identities import records_of
from joinedup.receive import actions as receive
from joinedup.respond import actions as respond
from joinedup.respond.actions import Step
from joinedup.share import actions as share
from joinedup.share import queries as house
from joinedup.share.queries import Practitioner, Subject
from joinedup.share.rules import FLOW, Actor, Look, Purpose

AT = datetime(2026, 3, 5, 9, 12, tzinfo=UTC)  # a Thursday
BEGUN = AT - timedelta(days=900)
KEEPER = Actor("keeper")
PASSWORD = "a printed password of the cast"
AGENCIES = {
    "social-care": ("Ellensford children's social care", "childrens-social-care"),
    "hospital": ("Ellensford General Hospital", "hospital"),
    "police": ("Ellensford Police", "police"),
    "school": ("Station Road School", "school"),
    "northgate": ("Northgate Rooms", "supported-accommodation"),
    "youth": ("The Boathouse Youth Project", "voluntary"),
    "board": ("Ellensford Safeguarding Board", "other"),
}
CAST = {
    "ann": ("Ann Hale", "social-care", "mash-social-worker"),
    "bo": ("Bo Lind", "social-care", "mash-social-worker"),
    "night": ("Nye Moor", "social-care", "out-of-hours"),
    "worker": ("Wanda Reed", "social-care", "social-worker"),
    "manager": ("Max Fell", "social-care", "team-manager"),
    "iro": ("Iris Dale", "social-care", "reviewing-officer"),
    "nurse": ("Joy Bell", "hospital", "ed-nurse"),
    "named": ("Noor Shaw", "hospital", "named-nurse"),
    "lead": ("Lee Marsh", "school", "safeguarding-lead"),
    "officer": ("Ola Finch", "police", "police-officer"),
    "key-worker": ("Kim Yates", "northgate", "key-worker"),
    "inbox": ("Northgate duty", "northgate", "duty-inbox"),
    "reviewer": ("Ray Holt", "board", "case-reviewer"),
    "governance": ("Gil Stone", "board", "governance-lead"),
    "guardian": ("Gwen Orr", "police", "guardian"),
    "mara": ("Mara Wells", "social-care", "sealing-officer"),
    "otto": ("Otto Lane", "social-care", "sealing-officer"),
}
NHS = {"Tess": "9990000018", "Mina": "9990000026", "Jo": "9990000034"}
BORN = {"Tess": "2011-05-17", "Mina": "2010-09-02", "Jo": "2011-11-23"}


def canary(agency: str) -> str:
    """Words that only this agency's entries hold."""
    return f"words of {agency} alone"


@dataclass
class Town:
    people: dict[str, Practitioner]
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    messages: dict[str, str] = field(default_factory=dict)  # key of each to its agency

    def look(self, who: str, *, reason: str = "a new report", at: datetime = AT) -> Look:
        person = self.people[who]
        purpose = {"reviewer": Purpose.REVIEW, "governance": Purpose.GOVERNANCE, "inbox": Purpose.REPORTING}
        found = purpose.get(who, Purpose.SAFEGUARDING)
        return house.look_of(person, purpose=found, reason=reason, at=at)

    def actor(self, who: str) -> Actor:
        return self.look(who).actor

    def tell(
        self, agency: str, name: str, kind: str = "concern", *concerns: str, day: str = "2026-03-04",
        at: datetime = AT, **event: Any,
    ) -> str:  # fmt: skip
        """An agency's notice about one child, brought all the way to the desk. Returns the message's key."""
        told = {"told": [], "words": canary(agency), **event}
        return self.bring(agency, [child(name)], [{"kind": kind, "concerns": concerns, "day": day, **told}], at)

    def bring(
        self, agency: str, persons: list[dict[str, Any]], events: list[dict[str, Any]], at: datetime = AT,
        **notice: Any,
    ) -> str:  # fmt: skip
        said = [
            {"n": n, "happened": {"from": event["day"]} if event.get("day") else {}, **without(event, "day")}
            for n, event in enumerate(events, 1)
        ]
        body = {
            "form": "joinedup/notice/1", "id": f"{agency}-{next(self.numbers)}", "agency": agency, "events": said,
            "persons": [{**person, "n": n} for n, person in enumerate(persons, 1)],
            "observer": {"role": f"observer at {agency}", "first_hand": True}, **notice,
        }  # fmt: skip
        taken = receive.receive(
            by=Actor(agency, agency), at=at, agency=agency, body=json.dumps(body).encode(),
            media="application/json", channel="api",
        )  # fmt: skip
        assert taken.status == 201, taken.problems
        self.messages[taken.message_key] = agency
        worker.once(at=at)
        return taken.message_key

    def derive(self, at: datetime = AT) -> None:
        """Everything about every child anew, as of a day: for notices told out of order."""
        way.derive(by=FLOW, at=at, heads=house.every_head(kind="child"))

    def child(self, name: str) -> Subject:
        """The head of the child of this name."""
        from joinedup.link.models import Record  # the test's own look, round every policy

        record = next(r for r in Record.objects.filter(kind="child").order_by("pk") if name in json.dumps(r.statement))
        return house.subjects(house.head_ids([record.subject_id]).values())[
            house.head_ids([record.subject_id])[record.subject_id]
        ]

    def involve(self, name: str, **relations: str) -> None:
        """`involve("Tess", allocated="worker", manager="manager")`."""
        for relation, who in relations.items():
            share.involve(
                by=KEEPER, at=AT - timedelta(days=30), subject=self.child(name), relation=relation,
                practitioner=self.people[who],
            )  # fmt: skip

    def settle(self, a: str, b: str, *, same: bool, at: datetime = AT) -> None:
        """A person's word on two children's first records, and what follows from it."""
        one, two = (records_of(self.child(name).pk)[0].key for name in (a, b))
        link.settle(by=self.actor("ann"), at=at, a=one, b=two, same=same, reason="told by the school")
        worker.once(at=at)

    def decide(self, who: str, name: str, what: str = "advice", **parts: Any) -> Any:
        """A decision on everything that is open about the child, unless `answers` or `themes` say otherwise."""
        from joinedup.respond.queries import open_on

        head, at = self.child(name).pk, parts.pop("at", AT)
        items = open_on(for_=self.look("ann", at=at), head=head)
        kinds = parts.pop("kinds", ("contact", "referral", "finding"))
        items = [item for item in items if item.kind in kinds]
        given = {
            "answers": [item.ref for item in items if item.kind != "finding"],
            "themes": [item.theme for item in items if item.kind == "finding"],
            "saw": frozenset().union(*(item.entries for item in items)),
            "why": "Read with care", **parts,
        }  # fmt: skip
        return respond.decide(by=self.actor(who), at=at, subject=head, what=what, **given)


def child(name: str, **more: Any) -> dict[str, Any]:
    """A child as a notice names one."""
    return {
        "kind": "child", "role": "subject", "names": [{"given": name, "family": "Arden"}], "born": BORN[name],
        "identifiers": [{"system": "nhs-number", "value": NHS[name]}], **more,
    }  # fmt: skip


def step(agency: str, owner: str, what: str) -> Step:
    return Step(agency, owner, what, AT + timedelta(days=2))


def without(event: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in event.items() if key != name}


def found() -> Town:
    """The partnership with its agencies and its cast, at its clock."""
    share.found_partnership(
        by=KEEPER, at=BEGUN, name="Ellensford", simulated=True, settings={"duty_line": "01632 960 123"}
    )
    for code, (name, kind) in AGENCIES.items():
        share.add_agency(by=KEEPER, at=BEGUN, code=code, name=name, kind=kind)
    people = {
        who: share.add_practitioner(
            by=KEEPER, at=BEGUN, email=f"{who}@example.org", name=name, agency=agency, roles=[role], password=PASSWORD
        )
        for who, (name, agency, role) in CAST.items()
    }
    share.set_clock(by=KEEPER, at=AT)
    return Town(people)


def second_injury(town: Town, name: str = "Tess") -> None:
    """Two injuries, the first told to nobody: tier *now*."""
    town.tell("hospital", name, "attendance", "injury-cause-not-known", day="2026-01-05", at=AT - timedelta(days=59))
    town.tell("hospital", name, "attendance", "injury-cause-not-known", day="2026-03-04")


def adding_up(town: Town, name: str = "Mina") -> None:
    """Three concerns of three kinds, from three agencies: tier *today*."""
    town.tell("school", name, "absence", "school-absence", day="2026-02-02", at=AT - timedelta(days=30))
    town.tell("police", name, "missing", "missing-episode", day="2026-02-20", at=AT - timedelta(days=12))
    town.tell("northgate", name, "concern", "unexplained-visitors", day="2026-03-03", at=AT - timedelta(hours=20))
