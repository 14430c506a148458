"""`joinedup audit verify`: walk every chain and name the first bad record. `joinedup audit checkpoint`: tie them."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from joinedup.share.actions import checkpoint
from joinedup.share.doors import operator
from joinedup.share.queries import Report, now, verify
from joinedup.share.rules.chain import LANES


class Command(BaseCommand):
    help = "Prove the audit: verify its chains, or tie them together in a checkpoint for the partners to hold."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["verify", "checkpoint"], help="verify the chains, or tie them together")
        parser.add_argument(
            "--json", action="store_true", help="print joinedup/audit-verify/1 or joinedup/audit-checkpoint/1"
        )

    def handle(self, *, what: str, **options: Any) -> None:
        {"verify": self.verify, "checkpoint": self.checkpoint}[what](as_json=options["json"])

    def verify(self, *, as_json: bool) -> None:
        """Prints the report; exits with 1 if any record is bad."""
        report = verify()
        self.stdout.write(json.dumps(shape(report)) if as_json else words(report))
        if not report.ok:
            raise CommandError("the audit does not hold", returncode=1)

    def checkpoint(self, *, as_json: bool) -> None:
        made = checkpoint(by=operator(), at=now())
        said = {"form": "joinedup/audit-checkpoint/1", "at": made.at.isoformat(), "digest": made.digest}
        self.stdout.write(json.dumps(said) if as_json else f"Checkpoint of {made.at.isoformat()}: {made.digest}")


def shape(report: Report) -> dict[str, Any]:
    return {
        "form": "joinedup/audit-verify/1",
        "ok": report.ok,
        "rows": report.rows,
        "checkpoints": report.checkpoints,
        "faults": [{"lane": fault.lane, "seq": fault.seq, "says": fault.says} for fault in report.faults],
    }


def words(report: Report) -> str:
    """The report for people: one line if it holds, else the first bad record of each chain."""
    if report.ok:
        held = f"{report.rows} rows in {LANES} chains and {report.checkpoints} checkpoints"
        return f"The audit holds: {held} are as written."
    return "\n".join(
        f"{'checkpoints' if fault.lane is None else f'chain {fault.lane}'}, record {fault.seq}: {fault.says}"
        for fault in report.faults
    )
