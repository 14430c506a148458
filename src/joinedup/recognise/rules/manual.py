"""The manual: every pattern in the box with its examples, and the language with its spec, as one Markdown page."""

from collections.abc import Iterable, Iterator

import yaml

from joinedup.ground.editions import GRADES
from joinedup.recognise.rules.language import Example, Pattern
from joinedup.recognise.rules.reading import shipped
from joinedup.recognise.rules.spec import Chapter, Paragraph, chapters
from joinedup.recognise.rules.words import clause, label, listed

HEAD = """\
# Patterns

Generated from `recognise/data/` by `recognise.rules.manual`; do not edit. Every table on this page is a test, run in
Python for one child and in SQL for a population.

A pattern is a prompt to look. It is neither a screening result nor an assessment, gives no child a number, and decides
nothing: a person does. *Now* interrupts a named person, *today* stands on a desk, *know* on the child's page only.
"""
TIERS = {"now": "Now: within two hours, day and night", "today": "Today", "know": "On the child's page only"}


def manual() -> str:
    """The whole page as Markdown."""
    parts = [HEAD, "## The patterns in the box\n", *_contents(shipped())]
    parts += [part for pattern in shipped() for part in _pattern(pattern)]
    parts += ["## The language\n", *(part for chapter in chapters() for part in _chapter(chapter))]
    return "\n".join(parts).rstrip() + "\n"


def _contents(patterns: Iterable[Pattern]) -> Iterator[str]:
    yield "| pattern | theme | how soon | harm or vulnerability |\n|---|---|---|---|"
    for pattern in patterns:
        yield f"| [{pattern.title}](#{pattern.id}) | {pattern.theme} | {pattern.tier} | {pattern.nature} |"
    yield ""


def _pattern(pattern: Pattern) -> Iterator[str]:
    yield f'### <a id="{pattern.id}"></a>{pattern.title}\n\n{pattern.why}\n'
    yield from clause(pattern.when)
    yield f"\nIt says: *{pattern.sentence}*\n"
    yield f"Ask next: {' '.join(pattern.ask)}\n"
    if pattern.question:
        yield f"First, the {pattern.question.role.replace('-', ' ')} is asked: {pattern.question.asks}\n"
    yield from _about(pattern)
    yield from (part for example in pattern.examples for part in _example(example))


def _about(pattern: Pattern) -> Iterator[str]:
    names = listed(label("agency", name) for name in pattern.names)
    yield f"- How soon: {TIERS[pattern.tier]}. About {pattern.nature}."
    yield f"- Whose entries: {'the child' if pattern.for_ == 'child' else 'everybody now in the household'}."
    if names:
        yield f"- Ought to know: {names}."
    yield f"- One episode lasts while it holds again within {pattern.quiet}."
    yield f"- Owner: {pattern.owner}. `{pattern.id}`, edition {pattern.edition}, since {pattern.since}."
    yield f"- Source ({GRADES[pattern.grade]}): {pattern.source}\n"


def _example(example: Example) -> Iterator[str]:
    yield f"*{example.title}*"
    if example.not_heard:
        yield f"(not heard: {listed(example.not_heard)})"
    yield f"\n{_table(example.lines)}\n"
    asked = f"Asked on {example.on}, it says" if example.on else "It says"
    yield f"{asked}: **{example.says}**\n"


def cells(lines: str) -> list[list[str]]:
    """An ASCII table's rows of cells, the heading first."""
    return [[cell.strip() for cell in line.split("|")] for line in lines.splitlines() if line.strip()]


def _table(lines: str) -> str:
    rows = cells(lines)
    ruled = [rows[0], ["---"] * len(rows[0]), *rows[1:]]
    return "\n".join(f"| {' | '.join(row)} |" for row in ruled)


def _chapter(chapter: Chapter) -> Iterator[str]:
    yield f"### {chapter.chapter}\n\n{chapter.about}\n"
    for paragraph in chapter.paragraphs:
        yield f"**{paragraph.title}**\n\n```yaml\n{_when(paragraph)}\n```\n"
        yield from list(_example(paragraph))[1:]


def _when(paragraph: Paragraph) -> str:
    """The clause as its author writes it."""
    written = paragraph.written
    return yaml.safe_dump(written, sort_keys=False, default_flow_style=None, width=110).rstrip()
