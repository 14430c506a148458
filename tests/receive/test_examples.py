"""The published schema and examples: current, judged by somebody else's validator, and read without a problem."""

import json
from datetime import date
from pathlib import Path

import jsonschema
import pytest

import joinedup.receive
from joinedup.ground.codes import codes
from joinedup.receive.rules.notice import Notice
from joinedup.receive.rules.read import JSON, Known, read
from joinedup.receive.rules.schema import notice_schema, written_schema

FOLDER = Path(joinedup.receive.__file__).parent / "data"
EXAMPLES = sorted((FOLDER / "examples").glob("*.json"))
TODAY = date(2026, 3, 5)
KNOWN_AGENCIES = {
    "ellensford-police",
    "ellensford-social-care",
    "ellensford-virtual-school",
    "westmark-police",
}


def test_the_published_schema_is_the_one_that_reads() -> None:
    assert (FOLDER / "notice.schema.json").read_text() == written_schema(), "joinedup receive --schema writes it"


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(notice_schema())


def test_there_is_an_example_for_each_kind_of_agency_that_a_partnership_has() -> None:
    assert {path.stem for path in EXAMPLES} == {
        "hospital", "urgent-care", "school", "police", "childrens-home", "supported-accommodation", "fostering",
        "social-care", "youth-project", "relatives", "neighbouring-council",
    }  # fmt: skip


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_validates_and_is_read_without_a_problem(path: Path) -> None:
    value = json.loads(path.read_text())
    jsonschema.validate(value, notice_schema(), jsonschema.Draft202012Validator)
    found = read(
        path.read_bytes(), JSON, agency=value["agency"], known=Known(TODAY, codes(TODAY), frozenset(KNOWN_AGENCIES))
    )
    assert found.problems == ()
    assert found.notice == Notice.model_validate(value)
