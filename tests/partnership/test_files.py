"""The files that `partnership make` writes: the same for one seed, whole, in order, in receive's published form."""

import hashlib
import json
from collections import Counter
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from zoneinfo import ZoneInfo

import jsonschema
import pytest
from django.core.management import call_command

from joinedup.ground.codes import codes
from joinedup.receive.rules.read import JSON, Known, read
from partnership.main import main
from partnership.story.story import tellings
from partnership.world import settings
from simulated import TABLES, Made, made_in

LONDON = ZoneInfo("Europe/London")
LAST = date(2026, 12, 31)


def digests(folder: Path) -> dict[str, str]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_one_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "other"):
        assert main(["make", "--children", "300", "--seed", "3", "--out", str(tmp_path / name), "--json"]) == 0
    assert digests(tmp_path / "one") == digests(tmp_path / "other")


def test_another_seed_gives_another_partnership(tmp_path: Path, village: Made) -> None:
    other = made_in(tmp_path, 400, seed=8)
    assert digests(other.folder) != digests(village.folder)


def test_a_second_run_into_the_same_folder_leaves_nothing_of_the_first(tmp_path: Path, village: Made) -> None:
    made_in(tmp_path, 600, seed=9)
    assert digests(made_in(tmp_path, 400).folder) == digests(village.folder)


@pytest.mark.parametrize("children", [1, 2, 200, 201])
def test_every_size_is_made_to_the_child(children: int, tmp_path: Path) -> None:
    made = made_in(tmp_path, children)
    assert made.truth("count(*)", "persons", "WHERE kind = 'child'") == [(children,)]
    assert made.report["messages"] == len(made.lines)


@pytest.mark.parametrize("children", ["0", "1000001", "many", "-5", "1e3"])
def test_a_size_out_of_range_is_refused_in_words(children: str, tmp_path: Path, capsys) -> None:
    with pytest.raises(SystemExit):
        main(["make", f"--children={children}", "--out", str(tmp_path)])
    assert "a whole number from 1 to 1,000,000" in capsys.readouterr().err


def test_parts_of_a_large_population_meet_without_a_seam(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A million children are made twenty thousand at a time; here two hundred at a time."""
    monkeypatch.setattr(settings, "PART", 200)
    made = made_in(tmp_path, 500)
    assert made.truth("count(*), count(DISTINCT person)", "persons", "WHERE kind = 'child'") == [(500, 500)]
    check_files(made)


def test_each_file_holds_one_agencys_notices_of_one_day_in_order_of_time(town: Made) -> None:
    check_files(town)


def day_of(sent: datetime) -> str:
    return sent.astimezone(LONDON).date().isoformat()


def check_files(made: Made) -> None:
    """A notice that is sent again lies in a later file with the time at which it was first sent."""
    assert {day_of(datetime.fromisoformat(one["sent"])) for one in made.first_sent} <= {
        str(day) for _, day, _ in made.lines
    }
    for path in made.folder.glob("feeds/*/*.jsonl"):
        notices = [json.loads(line) for line in path.read_text().splitlines()]
        sent = [datetime.fromisoformat(one["sent"]) for one in notices]
        assert sent == sorted(sent)
        assert all(day <= path.stem for day in map(day_of, sent))
        assert {one["agency"] for one in notices} == {path.parent.name}


def test_one_number_is_one_notice_however_often_it_is_sent(town: Made) -> None:
    bodies: dict[tuple[str, str], set[str]] = {}
    for notice in town.notices:
        bodies.setdefault((notice["agency"], notice["id"]), set()).add(json.dumps(notice, sort_keys=True))
    assert all(len(different) == 1 for different in bodies.values())
    assert len(bodies) < len(town.lines), "some are sent again"


def published_schema(folder: Path) -> jsonschema.Draft202012Validator:
    """The schema as `joinedup receive --schema` gives it to anybody, in a file."""
    out = StringIO()
    call_command("receive", schema=True, stdout=out)
    (folder / "notice.schema.json").write_text(out.getvalue())
    return jsonschema.Draft202012Validator(json.loads((folder / "notice.schema.json").read_text()))


def test_every_notice_is_as_the_published_schema_says(village: Made, tmp_path: Path) -> None:
    schema = published_schema(tmp_path)
    for notice in [*village.notices, *(one.notice for one in tellings())]:
        schema.validate(notice)


def test_every_notice_is_read_without_a_problem(village: Made) -> None:
    """Codes, agencies and dates are those that receive knows; what is wrong or missing is meant so."""
    known = Known(LAST, codes(LAST), frozenset(village.kinds))
    found = Counter[str]()
    for notice in [*village.notices, *(one.notice for one in tellings())]:
        understood = read(json.dumps(notice).encode(), JSON, agency=notice["agency"], known=known)
        assert understood.notice is not None
        found.update(problem.code for problem in understood.problems)
    assert set(found) <= {"check-digit", "born-missing", "name-missing"}


def test_the_truth_has_its_six_tables_and_the_feeds_never_see_it(village: Made) -> None:
    assert {path.stem for path in (village.folder / "truth").iterdir()} == set(TABLES)
    persons = {person for (person,) in village.truth("person", "persons")}
    assert not any(person in json.dumps(notice) for notice in village.first_sent[:200] for person in persons)
