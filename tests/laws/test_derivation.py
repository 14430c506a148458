"""Laws 1, 2 and 3 over the whole way: the same facts give the same children, entries, findings and desk.

In whatever order messages arrive, however often, one by one or in bulk; and everything derived can be derived again.
"""

import itertools
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from flow import street as streets
from flow.street import AGENCIES, AT, Json, Street, child, days_pass, event, what_stands
from joinedup.flow import loading, ticking, worker
from joinedup.flow.rebuild import rebuild

MILL, QUAY = "4 Mill Lane, EL4 2AB", "31 Quay Street, EL9 9XY"
WAYS_TO_NAME: dict[str, list[Json]] = {  # how agencies name each child: typos, nicknames, what they do not know
    "tess": [
        child("Theresa", "Arden", "2011-05-17", "9990000018", MILL),
        child("Tess", "Arden", "2011-05-17", None, MILL),
        child("Theresa", "Ardan", "2011-05-17", "9990000018"),
        child("Tess", "Arden", "2011-05-17", None, QUAY),
        child("Tess", None, None),
    ],
    "ben": [  # her brother
        child("Benjamin", "Arden", "2013-08-02", "9990000026", MILL),
        child("Ben", "Arden", "2013-08-02", None, MILL),
        child("Ben", "Arden", "2013-02-08", "9990000026"),
    ],
    "amy": [  # a twin
        child("Amy", "Thornley", "2012-03-04", "9990000034", QUAY),
        child("Amy", "Thornley", "2012-03-04", None, QUAY),
        child("A", "Thornley", "2012-03-04", None, QUAY),
    ],
    "ava": [  # and the other
        child("Ava", "Thornley", "2012-03-04", "9990000042", QUAY),
        child("Ava", "Thornly", "2012-03-04", None, QUAY),
    ],
}
GROWN_UP: Json = {
    "kind": "adult", "role": "adult-of-concern", "in_household": "yes", "names": [{"given": "Karl", "family": "Voss"}],
    "born": "1984-01-30", "addresses": [{"lines": "4 Mill Lane", "postcode": "EL4 2AB"}],
}  # fmt: skip
WHAT: list[Json] = [
    event("attendance", "2026-01-12", "injury-cause-not-known"),
    event("attendance", "2026-03-02", "injury-cause-not-known", told=[]),
    event("missing", "2026-02-20", "missing-episode", told=[{"agency": "council", "when": "2026-02-21"}]),
    event("missing", "2026-02-20"),
    event("missing", "2026-02-26"),
    event("missing", "2026-03", told=[]),
    event("absence", "2026-02", "school-absence", count=6),
    event("concern", "2026-03-02", "neglect", side="home"),
    event("concern", "2026-03-03", "unexplained-visitors", side="outside", told="unknown"),
    event("concern", None, "self-harm"),
    event("message-passed", "2026-02-21", "missing-episode"),
    event("move-unplanned", "2025-11-04"),
    event("request-for-help", "2026-02-10", told=[{"agency": "council"}]),
    event("closure", "2026-02-12", outcome="other-agency-involved"),
    event("good-news", "2026-03-05"),
]
HUNT = os.environ.get("HUNT")  # so many others: HUNT=200 pytest --hypothesis-seed=7 tests/laws/test_derivation.py
SENT_AT_ONCE = timedelta(minutes=3)
AFTER = timedelta(hours=8)


@dataclass
class Facts:
    """Notices as they were sent, and which of them a person takes back afterwards."""

    sent: list[tuple[str, bytes]]
    taken_back: frozenset[int]


