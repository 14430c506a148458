"""Sealing an identity: asked for by one officer, confirmed by another; and lifting it again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from joinedup.ground.keys import digest, new_fact_id
from joinedup.link import queries as link
from joinedup.link.rules.blocks import blocking_keys
from joinedup.link.rules.features import features
from joinedup.link.rules.statements import CHILD
from joinedup.receive.actions import bring_again
from joinedup.sealed.actions.answering import let_out
from joinedup.sealed.actions.words import kept, officer, other_than
from joinedup.sealed.models import Caught, Seal, SealKey, SealWord
from joinedup.sealed.queries.opening import seal_vault
from joinedup.sealed.queries.screening import CONFIRMED, LIFTED, body_of, confirmed
from joinedup.sealed.rules import Body, Kind
from joinedup.share.actions import act, allot_subject, close_quietly, note
from joinedup.share.queries import Subject, head_ids
from joinedup.share.rules import Actor

REFUSED = "refused"


@act
def seal(
    *, by: Actor, at: datetime, kind: Kind, reason: str, old: Subject | None, said: Mapping[str, Any] | None = None,
    now: Subject | None = None,
) -> Seal:  # fmt: skip
    """Ask for an identity to be sealed. Nothing is sealed until a second officer confirms it.

    `old`: the child under whose reference the old identity stands here, if it does; `said`: the old identity as an
    officer names it (a `link.rules` statement). `now`: the child as they are known today. Raises ValueError without a
    person, a reason, or anything to look for, and if both are one child.
    """
    officer(by)
    if old is not None and now is not None and head_ids([old.pk])[old.pk] == head_ids([now.pk])[now.pk]:
        raise ValueError("both references are one child today: undo that first, under Doubts, then seal")
    key = new_fact_id()
    statements = (*_statements(old), *([(by.agency, dict(said))] if said else []))
    if not statements or not reason.strip():
        raise ValueError("say whose identity it is (a reference, or names with a birth or a number), and why")
    stands_for = old or allot_subject(by=by, at=at, kind=CHILD, allotted_to=digest("stands for", str(key)))
    body = Body(kind.name, reason.strip(), statements, _statements(now), stands_for.pk, now.pk if now else None)
    made = Seal.objects.create(
        pk=key, body=seal_vault().cipher.seal(body.as_bytes(), str(key)), by_id=officer(by), at=at
    )
    note(seal=str(key))
    return made


def _statements(subject: Subject | None) -> tuple[tuple[str, dict[str, Any]], ...]:
    """How every record under this head speaks of them."""
    return tuple(link.statements_of(subject.pk)) if subject else ()


@act
def confirm(*, by: Actor, at: datetime, seal: Seal, reason: str) -> None:
    """Let a seal hold: what to look for is indexed, the old case is closed to all but the officers, and every message
    that speaks of it comes by the screen once more. Raises ValueError without a reason, SecondOfficerError."""
    second = other_than(seal.by_id, by)
    _nothing_said(seal)
    _say(by, at, seal, CONFIRMED, reason)
    body, vault = body_of(seal), seal_vault()
    found = [features(CHILD, agency, one) for agency, one in body.old]
    values = {value for one in found for value in blocking_keys(CHILD, one)}
    SealKey.objects.bulk_create(SealKey(value=vault.mark(value), seal=seal) for value in sorted(values))
    close_quietly(by=by, at=at, subject=body.subject, officers=[seal.by_id, second])
    bring_again(by=by, at=at, messages=link.messages_speaking_of(body.subject, values))


@act
def refuse(*, by: Actor, at: datetime, seal: Seal, reason: str) -> None:
    """Say that it is not to be sealed. Raises ValueError without a reason, and once it was confirmed (see `lift`)."""
    _nothing_said(seal)
    _say(by, at, seal, REFUSED, reason)


@act
def lift(*, by: Actor, at: datetime, seal: Seal, reason: str) -> None:
    """End a seal that holds: its messages have their own keys again, and come in. Two officers: by somebody else than
    whoever confirmed it. Raises ValueError without a reason or if it does not hold, SecondOfficerError."""
    last = SealWord.objects.filter(seal=seal).order_by("-at", "-pk").first()
    if last is None or not confirmed(seal):
        raise ValueError("this seal does not hold: there is nothing to lift")
    other_than(last.by_id, by)
    for caught in Caught.objects.filter(seal=seal).exclude(words__what="not-theirs").select_related("payload_key"):
        let_out(by=by, at=at, caught=caught)
    _say(by, at, seal, LIFTED, reason)


def _nothing_said(seal: Seal) -> None:
    """Raises ValueError if there was a word on this seal before."""
    if SealWord.objects.filter(seal=seal).exists():
        raise ValueError("there was a word on this before: lift it, or ask for another")


def _say(by: Actor, at: datetime, seal: Seal, what: str, reason: str) -> None:
    key, text = kept(reason)
    SealWord.objects.create(pk=key, seal=seal, what=what, reason=text, by_id=officer(by), at=at)
    note(seal=str(seal.pk), what=what)
