"""Everything read of who is here, who may see what, and what the audit holds."""

from joinedup.share.queries.audit import Looked, looks_at, recent_rows, verify
from joinedup.share.queries.people import (
    NotFounded, agencies, agency_of, allocated_to, now, partnership, practitioner_of, practitioners, roles_of,
    system_of_code, system_of_token,
)  # fmt: skip
from joinedup.share.queries.policy import entry_filter, entry_source, mask, may, may_open, visible_subjects, work_of
from joinedup.share.queries.subjects import by_reference, head_ids, head_of, heads, members, subjects_of_records

__all__ = [
    "Looked", "NotFounded", "agencies", "agency_of", "allocated_to", "by_reference", "entry_filter", "entry_source",
    "head_ids", "head_of", "heads", "looks_at", "mask", "may", "may_open", "members", "now", "partnership",
    "practitioner_of", "practitioners", "recent_rows", "roles_of", "subjects_of_records", "system_of_code",
    "system_of_token", "verify", "visible_subjects", "work_of",
]  # fmt: skip
