"""An address typed into a note, seen by each role: whoever may not have it, reads that it is withheld."""

from collections.abc import Callable

import pytest
from django.test import Client

from joinedup.share.models import CaseLock
from respond import town as towns

pytestmark = pytest.mark.django_db
WORDS = "She is with her aunt at 4 Canary Row, EF9 9ZZ, ring 01632 960 777; school goes well."
CANARIES = ("EF9 9ZZ", "01632 960 777")


def seen(client: Client, reference: str) -> str:
    asked = client.get(f"/child/{reference}/")
    if asked.status_code == 302:
        client.post(asked.url, {"why": "A meeting about this child"})
    pages = [client.get(f"/child/{reference}/"), client.get(f"/child/{reference}/chronology/")]
    return "".join(page.content.decode() for page in pages)


def test_who_may_have_the_address_reads_it_and_whoever_may_not_reads_the_rest(
    town: towns.Town, client_of: Callable[[str], Client]
) -> None:
    told = [{"agency": "police", "state": "sent"}]
    town.tell("school", "Tess", "concern", "concern-for-welfare", words=WORDS, place="The bus station", told=told)
    reference = town.child("Tess").reference
    for who in ("ann", "lead"):
        page = seen(client_of(who), reference)
        assert all(one in page for one in (*CANARIES, "The bus station"))
    page = seen(client_of("officer"), reference)
    assert "She is with her aunt" in page
    assert "school goes well" in page
    assert "[withheld]" in page
    assert not any(one in page for one in (*CANARIES, "The bus station"))


def test_an_address_typed_into_a_reason_is_refused_before_it_is_saved(
    town: towns.Town, client_of: Callable[[str], Client]
) -> None:
    towns.second_injury(town)
    town.involve("Tess", manager="manager")
    page = f"/child/{town.child('Tess').reference}/access/"
    said = {"do": "lock", "lock-why": "REVIEW", "lock-reason": "She is at EF9 9ZZ, ring 01632 960 777."}
    answer = client_of("manager").post(page, said).content.decode()
    assert "Take out a postcode and a phone number" in answer
    assert not CaseLock.objects.exists()
