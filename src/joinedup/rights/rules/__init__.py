"""Plain rules of rights: how long a record is kept, what may be left out of a bundle, how requests and clocks go."""

from joinedup.rights.rules.retention import Ended, Keeping, Life, ended, keepings, quiet_years
from joinedup.rights.rules.words import Ground, Teller

__all__ = ["Ended", "Ground", "Keeping", "Life", "Teller", "ended", "keepings", "quiet_years"]
