"""A street of a fictional partnership: agencies, a social worker, notices that arrive, and what stands because of them.

`what_stands` is everything derived, named by facts alone: children by the records that belong to them, never by what
was allotted first, and nothing of when it was received. Two ways of receiving the same facts must give it twice.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from joinedup.chronicle import actions as chronicle
from joinedup.chronicle.models import Entry
from joinedup.flow import ticking, worker
from joinedup.link import actions as link
from joinedup.link.models import Record
from joinedup.network.models import Tie
from joinedup.receive import actions as receive
from joinedup.receive.models import Message
from joinedup.recognise.models import Expectation, Finding, Question
from joinedup.respond import actions as respond
from joinedup.respond import queries as responses
from joinedup.respond.models import Contact, DeskItem
from joinedup.share import actions as share
from joinedup.share.models import Involvement, Subject
from joinedup.share.rules import Actor, Look, Purpose

AT = datetime(2026, 3, 20, 9, 0, tzinfo=UTC)  # a Friday
KEEPER = Actor("keeper")
AGENCIES = {
    "council": "childrens-social-care",
    "hospital": "hospital",
    "police": "police",
    "school": "school",
    "northgate": "supported-accommodation",
    "home": "childrens-home",
}
Json = dict[str, Any]
Name = frozenset[str]  # a child: the keys of their records


@dataclass
class Street:
    worker_: Actor
    sent: list[tuple[str, bytes]] = field(default_factory=list)
    numbers: Any = field(default_factory=count)

    def notice(self, agency: str, persons: list[Json], events: list[Json], **more: Any) -> tuple[str, bytes]:
        """A notice of this agency; persons and events are numbered in their order."""
        body = {
            "form": "joinedup/notice/1",
            "id": f"{agency}-{next(self.numbers)}",
            "agency": agency,
            "sent": "2026-03-20T08:00:00Z",
            "persons": [{"n": n, "kind": "child", "role": "subject"} | person for n, person in enumerate(persons, 1)],
            "events": [{"n": n} | event for n, event in enumerate(events, 1)],
        }
        return agency, json.dumps(body | more).encode()

    def keep(self, agency: str, body: bytes, at: datetime = AT) -> str:
        """Receive it, and no more; its message's key."""
        taken = receive.receive(
            by=Actor(agency, agency), at=at, agency=agency, body=body, media="application/json", channel="api"
        )
        return taken.message_key

    def tell(self, agency: str, persons: list[Json], *events: Json, at: datetime = AT, **more: Any) -> str:
        """A notice, brought all the way."""
        key = self.keep(*self.notice(agency, persons, list(events), **more), at=at)
        worker.once(at=at)
        return key

    def take_back(self, message_key: str, at: datetime = AT) -> None:
        receive.take_back(by=self.worker_, at=at, message_key=message_key, reason="Sent about another child.")
        worker.once(at=at)

    def settle(self, a: str, b: str, *, same: bool, at: datetime = AT) -> None:
        """The social worker's word on two records."""
        link.settle(by=self.worker_, at=at, a=a, b=b, same=same, reason="The school knows the family.")
        worker.once(at=at)

    def judge(self, a: str, b: str, *, same: bool, at: datetime = AT) -> None:
        """The social worker's word on two entries: one event, or two."""
        chronicle.judge_happening(by=self.worker_, at=at, a=a, b=b, same=same, reason="Rang the ward.")
        worker.once(at=at)

    def decide(self, head: int, what: str = "advice", at: datetime = AT, **more: Any) -> None:
        """The social worker's answer to all that stands open about a child."""
        look = Look(
            self.worker_.practitioner_id, self.worker_.by, "council", frozenset({"mash-social-worker"}),
            Purpose.SAFEGUARDING, "a new report", at, agency_kind="childrens-social-care",
        )  # fmt: skip
        items = responses.open_on(for_=look, head=head)
        respond.decide(
            by=self.worker_, at=at, subject=head, what=what, why="Spoken with the family.",
            saw=frozenset().union(*(item.entries for item in items)),
            answers=[item.ref for item in items if item.kind in ("contact", "referral")],
            themes=[item.theme for item in items if item.kind == "finding"], **more,
        )  # fmt: skip
        worker.once(at=at)


def found() -> Street:
    """The partnership as it begins."""
    begun = AT - timedelta(days=900)
    share.found_partnership(by=KEEPER, at=begun, name="Ellensford", simulated=True)
    for code, kind in AGENCIES.items():
        share.add_agency(by=KEEPER, at=begun, code=code, name=f"The {code}", kind=kind)
    made = share.add_practitioner(
        by=KEEPER, at=begun, email="ann@example.org", name="Ann Hale", agency="council", roles=["mash-social-worker"]
    )
    share.set_clock(by=KEEPER, at=AT)
    return Street(Actor(made.email, "council", made.pk))


