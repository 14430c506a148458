"""cast.json: who is there, who works with whom, the bookmarked days, and what the story expects."""

from typing import Any

from partnership.agencies import about, agencies, read_data
from partnership.story.story import FIRST_MONTH, Telling, people, rows, tellings

FORM = "partnership/cast/1"


def cast() -> dict[str, Any]:
    """Everything that a demonstration needs besides the feeds; children are named by the first mention of them."""
    data = read_data("ellensford/practitioners.yaml")
    table, silent = rows()
    return {
        "form": FORM,
        "partnership": about()["partnership"],
        "council": about()["council"],
        "duty_line": about()["duty_line"],
        "out_of_hours": about()["out_of_hours"],
        "advocate": about()["advocate"],
        "first_month": FIRST_MONTH.isoformat(),
        "ends": data["ends"],
        "bookmarks": [row | {"month": int(row["month"])} for row in data["bookmarks"]],
        "agencies": [agency.shown() for agency in agencies().values()],
        "practitioners": data["practitioners"],
        "children": {name: _child(name) for name, somebody in people().items() if somebody.kind == "child"},
        "involvements": data["involvements"],
        "acts": [_act(act) for act in data["acts"]],
        "notices": {one.key: {"agency": one.agency, "message": one.id} for one in tellings() if one.key != one.id},
        "expects": [row.model_dump(mode="json") for row in table],
        "silent": [row.model_dump(mode="json") for row in silent],
        "finds_nobody": data["finds_nobody"],
    }


def _child(name: str) -> dict[str, Any]:
    somebody, first = people()[name], first_mention(name)
    return {
        "name": f"{somebody.nickname or somebody.given} {somebody.family}",
        "born": somebody.born,
        "agency": first.agency,
        "message": first.id,
        "n": first.n_of(name),
    }


def first_mention(name: str) -> Telling:
    return next(one for one in tellings() if name in one.mentions.values())


def _act(act: dict[str, Any]) -> dict[str, Any]:
    if act["do"] == "settle":
        return act | {side: _mention(act[side]) for side in ("first", "second")} | {"same": act["same"] == "yes"}
    return act | {"child": _child(act["child"])}


def _mention(place: dict[str, str]) -> dict[str, Any]:
    one = next(one for one in tellings() if one.key == place["notice"])
    return {"agency": one.agency, "message": one.id, "n": one.n_of(place["person"])}
