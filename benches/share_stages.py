"""The questions of `benches.share`, inside a process that has Django set up for one database.

The population: so many children with one record each; the hospital knows one in a hundred, one in fifty is somebody's
work, a few cases are locked. One child has 500 entries, by the whole way.
"""

import itertools
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.db.models import Q
from django.test import Client, RequestFactory

from benches.flow import summary, timed
from benches.flow_stages import bare
from joinedup.chronicle import pages
from joinedup.chronicle.queries import shown_lines
from joinedup.chronicle.queries.story import lines
from joinedup.flow import worker
from joinedup.link.queries import head_said
from joinedup.receive import actions as receive
from joinedup.share import actions as share
from joinedup.share import queries as house
from joinedup.share.models import Subject
from joinedup.share.rules import Actor, Look, Purpose

BENCH = Actor("bench")
SERIES = {
    "sqlite": "WITH RECURSIVE series(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM series WHERE n < {n}) ",
    "postgresql": "WITH series AS (SELECT generate_series(1, {n}) AS n) ",
}
SUBJECTS = """
INSERT INTO share_subject (reference, kind, allotted_to, allotted_at)
{series} SELECT 'B' || n, 'child', 'bench-' || n, {at} FROM series
"""
KNOWN = """
INSERT INTO share_involvement (id, subject_id, agency_id, relation, since)
SELECT {key}, id, 'hospital', 'held', {at} FROM share_subject WHERE id % 100 = 0
"""
WORK = """
INSERT INTO share_involvement (id, subject_id, practitioner_id, agency_id, relation, since)
SELECT {key}, id, {who}, 'council', 'allocated', {at} FROM share_subject WHERE id % 50 = 1 AND id % {every} = 1
"""
KEY = {
    "sqlite": "lower(hex(randomblob(16)))",
    "postgresql": "gen_random_uuid()",
}
PEOPLE = {
    "nurse": ("hospital", "ed-nurse"),
    "mash": ("council", "mash-social-worker"),
    "worker": ("council", "social-worker"),
}
Pair = tuple[dict[str, float], dict[str, float]]


