"""The whole way: message → screen → child → entry → ties → findings → desk. Short enough to read in one go.

Each step is another room's verb, derives from facts alone, and may be walked again at any time with the same result.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from joinedup.chronicle import actions as chronicle
from joinedup.chronicle import queries as chronicled
from joinedup.ground.clock import civil_day
from joinedup.link import actions as link
from joinedup.network import actions as network
from joinedup.network import queries as networked
from joinedup.receive import actions as receive
from joinedup.recognise import actions as recognise
from joinedup.recognise import queries as recognised
from joinedup.respond import actions as respond
from joinedup.rights import actions as rights
from joinedup.sealed import actions as sealed
from joinedup.share import actions as share
from joinedup.share import queries as house
from joinedup.share.actions import act, note, step
from joinedup.share.rules import Actor


@step
def bring(*, by: Actor, at: datetime, message_key: str) -> set[int]:
    """One message as far as entries and ties. Returns the heads of the children it touched, still to be derived.

    What adds up for others may say that nothing ever came from this agency: after its first notice they are asked anew.
    """
    screened = sealed.screen(by=by, at=at, message_key=message_key)
    message, notice = screened.message, screened.notice
    apart = unbring(by=by, at=at, message_key=message_key) if screened.stopped else set()
    first = not chronicled.was_heard(message.agency_id)
    placed = link.place(by=by, at=at, message=message, notice=notice)
    chronicle.enter(by=by, at=at, message=message, notice=notice, placed=placed.mentions)
    network.tie(by=by, at=at, message=message, notice=notice, placed=placed)
    receive.mark_placed(by=by, at=at, message=message)
    share.stir(by=by, at=at, subjects=recognised.heads_with_findings() if first else ())
    return placed.touched | apart


@step
def unbring(*, by: Actor, at: datetime, message_key: str) -> set[int]:
    """Take out everything that a message made on its way, as if it had never come. Returns heads to derive again."""
    network.forget(by=by, at=at, message_key=message_key)
    chronicle.forget(by=by, at=at, message_key=message_key)
    return link.forget(by=by, at=at, message_key=message_key)


@act
def destroy(*, by: Actor, at: datetime, destruction: UUID) -> None:
    """Carry out what two people released: these messages go, with everything that they made (law 1).

    What they say of other children comes anew. Whoever they touched is derived again.
    """
    heads: set[int] = set()
    for message, left in rights.carry_out(by=by, at=at, destruction=destruction).items():
        heads |= unbring(by=by, at=at, message_key=message)
        heads |= bring(by=by, at=at, message_key=message) if left else set()
    derive(by=by, at=at, heads=house.head_ids(heads).values())
    note(destruction=str(destruction))


@step
def derive(*, by: Actor, at: datetime, heads: Collection[int]) -> None:
    """Everything that follows from the entries of these children: happenings, findings, and what stands open.

    Of adults and places nothing follows by itself: they count where they bear on a child. The children's happenings
    come first: what stands for one child may rest on the entries of others who live there.
    """
    share.settle(by=by, at=at, heads=heads)  # first: what is stirred meanwhile is derived again
    children = house.children_among(heads)
    moved = [head for head in children if chronicle.regroup(by=by, at=at, head=head)]
    share.stir(by=by, at=at, subjects=beside(moved, at=at) - set(children))
    for head in children:
        story = chronicled.story(head)
        recognise.look_again(by=by, at=at, head=head, story=story)
        respond.lay_out(by=by, at=at, head=head, story=story)


def beside(heads: Collection[int], *, at: datetime) -> set[int]:
    """The other children in whose household these are: what stands for them rests on these children's entries too."""
    return networked.children_living_with(heads, civil_day(at)) if heads else set()


@act
def walk(*, by: Actor, at: datetime, message_key: str) -> None:
    """One message all the way to the desk, in one durable step with one audit row."""
    heads = bring(by=by, at=at, message_key=message_key)
    derive(by=by, at=at, heads=heads)
    note(message=message_key, children=len(heads))  # which they are, its statements tell to whoever may read them
