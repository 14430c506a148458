"""An event as reported: what worries, for how long, and how exactly anybody can say when."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from random import Random

from partnership.lives.rates import Kind
from partnership.notices import Json, filled, happened
from partnership.observe.slips import errors

NO_CONCERN = "none"
AT_A_TIME = {"attendance", "planned-attendance"}  # the clock is written down
DATED = {"missing", "absence", "exclusion", "police-stop", "move-unplanned", "move-planned", "not-brought"}
SEASONS = ("winter", "spring", "summer", "autumn")
SECOND_CONCERN = 0.15


def event(dice: Random, kind: Kind, day: date, moment: float) -> Json:
    """The fields of an event on a day; `moment` is the time of day, from 0 to 1."""
    count = days_missed(dice, kind.kind)
    return filled(
        kind=kind.kind,
        happened=when(dice, kind.kind, day, moment, count),
        concerns=[concern for concern in concerns(dice, kind) if concern != NO_CONCERN],
        side=kind.side,
        count=count,
    )


def concerns(dice: Random, kind: Kind) -> Iterable[str]:
    first = dice.choices(list(kind.concerns), list(kind.concerns.values()))[0]
    if kind.kind == "concern" and dice.random() < SECOND_CONCERN:
        return dict.fromkeys([first, dice.choice(list(kind.concerns))])
    return [first]


def days_missed(dice: Random, kind: str) -> int | None:
    """School days of an absence or a suspension."""
    if kind == "absence":
        return dice.randrange(5, 16)
    return dice.choice((1, 1, 2, 2, 3, 5)) if kind == "exclusion" else None


def when(dice: Random, kind: str, day: date, moment: float, count: int | None) -> Json:
    if kind in AT_A_TIME:
        return happened(datetime.combine(day, time(int(moment * 24), int(moment * 1440) % 60 // 5 * 5)))
    if count and count > 1:
        return happened(day, day + timedelta(days=count * 7 // 5), lasting=True)
    return (None if kind in DATED else coarse(dice, day)) or happened(day)


def coarse(dice: Random, day: date) -> Json | None:
    """Some concerns come with a month, a few words or no date at all."""
    chances, luck = errors().dates, dice.random()
    if luck < chances["month-only"]:
        return {"from": day.isoformat()[:7], "precision": "month"}
    if luck < chances["month-only"] + chances["words"]:
        return {"words": f"{SEASONS[day.month % 12 // 3]} {day.year}"}
    return {"precision": "unknown"} if luck < sum(chances.values()) else None
