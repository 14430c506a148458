"""What people see is filtered: ways out call only readings that take the look, or that tell nothing about anybody.

Readings without a look serve derivation and answer with everything; a page that used one would go round the policy.
"""

import ast
import importlib
import inspect
from pathlib import Path

import pytest

from laws.source import ROOMS, SRC, files, tree, where

NO_WAY_OUT = {"frame.py", "main.py", "settings.py", "wsgi.py", "urls.py", "apps.py"}
WEB = [path for path in files("web") if "management" not in path.parts and path.name not in NO_WAY_OUT]
PAGES = [path for room in ROOMS if room != "web" for path in files(room, "pages", "api", "forms")] + WEB
TELL_NOTHING = {  # readings without a look that a way out may use, each with its reason
    "share.now": "the clock",
    "share.partnership": "whose database this is",
    "share.agencies": "who takes part",
    "share.agency_of": "who takes part",
    "share.name_of": "a practitioner's name",
    "share.people_by_email": "practitioners' names",
    "share.practitioners": "the cast, before sign-in",
    "share.practitioner_of": "a member of staff by their work address",
    "share.may": "asks the policy",
    "share.by_reference": "whom a reference names: handed to open_child, which answers the same if it is nobody",
    "share.members": "which references are one child, of a child that was opened",
    "respond.hanging": "how much is open: puts doubts in order, and is shown of those whose both sides may be opened",
    "recognise.patterns": "the patterns themselves, which speak of no child",
    "link.may_ask": "a setting of the partnership",
    "share.system_of_code": "sign-in by a provider's link",
    "share.system_of_token": "sign-in by a credential",
}


def looks() -> dict[str, set[str]]:
    """Of each room, the readings that take no look and are not known to tell nothing."""
    found: dict[str, set[str]] = {}
    for room in ROOMS:
        if list(files(room, "queries")):
            module = importlib.import_module(f"joinedup.{room}.queries")
            found[room] = {
                name
                for name, one in inspect.getmembers(module, inspect.isfunction)
                if "for_" not in inspect.signature(one).parameters and f"{room}.{name}" not in TELL_NOTHING
            }
    return found


def aliases(module: ast.Module) -> dict[str, str]:
    """Under which name each room's queries are known in a module: {"house": "share"}."""
    return {
        alias.asname or alias.name: (node.module or "").split(".")[1]
        for node in ast.walk(module)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("joinedup.")
        for alias in node.names
        if alias.name == "queries"
    }


def unfiltered(module: ast.Module, blind: dict[str, set[str]]) -> list[ast.AST]:
    """Uses of readings that take no look: `chronicle.story(...)`, or imported by name."""
    known = aliases(module)
    by_attribute = [
        node
        for node in ast.walk(module)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
        if node.attr in blind.get(known.get(node.value.id, ""), ())
    ]
    by_name = [
        node
        for node in ast.walk(module)
        if isinstance(node, ast.ImportFrom) and (node.module or "").endswith(".queries")
        if {alias.name for alias in node.names} & blind.get((node.module or "").split(".")[1], set())
    ]
    return [*by_attribute, *by_name]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(SRC)))
def test_no_way_out_goes_round_the_look(path: Path) -> None:
    assert [f"{where(path, node)} {ast.unparse(node)}" for node in unfiltered(tree(path), looks())] == []


def test_readings_that_answer_with_everything_are_known() -> None:
    assert {"allocated_to", "every_head", "heads_with"} <= looks()["share"]


@pytest.mark.parametrize(
    "bad",
    [
        "from joinedup.chronicle import queries as chronicle\nchronicle.story(1)",
        "from joinedup.chronicle.queries import story\nstory(1)",
    ],
)
def test_an_unfiltered_reading_is_found(bad: str) -> None:
    assert unfiltered(ast.parse(bad), {"chronicle": {"story"}})
