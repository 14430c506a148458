"""`joinedup renew_master_key`: a new master key, by which every payload's own key is wrapped from now on."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from rich.progress import track

from joinedup.receive import actions
from joinedup.receive.actions.rewrapping import AT_ONCE
from joinedup.receive.vault import VaultError
from joinedup.share.doors import operator
from joinedup.share.queries import now


class Command(BaseCommand):
    help = "Make a new master key and wrap every payload's own key by it. Stop the service before, and back up after."

    def handle(self, **_: Any) -> None:
        place = Path(settings.JOINEDUP_KEY_FILE)
        try:
            done = actions.renew_master(by=operator(), at=now(), place=place, track=bar)
        except VaultError as trouble:
            raise CommandError(str(trouble)) from None
        self.stdout.write(
            f"{done} keys are wrapped by the new key. Back up {place} now; older copies open nothing more."
        )


def bar(some: Iterable[Any], total: int) -> Iterable[Any]:
    """How far it is."""
    return track(some, description="Wrapping", total=total // AT_ONCE + 1, disable=total < AT_ONCE)
