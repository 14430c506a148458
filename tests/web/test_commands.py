"""Every console command of the house: says plainly what it does, and what reports does so in a published form."""

import json
import re
from argparse import Action, ArgumentParser, _SubParsersAction
from collections.abc import Callable, Iterator
from contextlib import suppress
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command, get_commands, load_command_class

from flow import street as streets
from joinedup.recognise.rules.reading import shipped_text
from joinedup.web.main import introduction, of_the_house

OURS = sorted(of_the_house())
DOING = {"docs", "keep", "load_demo", "renew_master_key", "serve"}  # these do, and report nothing
CASE = {
    "slug": "a-case", "title": "A case", "children": [{"ref": "A", "age_at_start": 14}],
    "events": [{"date": "2020-01-05", "child": "A", "agency": "hospital", "concern": "physical-injury",
                "kind": "concern", "told": [], "what": "An injury."}],
}  # fmt: skip
NOTICE = {"form": "joinedup/notice/1", "id": "1", "agency": "hospital", "persons": [], "events": []}
REPORTING: dict[str, list[list[str]]] = {
    "audit": [["verify"], ["anchor", "--out", "NEW"], ["checkpoint"]],
    "flow": [["--once"]],
    "link": [["evaluate", "--truth", "who", "--records", "LABELLED"], ["all"]],
    "pattern": [["PATTERN"], ["CASE"]],
    "rebuild": [[], ["--check"]],
    "receive": [["--agency", "hospital", "NOTICE"]],
    "replay": [["CASE"]],
    "screen": [[]],
    "tick": [[]],
}
RUNS = [(name, arguments) for name, runs in REPORTING.items() for arguments in runs]


@pytest.fixture
def run(db: None, tmp_path: Path) -> Callable[..., str]:
    """Run a command in a partnership; its output. Names of files stand for files."""
    streets.found().tell("hospital", [streets.child("Tess")], streets.event("missing", "2026-02-26"))
    files = {"CASE": json.dumps(CASE), "NOTICE": json.dumps(NOTICE), "PATTERN": shipped_text("child-not-seen"),
             "LABELLED": "forename,surname,who\nTess,Arden,1\n"}  # fmt: skip
    for name, text in files.items():
        (tmp_path / name).write_text(text)

    def ran(name: str, *arguments: str) -> str:
        out = StringIO()
        with suppress(SystemExit):  # what was found is not well: still a report
            call_command(
                name, *(str(tmp_path / one) if one in {*files, "NEW"} else one for one in arguments), stdout=out
            )
        return out.getvalue()

    return ran


def own_options(name: str) -> Iterator[Action]:
    """The arguments that the command adds to those which every Django command has."""
    command = load_command_class(get_commands()[name], name)
    command.add_arguments = lambda parser: None
    given = {option.dest for option in command.create_parser("joinedup", name)._actions}
    command = load_command_class(get_commands()[name], name)
    return (one for one in every_option(command.create_parser("joinedup", name)) if one.dest not in given)


def every_option(parser: ArgumentParser) -> Iterator[Action]:
    """The arguments of a command and of each thing it can be asked to do."""
    for one in parser._actions:
        if isinstance(one, _SubParsersAction):
            assert {choice.dest for choice in one._choices_actions if choice.help} == one.choices.keys()
            for asked in one.choices.values():
                yield from every_option(asked)
        else:
            yield one


@pytest.mark.parametrize("name", OURS)
def test_help_says_in_sentences_what_a_command_does_and_what_each_argument_is(name: str) -> None:
    command = load_command_class(get_commands()[name], name)
    assert re.fullmatch(r"[A-Z].{20,}\.", command.help, re.DOTALL)
    said = " ".join(command.create_parser("joinedup", name).format_help().split())
    assert said.startswith(f"usage: joinedup {name}")
    assert " ".join(command.help.split()) in said
    assert [one.dest for one in own_options(name) if not one.help] == []


def test_the_first_page_of_help_lists_every_command_of_the_house() -> None:
    listed = set(re.findall(r"^  (\w+) ", introduction(), re.MULTILINE))
    assert {*OURS, "demo"} <= listed


def test_every_command_that_reports_is_known_here() -> None:
    assert set(OURS) == REPORTING.keys() | DOING
    assert {name for name in OURS if any(one.dest == "json" for one in own_options(name))} == REPORTING.keys()


@pytest.mark.parametrize(("name", "arguments"), RUNS, ids=lambda one: one if isinstance(one, str) else " ".join(one))
def test_a_report_as_json_begins_with_its_form(run: Callable[..., str], name: str, arguments: list[str]) -> None:
    report = json.loads(run(name, *arguments, "--json"))
    form, value = next(iter(report.items()))
    assert form == "form"
    assert re.fullmatch(r"joinedup/[a-z-]+/[1-9][0-9]*", value)


@pytest.mark.parametrize(("name", "arguments"), RUNS, ids=lambda one: one if isinstance(one, str) else " ".join(one))
def test_without_json_it_is_told_in_words(run: Callable[..., str], name: str, arguments: list[str]) -> None:
    said = run(name, *arguments)
    assert re.search(r"[a-z]{3}", said)
    assert not said.lstrip().startswith("{")
