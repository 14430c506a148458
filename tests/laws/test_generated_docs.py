"""Pages in docs/generated are made from the code and its data; one that is stale is a lie, so it fails."""

from collections.abc import Callable

import pytest
from django.core.management import call_command

from joinedup.share.rules import matrix
from laws.source import SRC

GENERATED = SRC.parents[1] / "docs" / "generated"
GENERATORS: dict[str, Callable[[], str]] = {"permissions.md": matrix}


@pytest.mark.parametrize("name", GENERATORS)
def test_a_generated_page_is_current(name: str) -> None:
    assert (GENERATED / name).read_text() == GENERATORS[name](), "run `make fix`"


def test_joinedup_docs_finds_nothing_stale() -> None:
    call_command("docs", check=True)
