"""A partnership takes up patterns of its own, in the same words; only those whose worked examples hold."""

from datetime import date

import pytest

from chronicle.desk import KEEPER, NOW, Desk
from joinedup.ground.editions import EditionError
from joinedup.recognise import actions, queries
from joinedup.share import actions as share
from joinedup.share.rules import Actor

OWN = """\
id: concerns-add-up
edition: "Ellensford 1"
since: 2026-05-01
title: Two concerns here
theme: adding-up
tier: know
nature: vulnerability
owner: Ellensford's practice lead
why: Ellensford looks sooner.
source: Board decision of February 2026.
grade: P
when:
  count:
    where: {is: concern}
    within: 30 days
    at_least: {happenings: 2}
quiet: 60 days
sentence: "{happenings:concern} in {span}."
ask: ["What next?"]
examples:
  - title: Two in a month
    lines: |
      day        | from   | kind
      2024-03-01 | school | concern
      2024-03-09 | police | missing
    says: 2024-03-09
    counts: {happenings: 2}
  - title: One
    lines: |
      day        | from   | kind
      2024-03-01 | school | concern
    says: nothing
"""
BOX = "Concerns add up across agencies"
WIDE = "“2024-03-09 | police” has 2 cells but the table has 3 columns."


@pytest.fixture
def owner(desk: Desk) -> Actor:
    person = share.add_practitioner(by=KEEPER, at=NOW, email="owner@example.org", name="An Owner", agency="council")
    return Actor(person.email, "council", person.pk)


def title_on(day: date) -> str:
    return next(pattern.title for pattern in queries.patterns(on=day) if pattern.id == "concerns-add-up")


def test_an_own_edition_holds_from_its_day_until_a_later_edition_or_its_end(owner: Actor) -> None:
    actions.adopt(by=owner, at=NOW, text=OWN, until=date(2026, 6, 1))
    assert title_on(date(2026, 4, 30)) == BOX
    assert title_on(date(2026, 5, 1)) == title_on(date(2026, 5, 31)) == "Two concerns here"
    assert title_on(date(2026, 6, 1)) == BOX


def test_the_past_is_read_with_the_first_edition(owner: Actor) -> None:
    actions.adopt(by=owner, at=NOW, text=OWN)
    assert title_on(date(2019, 1, 1)) == BOX


def test_a_pattern_whose_example_says_something_else_is_not_taken_up(owner: Actor) -> None:
    with pytest.raises(EditionError) as raised:
        actions.adopt(
            by=owner,
            at=NOW,
            text=OWN.replace("says: 2024-03-09", "says: nothing").replace("s: 2}\n  - t", "s: 3}\n  - t"),
        )
    assert raised.value.problems == [
        "examples: write at least one that must match and one that must not.",
        "Two in a month: says “2024-03-09”, where “nothing” was written.",
        "Two in a month: happenings is 2, where 3 was written.",
    ]
    assert title_on(date(2026, 5, 20)) == BOX


@pytest.mark.parametrize(
    ("instead_of", "is_written", "says"),
    [
        ("| from   | kind\n      2024-03-01 | school | concern\n    says",
         "| from   | sort\n      2024-03-01 | school | concern\n    says",
         "The table has no column “sort”: use "),
        ("2024-03-09 | police | missing", "2024-03-09 | police", WIDE),
        ("2024-03-09 | police", "the other day | police", "day: The date was not understood"),
    ],
)  # fmt: skip
def test_a_table_that_cannot_be_read_says_what_to_do(owner: Actor, instead_of: str, is_written: str, says: str) -> None:
    assert instead_of in OWN
    with pytest.raises(EditionError, match=r".+") as raised:
        actions.adopt(by=owner, at=NOW, text=OWN.replace(instead_of, is_written))
    assert raised.value.problems[0].startswith(says)


def test_no_machine_takes_up_a_pattern(desk: Desk) -> None:
    with pytest.raises(ValueError, match="by a person"):
        actions.adopt(by=KEEPER, at=NOW, text=OWN)


def test_an_own_edition_of_the_future_does_not_hold_yet(owner: Actor) -> None:
    """Of a pattern that the box does not have, too: only what the box ships is read back into the past."""
    actions.adopt(by=owner, at=NOW, text=OWN.replace("id: concerns-add-up", "id: ellensfords-own"))
    assert "ellensfords-own" not in {pattern.id for pattern in queries.patterns(on=date(2026, 4, 30))}
    assert "ellensfords-own" in {pattern.id for pattern in queries.patterns(on=date(2026, 5, 1))}


@pytest.mark.parametrize(
    "place",
    ["happenings.__class__", "happenings.real", "happenings[0]", "span:>99", "happenings!r",
     "happenings:{happenings.__class__.__format__.__globals__}"],
)  # fmt: skip
def test_a_sentence_reaches_nothing_but_what_was_counted(owner: Actor, place: str) -> None:
    with pytest.raises(EditionError, match="is nothing to fill in"):
        actions.adopt(by=owner, at=NOW, text=OWN.replace("{happenings:concern}", f"{{{place}}}"))


def test_a_pattern_needs_an_example_that_matches_and_one_that_does_not(owner: Actor) -> None:
    only_one = OWN[: OWN.index("  - title: One\n")]
    with pytest.raises(EditionError, match="at least one that must match and one that must not"):
        actions.adopt(by=owner, at=NOW, text=only_one)
