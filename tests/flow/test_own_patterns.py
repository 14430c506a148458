"""A partnership's own pattern holds from its first day to its last, for every child, though nothing new comes in."""

from datetime import date, timedelta

import pytest

from flow.street import AT, KEEPER, Street, child, event
from joinedup.flow import ticking, worker
from joinedup.flow.rebuild import rebuild
from joinedup.recognise import actions as recognise
from joinedup.recognise.models import Ground
from joinedup.share import actions as share
from recognise.test_adopting import OWN

FACTS = (("school", event("concern", "2026-03-10", "neglect")), ("police", event("missing", "2026-03-12")))


@pytest.fixture
def tess(street: Street) -> Street:
    for agency, what in FACTS:
        street.tell(agency, [child("Tess", "Arden", "2011-05-17", "9990000018")], what)
    return street


def titles() -> set[str]:
    return set(Ground.objects.filter(pattern="two-here").values_list("title", flat=True))


def own(since: date, until: date | None = None) -> str:
    text = OWN.replace("id: concerns-add-up", "id: two-here").replace("2026-05-01", since.isoformat())
    return text.replace("title: Two", f"until: {until}\ntitle: Two", 1) if until else text


def test_at_once_if_it_has_begun(tess: Street) -> None:
    recognise.adopt(by=tess.worker_, at=AT, text=own(AT.date()))
    worker.once(at=AT)
    assert titles() == {"Two concerns here"}
    assert rebuild(at=AT, check=True).differences == []


def test_on_its_first_day_and_not_after_its_last(tess: Street) -> None:
    recognise.adopt(by=tess.worker_, at=AT, text=own(date(2026, 3, 25), date(2026, 3, 28)))
    worker.once(at=AT)
    shown = []
    for days in range(10):
        at = AT + timedelta(days=days)
        share.set_clock(by=KEEPER, at=at)
        ticking.tick(at=at)
        shown.append(bool(titles()))
        assert rebuild(at=at, check=True).differences == []
    assert shown == [False] * 5 + [True] * 3 + [False] * 2
