"""Names of several origins with falling frequencies, their nicknames and spellings."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt

from partnership.agencies import read_data

Shares = npt.NDArray[np.float64]
_FLATTEN = 6  # added to a name's place: the first names are common, not overwhelming
_UNDECOMPOSED = str.maketrans({"ł": "l", "Ł": "L", "ø": "o", "đ": "d", "ß": "ss"})


@dataclass(frozen=True)
class NameList:
    """Names, commonest first, with the share of each (summing to 1)."""

    names: npt.NDArray[np.object_]
    shares: Shares

    def draw(self, rng: np.random.Generator, size: int) -> npt.NDArray[np.object_]:
        drawn: npt.NDArray[np.object_] = self.names[rng.choice(len(self.names), size=size, p=self.shares)]
        return drawn


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    data: dict[str, Any] = read_data("names.yaml")
    return data


@lru_cache(maxsize=1)
def origins() -> tuple[list[str], Shares]:
    """Origins of names with the share of households of each."""
    shares = np.array([float(row["share"]) for row in _data()["origins"].values()])
    return list(_data()["origins"]), shares / shares.sum()


@lru_cache(maxsize=32)
def given(origin: str, sex: str) -> NameList:
    return _falling(_data()["girls" if sex == "f" else "boys"][origin].split())


@lru_cache(maxsize=32)
def families(origin: str) -> NameList:
    """Family names of an origin. English ones have a tail of some 1,700 that are each rare (two in five people)."""
    common = _falling(_data()["families"][origin].split())
    if origin != "english":
        return common
    tail = sorted(
        {first + last for first, last in product(*(_data()["parts"][part].split() for part in ("first", "last")))}
    )
    shares = np.concatenate([common.shares * 0.6, np.full(len(tail), 0.4 / len(tail))])
    return NameList(np.concatenate([common.names, np.array(tail, dtype=object)]), shares / shares.sum())


def _falling(names: list[str]) -> NameList:
    unique = list(dict.fromkeys(names))
    weights = 1.0 / (np.arange(len(unique)) + _FLATTEN)
    return NameList(np.array(unique, dtype=object), weights / weights.sum())


def nickname(name: str) -> str | None:
    short: str | None = _data()["nicknames"].get(name)
    return short


def spellings(name: str) -> list[str]:
    """Other ways in which the name is written in English letters, if any."""
    others: list[str] = _data()["spellings"].get(name, [])
    return others


def plain(name: str) -> str:
    """The name as a keyboard without accents has it: Wiśniewski is Wisniewski."""
    bare = unicodedata.normalize("NFKD", name.translate(_UNDECOMPOSED))
    return "".join(letter for letter in bare if not unicodedata.combining(letter))
