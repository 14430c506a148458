"""Everything changed here; and `act`, without which no room changes anything."""

from joinedup.share.actions.acting import act, acting, note, record, step
from joinedup.share.actions.audit import checkpoint
from joinedup.share.actions.members import (
    Issued, add_agency, add_practitioner, agree, appoint, end_agreement, end_appointment, found_partnership,
    issue_credential, let_go, set_clock, withdraw_credential,
)  # fmt: skip
from joinedup.share.actions.subjects import (
    Reach, allot_subject, allot_subjects, claim_stirred, end_involvement, involve, reach, set_heads, settle, stir,
)  # fmt: skip

__all__ = [
    "Issued", "Reach", "act", "acting", "add_agency", "add_practitioner", "agree", "allot_subject", "allot_subjects",
    "appoint", "checkpoint", "claim_stirred", "end_agreement", "end_appointment", "end_involvement",
    "found_partnership", "involve", "issue_credential", "let_go", "note", "reach", "record", "set_clock", "set_heads",
    "settle", "step", "stir", "withdraw_credential",
]  # fmt: skip
