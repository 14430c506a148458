"""Who was told, as it is kept and as it is read."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from joinedup.chronicle.rules.line import Told
from joinedup.ground.periods import Period, read_period


def told_from(kept: Iterable[Mapping[str, str]] | None) -> tuple[Told, ...] | None:
    """The kept list `[{agency, state, when}]` as values; None stays None: not known."""
    if kept is None:
        return None
    return tuple(Told(one["agency"], one["state"], said_when(one.get("when", ""))) for one in kept)


@lru_cache(maxsize=4096)
def said_when(text: str) -> Period:
    """A day as said; UNKNOWN when it is not said or not understood."""
    return read_period(text, None, None, None, None)[0]
