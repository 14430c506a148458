"""`docs/assurance/asvs.csv` says what shows each requirement of OWASP ASVS 5.0; a row whose test is gone fails."""

import ast
import csv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILE = ROOT / "docs" / "assurance" / "asvs.csv"
ROWS = list(csv.DictReader(FILE.read_text().splitlines()))
STATES = {"shown", "deployer", "not-applicable", "open"}
# OWASP ASVS 5.0.0 (CC BY-SA 4.0): how many requirements of levels 1 and 2 chapters 1 to 17 have.
LEVEL_1_AND_2 = (27, 11, 19, 10, 9, 35, 18, 7, 7, 29, 14, 9, 13, 9, 13, 16, 7)
LEVEL_3 = (  # those taken: what this product must hold, though the level is not claimed
    "1.2.10", "1.5.3", "2.3.5", "6.3.5", "6.3.7", "6.3.8", "6.4.6", "7.5.3", "8.1.3", "8.1.4", "8.2.4", "8.3.2",
    "8.3.3", "8.4.2", "14.2.6", "14.2.7", "15.2.4", "15.4.2",
)  # fmt: skip


def stands(shown_by: str) -> bool:
    """Whether what a row names is there: a page, or a test function of a file."""
    path, _, name = shown_by.partition("::")
    if not (ROOT / path).is_file():
        return False
    if not name:
        return path.startswith("docs/")
    body = ast.parse((ROOT / path).read_text()).body
    return name.startswith("test_") and any(isinstance(one, ast.FunctionDef) and one.name == name for one in body)


def test_every_requirement_has_one_row() -> None:
    ids = [row["id"] for row in ROWS]
    assert len(ids) == len(set(ids))
    assert sorted(row["id"] for row in ROWS if row["level"] == "3") == sorted(LEVEL_3)
    chapters = [int(row["id"].split(".")[0]) for row in ROWS if row["level"] != "3"]
    assert tuple(chapters.count(n) for n in range(1, 18)) == LEVEL_1_AND_2
    assert sum(LEVEL_1_AND_2) == 253


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_what_a_row_names_is_there(row: dict[str, str]) -> None:
    assert row["status"] in STATES
    if row["status"] == "shown":
        assert stands(row["shown_by"]), f"{row['id']}: {row['shown_by']} is gone; show it another way, or say open"
    else:
        assert row["reason"], f"{row['id']} is {row['status']} and does not say why"


def test_a_test_that_is_gone_is_found() -> None:
    assert not stands("tests/laws/test_asvs.py::test_that_nobody_wrote")
    assert not stands("docs/assurance/nothing.md")
    assert stands("tests/laws/test_asvs.py::test_a_test_that_is_gone_is_found")
