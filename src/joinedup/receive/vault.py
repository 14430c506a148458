"""Keeps payloads secret: each under a key of its own, each key wrapped by the master key (AES-256-GCM).

Destroying a payload is dropping its key (law 1). Names of what is sealed are bound in, so that one sealed thing
cannot be put in another's place. What is sealed reads: 12 bytes of nonce, then ciphertext with its tag.
"""

import os
import secrets
from collections.abc import Callable
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE = 12
KEY_BYTES = 32


class VaultError(Exception):
    """The master key is not where it should be, is open to others, or is not the one that wrapped these keys."""


class Vault:
    """Wraps and unwraps payload keys under one master key."""

    def __init__(self, master: bytes) -> None:
        self._master = AESGCM(master)

    def new_key(self, name: str) -> tuple[bytes, "PayloadCipher"]:
        """A new payload key: wrapped, to be kept under `name`, and ready for use."""
        key = AESGCM.generate_key(bit_length=8 * KEY_BYTES)
        return self.wrap(key, name), PayloadCipher(key)

    def open_key(self, wrapped: bytes, name: str) -> "PayloadCipher":
        """The payload key kept under `name`. Raises VaultError if another master key wrapped it, or it is destroyed."""
        return PayloadCipher(self._unwrap(wrapped, name))

    def _unwrap(self, wrapped: bytes, name: str) -> bytes:
        try:
            return _unseal(self._master, wrapped, name)
        except (InvalidTag, ValueError) as wrong:
            raise VaultError("this master key does not open that payload's key") from wrong

    def move_key(self, wrapped: bytes, name: str, to: "Vault") -> bytes:
        """The payload key kept here under `name`, wrapped for another vault instead. Raises VaultError."""
        return to.wrap(self._unwrap(wrapped, name), name)

    def wrap(self, key: bytes, name: str) -> bytes:
        """A payload key as this vault keeps it under `name`."""
        return _seal(self._master, key, name)


class PayloadCipher:
    """Seals and unseals with one payload's key."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def seal(self, plain: bytes, name: str) -> bytes:
        """The bytes sealed under this key, for this name only."""
        return _seal(self._cipher, plain, name)

    def unseal(self, sealed: bytes, name: str) -> bytes:
        """The bytes again. Raises InvalidTag if they were changed or belong to another name."""
        return _unseal(self._cipher, sealed, name)


def _seal(cipher: AESGCM, plain: bytes, name: str) -> bytes:
    nonce = secrets.token_bytes(NONCE)
    return nonce + cipher.encrypt(nonce, plain, name.encode())


def _unseal(cipher: AESGCM, sealed: bytes, name: str) -> bytes:
    return cipher.decrypt(sealed[:NONCE], sealed[NONCE:], name.encode())


def open_vault(path: Path, *, may_make: Callable[[], bool]) -> Vault:
    """The vault of the master key at `path` (see `read_master`). Raises VaultError."""
    return Vault(read_master(path, may_make=may_make))


def read_master(path: Path, *, may_make: Callable[[], bool]) -> bytes:
    """A master key. It is made at first use, if `may_make` says that nothing needs an older one; it is readable by its
    owner only and durable before anything is sealed with it.

    Raises VaultError.
    """
    if not path.exists():
        if not may_make():
            raise VaultError(f"{path} is gone, and payloads are kept under it: restore it from its own backup")
        make_key(path)
    return read_key(path)


def read_key(path: Path) -> bytes:
    """The key at `path`. Raises VaultError where it is not there, or others can read it."""
    if not path.exists():
        raise VaultError(
            f"{path} is not there: nothing was ever kept under it, or it is to be restored from its backup"
        )
    if path.stat().st_mode & 0o077:
        raise VaultError(f"{path} can be read by others than its owner: chmod 600 it, and ask who has read it")
    return path.read_bytes()


def make_key(path: Path) -> None:
    """Write a new key beside its place, then link it there: of two that start at once, one key holds."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(AESGCM.generate_key(bit_length=8 * KEY_BYTES))
        file.flush()
        os.fsync(file.fileno())
    try:
        path.hardlink_to(beside)
    except FileExistsError:
        pass
    finally:
        beside.unlink()
    _sync_folder(path.parent)


def put_in_place(new: Path, old: Path) -> None:
    """Let a key take the place of another, for good, whatever happens to the power."""
    new.replace(old)
    _sync_folder(old.parent)


def _sync_folder(folder: Path) -> None:
    """Make the folder's list of names durable too: a key that a power cut forgets takes every payload with it."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
