"""Everything changed here: sealing, screening what comes in, answering it, letting a summary across."""

from joinedup.sealed.actions.answering import answer, give_back, see, set_aside
from joinedup.sealed.actions.crossing import TellingError, refuse_summary, release_summary, summarise
from joinedup.sealed.actions.screening import Screened, screen
from joinedup.sealed.actions.sealing import confirm, lift, refuse, seal

__all__ = [
    "Screened",
    "TellingError",
    "answer",
    "confirm",
    "give_back",
    "lift",
    "refuse",
    "refuse_summary",
    "release_summary",
    "screen",
    "seal",
    "see",
    "set_aside",
    "summarise",
]
