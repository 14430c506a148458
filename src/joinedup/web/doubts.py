"""Doubts in the order of what hangs on them, and who saw two children as one before they were taken apart."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from joinedup.face import render
from joinedup.link import queries as link
from joinedup.papers import queries as papers
from joinedup.respond import queries as respond
from joinedup.share import queries as share
from joinedup.share.doors import door, open_child
from joinedup.share.queries import Looked, Subject
from joinedup.share.rules import Look, Permission


@dataclass(frozen=True)
class Saw:
    """Somebody who may have read of the one child as of the other: by name, from where, how often, and last when."""

    by: str
    agency: str
    times: int
    last: datetime


@dataclass(frozen=True)
class Side:
    """One of the two children now: by which name, what was decided that has fallen, which papers went out meanwhile."""

    child: Subject
    name: str
    fallen: tuple[respond.DecisionShown, ...]
    papers: tuple[papers.Listed, ...]


@require_GET
@door(Permission.DOUBTS_SETTLE)
def doubts(request: HttpRequest, look: Look) -> HttpResponse:
    """Pairs of records that may be one person: first those on which most hangs."""
    found = link.doubts(for_=look, hanging=respond.hanging)
    return render(request, look, "web/doubts.html", doubts=found, agencies=share.agencies())


@require_GET
@door(Permission.DOUBTS_SETTLE)
def parted(request: HttpRequest, look: Look, parting: UUID) -> HttpResponse:
    """Who saw two children as one, what was decided and what went out meanwhile: so that somebody can tell them."""
    word = link.parted(for_=look, key=str(parting))
    if word is None:
        raise Http404
    children = [open_child(look, share.by_reference(one), one) for one in word.sides]
    heads = [child.pk for child in children]
    looks = share.looks_between(for_=look, heads=heads, since=word.since, until=word.at)
    names = link.names(for_=look, heads=heads)
    sides = [side(look, child, names.get(child.pk, ""), word) for child in children]
    return render(
        request, look, "web/parted.html", word=word, sides=sides, saw=who_saw(looks), agencies=share.agencies()
    )


def side(look: Look, child: Subject, name: str, word: link.Parted) -> Side:
    """What of one child may rest on the other's records."""
    fallen = tuple(one for one in respond.decisions_of(for_=look, head=child.pk) if one.fallen)
    makes = share.may(look, Permission.PAPER_MAKE)
    sent = papers.papers_about(for_=look, child=child) if makes else []
    meanwhile = tuple(one for one in sent if word.since <= one.at <= word.at and one.state == "released")
    return Side(child, name, fallen, meanwhile)


def who_saw(looks: list[Looked]) -> list[Saw]:
    """Each person once, the latest first."""
    by: dict[tuple[str, str], list[datetime]] = defaultdict(list)
    for one in looks:
        by[one.by, one.agency].append(one.at)
    people = share.people_by_email({email for email, _ in by})
    found = [
        Saw(people[email].name if email in people else email, agency, len(at), max(at))
        for (email, agency), at in by.items()
    ]
    return sorted(found, key=lambda one: one.last, reverse=True)
