"""Trust 1.3, 4: every address names a permission; whatever is not listed is refused."""

import inspect
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from joinedup.share.rules import Permission, holders

FREE = {Permission.PUBLIC, Permission.SIGNED_IN}


def addresses(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[tuple[str, Any]]:
    for one in patterns:
        here = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from addresses(one.url_patterns, here)
        else:
            yield here, one.callback


def unguarded(patterns: list[URLPattern | URLResolver]) -> list[str]:
    """Addresses whose view names no permission."""
    return [
        place for place, view in addresses(patterns) if not isinstance(getattr(view, "permission", None), Permission)
    ]


def test_every_address_names_a_permission() -> None:
    assert unguarded(get_resolver().url_patterns) == []


def test_every_permission_that_a_door_asks_for_is_held_by_some_role() -> None:
    asked = {view.permission for _, view in addresses(get_resolver().url_patterns)} - FREE
    assert [permission for permission in asked if not holders(permission)] == []


def test_no_address_holds_more_than_references_and_keys() -> None:
    """No sensitive data in addresses (ASVS 14.2.1): what they carry is named after keys."""
    carried = {name for place, _ in addresses(get_resolver().url_patterns) for name in parameters(place)}
    assert not carried & {"name", "names", "postcode", "nhs", "nhs_number", "born", "text", "q", "query", "email"}


def parameters(place: str) -> list[str]:
    return [part.split(">")[0].split(":")[-1] for part in place.split("<")[1:]]


def test_an_unguarded_view_is_found() -> None:
    from django.urls import path

    assert unguarded([path("open/", lambda request: None)]) == ["open/"]  # type: ignore[arg-type,return-value]


@pytest.mark.parametrize("permission", sorted(set(Permission) - FREE))
def test_every_permission_is_held_by_some_role(permission: Permission) -> None:
    assert holders(permission), inspect.cleandoc(f"nobody may {permission}: leave it out, or give it to a role")
