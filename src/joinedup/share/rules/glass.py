"""Opening a child in an emergency: how often, and what its review may find.

Source: joinedup's own rule, after the emergency access of health records (self-claimed access that a privacy officer is
told of and reviews); the hours are the clock `glass-open`, the review's are `glass-review`.
"""

from enum import StrEnum

A_DAY = 3  # unless the partnership sets its own ("emergencies_a_day")


class GlassFound(StrEnum):
    """What the review of one opening found."""

    RIGHT = "right: it was an emergency"
    ANOTHER_WAY = "meant well: there was another way, which they know now"
    NOT_RIGHT = "not right: it goes to the information governance lead"
