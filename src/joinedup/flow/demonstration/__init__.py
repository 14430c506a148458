"""Loads the fictional partnership of Ellensford into a simulated database, as its days went by."""

from joinedup.flow.demonstration.acts import head_named
from joinedup.flow.demonstration.loading import Step, load

__all__ = ["Step", "head_named", "load"]
