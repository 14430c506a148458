"""`joinedup flow`: brings what is new all the way, until stopped; `--once` brings what is waiting now."""

import json
import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from joinedup.flow import worker
from joinedup.flow.waking import waker
from joinedup.share import queries as house


class Command(BaseCommand):
    help = "Bring unread messages and stirred children all the way to the desk. Safe to run again, and beside others."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="bring what is waiting now, then stop")
        parser.add_argument("--json", action="store_true", help="print joinedup/flow/1")

    def handle(self, *_args: Any, once: bool, json: bool, **_options: Any) -> None:
        if once:
            self.report(worker.once(at=house.now()), as_json=json)
            return
        stop = threading.Event()
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, lambda *_: stop.set())
        self.stdout.write("flow is awake; stop it with Ctrl-C")
        worker.run(stop, waker())

    def report(self, done: worker.Walked, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps({"form": "joinedup/flow/1", **vars(done)}))
        else:
            self.stdout.write(
                f"{done.messages} messages brought all the way, {done.subjects} children looked at again, "
                f"{done.quarantined} set aside for a person"
            )
