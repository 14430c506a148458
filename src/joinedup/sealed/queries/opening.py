"""Opens the vault of sealed identities. Its key stands in a file of its own, which a deployment may keep elsewhere."""

from functools import cache
from pathlib import Path

from django.conf import settings

from joinedup.receive.vault import read_master
from joinedup.sealed.models import Seal
from joinedup.sealed.vault import SealVault


def seal_vault() -> SealVault:
    """The vault of this database. Its key is made at first use, while nothing is sealed. Raises VaultError."""
    return _vault(Path(settings.JOINEDUP_SEAL_KEY_FILE))


@cache
def _vault(path: Path) -> SealVault:
    return SealVault(read_master(path, may_make=lambda: not Seal.objects.exists()))