def measure(*, children: int, times: int) -> dict[str, object]:
    """Load, then ask each question `times` times, with and without what share adds."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
    call_command("migrate", verbosity=0)
    looks = found()
    populate(children, looks["worker"])
    told = story()
    questions = {**decisions(looks, times), **lists(looks, times), **reading(looks, told, times)}
    questions["an audit row"] = paired(lambda: row(looks["mash"]), lambda: bare(1), times)
    return {"form": "joinedup/bench-share/1", "children": children, "questions": questions}


def paired(ours: Callable[[], object], without: Callable[[], object], times: int) -> Pair:
    """Both in turn, so that a busy machine slows both; once before, to warm what is kept."""
    ours(), without()
    one, other = [], []
    for _ in range(times):
        one += timed(ours, 1)
        other += timed(without, 1)
    return summary(one), summary(other)


def now() -> datetime:
    return datetime.now(UTC)


def found() -> dict[str, Look]:
    """The partnership, three people, and how each of them looks."""
    at = now() - timedelta(days=2)
    share.found_partnership(by=BENCH, at=at, name="Bench", simulated=True)
    for code, kind in (("hospital", "hospital"), ("council", "childrens-social-care")):
        share.add_agency(by=BENCH, at=at, code=code, name=code, kind=kind)
    people = {
        name: share.add_practitioner(
            by=BENCH, at=at, email=f"{name}@bench.example", name=name, agency=agency, roles=[role]
        )
        for name, (agency, role) in PEOPLE.items()
    }
    share.set_clock(by=BENCH, at=now())
    return {
        name: house.look_of(person, purpose=Purpose.SAFEGUARDING, reason="a call", at=now())
        for name, person in people.items()
    }


def again(look: Look) -> Look:
    """The same look, that has looked up nothing yet."""
    return Look(
        look.practitioner_id, look.by, look.agency, look.roles, look.purpose, look.reason, look.at,
        agency_kind=look.agency_kind,
    )  # fmt: skip


def populate(children: int, worker_: Look) -> None:
    """Subjects and who works with whom, in the database's own words: a million by the whole way would take a day."""
    vendor = connection.vendor
    at = connection.ops.adapt_datetimefield_value(now() - timedelta(days=1))
    said = {"series": SERIES[vendor].format(n=children), "key": KEY[vendor], "at": f"'{at}'"}
    with connection.cursor() as cursor:
        if vendor == "sqlite":  # a recursive query stands before what it is inserted into
            before, after = SUBJECTS.format(**said | {"series": ""}).split(")\n", 1)
            cursor.execute(f"{before}) {said['series']}{after}")
        else:
            cursor.execute(SUBJECTS.format(**said))
        cursor.execute(KNOWN.format(**said))
        cursor.execute(WORK.format(**said, who=worker_.practitioner_id, every=max(50, children // 40 // 50 * 50)))
        cursor.execute("ANALYZE")


def story() -> Subject:
    """A child of 500 entries, told by the hospital in fifty notices; the worker's own."""
    for n in range(50):
        events = [
            {"n": k + 1, "kind": "attendance", "concerns": ["neglect"], "words": f"Visit {n}, {k}.",
             "happened": {"from": f"{2020 + n % 5}-{k + 1:02}-{n % 28 + 1:02}"}} for k in range(10)
        ]  # fmt: skip
        child = {"n": 1, "kind": "child", "role": "subject", "names": [{"given": "Tess", "family": "Arden"}],
                 "born": "2011-05-17", "identifiers": [{"system": "nhs-number", "value": "9990000018"}]}  # fmt: skip
        body = {"form": "joinedup/notice/1", "id": f"n{n}", "agency": "hospital", "persons": [child], "events": events}
        receive.receive(
            by=BENCH, at=now(), agency="hospital", body=json.dumps(body).encode(), media="application/json",
            channel="api",
        )  # fmt: skip
    worker.once(at=now())
    head = house.subjects([pk := head_said(agency="hospital", sender_id="n0", n=1)])[pk]
    person = house.practitioner_of("worker@bench.example")
    share.involve(by=BENCH, at=now() - timedelta(hours=1), subject=head, relation="allocated", practitioner=person)
    return head


def decisions(looks: dict[str, Look], times: int) -> dict[str, Pair]:
    """May this person open this child? Beside reading the child's row."""
    ids = itertools.cycle(Subject.objects.filter(pk__lte=100_000).order_by("pk").values_list("pk", flat=True)[:5_000:7])

    def bare_read() -> object:
        return Subject.objects.get(pk=next(ids))

    def decide(look: Look) -> object:
        return house.may_open(for_=again(look), subject=bare_read())  # type: ignore[arg-type]

    return {
        f"may open one child: {who}": paired(partial(decide, look), bare_read, times) for who, look in looks.items()
    }


def lists(looks: dict[str, Look], times: int) -> dict[str, Pair]:
    """The latest 50 children whom each may open, beside the latest 50 without any filter."""

    def first(found: Any) -> object:
        return list(found.filter(kind="child").order_by("-pk")[:50])

    def bare_list() -> object:
        return first(Subject.objects.filter(head__isnull=True))

    def filtered(look: Look) -> object:
        return first(house.visible_subjects(for_=again(look)))

    return {f"a list of 50: {who}": paired(partial(filtered, look), bare_list, times) for who, look in looks.items()}


def reading(looks: dict[str, Look], child: Subject, times: int) -> dict[str, Pair]:
    """500 entries, filtered, masked and behind the wall; and their page through its door, with its audit row."""
    look = looks["worker"]
    few = max(20, times // 5)
    client, factory = Client(), RequestFactory()
    person = house.practitioner_of(look.by)
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    address = f"/child/{child.reference}/chronology/"
    assert client.get(address).status_code == 200, "the page does not open"
    view = pages.chronology.__wrapped__.__wrapped__  # type: ignore[attr-defined]  # within its methods and its door

    def alone() -> object:
        request = factory.get(address)
        request.user, request.session = person, {}  # type: ignore[assignment]
        return view(request, again(look), reference=child.reference)

    return {
        "500 entries, masked, behind the wall": paired(
            lambda: shown_lines(for_=again(look), head=child.pk),
            lambda: lines(child.pk, Q()), few,
        ),
        "a page of 500 entries, audited": paired(lambda: client.get(address), alone, few),
    }  # fmt: skip


def row(look: Look) -> None:
    share.record(by=look.actor, at=now(), act="answer", what={"route": "bench", "status": 200}, look=again(look))
