"""Values that no page of ours would send are answered, never a fault of the server."""

from collections.abc import Callable

import pytest
from django.test import Client

from respond import town as towns


@pytest.fixture
def address(town: towns.Town) -> str:
    towns.adding_up(town)
    return f"/child/{town.child('Mina').reference}"


def test_a_holder_of_very_many_digits_holds_nothing(address: str, client_of: Callable[[str], Client]) -> None:
    ann = client_of("ann")
    assert ann.get(f"{address}/decide/").status_code == 200
    taken = ann.post(f"{address}/take/", {"holder": "9" * 5_000}, follow=True)
    assert taken.status_code == 200
    assert taken.redirect_chain


def test_an_actions_owner_is_a_name_and_no_story(address: str, client_of: Callable[[str], Client]) -> None:
    answered = client_of("ann").post(f"{address}/decide/", {"step_1_what": "Visit", "step_1_owner": "a" * 201})
    assert "By whom there? must be 200 characters or fewer" in answered.content.decode()
