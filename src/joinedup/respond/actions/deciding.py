"""Deciding: a person's answer to what stands open, with its reason and who does what by when. Facts, only added to."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from joinedup.chronicle import queries as chronicle
from joinedup.link import actions as link
from joinedup.respond.actions.laying_out import lay_out
from joinedup.respond.actions.persons import person
from joinedup.respond.models import Action, ActionDone, Decision
from joinedup.respond.queries import derivation
from joinedup.respond.rules import choices
from joinedup.respond.rules.openness import NOT_NOW, Evidence
from joinedup.share import actions as share
from joinedup.share.actions import act, note
from joinedup.share.rules import Actor


class NotComplete(ValueError):  # noqa: N818 - what is so, rather than an error
    """A decision lacks parts: `missing` is {field: what to do}."""

    def __init__(self, missing: dict[str, str]) -> None:
        super().__init__("; ".join(missing.values()))
        self.missing = missing


class NotYours(PermissionError):  # noqa: N818 - what is so, rather than an error
    """This answer needs somebody who does not hold the case."""

    def __init__(self) -> None:
        super().__init__(
            "This can only be put off by a second person, who does not hold the case: ask the reviewing officer, the "
            "conference chair, a team manager, or, once you have taken it, a colleague at the front door. "
            "You can give any other answer."
        )


@dataclass(frozen=True)
class Step:
    """Who does what by when: one action of a decision."""

    agency: str
    owner: str
    what: str
    due: datetime | None = None


@act
def decide(
    *,
    by: Actor,
    at: datetime,
    subject: int,
    what: str,
    why: str,
    saw: Collection[str],
    answers: Sequence[str] = (),
    themes: Sequence[str] = (),
    until: datetime | None = None,
    wrong_part: str = "",
    feedback: str = "",
    steps: Sequence[Step] = (),
) -> Decision:
    """Record a decision about a child (its head) and lay out the desk anew.

    `saw`: keys of the entries that the person was shown as its ground; what came meanwhile stays open. `answers`: keys
    of contacts and ids of referrals; `themes`: of findings. Raises NotComplete where a part is missing, NotYours where
    a "not now" needs another pair of eyes, ValueError if it is no person's (law 7).
    """
    decider = person(by)
    share.stir(by=by, at=at, subjects=[subject])  # holds the child's row: decisions come one after another
    _refuse_incomplete(what, answers, themes, why=why, until=until, at=at, part=wrong_part, actions=len(steps))
    findings = [one for one in derivation.evidence_of(subject) if one.theme in themes]
    _refuse_own_deferral(by, at, subject, what, findings)
    story = chronicle.story(subject)
    decision = Decision.objects.create(
        subject_id=subject,
        what=what,
        why=why.strip(),
        until=until if choices.CHOICES[what].dated else None,
        wrong_part=wrong_part.strip(),
        feedback=feedback.strip(),
        contacts=sorted(answers),
        themes=sorted(themes),
        entries=sorted(saw),
        beside=sorted(set(saw) - {line.key for line in story}),
        by_id=decider,
        at=at,
    )
    Action.objects.bulk_create(
        Action(decision=decision, agency_id=step.agency, owner=step.owner, what=step.what, due=step.due)
        for step in steps
    )
    lay_out(by=by, at=at, head=subject, story=story)
    link.hold(by=by, at=at, head=subject)
    note(subject=subject, decision=str(decision.pk), what=what, answers=len(answers), themes=sorted(themes))
    return decision


def _refuse_incomplete(what: str, answers: Sequence[str], themes: Sequence[str], **parts: Any) -> None:
    """Raise NotComplete where a part is missing or does not fit (`choices.missing_parts`)."""
    kinds = [kind for kind, named in (("contact", answers), ("finding", themes)) if named]
    missing = choices.missing_parts(what, answers=kinds, **parts)
    if missing:
        raise NotComplete(missing)


def _refuse_own_deferral(by: Actor, at: datetime, head: int, what: str, findings: Iterable[Evidence]) -> None:
    """Raise NotYours if this is a "not now" that needs another pair of eyes."""
    if what == NOT_NOW and not derivation.may_put_off(by=by, at=at, head=head, findings=list(findings)):
        raise NotYours


@act
def finish(*, by: Actor, at: datetime, action: UUID, said: str = "") -> ActionDone:
    """Say that an action was done; `said`: a note."""
    made = ActionDone.objects.create(action_id=action, note=said.strip(), by_id=person(by), at=at)
    note(action=str(action), subject=Decision.objects.values_list("subject", flat=True).get(actions=action))
    return made
