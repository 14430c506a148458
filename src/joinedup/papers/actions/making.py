"""Making a paper for one recipient, and what people do with it: release, ask a second person, refuse, give a word."""

import json
from collections.abc import Collection, Sequence
from datetime import datetime

from joinedup.ground.keys import digest
from joinedup.papers.models import OwnerWord, Paper, Step
from joinedup.papers.rules import OVER, Class, Shown
from joinedup.respond.actions.persons import person
from joinedup.share.actions import act, note
from joinedup.share.queries import Practitioner, Subject
from joinedup.share.rules import Actor


@act
def prepare(
    *, by: Actor, at: datetime, subject: Subject, title: str, name: str, relation: str, purpose: str, text: str,
    excerpts: Sequence[str] = (), practitioner: Practitioner | None = None,
) -> Paper:  # fmt: skip
    """Make a paper for one recipient. It leaves when somebody releases it. Raises ValueError without a person."""
    made = Paper.objects.create(
        subject=subject, title=title, name=" ".join(name.split()), relation=relation, purpose=purpose, text=text,
        excerpts=list(excerpts), practitioner=practitioner, by_id=person(by), at=at,
    )  # fmt: skip
    note(paper=str(made.pk), subject=subject.pk, entries=len(made.excerpts))
    return made


@act
def ask_second(*, by: Actor, at: datetime, paper: Paper, classes: Collection[Class], reason: str) -> Step:
    """Ask a second person to release what is shielded. Raises ValueError without classes or a reason, or if over."""
    if not classes or not reason.strip():
        raise ValueError("releasing what is shielded needs a reason, and says what")
    return _step(by, at, paper, "asked", classes, reason)


@act
def release(
    *, by: Actor, at: datetime, paper: Paper, read: Shown, classes: Collection[Class] = (), reason: str = ""
) -> Step:  # fmt: skip
    """Release a paper to its recipient, as `read`: what whoever releases it has before them is what leaves, and stays.

    With classes of what is shielded only as they were asked for, and by somebody else than who made it. Raises
    ValueError otherwise, and if it was released or refused before.
    """
    last = _last(paper)
    asked = set(last.classes) if last and last.what == "asked" else set()
    if {one.name for one in classes} - asked or (asked and by.practitioner_id in (paper.by_id, last and last.by_id)):
        raise ValueError("what is shielded is released by a second person, as it was asked for")
    return _step(by, at, paper, "released", classes, reason, read)


@act
def refuse(*, by: Actor, at: datetime, paper: Paper, reason: str) -> Step:
    """Decide not to share it; the reason is kept. Raises ValueError without one, or if it is over."""
    if not reason.strip():
        raise ValueError("a decision not to share says why")
    return _step(by, at, paper, "refused", (), reason)


@act
def give_word(*, by: Actor, at: datetime, paper: Paper, given: bool, reason: str) -> OwnerWord:
    """An agency's word on whether its own material may go to this recipient. Raises ValueError without a reason."""
    if not reason.strip():
        raise ValueError("an agency's word says why")
    made = OwnerWord.objects.create(
        paper=paper, agency_id=by.agency, given=given, reason=reason, by_id=person(by), at=at
    )
    note(paper=str(paper.pk), agency=by.agency, given=given)
    return made


def _step(
    by: Actor, at: datetime, paper: Paper, what: str, classes: Collection[Class], reason: str, read: Shown | None = None
) -> Step:  # fmt: skip
    last = _last(paper)
    if last and last.what in OVER:
        raise ValueError(f"this paper was {last.what} before: make another")
    made = Step.objects.create(
        paper=paper, what=what, classes=sorted(one.name for one in classes), reason=reason, by_id=person(by), at=at,
        read=read.as_kept() if read else None,
    )  # fmt: skip
    left = {"left": digest(json.dumps(made.read, sort_keys=True))} if read else {}  # proves afterwards what left
    note(paper=str(paper.pk), subject=paper.subject_id, step=what, classes=made.classes, **left)
    return made


def _last(paper: Paper) -> Step | None:
    return paper.steps.select_for_update().order_by("at", "pk").last()
