"""Everything respond changes: decisions, takings and who saw what are facts; the desk is derived from them."""

from joinedup.respond.actions.deciding import NotComplete, NotYours, Step, decide, finish
from joinedup.respond.actions.holding import Taken, give_back, see, take
from joinedup.respond.actions.laying_out import lay_out

__all__ = ["NotComplete", "NotYours", "Step", "Taken", "decide", "finish", "give_back", "lay_out", "see", "take"]
