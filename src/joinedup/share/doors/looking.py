"""From a request to a look: who is signed in, in which roles, for which purpose, and with what reason."""

import getpass
from dataclasses import replace
from typing import Any

from django.http import HttpRequest

from joinedup.ground.reference import normalise
from joinedup.share.queries import look_of as look_as
from joinedup.share.queries import now
from joinedup.share.rules import ROLES, STANDING_REASONS, Actor, Look, Permission, Purpose

REASONS = "reasons"  # in the session: {child's reference: reason stated}; gone with the session
NOBODY = "public"


def look_of(request: HttpRequest, *, permission: Permission, purpose: Purpose, reference: str = "") -> Look:
    """One act of looking. `reference`: the child it is about, for whom a reason may have been stated before."""
    at = now()
    user: Any = request.user
    if not user.is_authenticated:
        return Look(None, NOBODY, "", frozenset(), purpose, "", at)
    reason = request.session.get(REASONS, {}).get(normalise(reference)) or STANDING_REASONS.get(permission, "")
    look = look_as(user, purpose=purpose, reason=reason, at=at)
    return replace(look, purpose=purpose_of(look.roles, purpose))


def purpose_of(roles: frozenset[str], asked: Purpose) -> Purpose:
    """The page's purpose; but somebody all of whose roles serve one other purpose looks for that one."""
    own = {ROLES[role].purpose for role in roles if role in ROLES}
    return own.pop() if len(own) == 1 and Purpose.SAFEGUARDING not in own else asked


def state_reason(request: HttpRequest, *, reference: str, reason: str) -> None:
    """Keep why this person opens this child, for as long as they stay signed in."""
    request.session[REASONS] = {**request.session.get(REASONS, {}), reference: reason}


def because(request: HttpRequest, look: Look, reason: str) -> Look:
    """The same look with a reason stated on the page itself (a search form asks for one); the door writes it down."""
    stated = replace(look, reason=reason.strip())
    request.look = stated  # type: ignore[attr-defined]  # the door's own
    return stated


def operator() -> Actor:
    """Whoever runs a command on the machine itself, by their name there."""
    return Actor(f"operator {getpass.getuser()}"[:100])
