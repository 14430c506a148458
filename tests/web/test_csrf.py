"""No other site can make somebody's browser act: every form asks for its token, and safe methods change nothing."""

from collections.abc import Callable

import pytest
from django.test import Client

from joinedup.share.models import AuditRow
from respond import town as towns
from web.visiting import LEFT_ALONE, every_address

pytestmark = pytest.mark.django_db
ANSWERS = {"answer", "refusal"}  # what a look leaves; anything else is a change
SEEN = {"respond.deciding.see", "sealed.answering.see"}  # that a person read it is written down when they read it


def signed_in(town: towns.Town, who: str) -> Client:
    client = Client(enforce_csrf_checks=True)
    client.force_login(town.people[who], backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.mark.parametrize("who", ["ann", "manager", "nurse", "mara"])
def test_no_form_is_taken_from_another_site(town: towns.Town, who: str) -> None:
    """Every address there is, sent to without the token, as another site's page would."""
    towns.second_injury(town)
    client, known = signed_in(town, who), {"reference": [town.child("Tess").reference]}
    before = AuditRow.objects.exclude(act__in=ANSWERS).count()
    sent = 0
    for address in every_address(known):
        if address.startswith("/api/"):
            continue  # agencies' systems, by their own credential: a browser sends none by itself
        answer = client.post(address, {"reason": "x", "text": "x"})
        assert answer.status_code in (403, 404, 405), address
        sent += answer.status_code == 403
    assert sent > 20
    assert AuditRow.objects.exclude(act__in=ANSWERS).count() == before


@pytest.mark.parametrize("who", ["ann", "manager", "nurse", "mara"])
def test_reading_changes_nothing(town: towns.Town, who: str, client_of: Callable[[str], Client]) -> None:
    towns.second_injury(town)
    client, known = client_of(who), {"reference": [town.child("Tess").reference]}
    for address in every_address(known):
        if not LEFT_ALONE.match(address) and not address.startswith(("/api/", "/account/", "/sign-")):
            before = set(AuditRow.objects.values_list("pk", flat=True))
            client.get(address)
            acts = set(AuditRow.objects.exclude(pk__in=before).values_list("act", flat=True))
            assert acts <= ANSWERS | {act for act in acts if act.endswith((".see", ".seen", "saw"))}, address
