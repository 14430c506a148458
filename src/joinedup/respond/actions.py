"""Everything respond changes: decisions, takings and who saw what are facts; the desk is derived from them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from joinedup.chronicle import queries as chronicle
from joinedup.ground.keys import new_fact_id
from joinedup.respond import queries
from joinedup.respond.models import Action, ActionDone, Contact, Decision, DeskItem, Seen, Taking
from joinedup.respond.rules import choices, contacts, laying_out, who
from joinedup.respond.rules.openness import Evidence
from joinedup.share import actions as share
from joinedup.share.actions import act, note
from joinedup.share.rules import Actor


class NotComplete(ValueError):
    """A decision lacks parts: `missing` is {field: what to do}."""

    def __init__(self, missing: dict[str, str]) -> None:
        super().__init__("; ".join(missing.values()))
        self.missing = missing


class NotYours(PermissionError):
    """This answer needs somebody who does not hold the case."""


@dataclass(frozen=True)
class Step:
    """Who does what by when: one action of a decision."""

    agency: str
    owner: str
    what: str
    due: datetime | None = None


@act
def lay_out(*, by: Actor, at: datetime, head: int) -> None:
    """Derive a child's contacts and what stands open. Idempotent; flow's verb, also after each decision."""
    lines = chronicle.story(head)
    approaches = contacts.approaches(lines)
    keep_contacts(head, approaches)
    items = laying_out.lay_out(
        contacts=[(one.key, one.received_at) for one in approaches if one.expresses_concern],
        findings=queries.evidence_of(head),
        decisions=queries.decisions_on(head),
        entries=frozenset(line.key for line in lines),
        at=at,
    )
    keep_items(head, items + queries.questions_of(head, lines))


def keep_contacts(head: int, approaches: Sequence[contacts.Approach]) -> None:
    """Make the contact rows of a child those of its chronology: nothing more, nothing less, no write if nothing changed."""
    rows = {
        one.key: Contact(
            key=one.key,
            subject_id=head,
            message_id=one.message,
            agency_id=one.agency,
            expresses_concern=one.expresses_concern,
            concerns=list(one.concerns),
            received_at=one.received_at,
        )
        for one in approaches
    }
    make_exactly(Contact, head, rows)


def keep_items(head: int, items: Iterable[laying_out.Item]) -> None:
    """Make the desk rows of a child exactly these."""
    rows = {
        item.key: DeskItem(
            key=item.key,
            subject_id=head,
            kind=item.kind,
            ref=item.ref,
            theme=item.theme,
            tier=item.tier,
            role=item.role,
            agency=item.agency,
            since=item.since,
            shows_from=item.shows_from,
            due=item.due,
        )
        for item in items
    }
    make_exactly(DeskItem, head, rows)


def make_exactly(model: type[Contact] | type[DeskItem], head: int, rows: Mapping[str, Contact | DeskItem]) -> None:
    """Write only what differs: rows of this child that are wanted no more go, new and changed ones are put."""
    fields = [field.attname for field in model._meta.concrete_fields]
    there = {row.pk: row for row in model.objects.filter(Q(subject_id=head) | Q(pk__in=list(rows)))}
    gone = there.keys() - rows.keys()
    if gone:
        model.objects.filter(pk__in=gone).delete()
    put = [row for key, row in rows.items() if key not in there or differs(row, there[key], fields)]
    if put:
        model.objects.bulk_create(put, update_conflicts=True, unique_fields=["key"], update_fields=fields[1:])


def differs(a: Contact | DeskItem, b: Contact | DeskItem, fields: Iterable[str]) -> bool:
    return any(getattr(a, field) != getattr(b, field) for field in fields)


@act
def decide(
    *,
    by: Actor,
    at: datetime,
    subject: int,
    what: str,
    why: str,
    answers: Iterable[str] = (),
    themes: Iterable[str] = (),
    until: datetime | None = None,
    wrong_part: str = "",
    feedback: str = "",
    steps: Sequence[Step] = (),
) -> Decision:
    """Record a person's decision on open items of one child, listing every entry it saw, and lay the desk out again.

    `answers`: keys of contacts and referrals; `themes`: of the findings answered. Raises NotComplete with what is
    missing, NotYours where "not now" needs somebody who does not hold the case.
    """
    missing = choices.missing_parts(what, why=why, until=until, part=wrong_part, actions=len(steps))
    if missing:
        raise NotComplete(missing)
    findings = [one for one in queries.evidence_of(subject) if one.theme in set(themes)]
    refuse_own_deferral(by, at, subject, what, findings)
    decision = Decision.objects.create(
        id=new_fact_id(),
        subject_id=subject,
        what=what,
        why=why,
        until=until,
        wrong_part=wrong_part,
        feedback=feedback,
        contacts=sorted(answers),
        themes=sorted(finding.theme for finding in findings),
        entries=sorted(queries.entries_answered(subject, frozenset(answers), findings)),
        by_id=by.practitioner_id,
        at=at,
    )
    Action.objects.bulk_create(
        Action(decision=decision, agency_id=step.agency, owner=step.owner, what=step.what, due=step.due) for step in steps
    )
    lay_out(by=by, at=at, head=subject)
    note(subject=subject, what=what, answers=len(decision.contacts), themes=decision.themes)
    return decision


def refuse_own_deferral(by: Actor, at: datetime, subject: int, what: str, findings: Iterable[Evidence]) -> None:
    """Raise NotYours if this "not now" needs another pair of eyes and `by` holds the case."""
    tiers, themes = [one.tier for one in findings], frozenset(one.theme for one in findings)
    another = who.needs_another(what, tiers=tiers, themes=themes, earlier=queries.decisions_on(subject))
    if another and queries.holds_case(by, subject, at):
        raise NotYours("This can only be put off by somebody who does not hold the case. Ask a manager or the chair.")


@act
def take(*, by: Actor, at: datetime, subject: int, from_: int | None = None) -> Taking:
    """Take a child's items. `from_`: whom the taker saw holding them (None: nobody); refused if that has changed.

    Raises Taken if somebody else took them meanwhile, so that two people never hold one item unknowingly.
    """
    share.stir(by=by, at=at, subjects=[subject])  # holds the child's row: takings come one after another
    holder = queries.holder_of(subject)
    if holder != from_:
        raise Taken(holder)
    return Taking.objects.create(subject_id=subject, taken_by_id=by.practitioner_id, by_id=by.practitioner_id, at=at)


class Taken(RuntimeError):
    """Somebody else took it meanwhile."""

    def __init__(self, holder: int | None) -> None:
        super().__init__("Somebody else took this meanwhile. Look again before you go on.")
        self.holder = holder


@act
def see(*, by: Actor, at: datetime, messages: Iterable[str]) -> None:
    """That this person opened these notices: shown to those who sent them as "seen by a person"."""
    Seen.objects.bulk_create(
        [Seen(message_id=key, by_id=by.practitioner_id, at=at) for key in messages], ignore_conflicts=True
    )


@act
def finish(*, by: Actor, at: datetime, action: UUID, note: str = "") -> ActionDone:
    """That an action was done, by whom, with a note."""
    return ActionDone.objects.create(id=new_fact_id(), action_id=action, note=note, by_id=by.practitioner_id, at=at)
