"""Roles as described classes: the table of roles is its own documentation, and nothing else grants a permission."""

from collections.abc import Iterable
from typing import ClassVar

from joinedup.share.rules.looks import Purpose
from joinedup.share.rules.permissions import Permission

P = Permission
REPORTER = frozenset({P.REPORT_MAKE, P.REPORT_MINE})
CASEWORK = frozenset(
    {P.DESK_SEE, P.DESK_TAKE, P.DECIDE, P.ACTION_DONE, P.CHILD_OPEN, P.ENTRY_MARK, P.NETWORK_SEE, P.GLASS_BREAK}
    | {P.PAPER_MAKE, P.CORRECTION_MAKE}
)
FRONT_DOOR = frozenset({P.CHILD_SEARCH, P.QUARANTINE_DEAL, P.ASKS_SEE})
PARTNER = frozenset({P.DESK_SEE, P.ACTION_DONE, P.CHILD_OPEN, P.CHILD_ASK, P.GLASS_BREAK, P.PAPER_WORD})


class Role:
    """A role a practitioner may hold.

    `does`: what they may do, and why; `held_at`: kinds of agency (none named: any); `purpose`: what they look for.
    """

    code: ClassVar[str]
    title: ClassVar[str]
    does: ClassVar[str]
    held_at: ClassVar[frozenset[str]]
    permissions: ClassVar[frozenset[Permission]]
    purpose: ClassVar[Purpose] = Purpose.SAFEGUARDING


class MashSocialWorker(Role):
    code = "mash-social-worker"
    title = "MASH social worker"
    does = (
        "Reads every new notice and finding at the front door and decides what happens next, within one working day. "
        "May open any child with a stated reason, because a notice can be about anybody."
    )
    held_at = frozenset({"childrens-social-care"})
    permissions = CASEWORK | REPORTER | FRONT_DOOR | {P.DOUBTS_SETTLE, P.PATTERNS_SEE, P.GLASS_REVIEW}


class SocialWorker(Role):
    code = "social-worker"
    title = "Social worker"
    does = "Is allocated to children and knows their whole story. Opens only the children they work with."
    held_at = frozenset({"childrens-social-care"})
    permissions = CASEWORK | REPORTER | {P.PATTERNS_SEE}


class TeamManager(Role):
    code = "team-manager"
    title = "Team manager"
    does = "Answers for the decisions on their team's children and sees what is late. Opens the children of the team."
    held_at = frozenset({"childrens-social-care"})
    permissions = (
        CASEWORK
        | REPORTER
        | {P.DECIDE_SECOND, P.DOUBTS_SETTLE, P.PATTERNS_SEE, P.CHILD_LOOKERS, P.CASE_LOCK, P.GLASS_REVIEW}
        | {P.RIGHTS_CASE, P.COMPLAINT_DEAL, P.MODELS_DECIDE}
    )


class ReviewingOfficer(Role):
    code = "reviewing-officer"
    title = "Independent reviewing officer"
    does = "Watches over the care plans of looked-after children and may challenge. Opens the children they review."
    held_at = frozenset({"childrens-social-care"})
    permissions = CASEWORK | REPORTER | {P.DECIDE_SECOND, P.PATTERNS_SEE, P.CHILD_LOOKERS, P.RIGHTS_CASE}


class ConferenceChair(Role):
    code = "conference-chair"
    title = "Child protection conference chair"
    does = "Chairs the conferences of children on a plan, and holds no case. Opens the children they chair."
    held_at = frozenset({"childrens-social-care"})
    permissions = CASEWORK | REPORTER | {P.DECIDE_SECOND, P.PATTERNS_SEE}


class OutOfHours(Role):
    code = "out-of-hours"
    title = "Out-of-hours social worker"
    does = (
        "Holds the front door in the evening, at night and at weekends, and hands over at 08:30. "
        "May open any child with a stated reason."
    )
    held_at = frozenset({"childrens-social-care"})
    permissions = CASEWORK | REPORTER | FRONT_DOOR | {P.CASE_LOCK}


class ExploitationCoordinator(Role):
    code = "exploitation-coordinator"
    title = "Exploitation coordinator"
    does = (
        "Finds children, adults and places that belong together and calls the multi-agency meeting. "
        "May open any child with a stated reason, because a group has no single file."
    )
    held_at = frozenset({"childrens-social-care", "police"})
    permissions = CASEWORK | REPORTER | {P.CHILD_SEARCH, P.PATTERNS_SEE}


class EdNurse(Role):
    code = "ed-nurse"
    title = "Emergency department nurse"
    does = "Reports concerns and sees what became of them; sees the hospital's own entries and what it was told."
    held_at = frozenset({"hospital", "urgent-care"})
    permissions = PARTNER | REPORTER


class NamedNurse(Role):
    code = "named-nurse"
    title = "Named nurse for safeguarding"
    does = "Answers questions about attendances for the hospital and sees its entries and what it was told."
    held_at = frozenset({"hospital", "urgent-care", "health-visiting", "gp"})
    permissions = PARTNER | REPORTER


class SafeguardingLead(Role):
    code = "safeguarding-lead"
    title = "Designated safeguarding lead"
    does = "Reports for the school and follows up; sees the school's own entries and what it was told."
    held_at = frozenset({"school"})
    permissions = PARTNER | REPORTER


class VirtualSchoolHead(Role):
    code = "virtual-school-head"
    title = "Virtual school head"
    does = "Stands for the education of children in care; sees what schools told the virtual school, and its own."
    held_at = frozenset({"virtual-school"})
    permissions = PARTNER | REPORTER


class PoliceOfficer(Role):
    code = "police-officer"
    title = "Police officer, child protection"
    does = "Reports for the police and takes part in decisions; sees police entries and what the police were told."
    held_at = frozenset({"police"})
    permissions = PARTNER | REPORTER


