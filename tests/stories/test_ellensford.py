"""Ellensford: what the demonstration must show on which day, to whom and in which words, and what it must not say.

The rows are data (`partnership/data/ellensford/expects.yaml`, shown in `docs/rooms/demonstration.md`); the whole
demonstration is loaded once for all of them.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from joinedup.chronicle import queries as chronicle
from joinedup.link import queries as link
from joinedup.respond import queries as responses
from joinedup.sealed import queries as sealed
from joinedup.share import queries as house
from joinedup.share.rules import Look
from partnership.story.shapes import Row, Silent
from partnership.story.story import rows
from partnership.story.table import page
from stories.ellensford import PASSWORD, Demonstration, Said, lived, look_of

ROWS, SILENT = rows()
FOUND = [row for row in ROWS if row.pattern]
PAGE = Path(__file__).parents[2] / "docs" / "rooms" / "demonstration.md"
MONTHS = (5, 13, 30)
MASH, SOCIAL_WORKER = "amara.okoye@ellensford.example", "tom.ashdown@ellensford.example"
CAST = {
    "mash-social-worker", "team-manager", "reviewing-officer", "ed-nurse", "named-nurse", "safeguarding-lead",
    "virtual-school-head", "police-officer", "key-worker", "case-reviewer", "governance-lead",
}  # fmt: skip
every_row = pytest.mark.parametrize("row", FOUND, ids=lambda row: f"month {row.month}")


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Iterator[Demonstration]:
    with django_db_blocker.unblock():
        yield lived(tmp_path_factory.mktemp("ellensford"))


def first(town: Demonstration, row: Row) -> Said:
    said = town.of(row.child, row.pattern)
    assert said, f"{row.pattern} was never said of {row.child}"
    return said[0]


@every_row
def test_a_row_is_said_first_on_its_day(town: Demonstration, row: Row) -> None:
    assert first(town, row).day == row.on


@every_row
def test_a_row_is_said_in_its_words(town: Demonstration, row: Row) -> None:
    assert first(town, row).sentence == row.sentence
    assert first(town, row).is_question == (row.finding == "none yet")


@every_row
def test_a_row_reaches_those_it_is_for(town: Demonstration, row: Row) -> None:
    said = first(town, row)
    assert set(row.goes_to) <= said.desks | said.pages


@every_row
def test_a_row_rests_on_its_notices(town: Demonstration, row: Row) -> None:
    """On what its own sentence rests on, and for the rest on what is said of the child beside it that day."""
    said = first(town, row)
    assert said.because & set(row.because)
    if not said.is_question:
        beside = [one.because for one in town.of(row.child) if one.day == row.on]
        assert set(row.because) <= frozenset().union(*beside)


def test_only_the_rows_of_the_network_wait() -> None:
    assert [row.month for row in ROWS if not row.pattern] == [13, 22]
    assert all(row.waits for row in ROWS if not row.pattern)


@pytest.mark.parametrize("quiet", SILENT, ids=lambda quiet: quiet.child)
def test_what_must_not_be_said_is_not_said(town: Demonstration, quiet: Silent) -> None:
    wrong = [
        one
        for one in town.of(quiet.child)
        if (quiet.until is None or one.day < quiet.until) and (not quiet.because or one.because & set(quiet.because))
    ]
    assert wrong == []


def test_ordinary_days_stay_ordinary(town: Demonstration) -> None:
    """Nothing is said of anybody in the story but the five, and Mina's little brother while they live together."""
    assert {one.child for one in town.said} == {"tess", "mina", "callum", "ria", "jo", "rafael"}


def test_what_lived_together_once_is_no_household_now(town: Demonstration) -> None:
    """Mina is looked after from September 2024: what was seen in her mother's home is not said of where she lives."""
    household = [one.day for child in ("mina", "rafael") for one in town.of(child) if "household" in one.pattern]
    assert household
    assert max(household) < datetime(2024, 9, 10).date()  # noqa: DTZ001 - a civil day


def test_one_event_told_by_four_agencies_is_one(town: Demonstration) -> None:
    with town.on(13):
        lines = [line for line in chronicle.story(head_of(town, "leo")) if line.kind == "missing"]
    assert len({line.agency for line in lines}) == 4
    assert len({line.happening for line in lines}) == 1


def test_the_name_before_adoption_finds_nobody(town: Demonstration) -> None:
    with town.on(30) as at:
        for text in town.cast["finds_nobody"]:
            assert not link.find(for_=look(MASH, at), text=text)
        assert link.find(for_=look(MASH, at), text="Jo Whitcombe")


