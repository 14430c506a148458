"""What happens to messages on the way: feeds that are down for days, messages sent twice, corrections that follow."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from random import Random

import numpy as np

from partnership.agencies import Agency
from partnership.notices import Json, instant
from partnership.observe.messages import Messages, Sent
from partnership.observe.slips import errors
from partnership.world.settings import Settings

Outages = dict[str, tuple[datetime, datetime]]


def outages(settings: Settings, agencies: list[Agency]) -> Outages:
    """For some agencies one stretch of days in which nothing left; all of it goes on the first morning after."""
    rng, chances = np.random.default_rng([settings.seed, 998]), errors().traffic
    found: Outages = {}
    for agency in agencies:
        luck, at, length = rng.random(), rng.random() * settings.days, 2 + rng.exponential(chances["outage-days"] - 2)
        if luck < chances["outage"]:
            start = datetime.combine(settings.day(int(at)), time())
            found[agency.code] = start, start + timedelta(days=int(length), hours=7)
    return found


@dataclass
class Traffic:
    """The road between an agency and the partnership, for one part of the population."""

    messages: Messages
    outages: Outages
    until: datetime

    @property
    def dice(self) -> Random:
        return self.messages.dice

    def of(self, every: Iterable[Sent]) -> Iterator[Sent]:
        """What arrives up to the end of the period: each message, some of them again, and corrections of some."""
        for first in every:
            one = self._held_up(first)
            if one.at < self.until:
                yield one
                yield from (later for later in self._following(one) if later.at < self.until)

    def _held_up(self, one: Sent) -> Sent:
        down = self.outages.get(one.agency.code)
        if down is None or not down[0] <= one.at < down[1]:
            return one
        at = down[1] + timedelta(seconds=self.dice.randrange(3600))
        return replace(one, at=at, notice=one.notice | {"sent": instant(at)})

    def _following(self, one: Sent) -> Iterator[Sent]:
        if self.dice.random() < errors().traffic["sent-again"]:
            yield replace(one, at=one.at + timedelta(days=self.dice.randrange(1, 9)))
        if self.dice.random() < errors().traffic["corrected"]:
            yield self._corrected(one)

    def _corrected(self, one: Sent) -> Sent:
        """The same notice under a new number, who it is about put right."""
        at = one.at + timedelta(days=self.dice.randrange(1, 30), minutes=self.dice.randrange(60))
        day = (at.date() - self.messages.cards.part.settings.start).days
        persons = [self._put_right(one, person, day) for person in one.notice["persons"]]
        changed = {
            "sent": instant(at),
            "id": self.messages.new_id(one.agency),
            "corrects": one.notice["id"],
            "persons": persons,
        }
        return replace(one, at=at, notice=one.notice | changed)

    def _put_right(self, one: Sent, person: Json, day: int) -> Json:
        if person["n"] > len(one.rows):
            return person
        true = self.messages.cards.child(one.agency, one.rows[person["n"] - 1], day, truly=True)
        return {"n": person["n"], "role": person["role"]} | true
