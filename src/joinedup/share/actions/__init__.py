"""Everything changed here; and `act`, without which no room changes anything."""

from joinedup.share.actions.acts import act, acting, note, record, step
from joinedup.share.actions.audit import checkpoint, checkpoint_of_the_day
from joinedup.share.actions.derived import make_exactly
from joinedup.share.actions.glass import break_glass, review_glass
from joinedup.share.actions.locks import declare_conflict, end_conflict, lock_case, unlock_case
from joinedup.share.actions.members import (
    Issued,
    add_agency,
    add_practitioner,
    agree,
    appoint,
    end_agreement,
    end_appointment,
    found_partnership,
    issue_credential,
    let_go,
    set_clock,
    withdraw_credential,
)
from joinedup.share.actions.subjects import (
    Reach,
    allot_subject,
    allot_subjects,
    claim_stirred,
    end_involvement,
    involve,
    part_all,
    reach,
    set_heads,
    settle,
    stir,
)

__all__ = [
    "Issued",
    "Reach",
    "act",
    "acting",
    "add_agency",
    "add_practitioner",
    "agree",
    "allot_subject",
    "allot_subjects",
    "appoint",
    "break_glass",
    "checkpoint",
    "checkpoint_of_the_day",
    "claim_stirred",
    "declare_conflict",
    "end_agreement",
    "end_appointment",
    "end_conflict",
    "end_involvement",
    "found_partnership",
    "involve",
    "issue_credential",
    "let_go",
    "lock_case",
    "make_exactly",
    "note",
    "part_all",
    "reach",
    "record",
    "review_glass",
    "set_clock",
    "set_heads",
    "settle",
    "step",
    "stir",
    "unlock_case",
    "withdraw_credential",
]
