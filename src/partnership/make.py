"""Makes a fictional partnership of any size: part after part of its population, so that memory holds one at a time."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import chain
from pathlib import Path
from random import Random
from typing import Any

from partnership.agencies import Agency, about
from partnership.feeds import Feeds
from partnership.lives.draw import care_moves, draw_lives
from partnership.notices import line
from partnership.observe.cards import Cards
from partnership.observe.messages import Messages, Sent
from partnership.observe.reporters import Reporters
from partnership.observe.reports import Reports
from partnership.observe.response import Response
from partnership.observe.traffic import Outages, Traffic, outages
from partnership.places import world_agencies
from partnership.truth import Truth
from partnership.world.children import make_children
from partnership.world.households import make_households
from partnership.world.record import record_lives, record_world
from partnership.world.settings import Part, Settings

FORM = "partnership/make/1"


@dataclass(frozen=True)
class World:
    """What all parts share."""

    settings: Settings
    agencies: list[Agency]
    outages: Outages

    @property
    def until(self) -> datetime:
        return datetime.combine(self.settings.start + timedelta(days=self.settings.days), time())


def new_world(settings: Settings) -> World:
    agencies = world_agencies(settings.children)
    return World(settings, agencies, outages(settings, agencies))


def make(
    settings: Settings, folder: Path, *, truth: bool, tell: Callable[[int], None] = lambda _: None
) -> dict[str, Any]:
    """Write `feeds/`, `partnership.json` and, if wanted, `truth/`. `tell` hears how many children are done."""
    world, feeds = new_world(settings), Feeds(folder / "feeds")
    record = Truth(folder / "truth") if truth else None
    counted = 0
    for part in settings.parts():
        sent = sent_by(world, part, record)
        if record:
            record_mentions(record, sent)
        feeds.write((one.agency.code, one.at.date(), line(one.notice)) for one in sent)
        counted += len(sent)
        tell(part.size)
    files = feeds.close()
    if record:
        record.close()
    report = _report(world) | {"messages": counted, "files": files}
    (folder / "partnership.json").write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return report


def sent_by(world: World, part: Part, record: Truth | None) -> list[Sent]:
    """Every message of one part; its truth goes into `record`."""
    reporters = Reporters(world.agencies)
    homes = make_households(part)
    children = make_children(part, homes, reporters.schools)
    spells, drawn = draw_lives(part, homes, children)
    dice = Random(f"{world.settings.seed}-{part.number}")  # noqa: S311 - a simulation
    cards = Cards(part, homes, children, dice, care_moves(drawn))
    messages = Messages(cards, reporters, dice)
    response = Response(messages)
    reports = Reports(messages, response)
    traffic = Traffic(messages, world.outages, world.until)
    sent = list(traffic.of(chain(response.opening(), reports.of(drawn))))
    if record:
        record_world(record, cards)
        record_lives(record, reports, spells, drawn)
    return sent


def record_mentions(record: Truth, sent: list[Sent]) -> None:
    """Who each mention of each message truly is; a message sent twice counts once."""
    once = {(one.agency.code, one.notice["id"]): one.mentions for one in sent}
    rows = [(agency, id_, n, person) for (agency, id_), named in once.items() for n, person in named.items()]
    record.add_rows("mentions", ("agency", "message", "n", "person"), rows)


def _report(world: World) -> dict[str, Any]:
    settings = world.settings
    return {
        "form": FORM,
        "partnership": about()["partnership"],
        "children": settings.children,
        "seed": settings.seed,
        "first_day": settings.start.isoformat(),
        "last_day": _last_day(world).isoformat(),
        "agencies": [agency.shown() for agency in world.agencies],
        "outages": {
            code: {"from": start.date().isoformat(), "until": end.date().isoformat()}
            for code, (start, end) in sorted(world.outages.items())
        },
    }


def _last_day(world: World) -> date:
    return world.until.date() - timedelta(days=1)
