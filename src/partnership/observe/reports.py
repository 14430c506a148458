"""From what happened to what is sent: who reports it, when, in which words, and whether it becomes a referral."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random

from partnership.agencies import Agency
from partnership.lives.draw import TOGETHER, Happenings
from partnership.lives.rates import Kind, lives
from partnership.notices import Json, filled
from partnership.observe.cards import Cards
from partnership.observe.events import event
from partnership.observe.messages import Messages, Sent, in_hours
from partnership.observe.response import CARE, Response
from partnership.observe.slips import errors
from partnership.observe.words import childs_words, going_well, role, words
from partnership.world.children import YEAR

TOLD_IS_KNOWN = 0.8  # that a notice says whether anybody was told
CHILD_SPEAKS, CHILD_SPEAKS_OF_GOOD = 0.12, 0.5


@dataclass
class Reports:
    """Writes the notices of one part of the population."""

    messages: Messages
    response: Response

    @property
    def dice(self) -> Random:
        return self.messages.dice

    @property
    def cards(self) -> Cards:
        return self.messages.cards

    def of(self, drawn: Happenings) -> Iterator[Sent]:
        """Every notice about these happenings, in their order."""
        kinds = list(lives().happenings.values())
        for place in range(len(drawn)):
            kind = kinds[int(drawn.kind[place])]
            yield from self._of_one(kind, int(drawn.child[place]), float(drawn.when[place]), self.key(place))

    def key(self, place: int) -> str:
        """The truth's name for the happening at a place of this part."""
        return f"e{self.cards.part.number:03d}{place:07d}"

    def _of_one(self, kind: Kind, row: int, when: float, key: str) -> Iterator[Sent]:
        by = self.messages.reporters.by_weight(self.dice, kind.by, self.cards.children, row, when)
        if by is None:
            return
        rows = self._together(kind, row, when)
        what = event(self.dice, kind, self.cards.part.settings.day(int(when)), when % 1)
        referred = self.dice.random() < kind.refer
        first = self._report(by, rows, what, when, key, told=self._told(by, referred))
        yield first
        yield from self._others(kind, rows, what, when, key, by)
        if referred:
            yield from self.response.referral(rows, first.at, key)
        if kind.kind == "missing" and self.dice.random() < lives().response["return-conversation"]:
            within = first.at + timedelta(days=self.dice.random() * 3)
            yield self.response.answer(["return-conversation"], rows, within, key=key)
        if self.dice.random() < kind.answered:
            later = first.at + timedelta(days=2 + self.dice.expovariate(1 / 15))
            yield self.response.answer(["help-answered"], rows, later, key=key)

    def _together(self, kind: Kind, row: int, when: float) -> tuple[int, ...]:
        """The children it is about: one, or most of those of the household who are born and under 18."""
        if kind.unit == "child":
            return (row,)
        children = self.cards.children
        ages = {other: (when - children.born[other]) / YEAR for other in self.cards.household_of(row)}
        return tuple(
            other for other, age in ages.items() if other == row or (0 <= age < 18 and self.dice.random() < TOGETHER)
        )

    def _told(self, by: Agency, referred: bool) -> list[str] | None:
        """Agencies told: children's social care if it was referred, nobody, or not said."""
        if referred and by.kind != CARE:
            return [self.messages.reporters.only(CARE).code]
        return [] if self.dice.random() < TOLD_IS_KNOWN else None

    def _others(
        self, kind: Kind, rows: tuple[int, ...], what: Json, when: float, key: str, first: Agency
    ) -> Iterator[Sent]:
        """Other agencies' reports of the same event."""
        for other, chance in kind.also.items():
            if self.dice.random() < chance:
                by = self.messages.reporters.of_kind(other, self.cards.children, rows[0], when)
                if by is not None and by is not first:
                    yield self._report(by, rows, what, when, key, told=self._told(by, False), heard=True)

    def _report(
        self, by: Agency, rows: tuple[int, ...], what: Json, when: float, key: str, *,
        told: list[str] | None, heard: bool = False,
    ) -> Sent:  # fmt: skip
        """One agency's notice. `heard`: it was told of the event and did not see it."""
        at = self._sent_at(by, when)
        named = self.messages.named(by, rows, int(when), what["kind"])
        sure = not heard and self.dice.random() < 0.5
        said = what | {"standing": "observed" if sure else "reported"} | self._words(by, what, named.who)
        said["told"] = "unknown" if told is None else [self._telling(code, at) for code in told]
        observer = {"role": role(self.dice, by.kind), "first_hand": not heard and self.dice.random() < 0.7}
        return self.messages.sent(by, at, named, [said], key=key, observer=observer)

    def _telling(self, code: str, at: datetime) -> Json:
        return {"agency": code, "state": "sent", "when": at.date().isoformat()}

    def _words(self, by: Agency, what: Json, who: str) -> Json:
        good = what["kind"] == "good-news"
        said = words(
            self.dice, by=by.kind, kind=what["kind"], concerns=what["concerns"], who=who, count=what.get("count")
        )
        spoken = childs_words(self.dice, by.kind, CHILD_SPEAKS_OF_GOOD if good else CHILD_SPEAKS)
        return filled(words=said, childs_words=spoken, going_well=going_well(self.dice) if good else None)

    def _sent_at(self, by: Agency, when: float) -> datetime:
        """After the agency's own delay, in its own hours."""
        usual = errors().delays[by.kind]
        late = self.dice.uniform(15, 60) if self.dice.random() < usual["late"] else 0.0
        days = when + late + usual["median"] * self.dice.lognormvariate(0, 0.8)
        start = datetime.combine(self.cards.part.settings.start, time())
        return in_hours(start + timedelta(days=days), working=not usual.get("always"))
