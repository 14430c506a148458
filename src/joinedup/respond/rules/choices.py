"""The choices a decision offers, in the field's words. Nothing is pre-selected and none closes a child.

Source: Working Together (decision within one working day of a referral: immediate protection, services, section 17,
section 47, specialist assessment), as in the local procedures cited in `ground/data/clocks.yaml` under C01.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Choice:
    """One answer a practitioner may give.

    `answers`: what it may answer ("contact" also covers referrals). `acts`: it must say who does what by when.
    `told_as`: how the outcome reads to the agency that reported.
    """

    code: str
    label: str
    told_as: str
    answers: frozenset[str]
    acts: bool = False
    dated: bool = False  # must say until when
    part: bool = False  # must say which part is wrong


BOTH, CONTACT, FINDING = frozenset({"contact", "finding"}), frozenset({"contact"}), frozenset({"finding"})
CHOICES: dict[str, Choice] = {
    choice.code: choice
    for choice in (
        Choice("offer-help", "Offer early or family help, with agreement", "Help is being offered", BOTH, acts=True),
        Choice("advice", "Give information and advice", "Information and advice given", BOTH),
        Choice("assessment", "Child and family assessment", "A child and family assessment has begun", BOTH, acts=True),
        Choice("strategy-discussion", "Strategy discussion", "Agencies are discussing it together", BOTH, acts=True),
        Choice("to-worker", "Pass to the worker who already knows the child", "Passed to the child's worker", BOTH, acts=True),
        Choice("no-further-action", "No further action on this report", "No further action on this report", CONTACT),
        Choice("refer", "Make it a referral", "A referral has been made", FINDING),
        Choice("not-now", "Not now", "Kept in view", FINDING, dated=True),
        Choice("wrong", "Wrong: say which part", "Corrected", FINDING, part=True),
    )
}


def missing_parts(choice: str, *, why: str, until: object, part: str, actions: int) -> dict[str, str]:
    """What a decision still lacks: {field: what to do}. Empty: it may be recorded."""
    known = CHOICES.get(choice)
    if known is None:
        return {"what": "Choose what happens next"}
    asked = {
        "why": (not why.strip(), "Say why, in a sentence the family could read"),
        "until": (known.dated and until is None, "Say until when it can wait"),
        "wrong_part": (known.part and not part.strip(), "Say which part is wrong"),
        "actions": (known.acts and actions == 0, "Say who does what by when"),
    }
    return {field: do for field, (lacking, do) in asked.items() if lacking}
