"""Who decides: always a person (law 7)."""

from joinedup.share.rules import Actor


def person(actor: Actor) -> int:
    """The practitioner who does this. Raises ValueError if it is nobody's doing but a machine's."""
    if actor.practitioner_id is None:
        raise ValueError("what people do about a child is a person's to say")
    return actor.practitioner_id
