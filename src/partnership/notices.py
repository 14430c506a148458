"""The notice as its sender writes it: form `joinedup/notice/1`, one JSON object a line."""

import json
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

FORM = "joinedup/notice/1"
LONDON = ZoneInfo("Europe/London")
UTC = ZoneInfo("UTC")
Json = dict[str, Any]

# Which numbers an agency of a kind holds, besides the name. Most hold none of another agency's.
HOLDS = {
    "childrens-social-care": ("la-child-id", "nhs-number"),
    "virtual-school": ("la-child-id", "upn"),
    "adoption-support": ("la-child-id",),
    "youth-justice": ("la-child-id",),
    "childrens-home": ("la-child-id",),
    "fostering": ("la-child-id",),
    "hospital": ("nhs-number", "hospital-number"),
    "urgent-care": ("nhs-number",),
    "gp": ("nhs-number",),
    "health-visiting": ("nhs-number",),
    "school": ("upn",),
    "council-duty": ("nhs-number",),
    "supported-accommodation": ("provider-reference",),
}


def filled(**fields: Any) -> Json:
    """The fields that say something: None, "" and {} are left out; [] (none) and "unknown" are said."""
    return {name: value for name, value in fields.items() if value is not None and value not in ("", {})}


def instant(local: datetime) -> str:
    """A moment by the clocks of England, as UTC text."""
    return local.replace(tzinfo=LONDON).astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def happened(start: date | datetime, end: date | None = None, lasting: bool | None = None) -> Json:
    """When: a moment, a day, or from one day to another (inclusive)."""
    if isinstance(start, datetime):
        return {"from": instant(start), "precision": "instant"}
    return filled(**{"from": start.isoformat(), "to": end and end.isoformat(), "precision": "day", "lasting": lasting})


def notice(*, sent: str, id_: str, agency: str, persons: list[Json], events: list[Json], **rest: Any) -> Json:
    """A whole notice. `form` and `sent` come first, so that lines in order of text are in order of time."""
    return {"form": FORM, "sent": sent, "id": id_, "agency": agency} | filled(**rest) | {
        "persons": persons,
        "events": events,
    }  # fmt: skip


def line(whole: Json) -> str:
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
