"""Plain rules of sharing: roles, purposes, one act of looking, and the one policy. No Django, no clock."""

from joinedup.share.rules.looks import FLOW, PUBLIC, Actor, Look, Purpose, Verdict
from joinedup.share.rules.matrix import matrix
from joinedup.share.rules.permissions import STANDING_REASONS, Permission
from joinedup.share.rules.policy import POLICY, Field, Relation, Row, Source, fields_of, granted, relations, sources
from joinedup.share.rules.roles import ROLES, Role, holders, permissions_of

__all__ = [
    "FLOW",
    "POLICY",
    "PUBLIC",
    "ROLES",
    "STANDING_REASONS",
    "Actor",
    "Field",
    "Look",
    "Permission",
    "Purpose",
    "Relation",
    "Role",
    "Row",
    "Source",
    "Verdict",
    "fields_of",
    "granted",
    "holders",
    "matrix",
    "permissions_of",
    "relations",
    "sources",
]
