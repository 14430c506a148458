"""A small cast of known people at one partnership, and children to look at. Everybody is fictional."""

from dataclasses import dataclass
from datetime import UTC, datetime

from joinedup.share import actions, queries
from joinedup.share.models import Agency, Involvement, Practitioner, Subject
from joinedup.share.rules import Actor, Look, Purpose

AT = datetime(2026, 3, 5, 9, 0, tzinfo=UTC)
KEEPER = Actor("keeper")
AGENCIES = {
    "social-care": "childrens-social-care",
    "hospital": "hospital",
    "police": "police",
    "school": "school",
    "ymca": "supported-accommodation",
    "board": "other",
}
CAST = {
    "mash": ("social-care", "mash-social-worker"),
    "worker": ("social-care", "social-worker"),
    "manager": ("social-care", "team-manager"),
    "nurse": ("hospital", "ed-nurse"),
    "officer": ("police", "police-officer"),
    "lead": ("school", "safeguarding-lead"),
    "key-worker": ("ymca", "key-worker"),
    "reviewer": ("board", "case-reviewer"),
    "governance": ("board", "governance-lead"),
    "keeper": ("social-care", "system-keeper"),
}
PASSWORD = "a printed password of the cast"


@dataclass
class House:
    """The partnership, who works in it, and the few verbs that tests use all the time."""

    agencies: dict[str, Agency]
    people: dict[str, Practitioner]

    def look(self, who: str, *, reason: str = "", purpose: Purpose | None = None, at: datetime = AT) -> Look:
        person = self.people[who]
        own = Purpose.REVIEW if who == "reviewer" else Purpose.SAFEGUARDING
        return queries.look_of(person, purpose=purpose or own, reason=reason, at=at)

    def child(self, key: str, *, known_to: tuple[str, ...] = (), told: tuple[str, ...] = ()) -> Subject:
        subject = actions.allot_subject(by=KEEPER, at=AT, kind="child", allotted_to=key)
        reached = [actions.Reach(subject.pk, code, "held") for code in known_to]
        reached += [actions.Reach(subject.pk, code, "told") for code in told]
        actions.reach(by=KEEPER, at=AT, reached=reached)
        return subject

    def allocate(self, child: Subject, who: str, relation: str = "allocated") -> Involvement:
        return actions.involve(by=KEEPER, at=AT, subject=child, relation=relation, practitioner=self.people[who])


def found() -> House:
    """The partnership with its agencies and its cast."""
    actions.found_partnership(by=KEEPER, at=AT, name="Ellensford", simulated=True)
    agencies = {
        code: actions.add_agency(by=KEEPER, at=AT, code=code, name=code.title(), kind=kind)
        for code, kind in AGENCIES.items()
    }
    people = {name: hired(name, code, role) for name, (code, role) in CAST.items()}
    return House(agencies, people)


def hired(name: str, agency: str, role: str) -> Practitioner:
    return actions.add_practitioner(
        by=KEEPER,
        at=AT,
        email=f"{name}@example.org",
        name=name.title(),
        agency=agency,
        roles=[role],
        password=PASSWORD,
    )
