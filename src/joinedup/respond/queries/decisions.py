"""What was decided about a child, what follows from it, and what the night decided."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from joinedup.chronicle import queries as chronicle
from joinedup.respond.models import Action, Decision
from joinedup.respond.queries.derivation import decided
from joinedup.respond.rules.choices import CHOICES
from joinedup.respond.rules.hours import handing_over, last_close, opening_of
from joinedup.respond.rules.openness import fallen
from joinedup.sealed.queries import former_life
from joinedup.share import queries as share
from joinedup.share.rules import Field, Look
from joinedup.share.rules.scan import without


@dataclass(frozen=True)
class StepShown:
    """One action of a decision: who does what by when, and whether it was done."""

    id: UUID
    agency: str
    agency_code: str
    owner: str
    what: str
    due: datetime | None
    done_at: datetime | None
    done_note: str


@dataclass(frozen=True)
class DecisionShown:
    """A decision as the child's page shows it.

    `saw`: how many entries it stood on. `fallen`: they are no longer all this child's, so it answers nothing.
    `themes`: of the findings it answered; `reports`: how many contacts.
    """

    at: datetime
    by: str
    what: str
    why: str
    until: datetime | None
    wrong_part: str
    feedback: str
    themes: tuple[str, ...]
    reports: int
    saw: int
    fallen: bool
    steps: tuple[StepShown, ...]


def decisions_of(*, for_: Look, head: int) -> list[DecisionShown]:
    """What was decided about a child, latest first, with each action and whether it was done. Empty where masked.

    Without a life before that was sealed since: asked before the second wall, behind which nothing sealed is read.
    """
    former = former_life(head)
    decided = _decisions(for_=for_, head=head)
    return [_without(one, former) for one in decided] if former else decided


def _without(one: DecisionShown, former: Collection[str]) -> DecisionShown:
    why, wrong, feedback = (without(text, former) for text in (one.why, one.wrong_part, one.feedback))
    steps = tuple(_step_without(step, former) for step in one.steps)
    return replace(one, why=why, wrong_part=wrong, feedback=feedback, steps=steps)


def _step_without(step: StepShown, former: Collection[str]) -> StepShown:
    return replace(step, what=without(step.what, former), done_note=without(step.done_note, former))


@share.behind_the_wall
def _decisions(*, for_: Look, head: int) -> list[DecisionShown]:
    everybody = share.members(head)
    if not everybody or share.mask(for_=for_, what=Field.DECISION, subject=everybody[0]):
        return []
    for_.note(subjects=[head])
    entries = frozenset(line.key for line in chronicle.story(head))
    rows = share.with_people(Decision.objects.filter(subject__in=everybody), "by").order_by("-at", "-id")
    return [shown(row, entries) for row in rows.prefetch_related("actions__done", "actions__agency")]


def shown(row: Decision, entries: frozenset[str]) -> DecisionShown:
    return DecisionShown(
        at=row.at,
        by=row.by.name,
        what=CHOICES[row.what].label,
        why=row.why,
        until=row.until,
        wrong_part=row.wrong_part,
        feedback=row.feedback,
        themes=tuple(row.themes),
        reports=len(row.contacts),
        saw=len(row.entries),
        fallen=fallen(decided(row), entries),
        steps=tuple(map(step_shown, row.actions.all())),
    )


def step_shown(action: Action) -> StepShown:
    done = min(action.done.all(), key=lambda one: one.at, default=None)
    return StepShown(
        id=action.id,
        agency=action.agency.name,
        agency_code=action.agency_id,
        owner=action.owner,
        what=action.what,
        due=action.due,
        done_at=done.at if done else None,
        done_note=done.note if done else "",
    )


def tasks_of(*, for_: Look, head: int) -> list[StepShown]:
    """What the look's own agency was asked to do about a child and has not done, soonest due first.

    Somebody who may not see the decision sees what falls to their own agency.
    """
    found = Action.objects.filter(decision__subject__in=share.members(head), agency=for_.agency, done__isnull=True)
    former = former_life(head)
    shown_ = (step_shown(action) for action in found.select_related("agency").prefetch_related("done"))
    rows = [_step_without(step, former) for step in shown_]
    if rows:
        for_.note(subjects=[head])
    return sorted(rows, key=lambda one: (one.due is None, one.due or for_.at, str(one.id)))


@dataclass(frozen=True)
class NightDecision:
    """One decision of the hand-over: about whom, what, why, by whom."""

    reference: str
    what: str
    why: str
    by: str
    at: datetime


def night(*, for_: Look) -> list[NightDecision]:
    """The 08:30 hand-over: what was decided since the last working day closed, earliest first.

    Shown until noon of a working day, about children the look may open; notes each child.
    """
    if not handing_over(for_.at):
        return []
    found = Decision.objects.filter(at__gte=last_close(for_.at), at__lt=opening_of(for_.at))
    rows = found.select_related("by", "subject", "subject__head").order_by("at", "id")
    allowed = [row for row in rows if share.may_open(for_=for_, subject=row.subject)]
    for_.note(subjects=[share.head_of(row.subject).pk for row in allowed])
    return [
        NightDecision(
            share.head_of(row.subject).reference, CHOICES[row.what].label,
            without(row.why, former_life(share.head_of(row.subject).pk)), row.by.name, row.at,
        )
        for row in allowed
    ]  # fmt: skip
