"""Who belongs: the partnership, its clock, agencies and their agreements, practitioners, their roles."""

import secrets
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError

from joinedup.ground.clock import civil_day
from joinedup.share.actions.acts import act, note
from joinedup.share.actions.subjects import stir
from joinedup.share.models import (
    Agency,
    Agreement,
    Appointment,
    AuditLane,
    ClockSetting,
    Partnership,
    Practitioner,
)
from joinedup.share.queries.people import identity_key, unended
from joinedup.share.queries.subjects import every_head
from joinedup.share.rules import ROLES, Actor, Purpose
from joinedup.share.rules.chain import LANES, genesis

STANDARD = "standard-1"  # the agreement that an agency joins with unless another is named
STANDARD_PURPOSES = (Purpose.SAFEGUARDING, Purpose.SUPPORT, Purpose.REVIEW)


@act
def found_partnership(
    *,
    by: Actor,  # noqa: ARG001 - the act's
    at: datetime,
    name: str,
    simulated: bool,
    settings: dict[str, object] | None = None,
) -> Partnership:
    """Make this database one partnership's, real or simulated for good (law 10), and begin the audit's lanes.

    Raises ValueError if the database is some partnership's already.
    """
    if Partnership.objects.exists():
        raise ValueError("this database belongs to a partnership already")
    salt = secrets.token_bytes(32)
    made = Partnership.objects.create(name=name, simulated=simulated, born_at=at, settings=settings or {}, salt=salt)
    AuditLane.objects.bulk_create(AuditLane(lane=lane, digest=genesis(lane, salt)) for lane in range(LANES))
    note(simulated=simulated)
    return made


@act
def set_clock(*, by: Actor, at: datetime) -> None:
    """Move a simulated database's clock forward to `at`. Raises ValueError in a real database, or backwards (law 10).

    The clock stands still between settings.
    """
    if not Partnership.objects.get().simulated:
        raise ValueError("the clock of a real database cannot be set")
    latest = ClockSetting.objects.order_by("-set_to").first()
    if latest and at < latest.set_to:
        raise ValueError(f"the clock only moves forward: it stands at {latest.set_to.isoformat()}")
    ClockSetting.objects.create(set_to=at, by=by.by)


@act
def add_agency(
    *,
    by: Actor,
    at: datetime,
    code: str,
    name: str,
    kind: str,
    duty_inbox: str = "",
    expects_every: timedelta | None = None,
    since: date | None = None,
    purposes: Sequence[str] = STANDARD_PURPOSES,
    existence: bool = False,
    discreet: bool = False,
) -> Agency:
    """Let an agency join, with the standard agreement from `since` (else from the day it joins).

    `existence`: that it works with a child may be told to practitioners who ask; `discreet`: without its name.

    Every child is looked at again: who was not told, and who is silent, is said of the agencies there are (law 1).
    Raises ValidationError for a code that is there already, or that no notice could name.
    """
    made = Agency(
        code=code, name=name, kind=kind, duty_inbox=duty_inbox, expects_every=expects_every, discreet=discreet
    )
    if code != code.lower():
        raise ValidationError({"code": "Write it in small letters: notices are read so."})
    _let_in(made)
    agree(by=by, at=at, agency=made, purposes=purposes, since=since, existence=existence)
    stir(by=by, at=at, subjects=every_head(kind="child"))
    note(agency=code, kind=kind)
    return made


@act
def agree(
    *,
    by: Actor,
    at: datetime,
    agency: Agency,
    purposes: Sequence[str] = STANDARD_PURPOSES,
    kinds: Sequence[str] = (),
    since: date | None = None,
    until: date | None = None,
    edition: str = STANDARD,
    existence: bool = False,
) -> Agreement:
    """Put down what an agency agreed to share: kinds of entry (none named: every kind), for which purposes, when.

    `existence`: that it works with a child may be told to practitioners of others who ask.
    """
    made = Agreement.objects.create(
        agency=agency,
        edition=edition,
        purposes=sorted(Purpose(one) for one in purposes),
        kinds=sorted(kinds),
        existence=existence,
        since=since or civil_day(at),
        until=until,
    )
    note(agency=agency.pk, edition=edition, by=by.by)
    return made


@act
def agreements_over(*, by: Actor, at: datetime, agreements: Sequence[Agreement]) -> None:  # noqa: ARG001 - the act's
    """Leave a trace of agreements that ended by their own date: nothing was done, and what they showed is closed."""
    note(agreements=[{"agency": one.agency_id, "edition": one.edition, "until": str(one.until)} for one in agreements])


@act
def end_agreement(*, by: Actor, at: datetime, agreement: Agreement) -> None:  # noqa: ARG001 - the act's
    """End an agreement from today on: what it let others see closes with the next request. One that ended stays so."""
    Agreement.objects.filter(unended(civil_day(at)), pk=agreement.pk).update(until=civil_day(at))
    note(agency=agreement.agency_id, edition=agreement.edition)