def child(
    given: str | None, family: str | None = None, born: str | None = None, nhs: str | None = None,
    lives: str | None = None, **more: Any,
) -> Json:  # fmt: skip
    """A child as somebody names one. `lives`: "4 Mill Lane, EL4 2AB"."""
    said: Json = {"names": [{key: part for key, part in (("given", given), ("family", family)) if part}]}
    if born:
        said["born"] = born
    if nhs:
        said["identifiers"] = [{"system": "nhs-number", "value": nhs}]
    if lives:
        lines, postcode = lives.split(", ")
        said["addresses"] = [{"lines": lines, "postcode": postcode}]
    return said | more


def event(kind: str, day: str | None, *concerns: str, **more: Any) -> Json:
    """What happened on a day (ISO, as coarse as known)."""
    return {"kind": kind, "happened": {"from": day} if day else {}, "concerns": list(concerns)} | more


def days_pass(at: datetime, days: int) -> datetime:
    """So many days later, each with its tick."""
    for _ in range(days):
        at += timedelta(days=1)
        share.set_clock(by=KEEPER, at=at)
        ticking.tick(at=at)
    return at


# What stands.


def what_stands() -> dict[str, Any]:
    """Everything derived, by table, in no order and without anything that hangs on when it was received."""
    named, records = children(), dict(Subject.objects.values_list("pk", "allotted_to"))
    return {
        "people": sorted(map(sorted, named.values())),
        "entries": whole(Entry, named, records, without=("received_at", "withdrawn_at")),
        "ties": whole(Tie, named, records, without=("received_at", "withdrawn_at")),
        "findings": findings(named),
        "questions": whole(Question, named, {}, without=("key", "asked_at")),
        "expectations": whole(Expectation, named, {}, without=("key",)),
        "contacts": whole(Contact, named, {}, without=("key", "received_at")),
        "desk": desk(named),
        "reached": sorted((records[row.subject_id], row.agency_id, row.relation) for row in Involvement.objects.all()),
        "standing": sorted(Message.objects.values_list("key", "stage", "contested", "withdrawn_why")),
        "said": sorted(Record.objects.values_list("key", "standing", "group")),
    }


def children() -> dict[int, Name]:
    """Every subject's person or place, named by the records that are theirs."""
    together: dict[int, set[str]] = {}
    rows = list(Subject.objects.values_list("pk", "head_id", "allotted_to"))
    for pk, head, record in rows:
        together.setdefault(head or pk, set()).add(record)
    return {pk: frozenset(together[head or pk]) for pk, head, _ in rows}


def whole(model: Any, named: dict[int, Name], records: dict[int, str], without: Iterable[str]) -> list[str]:
    """Rows as text, with subjects called by their own record (`records`), else by the person's."""
    call: Callable[[int], object] = (lambda pk: records[pk]) if records else (lambda pk: sorted(named[pk]))
    rows = []
    for row in model.objects.all():
        values = {one.attname: getattr(row, one.attname) for one in model._meta.concrete_fields}
        for name in {"subject_id", "source_id", "target_id"} & values.keys():
            values[name] = call(values[name])
        stands = {"stands": values["withdrawn_at"] is None} if "withdrawn_at" in values else {}
        rows.append(json.dumps({k: v for k, v in values.items() if k not in without} | stands, default=str))
    return sorted(rows)


def findings(named: dict[int, Name]) -> list[str]:
    """Each ground with its child and theme. Sentences hold the days things happened, never when they were received."""
    return sorted(
        json.dumps([
            sorted(named[finding.subject_id]), finding.theme, finding.tier, ground.pattern, ground.edition, ground.tier,
            ground.sentence, ground.steps, ground.entries, ground.may, ground.unknown, ground.knowing, ground.not_told,
            ground.ask, str(ground.true_from),
        ])
        for finding in Finding.objects.all()
        for ground in finding.grounds.all()
    )  # fmt: skip


def desk(named: dict[int, Name]) -> list[str]:
    contacts = {row.key: row.message_id for row in Contact.objects.all()}
    return sorted(
        json.dumps([sorted(named[row.subject_id]), row.kind, contacts.get(row.ref, ""), row.theme, row.tier, row.role,
                    row.agency])
        for row in DeskItem.objects.all()
    )  # fmt: skip
