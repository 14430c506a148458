"""Every record of this database or of a file linked at once: reported, reconciled, written as Parquet."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from joinedup.engine import AnyEngine
from joinedup.link.batch.facts import Source, source_of
from joinedup.link.batch.linking import link_kind
from joinedup.link.batch.reconciling import reconciled, written_now
from joinedup.link.queries.editions import model_in_force
from joinedup.link.rules.model import model_for
from joinedup.link.rules.reconciling import GROUP, MATCH, Difference

FORM = "joinedup/population/1"
STEPS = ("records", "features", "candidates", "scores", "groups", "reconciliation")
PAIRS = "SELECT '{kind}' AS kind, a, b, weight, levels, outcome, why, against FROM pairs"
GROUPS = """
SELECT '{kind}' AS kind, r.key AS record, g."group", r.nth FROM records r JOIN groups g ON g.record = r.key
"""
FILES = {  # name: what of each kind, in which order
    "pairs": (PAIRS, "kind, a, b"),
    "groups": (GROUPS, "kind, record, nth"),
}
Step = Callable[[str, str], AbstractContextManager[None]]


def link_all(
    engine: AnyEngine, kinds: Iterable[str], step: Step, *, file: Path | None = None, out: Path | None = None
) -> dict[str, Any]:
    """Link each kind at once and report it, in the form `joinedup/population/1` but for what is timed.

    `step(kind, name)` is what each of `STEPS` runs in. `file`: statements to link instead of this database's records;
    they are held against nothing. `out`: a folder for pairs.parquet and groups.parquet.
    Raises StatementsError, and OSError where a file or folder cannot be used.
    """
    found, differences = dict[str, Any](), list[dict[str, Any]]()
    began = written_now() if file is None else ()
    for kind in kinds:
        source, timed = source_of(kind, file), partial(step, kind)
        model = model_for(kind) if file else model_in_force(kind)  # a file needs no database
        found[kind] = {"model": model.edition, **link_kind(engine, source, model, timed)}
        with timed("reconciliation"):
            differences += [{"kind": kind, **asdict(one)} for one in against_written(engine, source, began)]
        for name, (sql, _) in FILES.items() if out else ():
            engine.table(f"{kind}_{name}", sql.format(kind=kind))
    if out:
        write(engine, list(found), out)
    return {"kinds": found, "reconciliation": None if file else summed(differences)}


def against_written(engine: AnyEngine, source: Source, began: tuple[int, ...]) -> list[Difference]:
    return [] if source.file else reconciled(engine, source, began)


def summed(differences: list[dict[str, Any]]) -> dict[str, Any]:
    """How many matches and pairs in groups differ, how many of them nothing explains, and each."""
    return {
        "matches": sum(one["about"] == MATCH for one in differences),
        "groups": sum(one["about"] == GROUP for one in differences),
        "unexplained": sum(not one["explained"] for one in differences),
        "differences": differences,
    }


def write(engine: AnyEngine, kinds: Iterable[str], out: Path) -> None:
    """pairs.parquet and groups.parquet of all kinds: a file each, or a folder of files, as the engine writes them."""
    out.mkdir(parents=True, exist_ok=True)
    for name, (_, order) in FILES.items():
        every = " UNION ALL ".join(f"SELECT * FROM {kind}_{name}" for kind in kinds)  # noqa: S608 - our own names
        engine.write(f"SELECT * FROM ({every}) ORDER BY {order}", out / f"{name}.parquet")  # noqa: S608 - the same
