"""What adds up about a child, as far as the look may be shown it, and which of it a decision has answered."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from joinedup.chronicle.queries.briefs import shown_keys
from joinedup.recognise import queries as recognise
from joinedup.recognise.queries import FindingView
from joinedup.respond.models import DeskItem
from joinedup.share import queries as share
from joinedup.share.queries import Subject, behind_the_wall
from joinedup.share.rules import Field, Look


@dataclass(frozen=True)
class FindingShown:
    """A finding on the child's page. `open`: it waits for an answer, from `shows_from` on, by `due`.

    Whoever may not see decisions is not told which there were.
    """

    finding: FindingView
    open: bool
    shows_from: datetime | None = None
    due: datetime | None = None


@behind_the_wall
def findings_of(*, for_: Look, head: Subject) -> list[FindingShown]:
    """What adds up about a child: what waits for an answer first, then the most urgent. Notes what it shows."""
    found = may_show(for_=for_, findings=recognise.findings_at(head.pk))
    for_.note(subjects=[head.pk], entries=[key for one in found for key in one.entries])
    if share.mask(for_=for_, what=Field.DECISION, subject=head):
        return [FindingShown(one, open=True) for one in found]
    items = {item.ref: item for item in DeskItem.objects.filter(subject=head, kind="finding")}
    shown = [as_waiting(one, items.get(one.key)) for one in found]
    return sorted(shown, key=lambda one: not one.open)


def as_waiting(finding: FindingView, item: DeskItem | None) -> FindingShown:
    if item is None:
        return FindingShown(finding, open=False)
    return FindingShown(finding, open=True, shows_from=item.shows_from, due=item.due)


def may_show(*, for_: Look, findings: Iterable[FindingView]) -> list[FindingView]:
    """Of each finding the grounds all of whose entries this look may be shown; one that has none is left out.

    A sentence tells of all its entries at once, so a ground is shown whole or not at all; and whoever may not see
    what other agencies hold is not told which of them have not heard of it.
    """
    by_head: dict[int, list[FindingView]] = {}
    for finding in findings:
        by_head.setdefault(finding.subject, []).append(finding)
    heads = share.subjects(by_head)
    return [one for pk, own in by_head.items() for one in _of_child(for_, heads[pk], own)]


def _of_child(for_: Look, head: Subject, findings: list[FindingView]) -> list[FindingView]:
    keys = {key for finding in findings for key in finding.entries}
    allowed = shown_keys(for_=for_, head=head, keys=keys)
    blind = share.mask(for_=for_, what=Field.FINDING, subject=head)
    return [shown for finding in findings if (shown := _as_shown(finding, allowed, blind)).grounds]


def _as_shown(finding: FindingView, allowed: frozenset[str], blind: bool) -> FindingView:
    """The finding with the grounds that may be shown, and no more urgent than these: nothing hidden speaks."""
    grounds = tuple(
        replace(ground, not_told=()) if blind else ground
        for ground in finding.grounds
        if allowed.issuperset(ground.entries)
    )
    if not grounds:
        return replace(finding, grounds=())
    tier = grounds[0].tier
    return replace(finding, grounds=grounds, tier=tier, since=min(one.shown_at for one in grounds if one.tier == tier))
