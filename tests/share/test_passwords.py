"""Passwords are taken exactly as they are typed, of any composition; and signing in makes a new session."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from share.cast import PASSWORD

pytestmark = pytest.mark.django_db
PAST_64 = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=64, max_size=120)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=PAST_64.filter(lambda text: len(set(text)) > 12 and text == text.strip()))
def test_any_long_password_is_taken_exactly_as_it_is_typed(house, typed: str) -> None:
    """No rule of composition, no truncation, no case folding: one letter less or in another case opens nothing."""
    person = house.people["mash"]
    validate_password(typed, person)
    person.set_password(typed)
    assert person.check_password(typed)
    assert not person.check_password(typed[:-1])
    assert typed.swapcase() == typed or not person.check_password(typed.swapcase())


def test_signing_in_makes_a_new_session(house) -> None:
    client = Client()
    client.get("/sign-in/")
    client.session.save()
    before = client.session.session_key
    assert client.post("/sign-in/", {"login": house.people["mash"].email, "password": PASSWORD}).status_code == 302
    first = client.session.session_key
    assert first != before
    assert len(first) >= 32
    again = Client()
    again.post("/sign-in/", {"login": house.people["mash"].email, "password": PASSWORD})
    assert again.session.session_key != first
