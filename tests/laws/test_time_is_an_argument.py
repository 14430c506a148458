"""Law 10: rules and actions are given `at`; only the outermost edge reads the clock. Every action says by whom."""

import ast
from pathlib import Path

import pytest

from laws.source import ROOMS, SRC, files, tree, where

CLOCK = {"now", "today", "utcnow", "time", "time_ns", "monotonic", "localtime", "gmtime"}
OF = {"datetime", "date", "timezone", "time", "clock", "queries", "house", "share"}
READER = SRC / "ground" / "clock.py"  # the only one that may
TIMELESS = {  # actions that need neither who nor when, each with its reason
    "act": "makes an action",
    "step": "makes an action",
    "note": "speaks on the row of the act around it",
}


def clock_calls(module: ast.Module) -> list[ast.Call]:
    """Calls that read a clock: datetime.now(), date.today(), timezone.now(), time.time(), utcnow(), now()."""
    return [node for node in ast.walk(module) if isinstance(node, ast.Call) and reads_clock(node.func)]


def reads_clock(called: ast.expr) -> bool:
    if isinstance(called, ast.Name):
        return called.id in {"utcnow", "now"}
    if not isinstance(called, ast.Attribute) or called.attr not in CLOCK:
        return False
    owner = called.value
    return (owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")) in OF


def keyword_only(function: ast.FunctionDef) -> set[str]:
    return {argument.arg for argument in function.args.kwonlyargs}


def verbs(module: ast.Module) -> list[ast.FunctionDef]:
    """Public functions of a module of actions that take part in changing something: those decorated, or given `by`."""
    return [
        node
        for node in module.body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and node.name not in TIMELESS
    ]


def is_action(function: ast.FunctionDef) -> bool:
    """Whether a function is a verb of the room rather than a helper: an act, a step, or one that is told by whom."""
    marks = {name for one in function.decorator_list for name in names(one)}
    return bool(marks & {"act", "step", "atomic"}) or "by" in keyword_only(function) | {
        one.arg for one in function.args.args
    }


def names(decorator: ast.expr) -> set[str]:
    return {node.id for node in ast.walk(decorator) if isinstance(node, ast.Name)} | {
        node.attr for node in ast.walk(decorator) if isinstance(node, ast.Attribute)
    }


def untold(module: ast.Module) -> list[ast.FunctionDef]:
    """Actions that do not take both `by` and `at` as keywords."""
    return [one for one in verbs(module) if is_action(one) and not {"by", "at"} <= keyword_only(one)]


PURE = [
    path for room in ROOMS for path in (files(room) if room == "ground" else files(room, "rules")) if path != READER
]
ACTIONS = [path for room in ROOMS for path in files(room, "actions", "batch")]


@pytest.mark.parametrize("path", PURE, ids=lambda path: str(path.relative_to(SRC)))
def test_rules_read_no_clock(path: Path) -> None:
    assert [where(path, call) for call in clock_calls(tree(path))] == []


@pytest.mark.parametrize("path", ACTIONS, ids=lambda path: str(path.relative_to(SRC)))
def test_actions_read_no_clock(path: Path) -> None:
    assert [where(path, call) for call in clock_calls(tree(path))] == []


@pytest.mark.parametrize("path", ACTIONS, ids=lambda path: str(path.relative_to(SRC)))
def test_every_action_is_told_by_whom_and_when(path: Path) -> None:
    assert [where(path, one) for one in untold(tree(path))] == []


@pytest.mark.parametrize(
    "bad", ["datetime.now(UTC)", "date.today()", "timezone.now()", "time.time()", "utcnow()", "datetime.datetime.now()"]
)
def test_a_clock_in_a_rule_is_found(bad: str) -> None:
    assert clock_calls(ast.parse(f"def rule():\n    return {bad}"))


@pytest.mark.parametrize("fine", ["civil_day(at)", "line.now", "row.date()", "at.time()", "knowing(now=at)"])
def test_a_rule_that_is_given_its_time_is_left_alone(fine: str) -> None:
    assert not clock_calls(ast.parse(f"def rule(at, line, row):\n    return {fine}"))


@pytest.mark.parametrize(
    "bad",
    [
        "@act\ndef decide(*, by, child): ...",
        "@act\ndef decide(by, at, child): ...",
        "@transaction.atomic\ndef decide(child): ...",
        "def decide(*, by, child): ...",
    ],
)
def test_an_action_without_by_and_at_is_found(bad: str) -> None:
    assert untold(ast.parse(bad))
