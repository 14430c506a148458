"""A partnership with a few agencies, its key file, and plain notices to send."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from joinedup.receive import actions
from joinedup.receive.queries.payloads import _vault
from joinedup.receive.rules.read import JSON
from joinedup.share import actions as share
from joinedup.share.rules import Actor

AT = datetime(2026, 3, 5, 9, 0, tzinfo=UTC)
KEEPER = Actor("keeper")
AGENCIES = {
    "ellensford-hospital": "hospital",
    "ellensford-police": "police",
    "ellensford-social-care": "childrens-social-care",
    "fairmead-school": "school",
    "northgate-rooms": "supported-accommodation",
}


def notice(**parts: Any) -> dict[str, Any]:
    """A faultless notice about one fictional child, with parts replaced."""
    return {
        "form": "joinedup/notice/1",
        "id": "H-1",
        "agency": "ellensford-hospital",
        "persons": [
            {
                "n": 1, "kind": "child", "role": "subject", "born": "2011-05-17",
                "names": [{"given": "Tess", "family": "Arden"}],
                "identifiers": [{"system": "nhs-number", "value": "999 000 0018"}],
            }
        ],
        "events": [
            {"n": 1, "about": [1], "kind": "attendance", "concerns": ["injury-cause-not-known"],
             "happened": {"from": "2026-03-04"}, "told": []}
        ],
    } | parts  # fmt: skip


def sent(value: Any = None, *, agency: str = "ellensford-hospital", media: str = JSON, at: datetime = AT) -> Any:
    """Take one message in: an object, or the very bytes."""
    body = value if isinstance(value, bytes) else json.dumps(notice() if value is None else value).encode()
    return actions.receive(by=Actor("a test", agency), at=at, agency=agency, body=body, media=media, channel="api")


@pytest.fixture(autouse=True)
def key_file(settings: Any, tmp_path: Any) -> Any:
    """A master key of this test's own."""
    settings.JOINEDUP_KEY_FILE = tmp_path / "master.key"
    yield settings.JOINEDUP_KEY_FILE
    _vault.cache_clear()


@pytest.fixture
def partnership(db: None) -> Any:
    made = share.found_partnership(
        by=KEEPER, at=AT, name="Ellensford", simulated=True, settings={"duty_line": "01632 960 123"}
    )
    for code, kind in AGENCIES.items():
        share.add_agency(by=KEEPER, at=AT, code=code, name=code.replace("-", " ").title(), kind=kind)
    share.set_clock(by=KEEPER, at=AT)
    return made