@act
def add_practitioner(
    *,
    by: Actor,
    at: datetime,
    email: str,
    name: str,
    agency: Agency | str,
    password: str | None = None,
    roles: Sequence[str] = (),
) -> Practitioner:
    """Let a practitioner sign in, with these roles. Without a password they set one by the reset link.

    Raises ValidationError for an e-mail address that is none, or somebody's already, for an unknown agency, and for a
    password that would be guessed.
    """
    code = agency if isinstance(agency, str) else agency.pk
    made = Practitioner(email=email.lower(), name=name, agency_id=code)
    if password is not None:
        _fit(password, made)
    made.set_password(password)
    _let_in(made)
    for role in roles:
        appoint(by=by, at=at, practitioner=made, role=role)
    note(practitioner=made.pk, agency=code)
    return made


def _fit(password: str, practitioner: Practitioner) -> None:
    """Raises ValidationError for a password that would be guessed."""
    try:
        validate_password(password, practitioner)
    except ValidationError as wrong:
        raise ValidationError({"password": list(wrong.messages)}) from wrong


def _let_in(made: Agency | Practitioner) -> None:
    """Write a new member. Raises ValidationError where it is there already, or a field cannot be so."""
    made.full_clean(exclude=["expects_every"])  # which no form writes, and null is no value to it
    made.save(force_insert=True)


@act
def appoint(
    *,
    by: Actor,  # noqa: ARG001 - the act's
    at: datetime,
    practitioner: Practitioner,
    role: str,
    until: datetime | None = None,
) -> Appointment:
    """Give a role. Raises ValueError for an unknown role, or one not held at this kind of agency."""
    held_at = ROLES[role].held_at if role in ROLES else None
    if held_at is None or (held_at and practitioner.agency.kind not in held_at):
        raise ValueError(f"{role!r} is no role held at an agency of kind {practitioner.agency.kind!r}")
    made = Appointment.objects.create(practitioner=practitioner, role=role, since=at, until=until)
    note(practitioner=practitioner.pk, role=role)
    return made


@act
def end_appointment(*, by: Actor, at: datetime, appointment: Appointment) -> None:  # noqa: ARG001 - the act's
    """End a role now; the next request is decided without it. One that ended stays so."""
    Appointment.objects.filter(unended(at), pk=appointment.pk).update(until=at)
    note(practitioner=appointment.practitioner_id, role=appointment.role)


@act
def let_go(*, by: Actor, at: datetime, practitioner: Practitioner) -> None:  # noqa: ARG001 - the act's
    """A leaver: no sign-in, no role, no session from this moment."""
    Practitioner.objects.filter(pk=practitioner.pk).update(is_active=False)
    Appointment.objects.filter(unended(at), practitioner=practitioner).update(until=at)
    note(practitioner=practitioner.pk, sessions=_end_sessions(practitioner))


@act
def sign_out_everywhere(*, by: Actor, at: datetime, practitioner: Practitioner) -> int:  # noqa: ARG001 - the act's
    """End every session of somebody whose account stays open: a browser was lost, or somebody else was in it."""
    ended = _end_sessions(practitioner)
    note(practitioner=practitioner.pk, sessions=ended)
    return ended


def _end_sessions(practitioner: Practitioner) -> int:
    """End every session of somebody now; how many there were."""
    ours = [
        session.pk
        for session in Session.objects.iterator()
        if session.get_decoded().get("_auth_user_id") == str(practitioner.pk)
    ]
    Session.objects.filter(pk__in=ours).delete()
    return len(ours)


@act
def close_dormant(*, by: Actor, at: datetime, practitioners: Sequence[Practitioner]) -> None:
    """Close accounts that nobody used: each as a leaver's, with a row of its own."""
    for one in practitioners:
        let_go(by=by, at=at, practitioner=one)
    note(practitioners=[one.pk for one in practitioners])


@act
def let_back_in(*, by: Actor, at: datetime, practitioner: Practitioner, roles: Sequence[str]) -> None:
    """Open a closed account again, in these roles. The old password opens nothing: they set one by the reset link.

    Their second factor stays as it was. Raises ValueError for an account that is open, and for an unfit role.
    """
    if practitioner.is_active:
        raise ValueError("this account is open")
    practitioner.is_active = True
    practitioner.set_unusable_password()
    practitioner.save(update_fields=["is_active", "password"])
    for role in roles:
        appoint(by=by, at=at, practitioner=practitioner, role=role)
    note(practitioner=practitioner.pk)


@act
def link_identity(
    *, by: Actor, at: datetime, practitioner: Practitioner, provider: str, issuer: str, subject: str  # noqa: ARG001
) -> None:  # fmt: skip
    """Let somebody sign in by their agency's identity provider, as the person of this subject there.

    Raises ValueError where that person is linked already: to them, or to somebody else.
    """
    key = identity_key(issuer, subject)
    if SocialAccount.objects.filter(provider=provider, uid=key).exists():
        raise ValueError("this person of the provider is linked already")
    SocialAccount.objects.create(user_id=practitioner.pk, provider=provider, uid=key)
    note(practitioner=practitioner.pk, provider=provider)


@act
def unlink_identities(*, by: Actor, at: datetime, practitioner: Practitioner) -> None:  # noqa: ARG001 - the act's
    """Let somebody sign in by no identity provider any more, and end the sessions in which they may have."""
    gone, _ = SocialAccount.objects.filter(user_id=practitioner.pk).delete()
    note(practitioner=practitioner.pk, identities=gone, sessions=_end_sessions(practitioner))
