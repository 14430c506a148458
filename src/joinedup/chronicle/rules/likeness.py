"""How much speaks for two reports being of one event: how near in time, how alike in what they say.

Precision first: a wrong join hides a happening from every pattern, a missed one is put to a person as a doubt.
"""

from datetime import timedelta
from enum import IntEnum

from joinedup.chronicle.rules.reports import Report
from joinedup.ground.clock import LONDON
from joinedup.ground.periods import Period

JOIN, DOUBT, SURE = 100, 50, 1000

EVENTS = frozenset({
    "attendance", "planned-attendance", "missing", "absence", "exclusion", "move-planned", "move-unplanned",
    "police-stop", "household-change", "home-education", "not-seen", "not-brought",
})  # fmt: skip
# Acts that agencies do together, so that each has its own note of one act.
JOINT_ACTS = frozenset({
    "return-conversation", "strategy-discussion", "section-47", "conference", "plan-begun", "plan-ended",
    "looked-after-begun", "looked-after-ended",
})  # fmt: skip
TELLINGS = frozenset({"contact", "referral", "request-for-help", "message-passed"})
# What says that something happened, without being the event: it needs a concern in common.
SAYINGS = TELLINGS | {"concern", "disclosure", "other"}
# Every other kind (closure, visit, assessment, good news, ...) is each agency's own: never one event by rule.


class Near(IntEnum):
    """How near two periods lie."""

    NOT = 0
    COARSE = 1  # one is only known to lie somewhere around the other
    EDGE = 2  # six to twelve hours apart, or past midnight of the day before
    OVER = 3  # a day within something that went on, or two that went on at once
    DAY = 4
    HOURS = 5


class Like(IntEnum):
    """How alike two reports are in what they say."""

    NOT = 0
    ODD = 1  # two kinds of event sharing a concern, or one kind with other concerns
    SOME = 2  # concerns in common, and others beside them on both sides
    MOST = 3  # the one says part of what the other says
    SAME = 4


WEIGHT = {  # at least JOIN: one event; at least DOUBT: ask a person; else two
    #           NOT COARSE EDGE OVER DAY HOURS
    Like.NOT:  (0,  0,     0,   0,   0,  0),
    Like.ODD:  (0,  0,     0,   0,   60, 70),
    Like.SOME: (0,  0,     0,   65,  80, 105),
    Like.MOST: (0,  50,    60,  105, 110, 130),
    Like.SAME: (0,  50,    60,  115, 120, 140),
}  # fmt: skip

TOLD_OF = 115  # an agency's contact on the day on which the other agency says that it told them
SAME_NUMBER = 200  # two agencies that give one number for it
NUMBER_LENGTH = 6  # shorter numbers are each agency's own counting
WIDEST = timedelta(days=31)  # what is coarser is never put beside a day
LONGEST = timedelta(days=14)  # a note within something that went on longer is not about the whole of it
WITHIN, WITHIN_HALF_A_DAY = timedelta(hours=6), timedelta(hours=12)
EARLY_HOURS = 6


def weight(x: Report, y: Report) -> int:
    """How much speaks for one event: symmetric, 0 for nothing. Both reports must be live and share a subject."""
    if x.message == y.message:
        return 0
    near, like = nearness(x, y), likeness(x, y)
    if x.source == y.source:
        return _same_source(x, y, near, like)
    numbered = x.reference == y.reference and len(x.reference) >= NUMBER_LENGTH and like is not Like.NOT
    by_number = (SAME_NUMBER if near >= Near.OVER else DOUBT) if numbered else 0
    by_telling = TOLD_OF if tells_of(x, y) or tells_of(y, x) else 0
    return max(WEIGHT[like][near], by_number, by_telling)


def _same_source(x: Report, y: Report, near: Near, like: Like) -> int:
    """One source never reports one event under two numbers; only its person may repeat what its system sent.

    One number: the sender's own for the event, or its place in a message of which two bodies stand (contested).
    """
    sent_as_one = x.sender_id != "" and (x.sender_id, x.event_n) == (y.sender_id, y.event_n)
    if x.kind == y.kind and (sent_as_one or (x.reference and x.reference == y.reference)):
        return SURE if near >= Near.OVER else DOUBT
    if x.by_hand != y.by_hand and like >= Like.MOST and near >= Near.DAY:
        return DOUBT
    return 0


