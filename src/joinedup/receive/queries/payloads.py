"""Opens what is kept sealed. The master key stands in a file of its own, beside the database, never in it."""

from functools import cache
from pathlib import Path

from django.conf import settings

from joinedup.receive.models import Message, PayloadKey
from joinedup.receive.rules.notice import Notice
from joinedup.receive.vault import PayloadCipher, Vault, open_vault


def vault() -> Vault:
    """The vault of this database. Its master key is made at first use, while nothing is kept. Raises VaultError."""
    return _vault(Path(settings.JOINEDUP_KEY_FILE))


def read_master_anew() -> None:
    """Open the vault anew at its next use: its master key has been renewed."""
    _vault.cache_clear()


@cache
def _vault(path: Path) -> Vault:
    return open_vault(path, may_make=lambda: not PayloadKey.objects.exists())


def cipher_of(kept: PayloadKey) -> PayloadCipher:
    """The cipher of one payload's key. Raises VaultError once that key is destroyed."""
    return vault().open_key(bytes(kept.wrapped), str(kept.pk))


def body_of(message: Message) -> bytes:
    """The very bytes that were received."""
    return cipher_of(message.payload_key).unseal(bytes(message.body), message.pk)


def notice_in(kept: PayloadKey, reading: str, sealed: bytes) -> Notice:
    """The notice that a reader understood, kept under its message's key and the reading's own name."""
    return Notice.model_validate_json(cipher_of(kept).unseal(bytes(sealed), reading))
