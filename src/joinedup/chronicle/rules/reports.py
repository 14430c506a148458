"""A report: one event as one message tells it, with what is asked when it is compared with others."""

from collections.abc import Iterable
from dataclasses import dataclass

from joinedup.chronicle.rules.line import Told
from joinedup.ground.periods import Period

# What a kind says by itself, whether or not its reporter ticked the concern as well.
IMPLIED = {
    "missing": "missing-episode",
    "absence": "school-absence",
    "exclusion": "school-exclusion",
    "move-unplanned": "placement-breakdown",
    "home-education": "home-education",
    "not-seen": "child-not-seen",
    "not-brought": "missed-appointments",
}
# One observer writes the injury, another that its cause is not known: the same worry in two words.
ONE_WORRY = {"injury-cause-not-known": "physical-injury"}
SAYS_NOTHING = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Key as `entries.report_key`. `subjects`: heads it is about. `live`: not withdrawn.

    `source`: who would not report one event under two numbers: the agency; for relatives and the public, the person.
    """

    key: str
    subjects: frozenset[int]
    source: str
    agency: str
    kind: str
    concerns: frozenset[str]  # as `worries`
    period: Period
    told: tuple[Told, ...] = ()
    reference: str = ""
    count: int | None = None
    message: str = ""
    event_n: int = 1
    sender_id: str = ""
    replaces: str = ""  # sender's id of the message that this one's message corrects
    by_hand: bool = False  # written in a form by a person, not sent by a system
    live: bool = True


def worries(kind: str, concerns: Iterable[str]) -> frozenset[str]:
    """The concerns to compare: those said and the one its kind implies, near synonyms as one, `other` left out."""
    said = {*concerns, IMPLIED.get(kind, SAYS_NOTHING)} - {SAYS_NOTHING}
    return frozenset(ONE_WORRY.get(concern, concern) for concern in said)