def page_of(town: Demonstration, email: str, child: str, settings: Any) -> str:
    """A child's page as this person reads it, having said why where they are asked."""
    client = Client()
    client.force_login(house.practitioner_of(email), backend="allauth.account.auth_backends.AuthenticationBackend")
    reference = house.subjects([head_of(town, child)])[head_of(town, child)].reference
    answer = client.get(f"/child/{reference}/chronology/", follow=True)
    if "/reason/" in answer.request["PATH_INFO"]:
        why = {"why": "Somebody rang or wrote about this child", "more": ""}
        answer = client.post(answer.request["PATH_INFO"] + "?" + answer.request["QUERY_STRING"], why, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_three_people_open_one_child_and_read_three_true_pages(town: Demonstration, settings: Any) -> None:
    """A nurse, a police officer and a key worker: each their own agency's entries and those told to it, no other."""
    with town.on(13):
        head = head_of(town, "tess")
        story = {line.key: line for line in chronicle.story(head) if not line.withdrawn}
        read = {}
        for email in (
            "hannah.brook@general.example",
            "steve.kemp@ellenvalley.example",
            "dee.lawson@larchhouse.example",
        ):
            agency = house.practitioner_of(email).agency_id
            page = page_of(town, email, "tess", settings)
            read[email] = {key for key in story if f'id="entry-{key[:16]}"' in page}
            assert read[email] == {
                key for key, line in story.items() if agency in line.knowing or line.agency == agency
            }
    assert len({frozenset(keys) for keys in read.values()}) == 3


def test_a_mothers_letter_is_previewed_without_the_carers_address(town: Demonstration) -> None:
    with town.on(13):
        client = Client()
        writer = house.practitioner_of("priya.nair@ellensford.example")
        client.force_login(writer, backend="allauth.account.auth_backends.AuthenticationBackend")
        mina = head_of(town, "mina")
        listed = client.get(f"/child/{house.subjects([mina])[mina].reference}/papers/").content.decode()
        letter = client.get(re.search(r'href="(/child/[^"]+/papers/[0-9a-f-]{36}/)"', listed)[1]).content.decode()
    assert "art club" in letter
    assert "Bellflower" not in letter
    assert "EL4 2DB" not in letter
    assert "[withheld]" in letter


def test_what_is_sealed_opens_to_the_officers_and_to_nobody_else(town: Demonstration) -> None:
    with town.on(30) as at:
        assert [one.old[0][0] for one in sealed.seals(for_=look("wren.talbot@ellensford.example", at))] == [
            "Mabyn Kestle"
        ]
        for one in town.cast["practitioners"]:
            if "sealing-officer" not in one["roles"]:
                assert sealed.seals(for_=look(one["email"], at)) == []


def test_the_page_is_written_from_the_story() -> None:
    assert PAGE.read_text() == page(), "write it anew: .venv/bin/partnership table > docs/rooms/demonstration.md"


# The three bookmarked days


def look(email: str, at: datetime) -> Look:
    person = house.practitioner_of(email)
    assert person is not None
    return look_of(person, at)


def head_of(town: Demonstration, child: str) -> int:
    one = town.cast["children"][child]
    return link.head_said(agency=one["agency"], sender_id=one["message"], n=one["n"])


def desk_of(email: str, at: datetime) -> dict[int, list[Any]]:
    """By child, the items on somebody's desk."""
    for_ = look(email, at)
    shown = responses.desk(for_=for_)
    return {row.head: list(row.items) for row in responses.desk_rows(for_=for_, heads=shown.heads)}


def late(items: list[Any], at: datetime) -> bool:
    return any(item.due and item.due < at for item in items)


def test_month_5_a_second_injury_lies_before_those_who_work_with_tess(town: Demonstration) -> None:
    with town.on(5) as at:
        for email in (
            "priya.nair@ellensford.example",
            "grace.holloway@ellensford.example",
            "david.penrose@ellensford.example",
        ):
            items = desk_of(email, at)[head_of(town, "tess")]
            assert any(item.tier == "now" and "A second injury" in item.says[0] for item in items)


def test_month_13_is_a_morning_at_the_front_door(town: Demonstration) -> None:
    """Twelve rows or about; eight are plainly ordinary: one report each, in time, and nothing that adds up."""
    with town.on(13) as at:
        rows = desk_of(MASH, at)
        ordinary = [
            items for items in rows.values() if len(items) == 1 and items[0].kind == "contact" and not late(items, at)
        ]
        ria = rows[head_of(town, "ria")]
    assert 10 <= len(rows) <= 14
    assert len(ordinary) >= 8
    assert sum(late(items, at) for items in rows.values()) <= 4
    assert any(item.kind == "finding" for item in ria)


def test_month_13_has_a_report_about_the_other_jay_and_no_finding(town: Demonstration) -> None:
    with town.on(13) as at:
        (report,) = desk_of(MASH, at)[head_of(town, "nell")]
    assert report.kind == "contact"
    assert report.source == "Hallow Road School"


def test_month_30_has_one_new_concern_after_a_step_down(town: Demonstration) -> None:
    with town.on(30) as at:
        (report,) = desk_of(SOCIAL_WORKER, at)[head_of(town, "callum")]
    assert report.says == ("Gifts or money not explained",)


def test_no_desk_waits_for_weeks(town: Demonstration) -> None:
    """What is late on a bookmarked morning is late since yesterday or the day before, not since a month."""
    for month in MONTHS:
        with town.on(month) as at:
            items = [item for rows in desk_of(MASH, at).values() for item in rows]
            assert items
            assert all((at - item.due).days < 7 for item in items if item.due)


def test_everybody_of_the_cast_can_sign_in(town: Demonstration, settings: Any) -> None:
    roles = {role for one in town.cast["practitioners"] for role in one["roles"]}
    assert roles >= CAST
    with town.on(13):
        for one in town.cast["practitioners"]:
            client = Client()
            entered = client.post("/sign-in/", {"login": one["email"], "password": PASSWORD})
            assert entered.status_code == 302, one["email"]
            assert client.get("/", follow=True).status_code == 200, one["email"]
