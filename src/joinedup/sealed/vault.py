"""The vault of sealed identities: a key of its own, apart from the one that wraps every other payload's key."""

import hmac
from hashlib import sha256

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from joinedup.receive.vault import KEY_BYTES, PayloadCipher, Vault


class SealVault:
    """`keys` wraps the keys of messages put away; `cipher` opens what officers wrote; `mark` makes the keyed index."""

    def __init__(self, master: bytes) -> None:
        self.keys = Vault(_derived(master, b"keys of messages"))
        self.cipher = PayloadCipher(_derived(master, b"statements"))
        self._index = _derived(master, b"index")

    def mark(self, value: str) -> str:
        """A value as the index keeps it: the same again for the same value, and nothing without the key."""
        return hmac.new(self._index, value.encode(), sha256).hexdigest()


def _derived(master: bytes, use: bytes) -> bytes:
    """A key for one use (RFC 5869), so that none of them tells another."""
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=b"joinedup sealed: " + use).derive(master)
