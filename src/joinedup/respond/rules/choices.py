"""The choices a decision offers, in the field's words. Nothing is pre-selected and none closes a child.

Source: Working Together (decision within one working day of a referral: immediate protection, services, section 17,
section 47, specialist assessment), as in the local procedures cited in `ground/data/clocks.yaml` under C01.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from joinedup.respond.rules.openness import NOT_NOW, REFER


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
    hint: str = ""


CONTACT, FINDING = frozenset({"contact"}), frozenset({"finding"})
BOTH = CONTACT | FINDING
CHOICES: dict[str, Choice] = {
    choice.code: choice
    for choice in (
        Choice("offer-help", "Offer early or family help, with agreement", "Help is being offered", BOTH, acts=True),
        Choice("assessment", "Child and family assessment", "A child and family assessment has begun", BOTH, acts=True),
        Choice("strategy-discussion", "Strategy discussion", "Agencies are discussing it together", BOTH, acts=True),
        Choice("to-worker", "Pass to the child's own worker", "Passed to the child's worker", BOTH, acts=True),
        Choice("advice", "Give information and advice", "Information and advice given", BOTH),
        Choice(
            "no-further-action", "No further action on this report", "No further action on this report", CONTACT,
            hint="What was reported stays in the chronology and goes on counting",
        ),
        Choice(
            REFER, "Make it a referral", "A referral has been made", FINDING,
            hint="Then it must be decided within one working day",
        ),
        Choice(
            NOT_NOW, "Not now", "Kept in view", FINDING, dated=True,
            hint="It shows again on the day you name, or at once if anything new comes in",
        ),
        Choice("wrong", "Something in it is wrong", "Corrected", FINDING, part=True, hint="Say which part"),
    )
}  # fmt: skip


def missing_parts(
    choice: str, *, answers: Collection[str], why: str, until: datetime | None, at: datetime, part: str, actions: int
) -> dict[str, str]:
    """What a decision still lacks: {field: what to do}. Empty: it may be recorded.

    `answers`: what it answers, as kinds: "contact" (and referrals), "finding".
    """
    known = CHOICES.get(choice)
    if known is None:
        return {"what": "Choose what happens next"}
    asked = {
        "answers": (not answers, "Choose what this decision answers"),
        "what": (not known.answers.issuperset(answers), unfit(known)),
        "why": (not why.strip(), "Say why, in a sentence the family could read"),
        "until": (known.dated and (until is None or until <= at), "Say until which day, from tomorrow on, it can wait"),
        "wrong_part": (known.part and not part.strip(), "Say which part is wrong"),
        "actions": (known.acts and actions == 0, "Say who does what by when"),
    }
    return {field: do for field, (lacking, do) in asked.items() if lacking}


def unfit(choice: Choice) -> str:
    """What to do about an answer that cannot answer what was chosen. No report is ever put off or called wrong."""
    other = "a report" if "finding" in choice.answers else "what adds up"
    return f"“{choice.label}” cannot answer {other}: choose another answer, or decide about them one by one"
