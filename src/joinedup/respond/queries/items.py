"""Open items in words: what the desk and the child's page say of each, as far as the look may be shown it."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from joinedup.chronicle.queries.briefs import Brief, briefs
from joinedup.ground.clock import civil_day
from joinedup.ground.codes import codes
from joinedup.recognise import queries as recognise
from joinedup.respond.models import Contact, Decision, DeskItem
from joinedup.respond.queries.findings import may_show
from joinedup.share import queries as share
from joinedup.share.rules import Field, Look

NOT_SHARED = "What it says is not shared with your role: ring them."


@dataclass(frozen=True)
class Open:
    """One open item as the desk and the child's page show it.

    `says`: sentences. `due` None: no clock (tier *know*). `shows_from`: later than now if it was put off.
    `entries`: keys of what it stands on. `source`: who reported or is asked. `message`: of a contact.
    """

    key: str
    kind: str
    ref: str
    theme: str
    tier: str
    since: datetime
    shows_from: datetime
    due: datetime | None
    says: tuple[str, ...]
    source: str = ""
    source_kind: str = ""
    message: str = ""
    entries: frozenset[str] = frozenset()

    @property
    def order(self) -> tuple[bool, datetime, datetime, str]:
        return (self.due is None, self.due or self.since, self.since, self.key)


def in_words(*, for_: Look, rows: Iterable[DeskItem]) -> list[Open]:
    """Desk rows with their sentences, in order of clocks: a few queries, however many rows.

    A finding none of whose grounds may be shown is left out. Of a report that may not be shown to somebody who
    otherwise sees all agencies' reports, the sender is said, so that none is screened out by silence.
    """
    by_kind: dict[str, list[DeskItem]] = defaultdict(list)
    for row in rows:
        by_kind[row.kind].append(row)
    spoken = [
        *contacts_in_words(for_, by_kind["contact"]),
        *referrals_in_words(for_, by_kind["referral"]),
        *findings_in_words(for_, by_kind["finding"]),
        *questions_in_words(for_, by_kind["question"]),
    ]
    return sorted(spoken, key=lambda item: item.order)


def contacts_in_words(for_: Look, rows: Collection[DeskItem]) -> list[Open]:
    contacts = Contact.objects.select_related("agency").in_bulk([row.ref for row in rows])
    told: dict[tuple[str, int], list[Brief]] = defaultdict(list)
    found = briefs(for_=for_, messages={one.message_id for one in contacts.values()})
    top = share.head_ids({brief.subject for brief in found})
    for brief in found:
        told[brief.message, top[brief.subject]].append(brief)
    blind = share.mask(for_=for_, what=Field.CASE)
    return [
        contact_in_words(row, contact, briefs_)
        for row in rows
        if (contact := contacts.get(row.ref))
        if (briefs_ := told[contact.message_id, row.subject_id]) or not blind
    ]


def contact_in_words(row: DeskItem, contact: Contact, told: Collection[Brief]) -> Open:
    says = told_in_words(told, on=civil_day(row.since)) if told else NOT_SHARED
    return opened(
        row, says, source=contact.agency.name, source_kind=contact.agency.kind, message=contact.message_id,
        entries=frozenset(brief.key for brief in told),
    )  # fmt: skip


def told_in_words(told: Iterable[Brief], *, on: date) -> str:
    """What a message tells, in the labels of its codes: kinds of event, then what worries; each once."""
    told = list(told)
    return codes(on).tells([brief.kind for brief in told], [code for brief in told for code in brief.concerns])


def referrals_in_words(for_: Look, rows: Collection[DeskItem]) -> list[Open]:
    if share.mask(for_=for_, what=Field.DECISION):
        return []
    decisions = Decision.objects.select_related("by").in_bulk([UUID(row.ref) for row in rows])
    return [
        opened(row, decision.why, source=decision.by.name, entries=frozenset(decision.entries))
        for row in rows
        if (decision := decisions.get(UUID(row.ref)))
    ]


def opened(row: DeskItem, *says: str, entries: frozenset[str] = frozenset(), **known: str) -> Open:
    return Open(
        key=row.key, kind=row.kind, ref=row.ref, theme=row.theme, tier=row.tier, since=row.since,
        shows_from=row.shows_from, due=row.due, says=says, entries=entries, **known,
    )  # fmt: skip


def findings_in_words(for_: Look, rows: Collection[DeskItem]) -> list[Open]:
    found = recognise.findings_by_key([row.ref for row in rows])
    shown = {one.key: one for one in may_show(for_=for_, findings=found.values())}
    return [
        opened(row, *(ground.sentence for ground in finding.grounds), entries=frozenset(finding.entries))
        for row in rows
        if (finding := shown.get(row.ref))
    ]


def questions_in_words(for_: Look, rows: Collection[DeskItem]) -> list[Open]:
    """Questions to the look's own role at its agency, and for whoever may see every entry those to all of them."""
    asked = recognise.questions_by_key([row.ref for row in rows])
    blind = share.mask(for_=for_, what=Field.FINDING)
    names = share.agencies()
    return [
        opened(row, asked[row.ref].sentence, entries=frozenset(asked[row.ref].entries), source=names[row.agency].name)
        for row in rows
        if row.ref in asked and ((row.agency == for_.agency and row.role in for_.roles) or not blind)
    ]
