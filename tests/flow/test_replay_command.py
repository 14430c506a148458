"""`joinedup replay CASE.json`: its form, and what it says of a file that is no case."""

import json
import re
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

Json = dict[str, Any]


def happened(day: str | None, agency: str, concern: str, told: list[str] | None, **more: Any) -> Json:
    kind = {"date": day, "child": "A", "agency": agency, "concern": concern, "kind": "concern", "told": told}
    return kind | {"what": "What was written of it."} | more


CASE: Json = {
    "slug": "two-injuries", "title": "Two injuries", "children": [{"ref": "A", "age_at_start": 3}, {"ref": "B"}],
    "acted_on": "2020-06",
    "events": [
        happened("2020-02-03", "hospital", "physical-injury", []),
        happened(None, "school", "neglect", None),
        happened("2020-03-09", "hospital", "physical-injury", []),
        happened("2020-04", "social-care", "other", None, kind="silence"),
        happened("2020-05-01", "police", "domestic-abuse", ["social-care"], child="C"),
    ],
}  # fmt: skip


@pytest.fixture
def case(tmp_path: Path) -> Any:
    def written(value: object) -> str:
        text = value if isinstance(value, str) else json.dumps(value)
        (tmp_path / "case.json").write_text(text)
        return str(tmp_path / "case.json")

    return written


def replayed(*arguments: str) -> str:
    out = StringIO()
    call_command("replay", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_the_form(case: Any) -> None:
    found = json.loads(replayed(case(CASE), "--json"))
    assert found["form"] == "joinedup/replay/1"
    assert found["case"] == "two-injuries"
    assert found["children"] == [{"ref": "A", "entries": 3}, {"ref": "B", "entries": 0}, {"ref": "C", "entries": 1}]
    assert (found["undated"], found["not_sent"], found["acted_on"]) == ([1], [3], "2020-06")
    assert found["findings"]
    for finding in found["findings"]:
        assert date.fromisoformat(finding["date"]).isoformat() == finding["date"]
        assert finding["child"] in "ABC"
        assert finding["tier"] in ("now", "today", "know")
        assert set(finding["facts"]) <= set(range(len(CASE["events"])))
        for name in ("pattern", "edition", "sentence"):
            assert isinstance(finding[name], str)
            assert finding[name]
        assert isinstance(finding["agencies_knowing"], list)
        assert not set(finding["agencies_knowing"]) & set(finding["agencies_not_told"])
    assert found["first_finding"] == min(finding["date"] for finding in found["findings"])


@pytest.mark.django_db
def test_the_second_injury_is_found_on_the_day_it_came_by_the_events_it_stands_on(case: Any) -> None:
    found = json.loads(replayed(case(CASE), "--json"))["findings"]
    assert any(one["date"] == "2020-03-09" and {0, 2} <= set(one["facts"]) for one in found)


@pytest.mark.django_db
def test_the_same_case_gives_the_same_findings(case: Any) -> None:
    assert replayed(case(CASE), "--json") == replayed(case(CASE), "--json")


@pytest.mark.django_db
def test_a_case_in_which_nothing_adds_up_says_so(case: Any) -> None:
    quiet = case(CASE | {"events": [], "acted_on": None})
    found = json.loads(replayed(quiet, "--json"))
    assert (found["findings"], found["first_finding"], found["acted_on"]) == ([], None, None)
    assert "No pattern fires" in replayed(quiet)


@pytest.mark.django_db
def test_as_a_story_it_tells_each_finding_with_its_day(case: Any) -> None:
    said = replayed(case(CASE))
    assert "Two injuries" in said
    assert re.search(r"^2020-03-09", said, re.MULTILINE)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("not JSON", r"JSON"),
        ("[1, 2]", r"is not a case"),
        (CASE | {"events": [happened("2020-01-01", "hospital", "neglect", [], kind="rumour")]}, r"events\.0\.kind"),
    ],
)
def test_what_is_no_case_is_refused_in_words_that_say_what_to_mend(case: Any, content: object, says: str) -> None:
    with pytest.raises(CommandError, match=r"(?s)" + says) as wrong:
        replayed(case(content), "--json")
    assert wrong.value.returncode != 0
    assert "README" in str(wrong.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"nowhere\.json cannot be read.*Give the path"):
        replayed(str(tmp_path / "nowhere.json"))
