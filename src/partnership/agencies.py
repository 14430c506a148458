"""Who is in the partnership: agencies with code, name, kind, how they number messages and how often they are heard."""

from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any, cast

import yaml


@dataclass(frozen=True)
class Agency:
    """`expects_every`: days of silence that are nothing out of the ordinary; None where it sends by occasion only."""

    code: str
    name: str
    kind: str
    prefix: str
    expects_every: int | None

    def shown(self) -> dict[str, Any]:
        return {"code": self.code, "name": self.name, "kind": self.kind, "expects_every": self.expects_every}


def read_data(name: str) -> Any:
    """One of the package's own YAML files, everything in it text, so that `no` stays a word."""
    text = resources.files("partnership").joinpath("data", name).read_text(encoding="utf-8")
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # the same, ten times faster where libyaml is there
    return yaml.load(text, Loader=loader)  # noqa: S506 - both make only text, lists and mappings


@lru_cache(maxsize=1)
def about() -> dict[str, str]:
    """The partnership's name, council and (fictional) telephone numbers."""
    return {key: value for key, value in read_data("agencies.yaml").items() if key != "agencies"}


@lru_cache(maxsize=1)
def agencies() -> dict[str, Agency]:
    """The agencies of Ellensford by code."""
    return {row["code"]: _agency(row) for row in cast("list[dict[str, str]]", read_data("agencies.yaml")["agencies"])}


def _agency(row: dict[str, str]) -> Agency:
    return Agency(row["code"], row["name"], row["kind"], row["prefix"], int(row["expects_every"]) or None)
