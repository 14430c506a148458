"""Putting a message away: its own key goes to another vault, and only what may be read by all stays here (law 1)."""

from datetime import datetime

from joinedup.ground.keys import digest, new_fact_id
from joinedup.receive.models import Message, PayloadKey, Reading
from joinedup.receive.queries import vault
from joinedup.receive.queries.put_away import REST
from joinedup.receive.rules.notice import Notice
from joinedup.receive.vault import Vault
from joinedup.share.actions import step
from joinedup.share.rules import Actor


@step
def put_away(*, by: Actor, at: datetime, message_key: str, rest: Notice, to: Vault) -> tuple[PayloadKey, bytes]:  # noqa: ARG001
    """Leave of a message only `rest` to be read; returns the key that it had, and that key wrapped for vault `to`.

    From now on its bytes and its earlier readings open with that vault alone. What stays is a reading like any other.
    """
    message = Message.objects.select_related("payload_key").get(pk=message_key)
    before = message.payload_key
    moved = vault().move_key(bytes(before.wrapped), str(before.pk), to)
    kept = PayloadKey(id=new_fact_id())
    kept.wrapped, cipher = vault().new_key(str(kept.pk))
    kept.save(force_insert=True)
    key = digest("reading", message_key, REST, str(kept.pk))
    text = rest.model_dump_json(by_alias=True, exclude_defaults=True).encode()
    Reading.objects.create(key=key, message=message, reader=REST, notice=cipher.seal(text, key), read_at=at)
    Message.objects.filter(pk=message_key).update(payload_key=kept)
    PayloadKey.objects.filter(pk=before.pk).update(wrapped=b"")  # it opens in the other vault, and nowhere else
    return before, moved


@step
def take_out(*, by: Actor, at: datetime, message_key: str, key: PayloadKey, wrapped: bytes, kept_in: Vault) -> None:  # noqa: ARG001
    """Undo `put_away`: the message has its own key again, and flow brings it anew. Raises VaultError."""
    back = kept_in.move_key(wrapped, str(key.pk), vault())
    PayloadKey.objects.filter(pk=key.pk).update(wrapped=back)
    Reading.objects.filter(message=message_key, reader=REST).delete()
    Message.objects.filter(pk=message_key).update(payload_key=key, stage="unread")


@step
def bring_again(*, by: Actor, at: datetime, messages: list[str]) -> None:  # noqa: ARG001
    """Let flow bring these once more, those that were placed: what screens them has changed."""
    Message.objects.filter(pk__in=messages, stage="placed").update(stage="unread")
