"""What an agency is asked: may this of ours go to that person?"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from joinedup.chronicle.queries import shown_lines
from joinedup.papers.models import Paper
from joinedup.papers.queries.papers import as_read, maker_of
from joinedup.papers.rules import OVER
from joinedup.share.queries import head_ids
from joinedup.share.rules import Look


@dataclass(frozen=True)
class Asked:
    """One paper that quotes material of the look's own agency: for whom, for what, and which words."""

    key: UUID
    recipient: str
    purpose: str
    by: str
    at: datetime
    excerpts: tuple[str, ...]


def words_asked(*, for_: Look) -> list[Asked]:
    """What the look's own agency has not answered, the oldest first. An agency reads its own words, never the rest."""
    return [asked for paper in _waiting(for_) if (asked := _asked(paper, for_))]


def word_asked(*, for_: Look, key: UUID) -> tuple[Asked, Paper] | None:
    """One of them, by the paper's key."""
    paper = _waiting(for_).filter(pk=key).first()
    asked = _asked(paper, for_) if paper else None
    return (asked, paper) if asked and paper else None


def _waiting(for_: Look) -> QuerySet[Paper]:
    """Papers with excerpts that nobody released or refused, and to which the look's agency has not said its word."""
    open_ = Paper.objects.exclude(steps__what__in=OVER).exclude(words__agency=for_.agency)
    return open_.exclude(excerpts=[]).select_related("by__agency").order_by("at", "pk")


def _asked(paper: Paper, for_: Look) -> Asked | None:
    head = head_ids([paper.subject_id])[paper.subject_id]
    lines = {line.key: line for line in shown_lines(for_=maker_of(paper), head=head)}
    read = as_read(paper, head, lines, (), for_.at, lines)
    if for_.agency not in {one.owner for one in read.redactions}:
        return None
    ours = [line for key, line in lines.items() if key in paper.excerpts and line.agency == for_.agency]
    for_.note(subjects=[head], entries=[line.key for line in ours])
    _, _, purpose, name, relation = read.parts[0].texts
    excerpts = tuple(line.words for line in ours)
    return Asked(
        paper.pk, f"{name}, {relation}", purpose, f"{paper.by.name}, {paper.by.agency.name}", paper.at, excerpts
    )
