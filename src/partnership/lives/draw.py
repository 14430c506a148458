"""Draws what happens to a part of the population: base rates, runs of events, and the events of latent situations."""

from dataclasses import dataclass

import numpy as np

from partnership.lives.rates import Kind, Situation, lives
from partnership.world.children import YEAR, Children
from partnership.world.households import Flags, Floats, Households, Ints
from partnership.world.settings import Part

TOGETHER = 0.85  # that a child of the household is part of what happens in it
BETWEEN = 25.0  # mean days between the events of one run
NOTHING_BEHIND = -1


@dataclass
class Spells:
    """Latent situations, one row each: of which kind, for which child row, from which to which day (exclusive)."""

    situation: Ints
    child: Ints
    starts: Ints
    ends: Ints


@dataclass
class Happenings:
    """One row a happening: which kind (place in `lives().names`), when (days from the start), whose.

    `child` is the row it is first about. `shared`: something in the household, about brothers and sisters too.
    `behind`: the spell it belongs to, or -1.
    """

    kind: Ints
    child: Ints
    when: Floats
    behind: Ints

    def __len__(self) -> int:
        return len(self.kind)


@dataclass
class _World:
    part: Part
    homes: Households
    children: Children
    rng: np.random.Generator

    @property
    def days(self) -> int:
        return self.part.settings.days

    def weights(self, power: float) -> Floats:
        """For each child, how much likelier than on average: strain to a power, mean 1 over the part."""
        weight = self.homes.strain**power
        spread: Floats = (weight / weight.mean())[self.children.household]
        return spread


def draw_lives(part: Part, homes: Households, children: Children) -> tuple[Spells, Happenings]:
    """Everything that happens, in order of child and time."""
    world = _World(part, homes, children, part.rng(3))
    spells = _spells(world)
    drawn = [_ordinary(world, place, kind) for place, kind in enumerate(lives().happenings.values())]
    drawn += [_added(world, spells, place, situation) for place, situation in enumerate(lives().situations.values())]
    every = Happenings(
        *(np.concatenate([getattr(one, name) for one in drawn]) for name in ("kind", "child", "when", "behind"))
    )
    order = np.lexsort((every.when, every.child))
    return spells, Happenings(every.kind[order], every.child[order], every.when[order], every.behind[order])


def _fits(world: _World, kind: Kind, child: Ints, when: Floats) -> Flags:
    """Whether each happening falls into the period, the ages and the children it is for."""
    age = (when - world.children.born[child]) / YEAR
    fits = (when >= 0) & (when < world.days) & (age >= kind.ages[0]) & (age < kind.ages[1] + 1)
    return fits & _only(world, kind)[child]


def _only(world: _World, kind: Kind) -> Flags:
    return {
        "": np.ones(len(world.children), dtype=bool),
        "looked-after": world.children.looked_after,
        "disabled": world.children.disabled,
    }[kind.only]


def _ordinary(world: _World, place: int, kind: Kind) -> Happenings:
    """Events at base rate. One in a household is drawn for one child in it, so that there it happens once."""
    share = 1.0 / (_company(world) * TOGETHER + 1 - TOGETHER) if kind.unit == "household" else 1.0
    expected = kind.rate / 1000 / kind.burst * world.days / YEAR * world.weights(kind.strain) * share
    child = np.repeat(np.arange(len(world.children)), world.rng.poisson(expected * _only(world, kind)))
    child, when = _in_runs(world, kind, child, world.rng.random(len(child)) * world.days)
    return _chosen(world, place, kind, child, when, np.full(len(child), NOTHING_BEHIND))


def _company(world: _World) -> Floats:
    company: Floats = world.homes.size[world.children.household].astype(np.float64)
    return company


def _in_runs(world: _World, kind: Kind, child: Ints, when: Floats) -> tuple[Ints, Floats]:
    """Each event with those that follow it in a run, some weeks apart."""
    if kind.burst <= 1.0 or not len(child):
        return child, when
    length = world.rng.geometric(1 / kind.burst, len(child))
    first = np.repeat(np.cumsum(length) - length, length)
    gaps = np.cumsum(world.rng.exponential(BETWEEN, int(length.sum())))
    return np.repeat(child, length), np.repeat(when, length) + gaps - gaps[first]


def _chosen(world: _World, place: int, kind: Kind, child: Ints, when: Floats, behind: Ints) -> Happenings:
    fits = _fits(world, kind, child, when)
    return Happenings(np.full(int(fits.sum()), place), child[fits], when[fits], behind[fits])


def _spells(world: _World) -> Spells:
    parts = [_of_situation(world, place, one) for place, one in enumerate(lives().situations.values())]
    return Spells(
        *(np.concatenate([getattr(one, name) for one in parts]) for name in ("situation", "child", "starts", "ends"))
    )


def _of_situation(world: _World, place: int, situation: Situation) -> Spells:
    """Whom it meets and when: likelier where life is harder, for all children of a household at once."""
    share = situation.share * world.days / (2 * YEAR)
    if situation.unit == "household":
        weight = world.homes.strain**situation.strain
        met = world.rng.random(len(world.homes)) < share * weight / weight.mean()
        starts = world.rng.integers(-situation.days // 2, world.days, len(world.homes))
        child = np.flatnonzero(met[world.children.household])
        begins = starts[world.children.household[child]]
    else:
        of_age = _ages_within(world, situation)
        odds = share * world.weights(situation.strain) * of_age / max(0.01, float(of_age.mean()))
        child = np.flatnonzero(world.rng.random(len(world.children)) < odds)
        begins = world.rng.integers(-situation.days // 2, world.days, len(child))
    return Spells(np.full(len(child), place), child, begins, begins + situation.days)


def _ages_within(world: _World, situation: Situation) -> Flags:
    age = world.children.age(world.days // 2)
    return (age >= situation.ages[0]) & (age < situation.ages[1] + 1)


def _added(world: _World, spells: Spells, place: int, situation: Situation) -> Happenings:
    """The further events of every spell of one situation."""
    rows = np.flatnonzero(spells.situation == place)
    drawn = [_of_spells(world, spells, rows, name, rate) for name, rate in situation.adds.items()]
    return Happenings(
        *(np.concatenate([getattr(one, name) for one in drawn]) for name in ("kind", "child", "when", "behind"))
    )


def _of_spells(world: _World, spells: Spells, rows: Ints, name: str, rate: float) -> Happenings:
    kind = lives().happenings[name]
    length = spells.ends[rows] - spells.starts[rows]
    share = 1.0 / _company(world)[spells.child[rows]] if kind.unit == "household" else 1.0
    times = world.rng.poisson(rate * length / YEAR * share)
    behind = np.repeat(rows, times)
    since: Floats = world.rng.random(len(behind)) * (spells.ends - spells.starts)[behind]
    when: Floats = spells.starts[behind] + since
    return _chosen(world, lives().names.index(name), kind, spells.child[behind], when, behind)


def care_moves(drawn: Happenings) -> dict[int, list[int]]:
    """Days on which children in care moved, by child row."""
    kinds = [
        place
        for place, kind in enumerate(lives().happenings.values())
        if kind.kind in ("move-planned", "move-unplanned")
    ]
    moves: dict[int, list[int]] = {}
    for row in np.flatnonzero(np.isin(drawn.kind, kinds)):
        moves.setdefault(int(drawn.child[row]), []).append(int(drawn.when[row]))
    return moves