def likeness(x: Report, y: Report) -> Like:
    """How alike the kinds and concerns are."""
    if x.kind == "missing" == y.kind and (x.count or 1) != (y.count or 1):
        return Like.NOT  # a row that stands for eleven episodes is none of the eleven
    if x.kind == y.kind and x.kind in JOINT_ACTS:
        return Like.SAME
    if not {x.kind, y.kind} <= EVENTS | SAYINGS:
        return Like.NOT
    shared = x.concerns & y.concerns
    if x.kind in EVENTS and y.kind in EVENTS:
        return _two_events(x, y, shared)
    if not shared:
        return Like.NOT
    return _compared(x, y, shared)


def _two_events(x: Report, y: Report, shared: frozenset[str]) -> Like:
    if x.kind != y.kind:
        return Like.ODD if shared else Like.NOT
    if shared or not (x.concerns or y.concerns):
        return max(Like.MOST, _compared(x, y, shared))
    return Like.ODD if x.concerns and y.concerns else Like.MOST


def _compared(x: Report, y: Report, shared: frozenset[str]) -> Like:
    if x.concerns == y.concerns:
        return Like.SAME
    return Like.MOST if shared in (x.concerns, y.concerns) else Like.SOME


def nearness(x: Report, y: Report) -> Near:
    """How near the two lie in time. What is not dated is near nothing."""
    a, b = x.period, y.period
    if not (a.known and b.known):
        return Near.NOT
    if moment(a) and moment(b):
        return _moments(a, b)
    if a.lasting or b.lasting:
        return _lasting(x, y)
    if a.days == b.days == 1:
        return Near.DAY if a.first == b.first else _past_midnight(a, b)
    return Near.COARSE if _overlap(a, b) and max(_width(a), _width(b)) <= WIDEST else Near.NOT


def moment(period: Period) -> bool:
    """Whether the period is one moment, not a day and not something that went on from a moment."""
    return period.instant is not None and not period.lasting


def _moments(a: Period, b: Period) -> Near:
    assert a.instant and b.instant  # noqa: PT018 - for the type checker
    apart = abs(a.instant - b.instant)
    if apart <= WITHIN:
        return Near.HOURS
    return Near.EDGE if apart <= WITHIN_HALF_A_DAY else Near.NOT


def _past_midnight(a: Period, b: Period) -> Near:
    """The small hours of the next day are often written as the night before."""
    early, late = (a, b) if a.end == b.first else (b, a)
    small_hours = late.instant is not None and late.instant.astimezone(LONDON).hour < EARLY_HOURS
    return Near.EDGE if early.end == late.first and small_hours and not moment(early) else Near.NOT


def _lasting(x: Report, y: Report) -> Near:
    a, b = x.period, y.period
    if not _overlap(a, b):
        return Near.NOT
    if not all(period.lasting or period.days == 1 for period in (a, b)):
        return Near.COARSE if max(_width(a), _width(b)) <= WIDEST else Near.NOT
    if x.kind != y.kind and max(_width(a), _width(b)) > LONGEST:
        return Near.NOT
    return Near.DAY if a.first == b.first else Near.OVER


def _overlap(a: Period, b: Period) -> bool:
    assert a.first and a.end and b.first and b.end  # noqa: PT018 - for the type checker
    return a.first < b.end and b.first < a.end


def _width(period: Period) -> timedelta:
    return timedelta(days=period.days or 0)


def tells_of(x: Report, y: Report) -> bool:
    """Whether `y` is the other agency's note of having been told of `x`: the same or the next day, or the day said."""
    if y.kind not in TELLINGS or x.kind not in EVENTS | SAYINGS or not (x.period.known and y.period.known):
        return False
    if x.concerns and y.concerns and not x.concerns & y.concerns:
        return False
    return any(_told_on(told.when, x.period, y.period) for told in x.told if told.agency == y.agency)


def _told_on(when: Period, event: Period, noted: Period) -> bool:
    if noted.days != 1:
        return False
    if when.days == 1:
        return when.first == noted.first
    return event.days == 1 and noted.first in (event.first, event.end)
