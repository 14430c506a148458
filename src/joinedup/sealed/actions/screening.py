"""Every message comes by here before anything becomes a record. flow's verb."""

import json
from dataclasses import dataclass
from datetime import datetime

from joinedup.ground.keys import new_fact_id
from joinedup.receive import queries as received
from joinedup.receive.actions import put_away
from joinedup.receive.queries import Brought
from joinedup.receive.rules.notice import Notice
from joinedup.sealed.models import Caught, Seal
from joinedup.sealed.queries.opening import seal_vault
from joinedup.sealed.queries.screening import body_of, meets
from joinedup.sealed.rules import Met, naming, without
from joinedup.share.actions import step
from joinedup.share.rules import Actor


@dataclass(frozen=True)
class Screened:
    """A message as everybody may read it. `stopped`: now, so that what was made of it before must go."""

    message: Brought
    notice: Notice
    stopped: bool


@step
def screen(*, by: Actor, at: datetime, message_key: str) -> Screened:
    """A message with whoever meets a sealed identity taken out, and the whole of it put away for the officers.

    Leaves no row of its own: the audit is read by people who may not know that anything is sealed.
    """
    message, notice = received.reading_of(message_key)
    found = meets(notice, message_key)
    if not found:
        return Screened(message, notice, stopped=False)
    names = frozenset().union(*(naming(body_of(seal)) for seal in found))
    rest = without(notice, {met.n for who in found.values() for met in who}, names)
    _stop(by, at, message_key, rest, found)
    return Screened(message, rest, stopped=True)


def _stop(by: Actor, at: datetime, message: str, rest: Notice, found: dict[Seal, list[Met]]) -> None:
    """Put the message away once, and keep the key for each seal that it met."""
    vault = seal_vault()
    key, wrapped = put_away(by=by, at=at, message_key=message, rest=rest, to=vault.keys)
    for seal, who in found.items():
        made = new_fact_id()
        records = json.dumps(sorted(met.record for met in who)).encode()
        Caught.objects.create(
            pk=made, message_id=message, seal=seal, subject_id=body_of(seal).subject, payload_key=key, wrapped=wrapped,
            records=vault.cipher.seal(records, str(made)), at=at,
        )  # fmt: skip
