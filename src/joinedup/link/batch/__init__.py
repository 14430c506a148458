"""The whole population at once: linked by an engine, and held against what stands written (`joinedup link all`)."""

from joinedup.link.batch.bringing import bring_into_force, changed_by
from joinedup.link.batch.differing import differences
from joinedup.link.batch.facts import DERIVED, KINDS, given
from joinedup.link.batch.population import FORM, STEPS, link_all

__all__ = ["DERIVED", "FORM", "KINDS", "STEPS", "bring_into_force", "changed_by", "differences", "given", "link_all"]
