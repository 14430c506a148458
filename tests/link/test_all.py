"""All records linked at once: the same on DuckDB, on Spark and in plain Python, and the same as one by one."""

import json
import random
from collections.abc import Callable, Iterator
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.link.conftest import AT, Tell, child
from tests.link.test_order import populations

from joinedup.engine import AnyEngine, Engine, SparkEngine
from joinedup.ground.keys import new_fact_id
from joinedup.link import batch
from joinedup.link.actions import hold, settle
from joinedup.link.batch.facts import Row, Source, source_of
from joinedup.link.batch.linking import link_kind
from joinedup.link.batch.reconciling import reconciled, written_now
from joinedup.link.models import BlockingKey, Judgement, Match, Record, Worked
from joinedup.link.queries.doubts import count_doubts
from joinedup.link.rules.decide import Word
from joinedup.link.rules.model import model_for
from joinedup.link.rules.partitions import levels_of
from joinedup.link.rules.statements import canonical
from joinedup.link.rules.whole import Derived, Given, derive
from joinedup.receive.models import Message
from joinedup.share.actions import acting
from joinedup.share.models import Practitioner
from joinedup.share.rules import FLOW, Actor

GIVEN = ["Zoë", "Zoe", "Siân", "Sian", "Łukasz", "Lukasz", "Amy", "Ava", "Amelia", "Tobi", "J", ""]
FAMILY = ["O'Neill", "ONeill", "Ó Néill", "Thornley", "Thornly", "Thornley-Shaw", "Nuñez", "Nunez", ""]
BORN = ["2011-05-17", "2011-05-18", "2011-17-05", "2012", "2013-08-02", ""]
POSTCODES = ["EL4 2AB", "EL4 2AD", "el42ab", "EL9 9XY", "nowhere", ""]
NHS = ["", "", "", "999 000 0018", "999 000 0026", "999 000 0019"]
Named = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Told(Source):
    """What a test tells, as records of no database."""

    statements: dict[str, Any] = field(default_factory=dict)

    def records(self) -> Iterator[Row]:
        for key, (agency, statement) in self.statements.items():
            yield key, agency, canonical(statement), None, None, None, None


def told(given_: Given) -> Told:
    return Told("child", given=given_, statements=dict(given_.statements))


def person(any_: random.Random) -> dict[str, Any]:
    """A statement with accents, slips, and much that is not known."""
    name, born, postcode, nhs = (
        any_.choice(one) for one in ([(a, b) for a in GIVEN for b in FAMILY], BORN, POSTCODES, NHS)
    )
    return {
        "names": [{part: value for part, value in zip(("given", "family"), name, strict=True) if value}],
        "born": [born] * bool(born),
        "sex": any_.choice(["f", "m", None]),
        "identifiers": [{"system": "nhs-number", "value": nhs}] * bool(nhs),
        "addresses": [{"lines": "4 Mill Lane", "postcode": postcode}] * bool(postcode),
    }


def crowd(size: int, seed: int) -> Given:
    """So many statements, some in one notice, some fallen, some judged, some worked with as one."""
    any_ = random.Random(seed)
    keys = [f"{n:04}" for n in range(size)]
    pairs = [tuple(sorted(any_.sample(keys, 2))) for _ in range(60)]
    words = {(a, b): any_.random() < 0.5 for a, b in pairs[:20]}
    return Given(
        {key: (any_.choice(["hospital", "school", "police"]), person(any_)) for key in keys},
        frozenset(map(frozenset, pairs[20:])), frozenset(any_.sample(keys, 15)),
        tuple(Word(a, b, same) for (a, b), same in sorted(words.items())),
        tuple(frozenset(any_.sample(keys, 4)) for _ in range(12)),
    )  # fmt: skip


def made(engine: AnyEngine) -> tuple[Named, list[tuple[str, ...]]]:
    """Pairs with everything that is said of them, and groups, as the engine holds them."""
    names = ("weight", "levels", "outcome", "why", "against")
    rows = engine.rows(f"SELECT a, b, {', '.join(names)} FROM pairs")
    groups: dict[str, list[str]] = {}
    for record, group in engine.rows('SELECT record, "group" FROM groups'):
        groups.setdefault(group, []).append(record)
    assert all(group == min(members) for group, members in groups.items())
    pairs = {f"{a} {b}": dict(zip(names, said, strict=True)) for a, b, *said in rows}
    return pairs, sorted(tuple(sorted(members)) for members in groups.values())


