"""Who was told and what worries, from the text in which they are kept. Texts recur, so each is read once."""

import json
from functools import lru_cache

from joinedup.chronicle.rules.line import Told
from joinedup.ground.periods import Period, read_period


@lru_cache(maxsize=8192)
def told_from(kept: str | None) -> tuple[Told, ...] | None:
    """The kept list `[{agency, state, when}]` as values; None stays None: not known."""
    if kept is None:
        return None
    return tuple(Told(one["agency"], one["state"], said_when(one.get("when", ""))) for one in json.loads(kept))


@lru_cache(maxsize=8192)
def concerns_from(kept: str) -> frozenset[str]:
    """The kept list of codes."""
    return frozenset(json.loads(kept))


@lru_cache(maxsize=8192)
def said_when(text: str) -> Period:
    """A day as said; UNKNOWN when it is not said or not understood."""
    return read_period(text, None, None, None, None)[0]
