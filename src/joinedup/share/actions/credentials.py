"""Keys of agencies' systems and links of providers: issued, rotated, withdrawn. Only hashes are kept (ASVS 13.2.1)."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password

from joinedup.ground.keys import new_fact_id
from joinedup.share.actions.acts import act, note
from joinedup.share.models import Agency, Credential
from joinedup.share.queries.people import secret_hash, unended
from joinedup.share.rules import Actor

CODE_LETTERS = "CDFHJKMNPRTVWXY234679"  # what cannot be misread over the telephone
OVERLAP, LONGEST = timedelta(days=7), timedelta(days=30)


@dataclass(frozen=True)
class Issued:
    """A new credential with what is shown once and never kept: the token, and a link's spoken code."""

    credential: Credential
    token: str
    code: str


@act
def issue_credential(
    *,
    by: Actor,  # noqa: ARG001 - the act's
    at: datetime,
    agency: Agency | str,
    use: str,
    label: str,
    until: datetime | None = None,
) -> Issued:
    """Issue an agency's key for one of its systems (`use` "api"), or a provider's link with a code (`use` "link").

    Raises ValueError for another use.
    """
    if use not in ("api", "link"):
        raise ValueError(f"a credential is for 'api' or 'link', not {use!r}")
    key, secret = new_fact_id(), secrets.token_urlsafe(32)
    code = "".join(secrets.choice(CODE_LETTERS) for _ in range(8)) if use == "link" else ""
    made = Credential.objects.create(
        id=key,
        agency_id=agency if isinstance(agency, str) else agency.pk,
        use=use,
        label=label,
        since=at,
        until=until,
        secret_hash=secret_hash(key, secret),
        code_hash=make_password(code) if code else "",
    )
    note(credential=str(key), agency=made.agency_id, use=use)
    return Issued(made, f"{key}.{secret}", code)


@act
def rotate_credential(*, by: Actor, at: datetime, credential: Credential, overlap: timedelta = OVERLAP) -> Issued:
    """A new key (and code) for the same system. The old one ends after the overlap: both work while it is put in.

    Raises ValueError for one that has an end already: it is being rotated, expires anyway, or is withdrawn; and for an
    overlap of more than 30 days.
    """
    if credential.until is not None:
        raise ValueError("this credential has an end already: issue a new one, or withdraw it")
    if not timedelta(0) <= overlap <= LONGEST:
        raise ValueError(f"the old key works at most {LONGEST.days} days beside the new one")
    made = issue_credential(by=by, at=at, agency=credential.agency_id, use=credential.use, label=credential.label)
    credential.until = at + overlap
    credential.save(update_fields=["until"])
    note(credential=str(credential.pk), replaced_by=str(made.credential.pk), until=credential.until.isoformat())
    return made


@act
def withdraw_credential(*, by: Actor, at: datetime, credential: Credential) -> None:  # noqa: ARG001 - the act's
    """End a credential now. One that ended stays so."""
    Credential.objects.filter(unended(at), pk=credential.pk).update(until=at)
    note(credential=str(credential.pk))