def due(derived: Derived) -> tuple[Named, list[tuple[str, ...]]]:
    pairs = {
        f"{one.a} {one.b}": {"weight": one.scored.weight, "levels": canonical(one.scored.levels),
                             "outcome": one.outcome, "why": one.why, "against": derived.against.get(pair, "")}
        for pair, one in derived.matches.items()
    }  # fmt: skip
    return pairs, derived.groups


def linked(engine: AnyEngine, source: Source) -> tuple[Named, list[tuple[str, ...]]]:
    link_kind(engine, source, model_for(source.kind), lambda _name: nullcontext())
    return made(engine)


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkEngine]:
    with SparkEngine(threads=2) as engine:
        yield engine


@pytest.fixture
def duck() -> Iterator[Engine]:
    with Engine(threads=2) as engine:
        yield engine


def test_duckdb_spark_and_plain_python_give_the_same_pairs_and_groups(spark: SparkEngine, duck: Engine) -> None:
    given_ = crowd(400, seed=3)
    expected = due(derive("child", given_))
    assert linked(duck, told(given_)) == expected
    assert linked(spark, told(given_)) == expected
    assert len(expected[0]) > 1_000
    assert 40 < len(expected[1]) < 400
    assert {said["against"] for said in expected[0].values()} >= {"", "rival", "a-person-said-so", "one-notice"}


@settings(max_examples=40)
@given(populations())
def test_at_once_is_as_derived(given_: Given) -> None:
    with Engine(threads=1) as engine:
        assert linked(engine, told(given_)) == due(derive("child", given_))


@settings(max_examples=20)
@given(populations(), st.randoms())
def test_the_order_of_what_is_read_makes_no_difference(given_: Given, shuffled: random.Random) -> None:
    statements = list(given_.statements.items())
    shuffled.shuffle(statements)
    with Engine(threads=1) as engine:
        other = Told("child", given=given_, statements=dict(statements))
        assert linked(engine, other) == linked(engine, told(given_))


def test_nobody_at_all_is_linked_to_nobody(duck: Engine, spark: SparkEngine) -> None:
    for kind in batch.KINDS:
        assert linked(duck, Told(kind, given=Given({}))) == ({}, [])
    assert linked(spark, Told("place", given=Given({}))) == ({}, [])


# --- held against what stands written ---


def street(tell: Tell) -> None:
    """Notices placed one by one: siblings, twins, accents, an adult, restatements, and a message that fell."""
    home = {"postcode": "EL4 2AB"}
    tell("school", child("Zoë", "Thornley", nhs="999 000 0018", **home), child("Ava", "Thornley", **home))
    tell(
        "hospital", child("Zoe", "Thornley", nhs="999 000 0018"), child("Mary", "Thornley", "1980-02-01", kind="adult")
    )
    tell("police", child("Zo", "Thornly", "2011-05-18", **home), child("Mary", "Thornley", "1980-02-01", kind="adult"))
    tell("northgate", child("Zoe", "Thornley", **home))
    tell("school", child("A", "Thornley", **home))
    tell("hospital", child(None, "Thornley", None, describes="a tall girl"))
    tell("police", child("Siân", "O'Neill", "2012"), child("Sian", "ONeill", "2012-03-04", postcode="EL9 9XY"))


Report = Callable[..., dict[str, Any]]


@pytest.fixture
def report(capsys: pytest.CaptureFixture[str]) -> Report:
    def reported(*arguments: str) -> dict[str, Any]:
        capsys.readouterr()
        with suppress(SystemExit):  # where nothing explains a difference: `test_it_is_told_in_words`
            call_command("link", "all", "--json", *arguments)
        found: dict[str, Any] = json.loads(capsys.readouterr().out)
        return found

    return reported


