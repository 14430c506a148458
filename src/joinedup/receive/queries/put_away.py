"""Messages of which only a part is left to be read: the whole opens in another vault (`actions.put_away`)."""

from cryptography.exceptions import InvalidTag
from django.db.models import QuerySet

from joinedup.receive.models import Message, PayloadKey, Reading
from joinedup.receive.rules.notice import Notice
from joinedup.receive.vault import Vault

REST = "what-is-left/1"  # the reader of what stays when a message is put away; no edition reads its bytes again
DESTROYED = "destroyed"  # the stage of a message whose key was dropped


def is_put_away(message_key: str) -> bool:
    return Reading.objects.filter(message=message_key, reader=REST).exists()


def whole(messages: QuerySet[Message]) -> QuerySet[Message]:
    """Of some messages those whose bytes open here."""
    return messages.exclude(readings__reader=REST).exclude(stage=DESTROYED)


def notice_put_away(*, message_key: str, key: PayloadKey, wrapped: bytes, kept_in: Vault) -> Notice:
    """The latest notice read under a key that another vault keeps (internal). Raises VaultError, Reading.DoesNotExist.

    A message put away twice has two such keys: each opens what was read while it was the message's own.
    """
    cipher = kept_in.open_key(wrapped, str(key.pk))
    for reading in Reading.objects.filter(message=message_key).order_by("-read_at", "-reader"):
        try:
            return Notice.model_validate_json(cipher.unseal(bytes(reading.notice), reading.pk))
        except InvalidTag:
            continue
    raise Reading.DoesNotExist
