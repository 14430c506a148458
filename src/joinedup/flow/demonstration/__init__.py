"""Loads the fictional partnership of Ellensford into a simulated database, as its days went by."""

from joinedup.flow.demonstration.loading import Step, head_named, load

__all__ = ["Step", "head_named", "load"]
