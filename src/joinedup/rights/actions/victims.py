"""Police and courts ask for a victim's information: why, the victim's notice, the owners' word, and what goes."""

from collections.abc import Collection
from datetime import datetime

from joinedup.respond.actions.persons import person
from joinedup.rights.models import VictimRequest, VictimStep
from joinedup.rights.queries.victims import owners_of, turns_of
from joinedup.rights.rules.victims import OWNERS, Demander, Turn, objection, stand
from joinedup.share.actions import act, note
from joinedup.share.queries import Subject
from joinedup.share.rules import Actor


@act
def keep_demand(
    *, by: Actor, at: datetime, subject: Subject, demander: Demander, office: str, wants: str, why: str
) -> VictimRequest:
    """Keep that somebody asks for a victim's information. Raises ValueError without a person, an office or what they
    want; they may be asked why later."""
    if not (office.strip() and wants.strip()):
        raise ValueError("say who asks, and for what")
    made = VictimRequest.objects.create(
        subject=subject, demander=demander.name, office=office.strip(), wants=wants.strip(), why=why.strip(),
        by_id=person(by), at=at,
    )  # fmt: skip
    note(demand=str(made.pk), subject=subject.pk)
    if not why.strip():
        turn(by=by, at=at, request=made, what=Turn.MORE, reason="They gave no reason.")
    return made


@act
def turn(
    *, by: Actor, at: datetime, request: VictimRequest, what: Turn, reason: str, entries: Collection[str] = ()
) -> VictimStep:  # fmt: skip
    """What happens next with such a request.

    Raises ValueError without a person or a reason, if it is over, if an agency speaks of what is not its own, and for
    a release by whoever chose, or while anything is lacking (`rules.victims.lacking`).
    """
    VictimRequest.objects.select_for_update().get(pk=request.pk)
    if not reason.strip():
        raise ValueError("say why")
    now, owners = stand(turns_of(request)), owners_of(request)
    if what in OWNERS and by.agency not in owners:
        raise ValueError("whoever owns an entry speaks for it")
    if against := objection(what, now, by=person(by), owners=owners):
        raise ValueError(against)
    chosen = sorted(set(entries)) if what is Turn.CHOOSE else sorted(now.chosen) if what is Turn.RELEASE else []
    made = VictimStep.objects.create(
        request=request, what=what.name, reason=reason.strip(), entries=chosen, by_id=person(by), at=at
    )
    note(demand=str(request.pk), step=what.name, entries=len(chosen))
    return made
