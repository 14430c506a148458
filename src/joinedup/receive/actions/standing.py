"""Writes down which messages stand, as `rules.standing` finds it. Called within the acts that can change it."""

from collections.abc import Collection

from joinedup.receive.models import Handling, Message
from joinedup.receive.queries import related
from joinedup.receive.rules.standing import Kept, Standing, standings

CHOSEN, AGAIN = "chosen", "try-again"  # after these a message stands; after any other handling it does not


def restand(*, agency: str, sender_ids: Collection[str]) -> None:
    """Find and keep the standing of the agency's messages around these ids.

    A message that was placed and now stands differently, or fell at another time or for another reason, is unread
    again, so that flow brings it anew: its entries say what the facts say now.
    """
    messages = related(agency, sender_ids)
    found = standings([_kept(message) for message in messages])
    for message in messages:
        if _standing(message) != found[message.pk]:
            _keep(message, found[message.pk])


def _kept(message: Message) -> Kept:
    last = max(message.handlings.all(), key=lambda one: (one.at, one.pk), default=None)
    return Kept(
        message.pk, message.sender_id, message.corrects, message.placed_at is not None, message.received_at,
        last.at if last and last.what not in (CHOSEN, AGAIN) else None,
    )  # fmt: skip


def _standing(message: Message) -> Standing:
    return Standing(message.withdrawn_at, message.withdrawn_why, message.contested)


def _keep(message: Message, standing: Standing) -> None:
    before = _standing(message)
    now = Message.objects.filter(pk=message.pk)
    turned = (before.withdrawn_at, before.withdrawn_why) != (standing.withdrawn_at, standing.withdrawn_why)
    now.update(withdrawn_at=standing.withdrawn_at, withdrawn_why=standing.withdrawn_why, contested=standing.contested)
    if turned:
        now.filter(stage="placed").update(stage="unread")


def handle(message: Message, **fact: object) -> Handling:
    """Write down what a person did with a message, and let the standing follow."""
    made = Handling.objects.create(message=message, **fact)
    restand(agency=message.agency_id, sender_ids={message.sender_id, message.corrects})
    return made
