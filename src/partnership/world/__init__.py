"""Households, their children and where they live: one part of the population at a time, as columns."""
