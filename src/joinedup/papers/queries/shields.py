"""What is shielded about a child, as it might be typed into a letter; and who must not learn what of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from joinedup.chronicle.queries import reporters
from joinedup.link.queries import shielded_places
from joinedup.network.queries import heads_around
from joinedup.papers.models import MustNotLearn
from joinedup.papers.rules import Class, Shield, class_of_address, class_of_agency, may_be_same
from joinedup.share.queries import Subject, about, agencies_holding, with_people
from joinedup.share.rules import Look


@dataclass(frozen=True)
class Barred:
    """That a person must not learn some classes, until when (None: for good), as said by whom and why."""

    name: str
    classes: tuple[Class, ...]
    until: datetime | None
    reason: str
    by: str
    at: datetime


def shields_of(head: int, at: datetime) -> frozenset[Shield]:
    """Every text that is shielded about a child: where it and the people around it live, its schools and placements.

    Internal: what is scanned for. It is shown to nobody.
    """
    return frozenset([*_places(head), *_agencies(head, at)])


def _places(head: int) -> Iterator[Shield]:
    for one in (head, *sorted(heads_around(head))):
        for kind, text in shielded_places(one):
            yield Shield(class_of_address(kind), text)


def _agencies(head: int, at: datetime) -> Iterator[Shield]:
    for agency in agencies_holding(head, at=at):
        what = class_of_agency(agency.kind)
        if what is not None:
            yield Shield(what, agency.name)
        if what is Class.REPORTER:
            yield from (Shield(what, role) for role in reporters(head, [agency.code]))


def must_not_learn(head: int, name: str, at: datetime) -> dict[Class, str]:
    """What this person must not learn about this child now, and why, by class (internal)."""
    return {
        what: f"{one.name} must not learn this{_until(one)}"
        for one in _standing(head, at)
        if may_be_same(one.name, name)
        for what in _classes(one)
    }


def barred_of(*, for_: Look, child: Subject) -> list[Barred]:
    """Who must not learn what about a child that was opened, in order of time."""
    for_.note(subjects=[child.pk])
    return [
        Barred(one.name, _classes(one), one.until, one.reason, one.by.name, one.at)
        for one in _standing(child.pk, for_.at)
    ]


def _standing(head: int, at: datetime) -> list[MustNotLearn]:
    """The last word on each person, where it stands and is not over."""
    said = with_people(MustNotLearn.objects.filter(about(head), at__lte=at), "by").order_by("at", "pk")
    last = {one.name.casefold(): one for one in said}
    return [one for one in last.values() if one.stands and (one.until is None or at < one.until)]


def _classes(one: MustNotLearn) -> tuple[Class, ...]:
    return tuple(Class[name] for name in one.what)


def _until(one: MustNotLearn) -> str:
    return "" if one.until is None else f" until {one.until:%d %B %Y}"
