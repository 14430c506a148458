"""A pattern file that is wrong says, in plain words, where and what to do; no misspelt condition widens a pattern."""

import pytest

from joinedup.ground.editions import EditionError
from joinedup.recognise.rules.language import Pattern
from joinedup.recognise.rules.reading import read_pattern

GOOD = """\
id: missing-twice
edition: "1"
since: 2026-01-01
title: Missing twice
theme: missing
tier: today
nature: vulnerability
owner: The exploitation coordinator
why: Twice is a pattern.
source: A local judgement.
grade: U
names: [police]
when:
  count:
    where: {kind: missing, told: {police: no}}
    within: 30 days
    at_least: {happenings: 2}
quiet: 90 days
sentence: "Missing {happenings:time} in {span}."
ask: "Who will ask the child?"
examples: []
"""

NO_WORD = "is not a word of the pattern language here: check its spelling, or leave it out."
NO_LENGTH = "is not a length of time: write it like “120 days” or “10 working days”."
NO_WORKING_DAYS = "working days are only for “within” under “not_followed”: write calendar days here."
HAPPENINGS = "when > count > at_least > happenings"


def problems(text: str) -> list[str]:
    with pytest.raises(EditionError) as raised:
        read_pattern(text)
    return raised.value.problems


def test_a_good_file_is_read_and_no_stays_a_word() -> None:
    pattern = read_pattern(GOOD)
    assert isinstance(pattern, Pattern)
    assert pattern.when.count is not None
    assert pattern.when.count.where.told == (("police", "no"),)
    assert pattern.when.count.needs == {"happenings": 2}


@pytest.mark.parametrize(
    ("instead_of", "is_written", "says"),
    [
        ("title: Missing twice\n", "", "title: is missing: add it."),
        ("where:", "were:", f"when > count > were: {NO_WORD}"),
        ("tier: today", "tier: soon", "tier: “soon” is not one of 'now', 'today' or 'know': choose one of these."),
        ("30 days", "a month", f"when > count > within: “a month” {NO_LENGTH}"),
        ("30 days", "0 days", f"when > count > within: “0 days” {NO_LENGTH}"),
        ("30 days", "30 working days", f"when > count: {NO_WORKING_DAYS}"),
        ("happenings: 2}", "happenings: two}", f"{HAPPENINGS}: must be a whole number such as 3."),
        ("happenings: 2}", "happenings: 0}", f"{HAPPENINGS}: must be at least 1."),
        ("at_least: {happenings: 2}", "at_least: {}",
         "when > count: “at_least” is empty: say for example “happenings: 3”."),
        ("since: 2026-01-01", "since: soon", "since: must be a date such as 2026-01-31."),
        ("why: Twice is a pattern.", 'why: ""', "why: is empty: write something."),
        ("id: missing-twice", "id: Missing Twice",
         "id: must be small letters, digits and hyphens, such as concerns-add-up."),
        ("when:\n  count:", "when:\n  all: []\n  count:", None),
        ("at_least: {happenings: 2}", "rate: {times: 2, per: 30 days, over: 30 days}",
         "when > count: “rate” says its own window: leave out “within” and “at_least”."),
        ("    within: 30 days\n    at_least: {happenings: 2}", "    rate: {times: 2, per: 30 days, over: 7 days}",
         "when > count > rate: “over” (7 days) must not be shorter than “per” (30 days)."),
        ("ask:", "question: {role: named-nurse, asks: \"Why?\"}\nask:",
         "The pattern: a “question” needs a “not_followed”: what would be its answer?"),
        ("grade: U", "grade: U\nuntil: 2025-01-01", "The pattern: until must be later than since."),
    ],
)  # fmt: skip
def test_each_mistake_is_told_with_what_to_do(instead_of: str, is_written: str, says: str | None) -> None:
    assert instead_of in GOOD
    text = GOOD.replace(instead_of, is_written)
    if says is None:
        assert isinstance(read_pattern(text), Pattern)
    else:
        assert says in problems(text)


def test_a_clause_is_one_of_three() -> None:
    text = GOOD.replace("when:\n", "when:\n  any:\n    - count: {called: more, where: {}}\n")
    assert problems(text) == ["when: here stands either “count”, or a list under “all”, or a list under “any”."]


def test_two_counts_need_two_names() -> None:
    count = "{count: {where: {kind: missing}}}"
    text = GOOD[: GOOD.index("when:")] + f"when: {{all: [{count}, {count}]}}\n" + GOOD[GOOD.index("quiet:") :]
    assert problems(text) == ["The pattern: two counts have the same name: give each a “called:” of its own."]


@pytest.mark.parametrize(
    ("instead_of", "is_written", "word", "code"),
    [
        ("kind: missing", "kind: went-off", "kind", "went-off"),
        ("kind: missing", "concern: missing", "concern", "missing"),
        ("kind: missing", "outcome: closed", "outcome", "closed"),
        ("kind: missing", "agency: a-and-e", "agency", "a-and-e"),
        ("police: no", "polis: no", "told", "polis"),
        ("names: [police]", "names: [polis]", "names", "polis"),
        (
            "    within: 30 days\n    at_least",
            "    not_followed: {by: {kind: visit}, from: nhs, within: 3 days, lasts: 9 days}\n    at_least",
            "from", "nhs",
        ),
    ],
)  # fmt: skip
def test_a_code_that_is_none_is_told_with_those_there_are(
    instead_of: str, is_written: str, word: str, code: str
) -> None:
    assert instead_of in GOOD
    (problem,) = problems(GOOD.replace(instead_of, is_written))
    assert problem.startswith(f"{word}: “{code}” is not in the list of codes: choose one of ")


def test_all_problems_are_told_at_once() -> None:
    assert len(problems(GOOD.replace("kind: missing", "kind: gone").replace("[police]", "[polis]"))) == 2


@pytest.mark.parametrize("placeholder", ["{incidents}", "{it.incidents}", "{moves.happenings}", "{0}", "{happenings"])
def test_a_sentence_names_only_what_was_counted(placeholder: str) -> None:
    (problem,) = problems(GOOD.replace("{happenings:time}", placeholder))
    assert problem.startswith("sentence: ")
    assert "use a measure such as {happenings:concern}" in problem


@pytest.mark.parametrize(
    "count", ["when: {all: [{count: {called: a, where: {}}}, {any: [{count: {called: b, where: {}}}]}]}"]
)
def test_a_sentence_may_name_the_counts_of_a_compound_pattern(count: str) -> None:
    text = GOOD[: GOOD.index("when:")] + count + "\n" + GOOD[GOOD.index("quiet:") :]
    assert read_pattern(text.replace("{happenings:time}", "{b.happenings:time}")).id == "missing-twice"


def test_what_is_not_yaml_says_in_which_line() -> None:
    assert problems(GOOD.replace("quiet: 90 days", "quiet: 90: days"))[0].startswith(
        "The file is not laid out as YAML; look at line 18"
    )


def test_a_file_without_words_says_how_to_begin() -> None:
    assert problems("just some text") == [
        "The file must be written as “word: value” lines: begin with “id: name-of-the-pattern”."
    ]


def test_a_character_that_no_yaml_has_is_a_problem_too() -> None:
    assert problems("id: \x00") == ["The file is not laid out as YAML; look at its first line."]
