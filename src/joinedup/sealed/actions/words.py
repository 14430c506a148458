"""How an officer's words are kept: encrypted, under the key of the row that keeps them."""

from uuid import UUID

from joinedup.ground.keys import new_fact_id
from joinedup.sealed.queries.opening import seal_vault
from joinedup.share.rules import Actor


class SecondOfficerError(ValueError):
    """Whoever asked for it cannot also confirm it."""


def kept(text: str) -> tuple[UUID, bytes]:
    """A new row's key, and the text sealed under it. Raises ValueError without a text: an officer always says why."""
    if not text.strip():
        raise ValueError("say why: sealing, and whatever crosses a seal, is always with a reason")
    key = new_fact_id()
    return key, seal_vault().cipher.seal(text.strip().encode(), str(key))


def officer(actor: Actor) -> int:
    """The practitioner who says it. Raises ValueError if it is nobody's doing but a machine's (law 7)."""
    if actor.practitioner_id is None:
        raise ValueError("sealing, and whatever crosses a seal, is a person's to say")
    return actor.practitioner_id


def other_than(first: int, actor: Actor) -> int:
    """The practitioner, if it is not the one who began. Raises SecondOfficerError."""
    if officer(actor) == first:
        raise SecondOfficerError("a second officer confirms it: not the one who asked for it")
    return officer(actor)
