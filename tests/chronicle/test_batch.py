"""The bulk road says what the one-by-one way says, for every line that counts."""

from chronicle.desk import NOW, Desk
from joinedup.chronicle.batch import COLUMNS, entries_relation
from joinedup.engine import Engine


def test_the_relation_holds_every_line_that_counts_and_no_other(desk: Desk) -> None:
    desk.arrive(
        "police", {"kind": "missing", "happened": {"from": "2026-03-05"}, "told": [{"agency": "home"}]}, id="P1"
    )
    desk.arrive(
        "police", {"kind": "missing", "happened": {"from": "2026-03-06"}, "words": "Back."}, id="P2", corrects="P1"
    )
    desk.arrive("home", {"kind": "concern", "concerns": ["self-harm", "neglect"], "told": []}, children=("Tess", "Ada"))
    desk.flow(NOW)
    expected = {
        (desk.subject(name).reference, line.key, line.kind, tuple(sorted(line.concerns)), line.period.first,
         None if line.told is None else tuple(one.agency for one in line.told), bool(line.words), line.happening)
        for name in ("Tess", "Ada") for line in desk.story(name) if not line.withdrawn
    }  # fmt: skip
    with Engine(threads=1) as engine:
        engine.relation("lines", COLUMNS, entries_relation())
        found = engine.rows("SELECT subject, key, kind, concerns, first_day, told, has_words, happening FROM lines")
    assert {tuple(tuple(cell) if isinstance(cell, list) else cell for cell in row) for row in found} == expected
    assert len(found) == 3
