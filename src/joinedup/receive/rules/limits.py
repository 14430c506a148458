"""How often one sender may come: a bucket of tokens each, filled at a steady rate. Kept in memory, per process."""

import math
import threading
from datetime import datetime


class Buckets:
    """`burst` at once, then one more each `seconds`. A full bucket is forgotten, so that memory stays small."""

    def __init__(self, *, burst: int, seconds: float) -> None:
        self.burst, self.seconds = burst, seconds
        self._empty_until: dict[str, float] = {}  # when the bucket will be full again, as a timestamp
        self._lock = threading.Lock()

    def __len__(self) -> int:
        """Of how many senders something is remembered."""
        return len(self._empty_until)

    def wait(self, name: str, *, at: datetime, tokens: int = 1) -> int:
        """Take tokens: 0 if there were enough, otherwise nothing is taken and this many seconds are to be waited."""
        now, whole = at.timestamp(), self.burst * self.seconds
        with self._lock:
            full_at = max(self._empty_until.get(name, now), now) + min(tokens, self.burst) * self.seconds
            if full_at - now > whole:
                return math.ceil(full_at - now - whole)
            self._empty_until[name] = full_at
            if len(self) > 10_000:
                self._empty_until = {known: until for known, until in self._empty_until.items() if until > now}
            return 0
