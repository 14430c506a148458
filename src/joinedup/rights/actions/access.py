"""Somebody asks to read what is kept: each line in or out by a person, released by a second one."""

from collections.abc import Collection
from datetime import datetime

from joinedup.papers.rules import Class
from joinedup.respond.actions.persons import person
from joinedup.rights.models import AccessLine, AccessRequest, AccessStep
from joinedup.rights.queries.bundles import undecided
from joinedup.rights.rules.access import OVER, Asker, Doing
from joinedup.share.actions import act, note
from joinedup.share.queries import Subject
from joinedup.share.rules import Actor


@act
def ask_access(
    *, by: Actor, at: datetime, subject: Subject, asker: Asker, name: str, identity: str, received: datetime,
    wants: str = "",
) -> AccessRequest:  # fmt: skip
    """Keep that somebody asks, and since when. Raises ValueError without a person, a name, or how it was checked who
    they are; and if it is yet to be received."""
    if not (name.strip() and identity.strip()):
        raise ValueError("say who asks, and how it was checked who they are")
    if received > at:
        raise ValueError("a request that is yet to come cannot be kept")
    made = AccessRequest.objects.create(
        subject=subject, asker=asker.name, name=" ".join(name.split()), identity=identity.strip(), wants=wants.strip(),
        received_at=received, by_id=person(by), at=at,
    )  # fmt: skip
    note(request=str(made.pk), subject=subject.pk)
    return made


@act
def decide_line(*, by: Actor, at: datetime, request: AccessRequest, entry: str, exemption: str, reason: str) -> None:
    """Take an entry in, or leave it out by an exemption's id. Raises ValueError without a reason, or once it was put
    to a second person."""
    if not reason.strip():
        raise ValueError("say why it is in, or out")
    if _last(request) in (Doing.PROPOSE, *OVER):
        raise ValueError("it was put to a second person: what is in it stands")
    made = AccessLine.objects.create(
        request=request, entry=entry, exemption=exemption, reason=reason.strip(), by_id=person(by), at=at
    )
    note(request=str(request.pk), line=str(made.pk), out=bool(exemption))


@act
def do_access(
    *, by: Actor, at: datetime, request: AccessRequest, what: Doing, reason: str = "",
    classes: Collection[Class] = (),
) -> AccessStep:  # fmt: skip
    """What happens next with a request.

    It is released by a second person, as it was put to them, once every line that raises a question is in or out.
    Raises ValueError otherwise, without a reason, and if it is over.
    """
    last = request.steps.select_for_update().order_by("at", "pk").last()
    standing = Doing[last.what] if last else None
    if standing in OVER:
        raise ValueError(f"this request was {standing} before")
    if not reason.strip():
        raise ValueError("say why")
    if what is Doing.PROPOSE and undecided(request, at):
        raise ValueError("some lines raise a question that nobody has answered: say of each whether it is in or out")
    if what is Doing.BACK and standing is not Doing.PROPOSE:
        raise ValueError("nothing was put to a second person")
    if what is Doing.RELEASE and (standing is not Doing.PROPOSE or last is None or by.practitioner_id == last.by_id):
        raise ValueError("a second person releases it, once it was put to them")
    named = last.classes if what is Doing.RELEASE and last else sorted(one.name for one in classes)
    made = AccessStep.objects.create(
        request=request, what=what.name, classes=named, reason=reason.strip(), by_id=person(by), at=at
    )
    note(request=str(request.pk), step=what.name, classes=named)
    return made


def _last(request: AccessRequest) -> Doing | None:
    last = request.steps.order_by("at", "pk").last()
    return Doing[last.what] if last else None
