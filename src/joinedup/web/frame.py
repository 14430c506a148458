"""What stands around every page: the partnership, its clock, who is signed in, and where their roles let them go."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from joinedup.face.words import moment
from joinedup.share import queries as share
from joinedup.share.rules import ROLES, Look, Permission

PLACES = (
    ("Desk", "web:desk", Permission.DECIDE),
    ("Questions to you", "web:desk", Permission.DESK_SEE),
    ("Find a child", "web:find", Permission.CHILD_SEARCH),
    ("Ask about a child", "link:ask", Permission.CHILD_ASK),
    ("Report a concern", "receive:report", Permission.REPORT_MAKE),
    ("My agency's reports", "respond:reports", Permission.REPORT_MINE),
    ("Asked for your word", "papers:words", Permission.PAPER_WORD),
    ("Emergency", "link:emergency", Permission.GLASS_BREAK),
    ("Opened in an emergency", "share:emergencies", Permission.GLASS_REVIEW),
    ("Who asked", "link:asked", Permission.ASKS_SEE),
    ("Sealed identities", "sealed:seals", Permission.SEAL_KEEP),
    ("Doubts", "web:doubts", Permission.DOUBTS_SETTLE),
    ("Linking", "link:editions", Permission.MODELS_DECIDE),
    ("Quarantine", "receive:quarantine", Permission.QUARANTINE_DEAL),
    ("Requests", "rights:requests", Permission.RIGHTS_CASE),
    ("Complaints", "rights:complaints", Permission.COMPLAINT_DEAL),
    ("In numbers", "rights:status", Permission.STATUS_SEE),
    ("How long we keep it", "rights:retention", Permission.RETENTION_KEEP),
    ("Patterns", "recognise:patterns", Permission.PATTERNS_SEE),
    ("Who looked", "share:audit", Permission.AUDIT_SEE),
    ("Looks to ask about", "governance:looks", Permission.LOOKS_REVIEW),
)


def frame(request: HttpRequest, look: Look | None) -> dict[str, Any]:
    """The fields of `face.Frame` for this request."""
    partnership = share.partnership()
    settings = partnership.settings
    return {
        "partnership_name": partnership.name,
        "simulated": partnership.simulated,
        "clock_words": moment(share.now()),
        "duty_line": settings.get("duty_line", ""),
        "navigation": places(look) if look else (),
        "user_name": getattr(getattr(request, "user", None), "name", ""),  # none yet, of a host that is not ours
        "user_role": ", ".join(ROLES[code].title for code in sorted(look.roles)) if look else "",
        "sign_out_url": reverse("account_logout") if look else "",
    }


def places(look: Look) -> list[tuple[str, str]]:
    """Where the look's roles may go; each address under the first label that fits."""
    found: dict[str, str] = {}
    for label, name, permission in PLACES:
        if share.may(look, permission):
            found.setdefault(reverse(name), label)
    return [(label, address) for address, label in found.items()]
