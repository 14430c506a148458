"""The pages of retention: from whose time is over to a record destroyed, in the hands of two people."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from flow.street import KEEPER
from joinedup.chronicle.models import Entry
from joinedup.flow import ticking
from joinedup.rights.models import Destruction, LegalHold
from joinedup.share import actions as share
from rights.conftest import LATER, Family

Signed = Callable[[str], Client]


def send(client: Client, address: str, do: str, **said: str) -> str:
    return client.post(address, {"do": do, **said}, follow=True).content.decode()


def test_from_time_over_to_destroyed(family: Family, signed: Signed) -> None:
    share.set_clock(by=KEEPER, at=LATER)
    gil, gwen = signed("gil"), signed("gwen")
    page = gil.get("/retention/").content.decode()
    assert family.tess.reference in page
    assert "Arden" not in page
    record = f"/retention/{family.tess.reference}/"
    assert "Say why" in send(gil, record, "propose", ground="PERIOD")
    assert "Kept." in send(gil, record, "propose", ground="PERIOD", reason="Read the schedule.")
    assert "A second person says" in gil.get(record).content.decode()
    assert "A second person says" in send(gil, record, "release", **{"word-reason": "Mine."})
    assert family.tess.reference in gwen.get("/retention/").content.decode()
    assert "Released: it goes next" in send(gwen, record, "release", **{"word-reason": "Read it too."})
    ticking.tick(at=LATER + timedelta(minutes=1))
    page = gwen.get(record).content.decode()
    assert "Destroyed" in page
    assert "2 of 2" in page
    assert not Entry.objects.filter(subject=family.tess).exists()
    assert "Nothing waits" in send(gwen, record, "release", **{"word-reason": "Once more."})


def test_before_its_time_the_period_is_no_ground(family: Family, signed: Signed) -> None:
    page = signed("gil").get(f"/retention/{family.tess.reference}/").content.decode()
    assert "A court ordered it" in page
    assert "The time for which it is kept is over" not in page


def test_a_hold_is_placed_and_ended_on_its_page(family: Family, signed: Signed) -> None:
    gil, record = signed("gil"), f"/retention/{family.tess.reference}/"
    send(gil, record, "propose", ground="COURT", reason="An order.")
    assert "No child here has this reference" in send(gil, "/retention/holds/", "hold", subject="AAA-AAA-A")
    page = send(gil, "/retention/holds/", "hold", subject=family.tess.reference, title="An inquiry", reason="Asked.")
    assert "An inquiry" in page
    assert "Held for An inquiry: Asked." in gil.get(record).content.decode()
    assert "held for An inquiry" in send(signed("gwen"), record, "release", **{"word-reason": "Read."})
    hold = LegalHold.objects.get()
    page = send(gil, "/retention/holds/", "lift", **{"lift-hold": str(hold.pk), "lift-reason": "It has ended."})
    assert "Nothing is held." in page
    assert "refused: it is kept" in send(signed("gwen"), record, "refuse", **{"word-reason": "No."}).casefold()
    assert Destruction.objects.get().word.released is False
    assert "Every record" in send(gil, "/retention/holds/", "hold", title="A statutory inquiry", reason="Announced.")


@pytest.mark.parametrize("who", ["max", "iris", "mara"])
def test_for_everybody_else_there_is_no_such_page(family: Family, signed: Signed, who: str) -> None:
    for address in ("/retention/", "/retention/holds/", f"/retention/{family.tess.reference}/"):
        assert signed(who).get(address).status_code == 403


def test_a_reference_that_names_nobody(family: Family, signed: Signed) -> None:
    assert signed("gil").get("/retention/KT7-3MW-9/").status_code == 404
    assert family.street
