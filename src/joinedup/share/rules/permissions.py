"""Permissions: what a door asks for, one word for each kind of thing that may be done."""

from enum import StrEnum


class Permission(StrEnum):
    """What a door asks for. What of a child may then be seen is the policy's question, not a permission's."""

    PUBLIC = "public"
    SIGNED_IN = "signed-in"
    DESK_SEE = "desk.see"
    DESK_TAKE = "desk.take"
    DECIDE = "decide"
    DECIDE_SECOND = "decide.second"
    ACTION_DONE = "action.done"
    CHILD_OPEN = "child.open"
    CHILD_SEARCH = "child.search"
    CHILD_ASK = "child.ask"
    ASKS_SEE = "asks.see"
    CHILD_LOOKERS = "child.lookers"
    PAPER_MAKE = "paper.make"
    PAPER_WORD = "paper.word"
    CASE_LOCK = "case.lock"
    GLASS_BREAK = "glass.break"
    GLASS_REVIEW = "glass.review"
    SEAL_KEEP = "seal.keep"
    CORRECTION_MAKE = "correction.make"
    RIGHTS_CASE = "rights.case"
    COMPLAINT_DEAL = "complaint.deal"
    RETENTION_KEEP = "retention.keep"
    STATUS_SEE = "status.see"
    NETWORK_SEE = "network.see"
    ENTRY_MARK = "entry.mark"
    REPORT_MAKE = "report.make"
    REPORT_MINE = "report.mine"
    DOUBTS_SETTLE = "doubts.settle"
    MODELS_DECIDE = "models.decide"
    QUARANTINE_DEAL = "quarantine.deal"
    PATTERNS_SEE = "patterns.see"
    PATTERNS_OWN = "patterns.own"
    REVIEW_SEE = "review.see"
    MEASURES_SEE = "measures.see"
    AUDIT_SEE = "audit.see"
    LOOKS_REVIEW = "looks.review"
    STAFF_KEEP = "staff.keep"


STANDING_REASONS: dict[Permission, str] = {
    Permission.DESK_SEE: "the desk of my role",
    Permission.DESK_TAKE: "the desk of my role",
    Permission.REPORT_MINE: "what became of my agency's reports",
    Permission.ASKS_SEE: "who asked the partnership about whom",
    Permission.PAPER_WORD: "my agency's word on its own material",
    Permission.GLASS_REVIEW: "reviewing what was opened in an emergency",
    Permission.SEAL_KEEP: "sealed identities, as their named officer",
    Permission.LOOKS_REVIEW: "looks by other agencies that catch the eye, as a guardian",
    Permission.RIGHTS_CASE: "requests about people's own data",
    Permission.COMPLAINT_DEAL: "complaints, and their clocks",
    Permission.RETENTION_KEEP: "how long records are kept, and their destruction",
    Permission.STATUS_SEE: "the partnership in numbers",
    Permission.DOUBTS_SETTLE: "settling whether two records are one person",
    Permission.MODELS_DECIDE: "deciding on an edition of the linkage model",
    Permission.QUARANTINE_DEAL: "a message that could not be read",
}
"""Doors whose very task is the reason: the list of one's work needs no reason typed in; opening a child does."""
