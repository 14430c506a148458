"""What flow asks of the vault about every message (internal)."""

import json
from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from joinedup.link.rules.blocks import blocking_keys
from joinedup.link.rules.statements import CHILD
from joinedup.receive.rules.notice import Notice
from joinedup.sealed.models import Caught, Seal, SealWord
from joinedup.sealed.queries.opening import seal_vault
from joinedup.sealed.rules import Body, Met, met, people_in
from joinedup.share.queries import rows

MARKED = "SELECT DISTINCT seal_id FROM sealed_sealkey WHERE value IN {marks}"
CONFIRMED, LIFTED, NOT_THEIRS = "confirmed", "lifted", "not-theirs"


def meets(notice: Notice, message: str) -> dict[Seal, list[Met]]:
    """Which seals a message meets, and by whom. One question of the database, whether anything is sealed or not."""
    people, vault = people_in(notice, message), seal_vault()
    marks = {vault.mark(value) for _, says in people for value in blocking_keys(CHILD, says)}
    found: dict[Seal, list[Met]] = {}
    for seal in sealed_now([seal for (seal,) in rows(MARKED, marks=marks or {""})]):
        body = body_of(seal)
        if who := met(people, body.old, body.now, excused(seal)):
            found[seal] = who
    return found


def sealed_now(ids: list[UUID | str]) -> list[Seal]:
    """Of some seals those that hold, in order of time."""
    return [seal for seal in Seal.objects.filter(pk__in=ids).order_by("at", "pk") if confirmed(seal)] if ids else []


def confirmed(seal: Seal) -> bool:
    """Whether the last word on a seal is that it holds."""
    last = SealWord.objects.filter(seal=seal).order_by("-at", "-pk").first()
    return last is not None and last.what == CONFIRMED


def body_of(seal: Seal) -> Body:
    """What a seal holds. Raises InvalidTag if it was changed or put in another's place."""
    return Body.from_bytes(seal_vault().cipher.unseal(bytes(seal.body), str(seal.pk)))


def excused(seal: Seal) -> set[str]:
    """Keys of the statements of whom an officer said that they speak of somebody else."""
    found: set[str] = set()
    for caught in Caught.objects.filter(seal=seal, words__what=NOT_THEIRS).distinct():
        found |= set(records_of(caught))
    return found


def records_of(caught: Caught) -> list[str]:
    said: list[str] = json.loads(seal_vault().cipher.unseal(bytes(caught.records), str(caught.pk)))
    return said


def still_caught(messages: Collection[str]) -> dict[str, list[Caught]]:
    """By message, what holds it: not given back as somebody else's, and its seal not lifted."""
    found: dict[str, list[Caught]] = defaultdict(list)
    held = Caught.objects.exclude(words__what=NOT_THEIRS).filter(message__in=messages)
    for caught in held.select_related("seal").order_by("at", "pk"):
        if confirmed(caught.seal):
            found[caught.message_id].append(caught)
    return found
