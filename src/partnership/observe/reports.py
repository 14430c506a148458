"""From what happened to what is sent: who reports it, when, in which words, and what children's social care answers."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from random import Random

from partnership.agencies import Agency
from partnership.lives.draw import TOGETHER, Happenings
from partnership.lives.rates import Kind, lives
from partnership.notices import Json, filled, happened, instant, notice
from partnership.observe.cards import Cards
from partnership.observe.reporters import Reporters
from partnership.observe.slips import errors
from partnership.observe.words import childs_words, going_well, role, words
from partnership.world.children import YEAR

OWN_EVENT = {
    "missing",
    "absence",
    "exclusion",
    "attendance",
    "police-stop",
    "move-unplanned",
    "not-brought",
    "planned-attendance",
}
TOLD_IS_KNOWN = 0.8  # that a notice says whether anybody was told
NINE, FIVE = 9, 17


@dataclass(frozen=True)
class Sent:
    """One message on its way. `mentions`: whom each mention truly is. `rows`: child rows of the subjects."""

    agency: Agency
    at: datetime  # local time of England
    notice: Json
    mentions: dict[int, str]
    happening: str
    rows: tuple[int, ...]


@dataclass
class Reports:
    """Writes the notices of one part of the population."""

    cards: Cards
    reporters: Reporters
    dice: Random
    _counted: dict[str, int] = field(default_factory=dict)

    def of(self, drawn: Happenings) -> Iterator[Sent]:
        """Every notice about these happenings, in their order."""
        kinds = list(lives().happenings.values())
        for place in range(len(drawn)):
            kind = kinds[int(drawn.kind[place])]
            yield from self._of_one(kind, int(drawn.child[place]), float(drawn.when[place]), self.key(place))

    def opening(self) -> Iterator[Sent]:
        """The opening record of every child who is looked after when the period begins (a statutory status)."""
        children, start = self.cards.children, datetime.combine(self.cards.part.settings.start, time(10))
        for row in range(len(children)):
            if children.looked_after[row] and -18 * YEAR < children.born[row] < -30:
                since = start.date() - timedelta(days=self.dice.randrange(1, min(1800, -int(children.born[row]))))
                one = self._answer("looked-after-begun", (row,), start + timedelta(days=self.dice.random() * 9), "")
                one.notice["events"][0] |= {"happened": happened(since), "standing": "established"}
                yield one

    def key(self, place: int) -> str:
        """The truth's name for the happening at a place of this part."""
        return f"e{self.cards.part.number:03d}{place:07d}"

    def _of_one(self, kind: Kind, row: int, when: float, key: str) -> Iterator[Sent]:
        by = self.reporters.by_weight(self.dice, kind.by, self.cards.children, row, when)
        if by is None:
            return
        rows = self._together(kind, row, when)
        event = self._event(kind, when)
        referred = self.dice.random() < kind.refer
        first = self._report(by, rows, event, when, key, self._told(by, referred))
        yield first
        for other, chance in kind.also.items():
            if self.dice.random() < chance:
                yield from self._also(other, rows, event, when, key, by)
        if referred:
            yield from self._referral(rows, first, key)
        if kind.kind == "missing" and self.dice.random() < lives().response["return-conversation"]:
            yield self._answer("return-conversation", rows, first.at + timedelta(days=self.dice.random() * 3), key)
        if self.dice.random() < kind.answered:
            yield self._answer("help-answered", rows, first.at + timedelta(days=2 + self.dice.expovariate(1 / 15)), key)

    def _together(self, kind: Kind, row: int, when: float) -> tuple[int, ...]:
        """The children it is about: one, or those of the household who are born and under 18."""
        if kind.unit == "child":
            return (row,)
        children = self.cards.children
        home = children.household[row]
        first, last = row, row
        while first > 0 and children.household[first - 1] == home:
            first -= 1
        while last + 1 < len(children) and children.household[last + 1] == home:
            last += 1
        return tuple(
            other
            for other in range(first, last + 1)
            if other == row or (0 <= when - children.born[other] < 18 * 365 and self.dice.random() < TOGETHER)
        )

    def _event(self, kind: Kind, when: float) -> Json:
        concerns = [self.dice.choices(list(kind.concerns), list(kind.concerns.values()))[0]]
        if kind.kind == "concern" and len(kind.concerns) > 1 and self.dice.random() < 0.15:
            concerns = list(dict.fromkeys([*concerns, self.dice.choice(list(kind.concerns))]))
        count = self._days_missed(kind.kind)
        return filled(
            kind=kind.kind,
            happened=self._happened(kind.kind, when, count),
            concerns=[concern for concern in concerns if concern != "none"],
            side=kind.side,
            count=count,
        )

    def _days_missed(self, kind: str) -> int | None:
        if kind == "absence":
            return self.dice.randrange(5, 16)
        return self.dice.choice((1, 1, 2, 2, 3, 5)) if kind == "exclusion" else None

    def _happened(self, kind: str, when: float, count: int | None) -> Json:
        day = self.cards.part.settings.day(int(when))
        if kind in ("attendance", "planned-attendance"):
            return happened(datetime.combine(day, time(int(when % 1 * 24), int(when * 1440) % 60 // 5 * 5)))
        if count and count > 1:
            return happened(day, day + timedelta(days=count * 7 // 5), lasting=True)
        if kind in OWN_EVENT:
            return happened(day)
        return self._coarse(day) or happened(day)

    def _coarse(self, day: object) -> Json | None:
        """Some concerns come with a month, a few words or no date at all."""
        chances, luck = errors().dates, self.dice.random()
        iso = str(day)
        if luck < chances["month-only"]:
            return {"from": iso[:7], "precision": "month"}
        if luck < chances["month-only"] + chances["words"]:
            season = ("winter", "spring", "summer", "autumn")[int(iso[5:7]) % 12 // 3]
            return {"words": f"{season} {iso[:4]}"}
        return {"precision": "unknown"} if luck < sum(chances.values()) else None

    def _told(self, by: Agency, referred: bool) -> list[str] | None:
        """Agencies told: children's social care if it was referred, nobody, or not said."""
        if referred and by.kind != "childrens-social-care":
            return ["ellensford-social-care"]
        return [] if self.dice.random() < TOLD_IS_KNOWN else None

    def _delayed(self, by: Agency, when: float) -> datetime:
        """When the agency sends it: after its own delay, in its own hours."""
        usual = errors().delays[by.kind]
        late = self.dice.uniform(15, 60) if self.dice.random() < usual["late"] else 0.0
        delay = usual["median"] * self.dice.lognormvariate(0, 0.8) + late
        settings = self.cards.part.settings
        return in_hours(
            datetime.combine(settings.start, time()) + timedelta(days=when + delay), not usual.get("always")
        )

    def _also(
        self, kind: str, rows: tuple[int, ...], event: Json, when: float, key: str, first: Agency
    ) -> Iterator[Sent]:
        by = self.reporters.of_kind(kind, self.cards.children, rows[0], when)
        if by is not None and by is not first:
            yield self._report(by, rows, event, when, key, self._told(by, False), heard=True)

    def _report(
        self,
        by: Agency,
        rows: tuple[int, ...],
        event: Json,
        when: float,
        key: str,
        told: list[str] | None,
        heard: bool = False,
    ) -> Sent:
        at = self._delayed(by, when)
        persons, mentions = self._persons(by, rows, int(when), event["kind"])
        who = next((name["given"] for name in persons[0]["names"]), "The child")
        good = event["kind"] == "good-news"
        said = event | filled(
            standing="observed" if not heard and self.dice.random() < 0.5 else "reported",
            words=words(
                self.dice, by=by.kind, kind=event["kind"], concerns=event["concerns"], who=who, count=event.get("count")
            ),
            childs_words=childs_words(self.dice, by.kind, 0.5 if good else 0.12),
            going_well=going_well(self.dice) if good else None,
            told="unknown"
            if told is None
            else [{"agency": code, "state": "sent", "when": at.date().isoformat()} for code in told],
        )
        observer = {"role": role(self.dice, by.kind), "first_hand": not heard and self.dice.random() < 0.7}
        return self._sent(by, at, persons, mentions, [said], key, rows, observer)

    def _persons(self, by: Agency, rows: tuple[int, ...], day: int, kind: str) -> tuple[list[Json], dict[int, str]]:
        persons = [{"n": n, "role": "subject"} | self.cards.child(by, row, day) for n, row in enumerate(rows, start=1)]
        mentions = {n: child_key(int(self.cards.children.number[row])) for n, row in enumerate(rows, start=1)}
        if kind != "good-news" and self.dice.random() < errors().agencies[by.kind]["parents"]:
            home, n = int(self.cards.children.household[rows[0]]), len(persons) + 1
            mother = self.cards.homes.adults[home] == 1 or self.dice.random() < 0.7
            persons.append({"n": n} | self.cards.adult(home, mother) | {"in_household": "yes"})
            mentions[n] = adult_key(self.cards.part.number, home, mother)
        return persons, mentions

    def _sent(
        self, by: Agency, at: datetime, persons: list[Json], mentions: dict[int, str], events: list[Json], key: str,
        rows: tuple[int, ...], observer: Json,
    ) -> Sent:  # fmt: skip
        numbered = [{"n": n, "about": list(range(1, len(rows) + 1))} | event for n, event in enumerate(events, start=1)]
        whole = notice(
            sent=instant(at), id_=self.new_id(by), agency=by.code, observer=observer, persons=persons, events=numbered
        )
        return Sent(by, at, whole, mentions, key, rows)

    def new_id(self, by: Agency) -> str:
        """The agency's next message number: three digits of the part, five of its own count in it."""
        self._counted[by.code] = self._counted.get(by.code, 0) + 1
        return f"{by.prefix}-{self.cards.part.number:03d}{self._counted[by.code]:05d}"

    def _answer(
        self,
        kind: str,
        rows: tuple[int, ...],
        at: datetime,
        key: str,
        outcome: str | None = None,
        more: str | None = None,
    ) -> Sent:
        """What children's social care writes about its own work with these children: one event, or two on one day."""
        by = self.reporters.of_kind("childrens-social-care", self.cards.children, rows[0], 0.0)
        assert by is not None
        at = in_hours(at, working=True)
        persons, mentions = self._persons(by, rows, (at.date() - self.cards.part.settings.start).days, kind)
        who = persons[0]["names"][0]["given"]
        events = [
            filled(
                kind=one,
                happened=happened(at.date()),
                concerns=[],
                standing="assessed",
                outcome=outcome,
                words=words(self.dice, by=by.kind, kind=one, concerns=[], who=who),
                childs_words=childs_words(self.dice, by.kind, 0.2),
                told="unknown",
            )
            for one in ([kind, more] if more else [kind])
        ]
        return self._sent(by, at, persons, mentions, events, key, rows, {"role": role(self.dice, by.kind)})

    def _referral(self, rows: tuple[int, ...], first: Sent, key: str) -> Iterator[Sent]:
        """A referral and what becomes of it, by the shares of the year to March 2025."""
        share, luck = lives().response, self.dice.random()
        at = first.at + timedelta(days=self.dice.random())
        ended = "other-agency-involved" if self.dice.random() < share["another-agency"] else "no-further-action"
        if luck < share["no-further-action"]:
            yield self._answer("referral", rows, at, key)
            yield self._answer("closure", rows, at + timedelta(days=1 + self.dice.random() * 4), key, ended)
            return
        yield self._answer("referral", rows, at, key, "accepted")
        done = at + timedelta(days=self.dice.triangular(14, 65, 48))
        if luck < share["no-further-action"] + share["assessed-not-in-need"]:
            yield self._answer("assessment-ended", rows, done, key, ended, "closure")
            return
        yield from self._in_need(rows, at, done, key)

    def _in_need(self, rows: tuple[int, ...], at: datetime, done: datetime, key: str) -> Iterator[Sent]:
        share = lives().response
        in_need = 1 - share["no-further-action"] - share["assessed-not-in-need"]
        luck = self.dice.random() * in_need
        if luck < share["section-47"]:
            yield self._answer("section-47", rows, at + timedelta(days=self.dice.random() * 8), key)
        if luck < share["conference"]:
            yield self._answer("conference", rows, at + timedelta(days=15 + self.dice.random() * 8), key)
        yield self._answer(
            "assessment-ended", rows, done, key, "plan-agreed", "plan-begun" if luck < share["plan"] else None
        )
        if luck < share["plan"]:
            yield self._answer(
                "plan-ended", rows, done + timedelta(days=self.dice.triangular(90, 420, 200)), key, "ended"
            )


def in_hours(at: datetime, working: bool) -> datetime:
    """The same moment, or for those who work nine to five the next one in their hours."""
    if not working:
        return at.replace(second=0, microsecond=0)
    if at.hour >= FIVE:
        at = at.replace(hour=NINE) + timedelta(days=1)
    elif at.hour < NINE:
        at = at.replace(hour=NINE)
    weekend = max(0, at.weekday() - 4)
    return (at + timedelta(days=3 - weekend if weekend else 0)).replace(second=0, microsecond=0)


def child_key(number: int) -> str:
    """The truth's name for a child."""
    return f"c{number:07d}"


def adult_key(part: int, home: int, mother: bool) -> str:
    """The truth's name for a parent."""
    return f"a{part:03d}{home:05d}{'m' if mother else 'f'}"
