"""Loads the fictional partnership of Ellensford into a simulated database, as its days went by.

In come the files that `partnership demo` wrote (feeds and `cast.json`); joinedup sees nothing else of it. The clock is
moved to each notice's own moment, every silence speaks on its own day, and on each bookmarked day a copy of the
database is set aside: nobody acts in the past, so the three days are three copies.
"""

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from joinedup.flow import loading, ticking, worker
from joinedup.flow.demonstration.acts import ACTS, head_named
from joinedup.flow.demonstration.shifts import BOOKMARK_IN_VIEW, at_work
from joinedup.ground.clock import LONDON, start_of
from joinedup.ground.workdays import is_working_day
from joinedup.link import queries as linked
from joinedup.recognise import queries as recognise
from joinedup.share import actions as share
from joinedup.share import queries as house
from joinedup.share.rules import Actor

Track = Callable[[list[tuple[datetime, Any]]], Iterable[tuple[datetime, Any]]]
BY = Actor("demonstration")
AFTERNOON = timedelta(hours=16, minutes=30)
DISCREET = {"adoption-support"}  # agencies whose very name tells something


@dataclass(frozen=True)
class Step:
    """One thing that happens in the demonstration's time."""

    at: datetime
    rank: int  # of things at one moment: notices first, then people's doings, the day's work, the bookmark
    do: Callable[[datetime], None]


def load(folder: Path, homes: Path, password: str, track: Track = list) -> list[str]:
    """Load everything, leaving one home a bookmarked day under `homes`; returns the bookmarks' folder names."""
    cast = json.loads((folder / "cast.json").read_text())
    found(cast, password)
    issue_credentials(homes / "credentials.json", cast)
    steps = sorted(story(folder, cast, homes), key=lambda step: (step.at, step.rank))
    for at, step in track([(step.at, step) for step in steps]):
        silences_until(at)
        move_clock(at)
        step.do(at)
    return [folder_of(mark) for mark in cast["bookmarks"]]


def found(cast: dict[str, Any], password: str) -> None:
    """The partnership, its agencies and its practitioners, on the first day."""
    first = date.fromisoformat(cast["first_month"])
    at = start_of(first)
    keep = {key: cast[key] for key in ("duty_line", "out_of_hours", "advocate", "council")} | {"open_search": True}
    share.found_partnership(by=BY, at=at, name=cast["partnership"], simulated=True, settings=keep)
    share.set_clock(by=BY, at=at)
    for one in cast["agencies"]:
        every = timedelta(days=one["expects_every"]) if one["expects_every"] else None
        share.add_agency(
            by=BY, at=at, code=one["code"], name=one["name"], kind=one["kind"], expects_every=every, since=first,
            existence=True, discreet=one["kind"] in DISCREET,
        )  # fmt: skip
    for one in cast["practitioners"]:
        share.add_practitioner(
            by=BY, at=at, email=one["email"], name=one["name"], agency=one["agency"], password=password,
            roles=one["roles"],
        )  # fmt: skip


def issue_credentials(file: Path, cast: dict[str, Any]) -> None:
    """A key for one agency's system and a link for another's staff, so that a visitor can send by them."""
    issued = {}
    for agency, use in (("hospital", "api"), ("supported-accommodation", "link")):
        code = next(one["code"] for one in cast["agencies"] if one["kind"] == agency)
        made = share.issue_credential(by=BY, at=house.now(), agency=code, use=use, label="the demonstration")
        issued[use] = {"agency": code, "token": made.token, "code": made.code}
    file.touch(mode=0o600)
    file.write_text(json.dumps(issued))


def story(folder: Path, cast: dict[str, Any], homes: Path) -> Iterator[Step]:
    """Everything that happens, in no order yet."""
    for agency, body in bodies(folder / "feeds"):
        sent = datetime.fromisoformat(json.loads(body)["sent"]).astimezone(UTC)
        yield Step(sent, 0, lambda at, agency=agency, body=body: take_in(agency, body, at))  # type: ignore[misc]
    for one in cast["involvements"]:
        child = cast["children"][one["child"]]
        since = london(one["since"] + "T18:00")  # the allocation is written down at the end of its day
        yield Step(since, 1, lambda at, one=one, child=child: involve(one, child, at))  # type: ignore[misc]
    for one in cast["acts"]:
        yield Step(london(one["at"]), 1, lambda at, one=one: ACTS[one["do"]](one, at))  # type: ignore[misc]
    marks = [london(mark["at"]) for mark in cast["bookmarks"]]
    for at in working_afternoons(date.fromisoformat(cast["first_month"]), max(marks)):
        in_view = any(at < mark <= at + BOOKMARK_IN_VIEW for mark in marks)
        yield Step(at, 2, lambda at, in_view=in_view: at_work(at, spare=spared(cast) if in_view else set()))  # type: ignore[misc]
    for mark in cast["bookmarks"]:
        yield Step(london(mark["at"]), 3, lambda at, mark=mark: set_aside(homes / folder_of(mark)))  # type: ignore[misc]  # noqa: ARG005


def working_afternoons(first: date, last: datetime) -> Iterator[datetime]:
    """Half past four on every working day."""
    day = first
    while (at := start_of(day) + AFTERNOON) < last:
        if is_working_day(day):
            yield at
        day += timedelta(days=1)


def spared(cast: dict[str, Any]) -> set[int]:
    """Heads of the children the story is about: what is open about them stays so for who sits down at the desk."""
    return {
        head_named(child) for child in cast["children"].values() if linked.is_said(child["agency"], child["message"])
    }


def bodies(feeds: Path) -> Iterator[tuple[str, bytes]]:
    """(agency, notice) of every line of every file."""
    for path in sorted(feeds.glob("*/*.jsonl")):
        for line in path.read_bytes().splitlines():
            yield path.parent.name, line


def take_in(agency: str, body: bytes, at: datetime) -> None:
    loading.take_in([(agency, body)], at=at)
    worker.once(at=at)


def silences_until(at: datetime) -> None:
    """Let every silence that falls due before this moment speak on its own day, at nine in the morning."""
    while (due := recognise.next_due()) and (morning := start_of(due) + timedelta(hours=9)) < at:
        move_clock(morning)
        ticking.tick(at=house.now())


def move_clock(at: datetime) -> None:
    if at > house.now():
        share.set_clock(by=BY, at=at)


def involve(one: dict[str, Any], child: dict[str, Any], at: datetime) -> None:
    """A practitioner begins to work with a child."""
    head = head_named(child)
    person = house.practitioner_of(one["email"])
    share.involve(by=BY, at=at, subject=house.subjects([head])[head], relation=one["relation"], practitioner=person)


def set_aside(home: Path) -> None:
    """Copy database and keys into a home of their own: the bookmarked day."""
    home.mkdir(parents=True, exist_ok=True)
    (home / "joinedup.sqlite3").unlink(missing_ok=True)
    with sqlite3.connect(home / "joinedup.sqlite3") as copy:
        connection.ensure_connection()
        connection.connection.backup(copy)
    for name in ("master.key", "seal.key", "secret.key"):
        shutil.copy2(settings.HOME / name, home / name)


def folder_of(mark: dict[str, Any]) -> str:
    return f"month-{mark['month']:02}"


def london(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON).astimezone(UTC)
