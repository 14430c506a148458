"""Which partnership this is, what its clock says, which agencies and practitioners belong to it."""

import hmac
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple, TypeVar
from uuid import UUID

from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.hashers import check_password
from django.contrib.sessions.models import Session
from django.db.models import Exists, Max, Model, Q, QuerySet, Subquery

from joinedup.ground.clock import utcnow
from joinedup.ground.clocks import due
from joinedup.ground.keys import digest
from joinedup.share.models import Agency, Appointment, ClockSetting, Credential, Partnership, Practitioner
from joinedup.share.queries.plain import rows
from joinedup.share.rules import Look, Purpose

M = TypeVar("M", bound=Model)
DORMANT = "account-dormant"  # the clock
SENDERS = "SELECT code, kind, name FROM share_agency ORDER BY name"


class NotFounded(LookupError):  # noqa: N818 - what is so, rather than an error
    """This database belongs to no partnership yet."""

    def __init__(self) -> None:
        super().__init__("no partnership is founded in this database: `make demo`, or `joinedup keep partnership NAME`")


def partnership() -> Partnership:
    """The one partnership of this database. Raises NotFounded."""
    found = Partnership.objects.first()
    if found is None:
        raise NotFounded
    return found


def now() -> datetime:
    """The edge's clock: the real one, or in a simulated database the one last set (which stands still, law 10)."""
    latest = Subquery(ClockSetting.objects.order_by("-set_to").values("set_to")[:1])
    set_to = Partnership.objects.filter(simulated=True).values_list(latest, flat=True).first()
    return set_to or utcnow()


def agencies() -> dict[str, Agency]:
    """Every agency of the partnership (neighbours too), by code, in order of name."""
    return {agency.code: agency for agency in Agency.objects.order_by("name")}


class Sender(NamedTuple):
    """An agency in short."""

    kind: str
    name: str


def senders() -> dict[str, Sender]:
    """As `agencies`, in short (internal: whatever is derived asks who is who)."""
    return {code: Sender(kind, name) for code, kind, name in rows(SENDERS)}


def agency_of(code: str) -> Agency | None:
    return Agency.objects.filter(pk=code).first()


def practitioners() -> QuerySet[Practitioner]:
    """Everybody who may sign in, with their agency, by name."""
    return Practitioner.objects.filter(is_active=True).order_by("name", "pk")


def practitioner_of(email: str) -> Practitioner | None:
    return Practitioner.objects.filter(email__iexact=email).first()


def open_at(at: datetime) -> Q:
    """Rows whose half-open time holds this instant."""
    return Q(since__lte=at) & (Q(until__isnull=True) | Q(until__gt=at))


def unended(at: date) -> Q:
    """Rows that can still be ended at this instant (or day), begun or not: an end that has come stays as it was."""
    return Q(until__isnull=True) | Q(until__gt=at)


def still_signed_in(practitioner_id: int, session_key: str | None) -> bool:
    """Whether somebody is still here and this session of theirs still stands, at this very moment."""
    here = Practitioner.objects.filter(pk=practitioner_id, is_active=True)
    return Session.objects.filter(Exists(here), pk=session_key).exists()


def dormant(*, at: datetime) -> list[Practitioner]:
    """Who may sign in and has not for as long as the clock `account-dormant` says (internal: closing their accounts).

    Counted from the last sign-in, or from when they were last given a role. Nobody in a simulated database: its cast is
    printed, and its clock is not the one by which people sign in.
    """
    if partnership().simulated:
        return []
    given = Max("appointments__since")
    used = [(one, max(filter(None, (one.last_login, one.given)), default=None))
            for one in Practitioner.objects.filter(is_active=True).annotate(given=given).order_by("pk")]  # fmt: skip
    return [one for one, last in used if last is not None and due(DORMANT, last) < at]


def identity_key(issuer: str, subject: str) -> str:
    """How somebody is known at an identity provider: by issuer and subject together, never by an e-mail address."""
    return digest("identity", issuer, subject)


def linked_provider(practitioner_id: int) -> str:
    """The id of the identity provider by which somebody signs in; empty where they do by none."""
    return SocialAccount.objects.filter(user=practitioner_id).values_list("provider", flat=True).first() or ""


def roles_of(practitioner_id: int, *, at: datetime) -> frozenset[str]:
    """Codes of the roles somebody holds now; none for somebody who has left."""
    held = Appointment.objects.filter(open_at(at), practitioner=practitioner_id, practitioner__is_active=True)
    return frozenset(held.values_list("role", flat=True))


def look_of(practitioner: Practitioner, *, purpose: Purpose, reason: str, at: datetime) -> Look:
    """One act of looking by this practitioner, in the roles that they hold now."""
    person = practitioner
    roles = roles_of(person.pk, at=at)
    return Look(person.pk, person.email, person.agency_id, roles, purpose, reason, at, agency_kind=person.agency.kind)


def with_people(found: QuerySet[M], *who: str) -> QuerySet[M]:
    """These rows with the practitioners they name (`by`, ...) and their agencies, in one question.

    Without their passwords' hashes: behind the second wall nobody reads one.
    """
    joined = found.select_related(*(f"{name}__agency" for name in who))
    return joined.defer(*(f"{name}__password" for name in who))


def name_of(practitioner_id: int) -> str:
    """A practitioner's name, of leavers too."""
    return Practitioner.objects.values_list("name", flat=True).get(pk=practitioner_id)


@dataclass(frozen=True)
class System:
    """An agency's machine credential, as recognised: who it is in the audit, and for which agency it speaks."""

    credential_id: UUID
    agency: str
    label: str

    @property
    def by(self) -> str:
        return f"{self.agency}: {self.label}"[:100]


def secret_hash(credential_id: UUID, secret: str) -> str:
    """What is kept of a machine's secret. The secret is 256 random bits, so a fast digest is as good as a slow one."""
    return digest("credential", credential_id.bytes, secret)


def credential_of(credential_id: str) -> Credential:
    """A credential by its id, the part of its key before the full stop. Raises ValueError if there is none."""
    try:
        return Credential.objects.get(pk=UUID(credential_id))
    except (Credential.DoesNotExist, ValueError) as error:
        raise ValueError(f"there is no credential {credential_id}") from error


def system_of_token(token: str, *, use: str, at: datetime) -> System | None:
    """Whose token `<id>.<secret>` this is; None for an unknown, altered, expired or withdrawn one."""
    found = _credential(token, use=use, at=at)
    return System(found.id, found.agency_id, found.label) if found else None


def system_of_code(token: str, code: str, *, at: datetime) -> System | None:
    """As `system_of_token`, for a provider's link that also asks for its code (shift workers have no account)."""
    found = _credential(token, use="link", at=at)
    if found is None or not check_password(code.strip().upper(), found.code_hash):
        return None
    return System(found.id, found.agency_id, found.label)


def _credential(token: str, *, use: str, at: datetime) -> Credential | None:
    spoken, _, secret = token.partition(".")
    try:
        key = UUID(spoken)
    except ValueError:
        return None
    found = Credential.objects.filter(open_at(at), pk=key, use=use).first()
    if found is None or not hmac.compare_digest(found.secret_hash, secret_hash(key, secret)):
        return None
    return found
