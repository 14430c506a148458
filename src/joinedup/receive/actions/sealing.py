"""Putting a message away, or destroying it: its own key goes to another vault, or goes, and only what may still be
read stays here (law 1)."""

from datetime import datetime

from joinedup.ground.keys import digest, new_fact_id
from joinedup.receive.models import Message, PayloadKey, Reading
from joinedup.receive.queries import vault
from joinedup.receive.queries.put_away import DESTROYED, REST
from joinedup.receive.rules.notice import Notice
from joinedup.receive.vault import Vault
from joinedup.share.actions import step
from joinedup.share.rules import Actor


@step
def put_away(*, by: Actor, at: datetime, message_key: str, rest: Notice, to: Vault) -> tuple[PayloadKey, bytes]:  # noqa: ARG001
    """Leave of a message only `rest` to be read; returns the key that it had, and that key wrapped for vault `to`.

    From now on its bytes and its earlier readings open with that vault alone. What stays is a reading like any other.
    """
    before = _key_of(message_key)
    moved = vault().move_key(bytes(before.wrapped), str(before.pk), to)
    _leave(message_key, rest, at)
    return before, moved


@step
def leave_only(*, by: Actor, at: datetime, message_key: str, rest: Notice) -> None:  # noqa: ARG001
    """Destroy a message but for `rest`, which flow brings on in its place: the key that it had is dropped (law 1)."""
    Reading.objects.filter(message=message_key, reader=REST).delete()  # an earlier rest: its key goes too
    _leave(message_key, rest, at)
    Message.objects.filter(pk=message_key).update(stage="unread")


@step
def destroy(*, by: Actor, at: datetime, message_key: str) -> None:  # noqa: ARG001
    """Destroy a message: its key is dropped, and flow never brings it again (law 1).

    What stays is that it came: its agency, the sender's own number, its receipt and its times. The same message sent
    again is known, and gets the same receipt.
    """
    PayloadKey.objects.filter(pk=_key_of(message_key).pk).update(wrapped=b"")
    Message.objects.filter(pk=message_key).update(stage=DESTROYED, told_by=None, contested=False, claimed_until=None)


def _key_of(message_key: str) -> PayloadKey:
    return Message.objects.select_related("payload_key").get(pk=message_key).payload_key


def _leave(message_key: str, rest: Notice, at: datetime) -> None:
    """Give a message a new key, under which only `rest` is read; the key that it had opens nothing here any more."""
    before = _key_of(message_key)
    kept = PayloadKey(id=new_fact_id())
    kept.wrapped, cipher = vault().new_key(str(kept.pk))
    kept.save(force_insert=True)
    key = digest("reading", message_key, REST, str(kept.pk))
    text = rest.model_dump_json(by_alias=True, exclude_defaults=True).encode()
    Reading.objects.create(key=key, message_id=message_key, reader=REST, notice=cipher.seal(text, key), read_at=at)
    Message.objects.filter(pk=message_key).update(payload_key=kept)
    PayloadKey.objects.filter(pk=before.pk).update(wrapped=b"")


@step
def take_out(*, by: Actor, at: datetime, message_key: str, key: PayloadKey, wrapped: bytes, kept_in: Vault) -> None:  # noqa: ARG001
    """Undo `put_away`: the message has its own key again, and flow brings it anew. Raises VaultError.

    What was destroyed meanwhile stays so.
    """
    if Message.objects.filter(pk=message_key, stage=DESTROYED).exists():
        return
    back = kept_in.move_key(wrapped, str(key.pk), vault())
    PayloadKey.objects.filter(pk=key.pk).update(wrapped=back)
    Reading.objects.filter(message=message_key, reader=REST).delete()
    Message.objects.filter(pk=message_key).update(payload_key=key, stage="unread")


@step
def bring_again(*, by: Actor, at: datetime, messages: list[str]) -> None:  # noqa: ARG001
    """Let flow bring these once more, those that were placed: what screens them has changed."""
    Message.objects.filter(pk__in=messages, stage="placed").update(stage="unread")
