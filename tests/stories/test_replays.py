"""Published case reviews through the real way: what holds of any case, and what was found in each.

They are known tragedies chosen by hindsight: they show what the patterns say and when, never how well. No pattern is
tuned to them; `replays.md` beside this file is what stands today. When it changes, a person reads the change first:

    WRITE_REPLAYS=1 .venv/bin/pytest tests/stories/test_replays.py -k written_down
"""

import json
import os
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.core.management.base import CommandError

from joinedup.flow.rules.cases import Case, arrival_days, undated
from stories.conftest import CASES, Replayed

Json = dict[str, Any]
FILES = sorted(CASES.glob("*.json"))
WRITTEN_DOWN = Path(__file__).parent / "replays.md"
FIELDS = ["form", "case", "children", "findings", "first_finding", "acted_on", "undated", "not_sent"]
OF_A_FINDING = {
    "date", "child", "pattern", "edition", "tier", "sentence", "facts", "agencies_knowing", "agencies_not_told"
}  # fmt: skip
every_case = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)


def case_in(file: Path) -> Case:
    return Case.model_validate_json(file.read_bytes())


@pytest.fixture
def written(tmp_path: Path) -> Any:
    """Writes a case into a file."""

    def write(value: Json | str | bytes, name: str = "case.json") -> Path:
        path = tmp_path / name
        text = json.dumps(value) if isinstance(value, dict) else value
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def test_eight_cases_are_here() -> None:
    assert len(FILES) == 8


@every_case
def test_a_replay_has_the_published_form(file: Path, replay_once: Replayed) -> None:
    run = json.loads(replay_once(file))
    assert list(run) == FIELDS
    assert run["form"] == "joinedup/replay/1"
    assert run["case"] == json.loads(file.read_text())["slug"]
    assert all(set(child) == {"ref", "entries"} for child in run["children"])
    assert all(set(found) >= OF_A_FINDING for found in run["findings"])


@every_case
def test_every_event_is_an_entry_once_or_was_never_sent(file: Path, replay_once: Replayed) -> None:
    case, run = case_in(file), json.loads(replay_once(file))
    entries = Counter({child["ref"]: child["entries"] for child in run["children"]})
    sent = Counter(case.child_of(one) for n, one in enumerate(case.events) if n not in run["not_sent"])
    assert +entries == sent
    assert run["undated"] == [n for n, one in enumerate(case.events) if one.date is None]
    assert all(case.events[n].kind == "silence" for n in run["not_sent"])


@every_case
def test_findings_come_in_order_of_days_and_never_before_their_evidence(file: Path, replay_once: Replayed) -> None:
    case, run = case_in(file), json.loads(replay_once(file))
    days, arrives = [found["date"] for found in run["findings"]], arrival_days(case)
    assert all(date.fromisoformat(day).isoformat() == day for day in days)
    assert all(one <= other for one, other in pairwise(days))
    assert run["first_finding"] == (days[0] if days else None)
    for found in run["findings"]:
        assert found["facts"], "a finding stands on something"
        assert max(arrives[n] for n in found["facts"]) <= date.fromisoformat(found["date"])
        assert not set(found["facts"]) & set(run["not_sent"])


@every_case
def test_who_knows_and_who_was_not_told_are_two_sets(file: Path, replay_once: Replayed) -> None:
    case, run = case_in(file), json.loads(replay_once(file))
    for found in run["findings"]:
        assert not set(found["agencies_knowing"]) & set(found["agencies_not_told"])
        assert {case.events[n].agency for n in found["facts"]} <= set(found["agencies_knowing"])


@every_case
def test_the_same_case_gives_the_same_bytes(file: Path, replay_once: Replayed, replay_anew: Replayed) -> None:
    assert replay_anew(file) == replay_once(file)


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("file", [file for file in FILES if not undated(case_in(file))], ids=lambda f: f.stem)
def test_the_order_of_dated_events_in_the_file_changes_nothing(
    file: Path, seed: int, replay_once: Replayed, replay_anew: Replayed, written: Any
) -> None:
    case = json.loads(file.read_text())
    order = Random(seed).sample(range(len(case["events"])), len(case["events"]))
    shuffled = json.loads(replay_anew(written(case | {"events": [case["events"][n] for n in order]})))
    for found in shuffled["findings"]:
        found["facts"] = sorted(order[n] for n in found["facts"])
    assert shuffled["findings"] == json.loads(replay_once(file))["findings"]


def test_what_is_found_is_as_written_down(replay_once: Replayed) -> None:
    page = "\n".join([HEAD, *(told(file, json.loads(replay_once(file))) for file in FILES)])
    if os.environ.get("WRITE_REPLAYS"):
        WRITTEN_DOWN.write_text(page)
    assert page == WRITTEN_DOWN.read_text(), "read what changed; then write it down anew as this file's head says"


HEAD = """# What the patterns say of the published cases
Written by `tests/stories/test_replays.py`. Read every change of this page before it is committed: no pattern is tuned
to a case. *Acted*: when, by the source, agencies at last acted together. A case in which nothing is found before that
has few events with dates or few of which it is known who was told: that is information.
"""


def told(file: Path, run: Json) -> str:
    events = json.loads(file.read_text())["events"]
    acted, first = run["acted_on"] or "not stated", run["first_finding"] or "none"
    lines = [f"## {run['case']}", f"First finding: {first}. Acted: {acted}. {spoken_of(run, events)}"]
    lines += ["", *map(in_a_line, run["findings"])] if run["findings"] else []
    return "\n".join(lines) + "\n"


def spoken_of(run: Json, events: list[Json]) -> str:
    unknown = sum(one.get("told") is None for one in events)
    return (
        f"Events: {len(events)}; without a date {len(run['undated'])}; never sent {len(run['not_sent'])}; "
        f"not known who was told {unknown}."
    )


