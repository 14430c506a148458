"""Everything respond reads. What answers people takes `for_` and is filtered by share; `derivation` serves deriving."""

from joinedup.respond.queries.decisions import (
    DecisionShown,
    NightDecision,
    StepShown,
    decisions_of,
    night,
    tasks_of,
)
from joinedup.respond.queries.desk import (
    Desk,
    DeskRow,
    Holding,
    Worker,
    desk,
    desk_rows,
    hanging,
    holding,
    on_desk,
    open_on,
    questions_on,
    questions_waiting,
    unseen,
)
from joinedup.respond.queries.findings import FindingShown, findings_of
from joinedup.respond.queries.items import Open
from joinedup.respond.queries.reports import Answer, Report, reports_of, reports_total, told_us

__all__ = [
    "Answer", "DecisionShown", "Desk", "DeskRow", "FindingShown", "Holding", "NightDecision", "Open", "Report",
    "StepShown", "Worker", "decisions_of", "desk", "desk_rows", "findings_of", "hanging", "holding", "night", "on_desk",
    "open_on", "questions_on", "questions_waiting", "reports_of", "reports_total", "tasks_of", "told_us", "unseen",
]  # fmt: skip
