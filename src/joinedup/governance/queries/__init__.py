"""What a guardian reads: looks by other agencies' people that catch the eye, and the words on them."""

from joinedup.governance.queries.guardian import Caught, caught, caught_one, declared_count, waits
from joinedup.governance.queries.questions import unasked

__all__ = ["Caught", "caught", "caught_one", "declared_count", "unasked", "waits"]