@st.composite
def facts(draw: st.DrawFn) -> Facts:
    """Some weeks of a small partnership."""
    numbers, sent = itertools.count(1), list[tuple[str, bytes]]()

    def send(agency: str, children: list[str], what: Json, **more: Any) -> tuple[str, str]:
        """`children`: who it is about, by name; returns the notice's agency and id."""
        persons = [draw(st.sampled_from(WAYS_TO_NAME[name])) for name in children]
        persons += [GROWN_UP] if draw(st.integers(0, 5)) == 0 else []
        body = {
            "form": "joinedup/notice/1", "id": f"N{next(numbers)}", "agency": agency, "sent": "2026-03-20T08:00:00Z",
            "persons": [{"kind": "child", "role": "subject"} | one | {"n": n} for n, one in enumerate(persons, 1)],
            "events": [{"n": 1} | what], **more,
        }  # fmt: skip
        sent.append((agency, json.dumps(body).encode()))
        return agency, str(body["id"])

    agencies, families = st.sampled_from(sorted(AGENCIES)), st.sampled_from([["tess", "ben"], ["amy", "ava"]])
    for _ in range(draw(st.integers(2, 5))):  # one agency, one event
        family = draw(families)
        send(draw(agencies), draw(st.sampled_from([family, family[:1], family[1:]])), draw(st.sampled_from(WHAT)))
    for _ in range(draw(st.integers(0, 2))):  # one event that several agencies tell
        one, name = draw(st.sampled_from(WHAT)), draw(st.sampled_from(sorted(WAYS_TO_NAME)))
        for agency in draw(st.lists(agencies, min_size=2, max_size=3, unique=True)):
            send(agency, [name], one)
    agency, first = send(draw(agencies), ["tess"], draw(st.sampled_from(WHAT)))
    if draw(st.booleans()):  # a correction, perhaps about somebody else
        send(agency, [draw(st.sampled_from(["tess", "ben"]))], draw(st.sampled_from(WHAT)), corrects=first)
    if draw(st.booleans()):  # another body under the same id
        send(agency, ["tess"], draw(st.sampled_from(WHAT)), id=first)
    return Facts(sent, frozenset(draw(st.sets(st.integers(0, len(sent) - 1), max_size=1))))


@contextmanager
def scratch() -> Iterator[None]:
    """The database as it was before, afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def one_by_one(street: Street, facts_: Facts, order: list[int]) -> None:
    """Messages come a few minutes apart, each brought on before the next; some are taken back at once."""
    back = set(facts_.taken_back)
    for place, n in enumerate(order):
        at = AT + place * SENT_AT_ONCE
        key = street.keep(*facts_.sent[n], at=at)
        done = worker.once(at=at)
        assert (done.quarantined, done.left) == (0, 0)
        if n in back:
            back.remove(n)
            street.take_back(key, at=at)


def all_at_once(street: Street, facts_: Facts, order: list[int]) -> None:
    """The same in bulk; what is taken back is taken back at the end."""
    done = loading.take_in([facts_.sent[n] for n in order], at=AT)
    assert not done.quarantined
    for n in facts_.taken_back:
        street.take_back(street.keep(*facts_.sent[n]))


def as_it_stands(days: int, *, checked: bool = False) -> Any:
    """What stands the same evening (`checked`: the same when derived again), and some days later, always checked."""
    evening = AT + AFTER
    ticking.tick(at=evening)
    first = what_stands()
    assert not checked or rebuild(at=evening, check=True).differences == []
    later = days_pass(evening, days)
    assert rebuild(at=later, check=True).differences == []
    return first, what_stands()


@pytest.fixture
def street(db: None) -> Street:
    return streets.found()


@given(facts_=facts(), data=st.data())
@settings(
    max_examples=int(HUNT or 20),
    deadline=None,
    derandomize=not HUNT,
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],  # explaining would take as long again
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_any_order_duplication_and_road_gives_the_same_children_entries_findings_and_desk(
    street: Street, facts_: Facts, data: st.DataObject
) -> None:
    order = list(range(len(facts_.sent)))
    again = data.draw(st.permutations([*order, *data.draw(st.lists(st.sampled_from(order), max_size=3))]))
    bulk = data.draw(st.permutations(order))
    for agency, body in facts_.sent:
        note(f"{agency}: {body.decode()}")
    with scratch():
        one_by_one(street, facts_, order)
        first = as_it_stands(2, checked=True)
    for road, way in ((one_by_one, again), (all_at_once, bulk)):
        with scratch():
            road(street, facts_, list(way))
            found = as_it_stands(2)
        for earlier, now in zip(first, found, strict=True):
            for table, rows in earlier.items():
                assert now[table] == rows, table