def only_difference(report: Report) -> dict[str, Any]:
    (one,) = report()["reconciliation"]["differences"]
    assert isinstance(one, dict)
    return one


@pytest.mark.parametrize(("engine", "kinds"), [("duckdb", batch.KINDS), ("spark", ["child"])])
def test_what_was_placed_one_by_one_is_what_follows_at_once(
    tell: Tell, report: Report, engine: str, kinds: list[str]
) -> None:
    street(tell)
    found = report("--engine", engine, *(["--kind", *kinds] if len(kinds) == 1 else []))
    assert (found["form"], found["engine"]) == ("joinedup/population/1", engine)
    assert found["reconciliation"] == {"matches": 0, "groups": 0, "unexplained": 0, "differences": []}
    assert list(found["kinds"]) == list(kinds)
    for kind in kinds:
        mine = Record.objects.filter(kind=kind)
        assert found["kinds"][kind]["records"] == mine.count()
        assert found["kinds"][kind]["groups"] == mine.values("group").distinct().count()
        assert found["kinds"][kind]["pairs_kept"] == Match.objects.filter(a__kind=kind).count()
        assert set(found["seconds"][kind]) == set(batch.STEPS)
    assert found["kinds"]["child"]["pairs_kept"] > 5
    assert sum(one["doubts"] for one in found["kinds"].values()) == count_doubts()


def test_doubts_are_those_that_wait_for_people(tell: Tell, report: Report, worker: Practitioner) -> None:
    street(tell)
    by = Actor(worker.email, "social-care", worker.pk)
    doubtful = Match.objects.filter(a__kind="child", outcome="doubt")
    for match, same in zip(doubtful.order_by("key"), (True, False), strict=False):
        settle(by=by, at=AT, a=match.a_id, b=match.b_id, same=same, reason="asked the school")
    found = report()
    assert found["reconciliation"]["differences"] == []
    assert sum(one["doubts"] for one in found["kinds"].values()) == count_doubts()


def test_one_kind_alone(tell: Tell, report: Report) -> None:
    street(tell)
    assert list(report("--kind", "adult")["kinds"]) == ["adult"]


def test_a_match_that_was_altered_is_found_and_nothing_explains_it(tell: Tell, report: Report) -> None:
    street(tell)
    match = Match.objects.filter(a__kind="child", outcome="join").order_by("key")[0]
    Match.objects.filter(pk=match.pk).update(weight=match.weight - 1)
    one = only_difference(report)
    assert (one["kind"], one["about"], one["a"], one["b"]) == ("child", "match", match.a_id, match.b_id)
    assert one["due"] == f"{match.weight / 1000:.3f} bits, join"
    assert one["written"] == f"{(match.weight - 1) / 1000:.3f} bits, join"
    assert not one["explained"]
    assert "altered or lost" in one["why"]


def test_a_match_that_was_lost_or_added_is_found(tell: Tell, report: Report) -> None:
    street(tell)
    first, second = Match.objects.filter(a__kind="child").order_by("key")[:2]
    gone = (first.a_id, first.b_id)
    first.delete()
    one = only_difference(report)
    assert ((one["a"], one["b"]), one["written"], one["explained"]) == (gone, "not kept", False)
    stranger = Record.objects.filter(kind="adult").first()
    assert stranger
    Match.objects.create(
        key="added", a_id=stranger.pk, b_id=stranger.pk, weight=9_000, levels=second.levels, outcome="join"
    )
    found = {one["kind"]: one for one in report()["reconciliation"]["differences"]}
    assert (found["adult"]["due"], found["adult"]["written"]) == ("not kept", "9.000 bits, join")


def test_a_record_in_a_wrong_group_is_found_pair_by_pair(tell: Tell, report: Report) -> None:
    street(tell)
    group = Match.objects.filter(a__kind="child", outcome="join", against="").order_by("key")[0].a.group
    members = sorted(Record.objects.filter(group=group).values_list("key", flat=True))
    away = members[-1]
    Record.objects.filter(key=away).update(group=away)
    found = report()["reconciliation"]
    assert (found["matches"], found["groups"], found["unexplained"]) == (0, len(members) - 1, len(members) - 1)
    assert [(one["a"], one["b"]) for one in found["differences"]] == [(key, away) for key in members[:-1]]
    assert {(one["due"], one["written"]) for one in found["differences"]} == {("together", "apart")}