class KeyWorker(Role):
    code = "key-worker"
    title = "Key worker"
    does = (
        "Works with young people at a provider of housing or support; sees the provider's own entries "
        "and what it was told, never health or police files."
    )
    held_at = frozenset({"supported-accommodation", "childrens-home", "housing", "voluntary", "fostering"})
    permissions = PARTNER | REPORTER


class HomeManager(Role):
    code = "home-manager"
    title = "Home manager"
    does = (
        "Answers for the young people who live in a children's home or supported accommodation; "
        "sees the home's own entries and what it was told."
    )
    held_at = frozenset({"childrens-home", "supported-accommodation", "fostering"})
    permissions = PARTNER | REPORTER


class YouthWorker(Role):
    code = "youth-worker"
    title = "Youth worker"
    does = "Knows young people outside home and school; sees the project's own entries and what it was told."
    held_at = frozenset({"voluntary", "youth-justice"})
    permissions = PARTNER | REPORTER


class AdoptionSupportWorker(Role):
    code = "adoption-support-worker"
    title = "Adoption support worker"
    does = "Answers adoptive families' requests for help; sees the team's own entries and what it was told."
    held_at = frozenset({"adoption-support"})
    permissions = PARTNER | REPORTER


class SealingOfficer(Role):
    code = "sealing-officer"
    title = "Named officer for sealed identities"
    does = (
        "Keeps what must never be joined: an adopted child's life before, an identity under protection, relatives of "
        "staff. Two of them seal, and two let a summary of needs across; nobody else reads what is sealed."
    )
    held_at = frozenset({"childrens-social-care"})
    permissions = frozenset({P.SEAL_KEEP, P.REPORT_MAKE})


class CaseReviewer(Role):
    code = "case-reviewer"
    title = "Case reviewer"
    does = (
        "Reconstructs who knew what and when, for learning. Opens any child for the purpose of review, "
        "with the review named as reason; decides nothing about a child."
    )
    held_at = frozenset({"childrens-social-care", "other"})
    permissions = frozenset({P.CHILD_OPEN, P.CHILD_SEARCH, P.REVIEW_SEE, P.PATTERNS_SEE, P.MEASURES_SEE, P.NETWORK_SEE})
    purpose = Purpose.REVIEW


class GovernanceLead(Role):
    code = "governance-lead"
    title = "Information governance lead"
    does = (
        "Proves that access was right: sees who looked at what, when and why, and counts. Answers for complaints, for "
        "how long records are kept, and for their destruction, which two of them release. Never sees case content."
    )
    held_at = frozenset({"childrens-social-care", "other"})
    permissions = frozenset({P.AUDIT_SEE, P.MEASURES_SEE, P.PATTERNS_SEE}) | {
        P.COMPLAINT_DEAL,
        P.RETENTION_KEEP,
        P.STATUS_SEE,
    }
    purpose = Purpose.GOVERNANCE


class AccessGuardian(Role):
    code = "guardian"
    title = "Access guardian"
    does = (
        "Asks about looks by people of other agencies that catch the eye, and says what they find. Sees who looked at "
        "which reference, when and why; never a child's name or case content, and never their own agency's looks."
    )
    held_at = frozenset()
    permissions = frozenset({P.LOOKS_REVIEW})
    purpose = Purpose.GOVERNANCE


class PatternOwner(Role):
    code = "pattern-owner"
    title = "Pattern owner"
    does = "Answers for a pattern's meaning and track record and switches it on or off. Never sees case content."
    held_at = frozenset({"childrens-social-care", "other"})
    permissions = frozenset({P.PATTERNS_SEE, P.PATTERNS_OWN, P.MEASURES_SEE})
    purpose = Purpose.GOVERNANCE


class SystemKeeper(Role):
    code = "system-keeper"
    title = "System administrator"
    does = "Keeps accounts, agencies and credentials. System administration is not case access: sees no child."
    held_at = frozenset({"childrens-social-care", "other"})
    permissions = frozenset({P.STAFF_KEEP})
    purpose = Purpose.GOVERNANCE


class DutyInbox(Role):
    code = "duty-inbox"
    title = "Duty inbox"
    does = "Receives receipts and outcomes of the agency's reports, for staff without an account of their own."
    held_at = frozenset()
    permissions = REPORTER
    purpose = Purpose.REPORTING


class AgencySystem(Role):
    code = "agency-system"
    title = "An agency's own system"
    does = "Sends notices by the API or a provider's link and gets their receipts. Reads nothing."
    held_at = frozenset()
    permissions = frozenset({P.REPORT_MAKE})
    purpose = Purpose.REPORTING


ROLES: dict[str, type[Role]] = {
    role.code: role
    for role in (
        MashSocialWorker,
        SocialWorker,
        TeamManager,
        ReviewingOfficer,
        ConferenceChair,
        OutOfHours,
        ExploitationCoordinator,
        EdNurse,
        NamedNurse,
        SafeguardingLead,
        VirtualSchoolHead,
        PoliceOfficer,
        KeyWorker,
        HomeManager,
        YouthWorker,
        AdoptionSupportWorker,
        SealingOfficer,
        CaseReviewer,
        GovernanceLead,
        AccessGuardian,
        PatternOwner,
        SystemKeeper,
        DutyInbox,
        AgencySystem,
    )
}


def permissions_of(roles: Iterable[str]) -> frozenset[Permission]:
    """Everything these roles permit. A role unknown to the table permits nothing."""
    return frozenset().union(*(ROLES[role].permissions for role in roles if role in ROLES))


def holders(permission: Permission) -> list[type[Role]]:
    """The roles that permit this, in the order of the table."""
    return [role for role in ROLES.values() if permission in role.permissions]
