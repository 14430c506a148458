"""The list of packages names what the lock names, and nothing under a licence that joinedup may not use."""

import json
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tools"))
from sbom import LOCK, OUT, bare, components, current  # noqa: E402 - a tool beside the tests

KNOWN = json.loads(OUT.read_text())["components"]


def test_the_list_is_current_with_the_lock() -> None:
    assert current(), "run `make sbom`"


def test_every_package_is_pinned_by_hash_and_the_lock_names_no_registry() -> None:
    assert len(KNOWN) > 30
    assert all(one["hashes"] for one in KNOWN)
    assert "http" not in LOCK.read_text()


def test_no_package_is_under_a_licence_that_binds_joinedup() -> None:
    """LGPL stands for psycopg alone, used as a library (decision 4); GPL and AGPL for nothing."""
    licences = {one["name"]: one["licenses"][0]["license"]["name"] for one in KNOWN}
    bound = {name for name, said in licences.items() if "GPL" in said}
    assert bound <= {"psycopg", "psycopg-binary"}


def test_a_list_that_is_not_current_is_found() -> None:
    other = components("fictional==1.0 --hash=sha256:" + "0" * 64)
    assert [one["name"] for one in other] == ["fictional"]
    assert bare({"components": other}) != bare({"components": KNOWN})