def test_a_group_under_a_wrong_name_is_found(tell: Tell, report: Report) -> None:
    street(tell)
    alone = next(r for r in Record.objects.filter(kind="child") if Record.objects.filter(group=r.group).count() == 1)
    Record.objects.filter(key=alone.key).update(group="0" * 64)
    one = only_difference(report)
    assert (one["about"], one["a"], one["b"], one["due"], one["written"]) == (
        "group", alone.key, alone.key, alone.key, "0" * 64,
    )  # fmt: skip


def test_matches_of_another_edition_of_the_model_are_explained(tell: Tell, report: Report) -> None:
    street(tell)
    changed = 0
    for match in Match.objects.filter(a__kind="child"):
        level, share = match.levels["family"]
        if level == "same":
            match.levels["family"] = [level, share + 250]
            match.weight += 250
            match.save()
            changed += 1
    assert changed > 1
    found = report()["reconciliation"]
    assert (found["matches"], found["unexplained"]) == (changed, 0)
    assert "another edition of the model (family same: -0.250 bits since)" in found["differences"][0]["why"]


def test_a_statement_that_is_read_otherwise_now_explains_its_matches(tell: Tell, report: Report) -> None:
    street(tell)
    match = Match.objects.filter(a__kind="child", outcome="join").order_by("key")[0]
    Record.objects.filter(key=match.a_id).update(features={**match.a.features, "given": "nobody"})
    Match.objects.filter(pk=match.pk).update(weight=match.weight + 1)
    one = only_difference(report)
    assert one["explained"]
    assert one["why"].startswith(f"the statement of {match.a_id[:12]} is read otherwise")


def test_a_pair_that_no_written_block_brings_together_is_explained(tell: Tell, report: Report) -> None:
    street(tell)
    match = Match.objects.filter(a__kind="child").order_by("key")[0]
    BlockingKey.objects.filter(record=match.a_id).delete()
    match.delete()
    one = only_difference(report)
    assert one["explained"]
    assert "written under other blocks" in one["why"]


def test_a_message_that_waits_explains_what_its_records_lack(tell: Tell, report: Report) -> None:
    tell("school", child("Zoë", "Thornley", nhs="999 000 0018"))
    tell("hospital", child("Zoe", "Thornley", nhs="999 000 0018"))
    Message.objects.filter(agency="hospital").update(withdrawn_at=AT, stage="unread")
    tell("police", child("Zoe", "Thornley", nhs="999 000 0018"))
    Message.objects.filter(agency="police").update(withdrawn_at=AT, stage="unread")
    Message.objects.filter(agency="school").update(withdrawn_at=AT, stage="unread")
    found = report()["reconciliation"]
    assert found["groups"] > 0
    assert found["unexplained"] == 0
    assert all("waits to be placed" in one["why"] for one in found["differences"])


def test_a_persons_word_that_the_groups_do_not_follow_is_explained(
    tell: Tell, report: Report, worker: Practitioner
) -> None:
    tell("school", child("Zoë", "Thornley", nhs="999 000 0018"))
    tell("hospital", child("Zoe", "Thornley", nhs="999 000 0018"))
    a, b = sorted(Record.objects.filter(kind="child").values_list("key", flat=True))
    Judgement.objects.create(a=a, b=b, same=False, reason="two cousins", by=worker, at=AT)
    found = {one["about"]: one for one in report()["reconciliation"]["differences"]}
    assert found.keys() == {"match", "group"}
    assert found["match"]["due"].endswith("kept apart: a-person-said-so")
    for one in found.values():
        assert one["explained"]
        assert one["why"] == f"a person called {a[:12]} and {b[:12]} not the same, and the groups do not follow yet"


def two_children(tell: Tell) -> list[Record]:
    for agency, name in (("school", "Amy"), ("police", "Ava")):
        tell(agency, child(name, "Thornley", postcode="EL4 2AB"))
    return list(Record.objects.filter(kind="child"))