def in_a_line(found: Json) -> str:
    by = ", ".join(map(str, found["facts"]))
    untold = f" Not told: {', '.join(found['agencies_not_told'])}." if found["agencies_not_told"] else ""
    return f"- {found['date']} `{found['pattern']}` ({found['tier']}): {found['sentence']} Events {by}.{untold}"


# Cases nobody has seen yet


def event(day: Any = "2015-03-02", **more: Any) -> Json:
    return {"date": day, "child": "A", "agency": "school", "concern": "neglect", "kind": "concern", "told": []} | more


def a_case(*events: Json, **more: Any) -> Json:
    return {
        "slug": "made-up",
        "title": "Made up",
        "children": [{"ref": "A", "age_at_start": 12}],
        "events": events,
    } | more


ODD = {
    "nothing but events": {"events": [event(), event("2015-04")]},
    "no events": a_case(),
    "no events and no children": {"slug": "empty"},
    "nothing said of an event": a_case({}),
    "every value null": a_case(
        {"date": None, "date_to": None, "child": None, "agency": None, "concern": None, "told": None, "what": None}
    ),
    "ends and ranges": a_case(
        event("2015-03", date_to="2015-05"), event("2015", date_to="2016"), event(None, date_to="2016-02"),
        event("2016-04", date_to="2016-01"), event("2015-02-30"), event("spring 2015"), event("some day"), event(2015),
    ),
    "codes of nobody's list": a_case(event(agency="Ambulance Trust", concern="Eviction", told=["The Vicar", ""])),
    "capitals and spaces": a_case(event(agency="Health Visiting", concern="Neglect", kind="Concern", told=["Police"])),
    "ages": a_case(
        event(), event(child="B"), event(child="C"), event(child="D"),
        children=[
            {"ref": "A", "age_at_start": "about 13"}, {"ref": "B", "age_at_start": -1},
            {"ref": "C", "age_at_start": 40}, {"ref": "D"},
        ],
    ),
    "a child who is not listed": a_case(event(), event(child="An older brother")),
    "long ago and far ahead": a_case(event("1066-10-14"), event("1948"), event("2199-12-31")),
    "fields that we do not know": a_case(event(mood="grey", told_by={"x": [1]}), weather=[1, 2]),
    "very long words": a_case(event(what="again " * 20_000), slug="s" * 1_000, title="t" * 1_000),
    "dates after the end": a_case(event(), acted_on="never", harm_date="9999"),
}  # fmt: skip


@pytest.mark.parametrize("case", ODD.values(), ids=ODD)
def test_a_case_with_oddities_is_replayed(case: Json, replay_anew: Replayed, written: Any) -> None:
    run, events = json.loads(replay_anew(written(case))), case.get("events", ())
    assert sum(child["entries"] for child in run["children"]) == len(events) - len(run["not_sent"])
    assert all(0 <= n < len(events) for n in [*run["undated"], *run["not_sent"]])


def test_a_byte_order_mark_is_no_part_of_the_case(replay_anew: Replayed, written: Any) -> None:
    marked = b"\xef\xbb\xbf" + json.dumps(a_case(event())).encode()
    assert json.loads(replay_anew(written(marked)))["children"] == [{"ref": "A", "entries": 1}]


def test_dates_that_cannot_be_read_are_listed_as_undated(replay_anew: Replayed, written: Any) -> None:
    run = json.loads(replay_anew(written(ODD["ends and ranges"])))
    assert run["undated"] == [2, 6]  # an end alone, and "some day"; 30 February is some time in that month


def test_children_stay_apart_however_many(replay_anew: Replayed, written: Any) -> None:
    names = [f"Child {n}" for n in range(40)]
    run = json.loads(replay_anew(written(a_case(*(event(child=name) for name in names), children=[]))))
    assert run["children"] == [{"ref": name, "entries": 1} for name in names]


def test_a_case_without_a_slug_is_called_as_its_file(replay_anew: Replayed, written: Any) -> None:
    assert json.loads(replay_anew(written({"events": []}, "borough-2020.json")))["case"] == "borough-2020"


UNREADABLE = {
    "no JSON": (b"case: 1", "Invalid JSON"),
    "nothing": (b"", "Invalid JSON"),
    "a list": (b"[]", "the file"),
    "not text": (b"\xff\xfe\x00", "Invalid JSON"),
    "another kind": (a_case(event(kind="rumour")), "events.0.kind"),
    "one agency told, without its list": (a_case(event(told="police")), "events.0.told"),
    "a child without a name": (a_case(children=[{}]), "children.0.ref"),
}


@pytest.mark.parametrize(("body", "names"), UNREADABLE.values(), ids=UNREADABLE)
def test_a_file_that_is_no_case_is_answered_with_what_to_mend(
    body: Any, names: str, replay_anew: Replayed, written: Any
) -> None:
    with pytest.raises(CommandError, match=r"is not a case: .*See tests/stories/cases/README\.md") as refused:
        replay_anew(written(body))
    assert names in str(refused.value)


def test_a_file_that_is_not_there_is_said(replay_anew: Replayed, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Give the path of a case file"):
        replay_anew(tmp_path / "nowhere.json")


def test_a_long_case_is_replayed(replay_anew: Replayed, written: Any) -> None:
    days = [date(2010, 1, 1) + timedelta(days=9 * n) for n in range(60)]
    concerns = ("missing-episode", "neglect", "school-absence")
    events = [event(day.isoformat(), concern=concerns[n % 3]) for n, day in enumerate(days)]
    run = json.loads(replay_anew(written(a_case(*events))))
    assert run["children"] == [{"ref": "A", "entries": len(events)}]
    assert run["first_finding"]
