"""Where two bodies under one id differ, so that a person can choose without reading both from end to end."""

import json
from collections.abc import Iterator
from typing import Any


def differences(one: str, two: str) -> list[tuple[str, str, str]]:
    """(place, in this one, in the other), in the order of places; empty if either text is no JSON."""
    try:
        left, right = dict(leaves(json.loads(one))), dict(leaves(json.loads(two)))
    except (ValueError, RecursionError):
        return []
    places = sorted(left.keys() | right.keys())
    return [(p, left.get(p, ABSENT), right.get(p, ABSENT)) for p in places if left.get(p) != right.get(p)]


ABSENT = "not said"


def leaves(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Every plain value with its place, such as `events[0].kind`."""
    if isinstance(value, dict) and value:
        for name, part in value.items():
            yield from leaves(part, f"{place}.{name}".lstrip("."))
    elif isinstance(value, list) and value:
        for i, part in enumerate(value):
            yield from leaves(part, f"{place}[{i}]")
    else:
        yield place, value if isinstance(value, str) else json.dumps(value)