def test_beginning_to_work_with_children_leaves_no_difference(tell: Tell, report: Report, worker: Practitioner) -> None:
    for record in two_children(tell):
        with acting("a-decision", by=FLOW, at=AT):
            hold(by=Actor(worker.email, "social-care", worker.pk), at=AT, head=record.subject_id)
    assert report()["reconciliation"]["differences"] == []


def test_lives_beside_which_nothing_was_grouped_yet_explain_what_keeps_them_apart(
    tell: Tell, report: Report, worker: Practitioner
) -> None:
    for record in two_children(tell):
        Worked.objects.create(life=new_fact_id(), record=record.key, by=worker, at=AT)
    one = only_difference(report)
    assert one["due"].endswith("kept apart: worked-with")
    assert one["explained"]
    assert one["why"].startswith("people have worked with these records since")


def test_what_was_placed_while_it_ran_explains_what_nothing_else_does(tell: Tell, duck: Engine) -> None:
    began = written_now()
    street(tell)
    source = source_of("child", None)
    linked(duck, source)
    Match.objects.filter(a__kind="child").order_by("key")[0].delete()
    (one,) = reconciled(duck, source, began)
    assert one.explained
    assert "run it again" in one.why


# --- the command ---


def statements_file(folder: Path, size: int = 120) -> Path:
    any_ = random.Random(7)
    lines = [
        {"kind": "child", "agency": any_.choice(["hospital", "school"]), "statement": person(any_)} for _ in range(size)
    ]
    lines += [
        lines[0],
        {"kind": "place", "agency": "police", "statement": {"lines": "4 Mill Ln", "postcode": "EL4 2AB"}},
    ]
    path = folder / "statements.jsonl"
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines))
    return path


def test_a_file_of_statements_is_linked_without_a_database(tmp_path: Path, report: Report) -> None:
    file, out = statements_file(tmp_path), tmp_path / "out"
    found = report("--records", str(file), "--out", str(out))
    assert found["reconciliation"] is None
    assert found["kinds"]["place"]["records"] == 1
    with Engine() as engine:
        engine.parquet("pairs", out / "pairs.parquet")
        engine.parquet("groups", out / "groups.parquet")
        kept = engine.rows("SELECT kind, a, b, weight, levels, outcome, why, against FROM pairs")
        grouped = engine.rows('SELECT kind, record, "group", nth FROM groups')
    assert len(kept) == sum(one["pairs_kept"] for one in found["kinds"].values()) > 100
    assert all(set(levels_of(levels)) >= {"given", "born"} for kind, *_, levels, _, _, _ in kept if kind == "child")
    assert len(grouped) == 122
    of = {nth: (record, group) for kind, record, group, nth in grouped if kind == "child"}
    assert of[1] == of[121]  # said again: the same record
    assert len({record for record, _ in of.values()}) == found["kinds"]["child"]["records"]
    assert len({group for _, group in of.values()}) == found["kinds"]["child"]["groups"]


def test_it_is_told_in_words(tell: Tell, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    street(tell)
    call_command("link", "all")
    said = capsys.readouterr().out
    assert "candidate pairs" in said
    assert "no difference from what stands written" in said
    Match.objects.filter(a__kind="child").delete()
    with pytest.raises(SystemExit, match="1"):
        call_command("link", "all")
    assert "of them nothing explains" in capsys.readouterr().out
    call_command("link", "all", "--records", str(statements_file(tmp_path)))
    assert "held against nothing" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("line", "why"),
    [("nothing", "line 1: not one JSON object"), ('{"kind": "child"}', "row 1: needs kind, agency and statement")],
)
def test_a_file_that_cannot_be_read_says_what_it_lacks(db: None, tmp_path: Path, line: str, why: str) -> None:
    (tmp_path / "wrong.jsonl").write_text(line)
    with pytest.raises(CommandError, match=why):
        call_command("link", "all", "--records", str(tmp_path / "wrong.jsonl"))


def test_without_java_the_command_says_what_to_install(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(CommandError, match=r"pip install joinedup\[spark\], and Java 17"):
        call_command("link", "all", "--engine", "spark")
