"""Freezes pairs with Splink's own scores for tests/link/data: the proof that the online scorer agrees (1e-9).

    python benches/link_pairs.py tests/link/data/pairs.json

To be run again, and its output committed, whenever a model file changes. Needs joinedup[train].
"""

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

from joinedup.link.rules.features import features
from joinedup.link.rules.model import Model, model_for
from joinedup.link.rules.score import scorer_for
from joinedup.link.rules.shapes import COLUMNS
from joinedup.link.training import linker_over
from link_population import lines

ACCENTS = str.maketrans({"a": "á", "e": "é", "o": "ö", "c": "ç", "l": "ł", "n": "ñ", "s": "š", "z": "ż", "i": "ï"})
RECORDS = {"child": 900, "adult": 400, "place": 300}
ALIKE, FAR, EACH = 500, 100, 4  # pairs frozen of each kind: most in common, others evenly, and some of every level
Statement = tuple[str, dict[str, Any]]
Scored = tuple[float, int, int]  # bits, and the two records by number


def statements(kind: str) -> list[Statement]:
    """Statements of a small town that no model was trained on; every third with accents."""
    said = [row for row in lines(600, seed=5) if row["kind"] == kind][: RECORDS[kind]]
    return [
        (row["agency"], accented(row["statement"]) if n % 3 == 0 else row["statement"]) for n, row in enumerate(said)
    ]


def accented(statement: dict[str, Any]) -> dict[str, Any]:
    names = [{part: text.translate(ACCENTS) for part, text in name.items()} for name in statement.get("names", [])]
    return statement | ({"names": names} if names else {})


def splink_scores(model: Model, said: list[Statement]) -> list[Scored]:
    """Splink's match weight of every pair, from the model file's own m, u and term frequencies."""
    rows = [
        {"unique_id": n, **dict.fromkeys(COLUMNS), **features(model.kind, agency, statement)}
        for n, (agency, statement) in enumerate(said)
    ]
    linker = linker_over(model.kind, model.comparisons, model.prior, rows, blocks=["1=1"])
    for column, terms in model.terms.items():
        values = sorted({row[column] for row in rows if row[column]})
        lookup = [{column: value, f"tf_{column}": terms.common.get(value, terms.least)} for value in values]
        table = linker.table_management.register_table(lookup, f"lookup_{column}")
        linker.table_management.register_term_frequency_lookup(table, column)
    scored = linker.inference.predict(threshold_match_weight=None).as_record_list()
    return sorted((row["match_weight"], row["unique_id_l"], row["unique_id_r"]) for row in scored)


def of_every_level(kind: str, said: list[Statement], scored: list[Scored]) -> list[Scored]:
    """The first few pairs that show each level."""
    shown: Counter[tuple[str, str]] = Counter()
    known = [features(kind, *statement) for statement in said]
    chosen = []
    for bits, a, b in scored:
        levels = [(name, level) for name, (level, _) in scorer_for(kind).score(known[a], known[b]).levels.items()]
        if any(shown[level] < EACH for level in levels):
            shown.update(levels)
            chosen.append((bits, a, b))
    return chosen


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path)
    out = parser.parse_args().out
    frozen: dict[str, Any] = {}
    for kind in RECORDS:
        said = statements(kind)
        scored = splink_scores(model_for(kind), said)
        chosen = scored[: -ALIKE : len(scored) // FAR] + scored[-ALIKE:] + of_every_level(kind, said, scored)
        used = sorted({n for _, a, b in chosen for n in (a, b)})
        frozen[kind] = {"said": {n: said[n] for n in used}, "pairs": sorted({(a, b, bits) for bits, a, b in chosen})}
    out.write_text(json.dumps(frozen, ensure_ascii=False, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
