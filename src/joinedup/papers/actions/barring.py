"""Saying that a person must not learn something about a child, and that they may."""

from collections.abc import Collection
from datetime import datetime

from joinedup.papers.models import MustNotLearn
from joinedup.papers.rules import Class
from joinedup.respond.actions.persons import person
from joinedup.share.actions import act, note
from joinedup.share.queries import Subject
from joinedup.share.rules import Actor


@act
def bar(
    *, by: Actor, at: datetime, subject: Subject, name: str, what: Collection[Class], reason: str,
    until: datetime | None = None,
) -> MustNotLearn:  # fmt: skip
    """Say that a person must not learn these classes about a child, until an instant or for good.

    Raises ValueError without a person who says so, a name, a class or a reason.
    """
    if not (name.strip() and what and reason.strip()):
        raise ValueError("that somebody must not learn something says who must not, what, and why")
    made = MustNotLearn.objects.create(
        subject=subject, name=" ".join(name.split()), what=[one.name for one in sorted(what)], reason=reason,
        until=until, by_id=person(by), at=at,
    )  # fmt: skip
    note(must_not_learn=str(made.pk), subject=subject.pk, what=made.what)
    return made


@act
def unbar(*, by: Actor, at: datetime, subject: Subject, name: str, reason: str) -> MustNotLearn:
    """Say that a person may learn everything again. Raises ValueError without a person who says so, or a reason."""
    if not reason.strip():
        raise ValueError("that somebody may learn it again says so with a reason")
    made = MustNotLearn.objects.create(
        subject=subject, name=" ".join(name.split()), what=[], stands=False, reason=reason,
        by_id=person(by), at=at,
    )  # fmt: skip
    note(must_not_learn=str(made.pk), subject=subject.pk, stands=False)
    return made
