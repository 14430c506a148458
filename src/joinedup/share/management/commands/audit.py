"""`joinedup audit verify`: walk every chain and name the first bad record, by anchors too.

`joinedup audit anchor`: write what a partner agency holds. `joinedup audit prove` and `proven`: show one row to such a
partner, who need not believe us. `joinedup audit checkpoint`: tie the chains together.
"""

import hashlib
import json
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from django.core.management.base import BaseCommand, CommandError

from joinedup.share.actions import checkpoint, record
from joinedup.share.doors import operator
from joinedup.share.queries import NotFounded, Report, anchored, now, proof, verify
from joinedup.share.rules.anchor import Anchor, AnchorError, read_anchor, written
from joinedup.share.rules.chain import LANES
from joinedup.share.rules.proof import proven, read_proof

R = TypeVar("R")
Options = dict[str, Any]
NOT_ASKED = 2  # exit status where nothing could be proven either way; 1 says that the audit does not hold
HOLDER = "hold it where nobody who runs this database can change it"


class Command(BaseCommand):
    help = "Prove the audit: verify it, alone or by anchors that partners hold; write an anchor; prove one row by it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
        proves = verbs.add_parser("verify", help="walk every chain; exits with 1 if any record is bad")
        proves.add_argument(
            "--anchor", type=Path, action="append", default=[], metavar="FILE", help="an anchor to hold to; repeatable"
        )
        proves.add_argument("--json", action="store_true", help="print joinedup/audit-verify/1")
        anchors = verbs.add_parser("anchor", help="verify, make a checkpoint, and write an anchor for partners to hold")
        anchors.add_argument("--out", type=Path, required=True, metavar="FILE", help="a new file")
        anchors.add_argument(
            "--since", type=Path, metavar="FILE", help="the anchor written last: only what came later, so a small file"
        )
        anchors.add_argument("--json", action="store_true", help="print joinedup/audit-anchored/1")
        proves = verbs.add_parser("prove", help="show one row to whoever holds an anchor, with proof and no other row")
        proves.add_argument("--anchor", type=Path, required=True, metavar="FILE", help="the anchor made next after it")
        proves.add_argument("--lane", type=int, choices=range(LANES), required=True, help="its chain")
        proves.add_argument("--record", type=int, required=True, help="its number there")
        proves.add_argument("--out", type=Path, required=True, metavar="FILE", help="a new file, which shows the row")
        shown = verbs.add_parser("proven", help="check such a proof, without a database; exits with 1 if it fails")
        shown.add_argument("proof", type=Path, metavar="PROOF", help="what `joinedup audit prove` wrote")
        shown.add_argument("--anchor", type=Path, required=True, metavar="FILE", help="the anchor that you hold")
        shown.add_argument("--json", action="store_true", help="print joinedup/audit-proven/1")
        ties = verbs.add_parser("checkpoint", help="tie the chains together in one digest")
        ties.add_argument("--json", action="store_true", help="print joinedup/audit-checkpoint/1")

    def handle(self, *, what: str, **options: Any) -> None:
        try:
            getattr(self, what)(options)
        except NotFounded as error:
            raise CommandError(str(error), returncode=NOT_ASKED) from error

    def verify(self, options: Options) -> None:
        """Prints the report; exits with 1 if any record is bad, with 2 if an anchor cannot be read."""
        report = verify([held(path) for path in options["anchor"]])
        self.stdout.write(json.dumps(shape(report)) if options["json"] else words(report))
        if not report.ok:
            raise CommandError("the audit does not hold", returncode=1)

    def anchor(self, options: Options) -> None:
        """Writes the file, if the log holds (a fault must not be anchored), and prints what to tell its holder."""
        since, out = options["since"] and held(options["since"]), options["out"]
        if out.exists():
            raise CommandError(f"{out} is there already: name a new file", returncode=NOT_ASKED)
        report = verify([since] if since else [])
        if not report.ok:
            raise CommandError(f"the audit does not hold, so nothing is anchored:\n{words(report)}", returncode=1)
        checkpoint(by=operator(), at=now())
        made = anchored(since=since)
        said = anchored_shape(made, out, saved(written(made), out))
        self.stdout.write(json.dumps(said) if options["json"] else anchored_words(said))

    def prove(self, options: Options) -> None:
        """Writes one row's proof, and that it was shown to somebody."""
        lane, record_ = options["lane"], options["record"]
        try:
            made = proof(held(options["anchor"]), lane=lane, record=record_)
        except AnchorError as error:
            raise CommandError(f"{options['anchor']} {error}", returncode=NOT_ASKED) from error
        record(by=operator(), at=now(), act="share.prove", what={"lane": lane, "record": record_})
        saved(f"{made.model_dump_json(indent=1)}\n", options["out"])
        self.stdout.write(f"{options['out']} shows record {record_} of chain {lane}, and no other.")

    def proven(self, options: Options) -> None:
        """Prints what a proven row says; exits with 1 if the anchor does not have it."""
        said = proven(read(options["proof"], read_proof), held(options["anchor"]))
        if said is None:
            raise CommandError("the anchor does not have this row in this place: it is not proven", returncode=1)
        plain = "\n".join(f"{name}: {value}" for name, value in said.items())
        self.stdout.write(json.dumps({"form": "joinedup/audit-proven/1", "row": said}) if options["json"] else plain)

    def checkpoint(self, options: Options) -> None:
        made = checkpoint(by=operator(), at=now())
        said = {"form": "joinedup/audit-checkpoint/1", "at": made.at.isoformat(), "digest": made.digest}
        self.stdout.write(json.dumps(said) if options["json"] else f"Checkpoint of {said['at']}: {made.digest}")


