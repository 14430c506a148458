"""A child who asks reads who looked: in plain words, without inquiries about staff, without what is sealed."""

from collections.abc import Callable

from django.test import Client

from joinedup.share.models import Agency
from respond import town as towns

Signed = Callable[[str], Client]


def test_the_child_holds_the_list_in_their_hands(town: towns.Town, client_of: Signed) -> None:
    town.tell("hospital", "Tess", "concern")
    town.involve("Tess", allocated="worker", manager="manager")
    reference = town.child("Tess").reference
    why = {"why": "Somebody rang or wrote about this child", "more": "her mother"}
    client_of("nurse").post(f"/reason/?child={reference}&next=/child/{reference}/", why, follow=True)
    client_of("worker").get(f"/child/{reference}/")
    client_of("guardian").get("/looks/")
    manager = client_of("manager")
    page = manager.get(f"/child/{reference}/who-looked/").content.decode()
    assert "who-looked/print/" in page
    paper = manager.get(f"/child/{reference}/who-looked/print/").content.decode()
    for words in ("Joy Bell", "Ellensford General Hospital", "her mother", "Wanda Reed", "open on my desk", "advocate"):
        assert words in paper
    assert "Gwen Orr" not in paper
    Agency.objects.filter(pk="hospital").update(discreet=True)
    paper = manager.get(f"/child/{reference}/who-looked/print/").content.decode()
    assert "one more agency" in paper
    assert "Ellensford General Hospital" not in paper
    assert client_of("worker").get(f"/child/{reference}/who-looked/print/").status_code == 403
