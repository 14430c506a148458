"""Payloads stay secret, each under a key of its own; the master key is made once and kept to its owner. No database."""

from pathlib import Path
from threading import Thread

import pytest
from cryptography.exceptions import InvalidTag

from joinedup.receive.vault import Vault, VaultError, open_vault


def opened(path: Path) -> Vault:
    return open_vault(path, may_make=lambda: True)


def test_what_is_sealed_is_unsealed_by_the_same_key_after_a_restart(tmp_path: Path) -> None:
    wrapped, cipher = opened(tmp_path / "master.key").new_key("k")
    sealed = cipher.seal(b"words", "m")
    assert b"words" not in sealed
    assert opened(tmp_path / "master.key").open_key(wrapped, "k").unseal(sealed, "m") == b"words"


def test_the_master_key_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    opened(tmp_path / "master.key")
    assert (tmp_path / "master.key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["master.key"]


def test_a_key_that_others_can_read_opens_nothing(tmp_path: Path) -> None:
    opened(tmp_path / "master.key")
    (tmp_path / "master.key").chmod(0o644)
    with pytest.raises(VaultError, match="chmod 600"):
        opened(tmp_path / "master.key")


def test_a_lost_key_is_not_silently_replaced_while_payloads_need_it(tmp_path: Path) -> None:
    with pytest.raises(VaultError, match="is gone"):
        open_vault(tmp_path / "master.key", may_make=lambda: False)
    assert not (tmp_path / "master.key").exists()


def test_another_master_key_opens_nothing(tmp_path: Path) -> None:
    wrapped, _ = opened(tmp_path / "one").new_key("k")
    with pytest.raises(VaultError):
        opened(tmp_path / "two").open_key(wrapped, "k")


def test_a_destroyed_key_is_gone(tmp_path: Path) -> None:
    with pytest.raises(VaultError):
        opened(tmp_path / "master.key").open_key(b"", "k")


def test_one_sealed_thing_cannot_stand_in_anothers_place(tmp_path: Path) -> None:
    _, cipher = opened(tmp_path / "master.key").new_key("k")
    with pytest.raises(InvalidTag):
        cipher.unseal(cipher.seal(b"words", "one"), "two")


def test_of_two_that_start_at_once_one_key_holds(tmp_path: Path) -> None:
    vaults: list[Vault] = []
    threads = [Thread(target=lambda: vaults.append(opened(tmp_path / "master.key"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    wrapped, _ = vaults[0].new_key("k")
    assert [vault.open_key(wrapped, "k") for vault in vaults]
    assert len(vaults) == 8
