"""The whole way: message → child → entry → ties → findings → desk. Short enough to read in one go.

Each step is another room's verb, derives from facts alone, and may be walked again at any time with the same result.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from joinedup.chronicle import actions as chronicle
from joinedup.link import actions as link
from joinedup.network import actions as network
from joinedup.receive import actions as receive
from joinedup.receive import queries as received
from joinedup.recognise import actions as recognise
from joinedup.respond import actions as respond
from joinedup.share import actions as share
from joinedup.share.rules import FLOW


@transaction.atomic
def bring(message_key: str, *, at: datetime) -> set[int]:
    """One message as far as entries and ties. Returns the heads of the children it touched, still to be derived."""
    message, notice = received.reading_of(message_key)
    placed = link.place(by=FLOW, at=at, message=message, notice=notice)
    chronicle.enter(by=FLOW, at=at, message=message, notice=notice, placed=placed.mentions)
    network.tie(by=FLOW, at=at, message=message, notice=notice, placed=placed)
    receive.mark_placed(by=FLOW, at=at, message=message)
    return placed.touched


@transaction.atomic
def derive(heads: Iterable[int], *, at: datetime) -> None:
    """Everything that follows from the entries of these children: happenings, findings, and what stands open."""
    heads = sorted(heads)
    share.settle(by=FLOW, at=at, heads=heads)  # first: what is stirred meanwhile is derived again
    for head in heads:
        chronicle.regroup(by=FLOW, at=at, head=head)
        recognise.look_again(by=FLOW, at=at, head=head)
        respond.lay_out(by=FLOW, at=at, head=head)


@transaction.atomic
def walk(message_key: str, *, at: datetime) -> None:
    """One message all the way to the desk, in one durable step."""
    derive(bring(message_key, at=at), at=at)
