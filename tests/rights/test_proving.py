"""What leaves for good, or goes for good, is released by somebody who has just shown that it is them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from flow.street import AT, KEEPER
from joinedup.chronicle.models import Entry
from joinedup.rights import actions
from joinedup.rights.models import VictimStep
from joinedup.rights.rules.access import Asker
from joinedup.rights.rules.victims import Demander, Turn
from joinedup.share import actions as share
from joinedup.share.doors.looking import REASONS
from joinedup.share.models import Partnership, Practitioner
from joinedup.share.sign_in.second import FRESH, SHOWN
from rights.conftest import Family
from share.factors import AGAIN, next_code, set_up, signed_in

PASSWORD = "a printed password of the cast"
Show = Callable[[str], None]
RELEASE = {"do": "release", "word-reason": "Read."}


@pytest.fixture
def real(family: Family) -> Family:
    """In a real database, with a child whom her manager and her reviewing officer open."""
    cache.clear()
    for who, relation in (("max", "manager"), ("iris", "iro")):
        share.involve(by=KEEPER, at=AT, subject=family.tess, relation=relation, practitioner=family.people[who])
    Partnership.objects.update(simulated=False)
    return family


def seen_a_while_ago(family: Family, who: str) -> tuple[Client, Show]:
    """Somebody who showed their second factor sixteen minutes ago, and a way to show it again."""
    person: Practitioner = family.people[who]
    app = set_up(person)
    client = signed_in(person, app, PASSWORD)
    session = client.session
    session[SHOWN] = {**session[SHOWN], "at": session[SHOWN]["at"] - FRESH - 60}
    session[REASONS] = {family.tess.reference: "a review"}
    session.save()

    def show(onward: str) -> None:
        assert client.post(f"{AGAIN}?next={onward}", {"code": next_code(person, app)}).url == onward

    return client, show


def test_what_police_asked_for(real: Family) -> None:
    key = Entry.objects.get(words="Words of the ward.").key
    nurse = share.add_practitioner(
        by=KEEPER, at=AT, email="nurse@example.org", name="Joy Bell", agency="hospital", roles=["ed-nurse"]
    )
    real.people["nurse"] = nurse
    fact = actions.keep_demand(
        by=real.actor("max"), at=AT, subject=real.tess, demander=Demander.POLICE, office="Case team, 14/26",
        wants="Attendances of January 2014.", why="To decide whether to charge.",
    )  # fmt: skip
    for who, what, chosen in (("max", Turn.NOTICE, []), ("max", Turn.CHOOSE, [key]), ("nurse", Turn.AGREE, [])):
        actions.turn(by=real.actor(who), at=AT, request=fact, what=what, reason="Read.", entries=chosen)
    page = f"/child/{real.tess.reference}/requests/demand/{fact.pk}/"
    iris, show = seen_a_while_ago(real, "iris")
    assert iris.get(page).status_code == 200
    assert iris.post(page, RELEASE).url.startswith(AGAIN)
    assert not VictimStep.objects.filter(what=Turn.RELEASE.name).exists()
    show(page)
    assert iris.post(page, RELEASE).url == page
    assert VictimStep.objects.filter(what=Turn.RELEASE.name).count() == 1


def test_everything_that_is_kept_of_somebody(real: Family) -> None:
    fact = actions.ask_access(
        by=real.actor("max"), at=AT, subject=real.tess, asker=Asker.ADULT, name="Tess Arden",
        identity="Passport seen.", received=AT - timedelta(days=3),
    )  # fmt: skip
    page = f"/child/{real.tess.reference}/requests/{fact.pk}/"
    iris, _ = seen_a_while_ago(real, "iris")
    assert iris.get(page).status_code == 200
    assert iris.post(page, RELEASE).url.startswith(AGAIN)


def test_the_destruction_of_a_record(real: Family) -> None:
    page = f"/retention/{real.tess.reference}/"
    gwen, _ = seen_a_while_ago(real, "gwen")
    assert gwen.get(page).status_code == 200
    assert gwen.post(page, RELEASE).url.startswith(AGAIN)
