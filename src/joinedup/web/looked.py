"""Who looked at a child: on the page for whoever keeps the case, and on paper for the child who asks."""

from collections import Counter

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from joinedup.face import papers, render
from joinedup.face.words import moment, plural, weekday
from joinedup.respond.pages import opened
from joinedup.share import queries as share
from joinedup.share.doors import door
from joinedup.share.queries import Looked, Subject
from joinedup.share.rules import Look, Permission
from joinedup.web.pages import tabs

ONE_MORE = "one more agency: ask us"  # of whose very name tells something
ON_PAPER = 2_000  # looks, the latest first
OWN_WORK = "works with you"


@require_GET
@door(Permission.CHILD_LOOKERS)
def lookers(request: HttpRequest, look: Look, reference: str) -> HttpResponse:
    """Who looked at one child, for what and why, the latest first. Inquiries about staff, and looks at what is sealed,
    are on nobody's page."""
    look, subject = opened(request, look, reference)
    return render(
        request, look, "web/lookers.html", reference=subject.reference, tabs=tabs(look, subject.reference),
        looks=share.looks_at(for_=look, head=subject), agencies=share.agencies(),
    )  # fmt: skip


@require_GET
@door(Permission.CHILD_LOOKERS)
def printed(request: HttpRequest, look: Look, reference: str) -> HttpResponse:
    """The same for the child to hold: each day, who, from where, and why, in plain words."""
    look, subject = opened(request, look, reference)
    looks = share.looks_at(for_=look, head=subject, limit=ON_PAPER)
    return HttpResponse(papers.as_html(paper(look, subject, looks)))


def paper(look: Look, subject: Subject, looks: list[Looked]) -> papers.Paper:
    """Each day, who and why once: somebody who works with a child opens ten pages on one morning."""
    names, partnership = share.people_by_email({one.by for one in looks}), share.partnership()
    told = Counter(
        (weekday(one.at), names[one.by].name if one.by in names else one.by, _agency(one.agency),
         one.reason or OWN_WORK)
        for one in looks
    )  # fmt: skip
    rows = [(*one, plural(times, "page")) for one, times in told.items()]
    blocks: list[papers.Block] = [
        papers.Paragraph("Every time somebody opens what is written about you, it is kept. This is the list."),
        papers.Table("Who looked, the latest first", ["When", "Who", "From", "Why", "How many"], rows),
        papers.Note(
            "Is there somebody here who should not have looked? Tell us, or tell your advocate. We will ask them."
        ),
    ]
    return papers.Paper(
        title="Who looked at what is written about you", reference=subject.reference, blocks=blocks,
        recipient="the child", recipient_agency="at their own request", purpose="knowing who looked",
        made_by=share.name_of(look.practitioner_id or 0), made_at=moment(look.at), partnership=partnership.name,
        simulated=partnership.simulated,
    )  # fmt: skip


def _agency(code: str) -> str:
    found = share.agencies().get(code)
    return "" if found is None else ONE_MORE if found.discreet else found.name
