"""A partnership, one child and their sibling, and messages that come in through the front door."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from joinedup.chronicle import actions, queries
from joinedup.chronicle.rules.line import Line
from joinedup.receive.actions import claim_unread, mark_placed, receive
from joinedup.receive.queries import reading_of
from joinedup.share import actions as share
from joinedup.share.models import Subject
from joinedup.share.queries import head_ids
from joinedup.share.rules import FLOW, Actor

NOW = datetime(2026, 3, 20, 9, 0, tzinfo=UTC)
KEEPER = Actor("keeper")
AGENCIES = {
    "police": "police",
    "hospital": "hospital",
    "school": "school",
    "council": "childrens-social-care",
    "home": "childrens-home",
}


def persons(*names: str) -> list[dict[str, Any]]:
    """Children as a notice lists them."""
    return [{"n": n, "kind": "child", "role": "subject", "names": [{"given": name}]} for n, name in enumerate(names, 1)]


@dataclass(frozen=True)
class Found:
    """Link's answer for one mention, as far as this room asks."""

    subject_id: int


@dataclass
class Desk:
    """Brings notices in as flow does. Persons are named by their first name: one name, one subject."""

    subjects: dict[str, Subject] = field(default_factory=dict)
    sent: int = 0

    def arrive(
        self, agency: str, *events: dict[str, Any], children: tuple[str, ...] = ("Tess",),
        at: datetime = NOW, **notice: Any,
    ) -> list[str]:  # fmt: skip
        self.sent += 1
        numbered = [{"n": n, **event} for n, event in enumerate(events, 1)]
        body = {
            "form": "joinedup/notice/1",
            "id": f"{agency}-{self.sent}",
            "agency": agency,
            "persons": persons(*children),
            "events": numbered,
        }
        return self.bring(self.keep(agency, body | notice, at), at)

    def keep(self, agency: str, body: dict[str, Any], at: datetime = NOW) -> str:
        kept = receive(
            by=Actor(agency, agency),
            at=at,
            agency=agency,
            body=json.dumps(body).encode(),
            media="application/json",
            channel="api",
        )
        assert kept.status == 201, kept.problems
        return kept.message_key

    def bring(self, message_key: str, at: datetime = NOW) -> list[str]:
        """Enter the message, and any that receive says must be brought again because of it."""
        message, notice = reading_of(message_key)
        placed = {person.n: Found(self.subject(person.names[0].given or "").pk) for person in notice.persons}
        keys = actions.enter(by=FLOW, at=at, message=message, notice=notice, placed=placed)
        mark_placed(by=FLOW, at=at, message=message)
        for head in set(head_ids(one.subject_id for one in placed.values()).values()):
            actions.regroup(by=FLOW, at=at, head=head)
        return keys

    def flow(self, at: datetime) -> None:
        """Bring on whatever is unread, as long as there is any."""
        while unread := claim_unread(by=FLOW, at=at, limit=10):
            for key in unread:
                self.bring(key, at)

    def subject(self, name: str) -> Subject:
        if name not in self.subjects:
            self.subjects[name] = share.allot_subject(by=FLOW, at=NOW, kind="child", allotted_to=name)
        return self.subjects[name]

    def story(self, name: str = "Tess", as_of: datetime | None = None) -> list[Line]:
        return queries.story(self.subject(name).pk, as_of)
