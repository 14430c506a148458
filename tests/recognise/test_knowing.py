"""Who knows, who should have been told, and what nobody can say."""

from datetime import date

import pytest

from joinedup.recognise.rules.feeds import Feed, Feeds
from joinedup.recognise.rules.language import Example, Pattern
from joinedup.recognise.rules.match import Match
from joinedup.recognise.rules.meaning import look_at
from joinedup.recognise.rules.reading import shipped
from joinedup.recognise.rules.tables import scene_of

NURSE: Pattern = next(pattern for pattern in shipped() if pattern.id == "injury-told-to-nobody")
CORE: Pattern = next(pattern for pattern in shipped() if pattern.id == "concerns-add-up")
DAY = date(2024, 6, 1)
COUNCIL = {"council": Feed("childrens-social-care", "The council", DAY)}


def match_of(pattern: Pattern, lines: str, agencies: dict[str, Feed]) -> Match:
    scene = scene_of(Example(title="a table", lines=lines, says="nothing"), pattern)
    match = look_at(pattern, scene.lines, DAY, Feeds(agencies))
    assert match is not None
    return match


INJURY = """\
    day        | from     | kind       | concerns               | told
    2024-03-05 | hospital | attendance | injury-cause-not-known | nobody
"""
AND_SCHOOL = INJURY + "    2024-03-09 | school   | absence    |                        | ?\n"


def test_whoever_holds_an_entry_on_the_child_and_whoever_the_pattern_names_should_know() -> None:
    match = match_of(NURSE, AND_SCHOOL, COUNCIL)
    assert match.knowing == ("hospital",)
    assert match.not_told == ("council", "school")


def test_relatives_are_thanked_not_told() -> None:
    with_family = INJURY + "    2024-03-09 | family   | concern    | neglect                | ?\n"
    assert match_of(NURSE, with_family, COUNCIL).not_told == ("council",)


def test_where_a_named_kind_has_several_agencies_none_of_them_is_guessed() -> None:
    two = COUNCIL | {"westmark": Feed("childrens-social-care", "Westmark", DAY)}
    assert match_of(NURSE, INJURY, two).not_told == ("childrens-social-care",)


def test_one_of_them_that_is_involved_is_enough() -> None:
    two = COUNCIL | {"westmark": Feed("childrens-social-care", "Westmark", DAY)}
    with_westmark = INJURY + "    2024-03-09 | westmark/childrens-social-care | visit | | ?\n"
    assert match_of(NURSE, with_westmark, two).not_told == ("westmark",)


THREE = """\
    day        | from   | kind    | concerns | told   | event
    2024-03-01 | school | concern | neglect  | nobody | A
    2024-03-05 | gp     | concern | bullying | {told} | B
    2024-03-09 | police | missing |          | nobody | C
"""


@pytest.mark.parametrize(("told", "not_told"), [("?", ()), ("nobody", ("council",)), ("council", ())])
def test_if_telling_is_not_known_nobody_is_said_not_to_know(told: str, not_told: tuple[str, ...]) -> None:
    match = match_of(CORE, THREE.format(told=told), COUNCIL)
    assert match.not_told == not_told
    assert ("Whether anybody was told is not known: gp, 5 March 2024." in match.unknown) == (told == "?")


def test_a_report_that_the_pattern_does_not_count_still_tells_who_knows() -> None:
    with_visit = THREE.format(told="nobody") + "    2024-03-05 | council/childrens-social-care | visit | | ? | B\n"
    assert "council" in match_of(CORE, with_visit, COUNCIL).knowing


def test_of_a_named_kind_that_was_never_heard_that_is_said() -> None:
    silent = {"council": Feed("childrens-social-care", "The council", None)}
    assert "Nothing has been received from The council." in match_of(NURSE, INJURY, silent).unknown


def test_a_sentence_names_days_not_minutes() -> None:
    at_night = INJURY.replace("2024-03-05 |", "2024-03-05T23:10+00:00 |")
    assert match_of(NURSE, at_night, COUNCIL).sentence.endswith("the last 5 March 2024.")
