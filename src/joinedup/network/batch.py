"""The whole population at once: ties follow from messages alone, so that rebuild draws them anew by the way itself."""

from joinedup.network.models import Tie

DERIVED = (Tie,)
