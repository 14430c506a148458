"""What the fictional staff of the demonstration decide at the end of each working day, so that a desk looks like one.

They go through the same doors as anybody: their own desk, their own rights, a decision with its reason. What came
within the last day waits for tomorrow. Which answer is given hangs on the notice's key alone, so that the
demonstration is the same each time it is made.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from joinedup.respond import actions as respond
from joinedup.respond import queries as responses
from joinedup.respond.actions import Step
from joinedup.respond.queries import Open
from joinedup.share import queries as house
from joinedup.share.rules import Look, Purpose

SOCIAL_CARE = "childrens-social-care"
AT_DESKS = frozenset({"mash-social-worker", "social-worker"})
WAITS = timedelta(hours=18)  # what came since yesterday evening is tomorrow's
BOOKMARK_IN_VIEW = timedelta(days=2)  # before a bookmarked day the story's own children are left to the visitor
REASON = "Work on the desk"
ANSWERS = (
    ("advice", "The school is already helping. The family were told where to turn if it gets harder."),
    (
        "no-further-action",
        "Spoken to the reporter and the parent: an explanation that fits, and people who keep an eye.",
    ),
    ("offer-help", "The parent would like help at home, and agrees to somebody coming."),
    ("advice", "Health visitor and family have a plan between them. Nothing more is asked of us today."),
    ("assessment", "More than one thing worries people. The family know that we would like to understand it together."),
    ("offer-help", "The young person agrees to meet a youth worker, and chose the day."),
)
FOR_FINDINGS = (
    ("assessment", "Taken together these ask for a proper look, with the family and everybody who knows the child."),
    ("offer-help", "The family see the same worries and agree to a family help worker."),
    ("not-now", "A worker visited last week and has a plan. We look again when it has had time to work."),
)
WORK = {
    "offer-help": "Visit, and agree with the family what help they want",
    "assessment": "See the child alone, and speak with everybody who reported",
}
AGAIN_AFTER = timedelta(days=28)


def at_work(at: datetime, *, spare: Collection[int]) -> None:
    """Everybody at a desk decides on what has waited since yesterday, but for the children spared."""
    for practitioner in house.practitioners():
        if practitioner.agency.kind != SOCIAL_CARE:
            continue
        look = house.look_of(practitioner, purpose=Purpose.SAFEGUARDING, reason=REASON, at=at)
        if look.roles & AT_DESKS:
            for head in responses.desk(for_=look).heads:
                if head not in spare:
                    answer(look, head)


def answer(look: Look, head: int) -> None:
    """Decide on one child's reports, and on what adds up about them."""
    waiting = [one for one in responses.open_on(for_=look, head=head) if one.since <= look.at - WAITS]
    reports = [one for one in waiting if one.kind != "finding"]
    findings = [one for one in waiting if one.kind == "finding" and one.tier != "know"]
    if reports:
        decide(look, head, reports, ANSWERS)
    if findings:
        decide(look, head, findings, FOR_FINDINGS)


def decide(look: Look, head: int, items: list[Open], answers: tuple[tuple[str, str], ...]) -> None:
    """One decision on these items; where "not now" needs another pair of eyes, the first answer instead."""
    what, why = answers[sum(map(ord, items[0].message or items[0].ref)) % len(answers)]
    respond.see(by=look.actor, at=look.at, messages=[one.message for one in items if one.message])
    try:
        write_down(look, head, items, what, why)
    except respond.NotYours:
        write_down(look, head, items, *answers[0])


def write_down(look: Look, head: int, items: list[Open], what: str, why: str) -> None:
    respond.decide(
        by=look.actor,
        at=look.at,
        subject=head,
        what=what,
        why=why,
        saw={key for one in items for key in one.entries},
        answers=[one.ref for one in items if one.kind != "finding"],
        themes=[one.theme for one in items if one.kind == "finding"],
        until=look.at + AGAIN_AFTER if what == "not-now" else None,
        steps=[Step(look.agency, "duty team", WORK[what], look.at + timedelta(days=10))] if what in WORK else (),
    )
