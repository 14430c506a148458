"""The other children of Ellensford: of a small world over the story's months, the first who are written about."""

from partnership.make import World, new_world, sent_by
from partnership.observe.messages import Sent
from partnership.story.story import FIRST_MONTH
from partnership.truth import Truth
from partnership.world.settings import PART, Settings

SEED = 2024
YEARS = 2.5
ONE_IN = 5  # about so many children are never written about for each who is


def background(children: int, record: Truth | None) -> list[Sent]:
    """Every message about so many children (or few more: brothers and sisters come together)."""
    world = _world(children)
    found: list[Sent] = []
    for part in world.settings.parts():
        found += sent_by(world, part, record)
    chosen = _first(found, children)
    return [one for one in found if chosen.issuperset(_children(one))]


def _world(children: int) -> World:
    of_all = min(PART * 50, max(200, children * (ONE_IN + 1)))
    world = new_world(Settings(of_all, SEED, YEARS, FIRST_MONTH))
    return World(world.settings, [agency for agency in world.agencies if not agency.prefix.startswith("S0")], {})


def _children(one: Sent) -> set[str]:
    return {one.mentions[n] for n in range(1, len(one.rows) + 1)}


def _first(found: list[Sent], children: int) -> set[str]:
    """The first children by number, up to a count of those written about, with those written about beside them."""
    groups = [_children(one) for one in found]
    chosen = set(sorted(set().union(*groups))[:children])
    return chosen.union(*(group for group in groups if group & chosen))