def held(path: Path) -> Anchor:
    """The anchor of a file. Raises CommandError, which says what to do."""
    return read(path, read_anchor)


def read(path: Path, reader: Callable[[bytes], R]) -> R:
    """What a reader makes of a file. Raises CommandError, which says what to do."""
    try:
        return reader(path.read_bytes())
    except OSError as error:
        said = f"{path} cannot be read ({error.strerror}): name a file that is there"
        raise CommandError(said, returncode=NOT_ASKED) from error
    except AnchorError as error:
        raise CommandError(f"{path} {error}", returncode=NOT_ASKED) from error


def saved(text: str, out: Path) -> str:
    """Writes a new file; returns its SHA-256. Raises CommandError."""
    raw = text.encode()
    try:
        with out.open("xb") as file:
            file.write(raw)
    except OSError as error:
        said = f"{out} cannot be written ({error.strerror}): name a new file in a folder that you may write to"
        raise CommandError(said, returncode=NOT_ASKED) from error
    return hashlib.sha256(raw).hexdigest()


def anchored_shape(anchor: Anchor, out: Path, sha256: str) -> dict[str, Any]:
    return {
        "form": "joinedup/audit-anchored/1",
        "file": str(out),
        "sha256": sha256,
        "at": anchor.at.isoformat(),
        "digest": anchor.checkpoints[-1].digest,
        "checkpoints": len(anchor.checkpoints),
        "rows": sum(lane.seq - lane.after for point in anchor.checkpoints for lane in point.lanes),
    }


def anchored_words(said: dict[str, Any]) -> str:
    holds = f"{said['rows']} rows under {said['checkpoints']} checkpoints, up to {said['at']}"
    return f"{said['file']} anchors {holds}.\nGive it to partners ({HOLDER}), with its SHA-256: {said['sha256']}"


def shape(report: Report) -> dict[str, Any]:
    return {
        "form": "joinedup/audit-verify/1",
        "ok": report.ok,
        "rows": report.rows,
        "checkpoints": report.checkpoints,
        "anchors": report.anchors,
        "faults": [
            {"place": fault.place, "lane": fault.lane, "seq": fault.seq, "says": fault.says} for fault in report.faults
        ],
    }


def words(report: Report) -> str:
    """The report for people: one line if it holds, else the first bad record of each chain."""
    if report.ok:
        by = f", and as {report.anchors} anchors hold them" if report.anchors else ""
        held = f"{report.rows} rows in {LANES} chains and {report.checkpoints} checkpoints"
        return f"The audit holds: {held} are as written{by}."
    return "\n".join(f"{fault.place}: {fault.says}" for fault in report.faults)
