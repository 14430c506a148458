"""Plain rules of sharing: roles, purposes, one act of looking, and the one policy. No Django, no clock."""

from joinedup.share.rules.glass import A_DAY, GlassFound
from joinedup.share.rules.granting import fields_of, granted, opens, relations_in, sources, speaking, would_grant
from joinedup.share.rules.handling import POINTER, HandlingCode, handling_code
from joinedup.share.rules.involvement import FOLLOWED, GLASS, INVITED_AS, NO_WORK, REPORTED, WORKS_AS
from joinedup.share.rules.locks import LockReason
from joinedup.share.rules.looks import ACCOUNT, FLOW, PUBLIC, Actor, Look, Purpose, Verdict
from joinedup.share.rules.matrix import matrix
from joinedup.share.rules.permissions import STANDING_REASONS, Permission
from joinedup.share.rules.policy import POLICY, Field, Relation, Row, Source, Standing, State
from joinedup.share.rules.roles import ROLES, Role, holders, permissions_of
from joinedup.share.rules.scan import Kind, redacted, scan

__all__ = [
    "ACCOUNT",
    "A_DAY",
    "FLOW",
    "FOLLOWED",
    "GLASS",
    "INVITED_AS",
    "NO_WORK",
    "POINTER",
    "POLICY",
    "PUBLIC",
    "REPORTED",
    "ROLES",
    "STANDING_REASONS",
    "WORKS_AS",
    "Actor",
    "Field",
    "GlassFound",
    "HandlingCode",
    "Kind",
    "LockReason",
    "Look",
    "Permission",
    "Purpose",
    "Relation",
    "Role",
    "Row",
    "Source",
    "Standing",
    "State",
    "Verdict",
    "fields_of",
    "granted",
    "handling_code",
    "holders",
    "matrix",
    "opens",
    "permissions_of",
    "redacted",
    "relations_in",
    "scan",
    "sources",
    "speaking",
    "would_grant",
]
