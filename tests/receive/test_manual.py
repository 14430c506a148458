"""docs/rooms/notice.md names every code, column, problem and example there is."""

from pathlib import Path

from joinedup.ground.clock import civil_day
from joinedup.ground.codes import codes
from joinedup.receive.rules.csv import COLUMNS
from joinedup.receive.rules.problems import CATALOGUE
from receive.conftest import AT
from receive.test_examples import EXAMPLES

MANUAL = (Path(__file__).parents[2] / "docs" / "rooms" / "notice.md").read_text()


def missing(names: object) -> list[str]:
    return [name for name in names if f"`{name}`" not in MANUAL]  # type: ignore[attr-defined] # any iterable


def test_every_column_and_problem_is_in_the_manual() -> None:
    assert missing(COLUMNS) == missing(CATALOGUE) == []
    assert [says for says, _ in CATALOGUE.values() if says not in MANUAL] == []


def test_every_code_in_force_is_in_the_manual() -> None:
    known = codes(civil_day(AT))
    assert missing([*known.kinds, *known.concerns, *known.roles, *known.outcomes]) == []


def test_every_example_is_in_the_manual() -> None:
    assert [path.stem for path in EXAMPLES if path.stem not in MANUAL.replace("\n", " ")] == []
