"""What a labelled file's people are compared by beyond what a notice says of them (`link.evaluating`).

Further texts and categories that somebody maps; address lines, which in a notice are places of their own; and postcodes
that are none of ours.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations

from joinedup.ground.identifiers import read_postcode
from joinedup.link.rules.features import Features
from joinedup.link.rules.mapping import Mapped
from joinedup.link.rules.model import Comparison, Model
from joinedup.link.rules.shapes import CLOSE, NEAR, OTHERWISE, level, unknown

Rows = Iterable[Mapping[str, str | None]]
Blocks = Callable[[Features], list[str]]
EXPECTED = 50  # records that share a block by chance, at most
CHANCE = {"borns": 1e-4, "year": 0.05, "postcodes": 3e-4}  # that two people share one
NAMES = {"roots": "given", "families": "family"}
NOT_KNOWN = 1e-3


def with_places(mapped: Mapped, rows: Rows) -> Mapped:
    """The mapping with address lines, and postcodes that are mostly none of ours, as further texts."""
    names = [name for name in ("address", "postcode") if name in mapped.fields]
    if "postcode" in names and mostly_ours(row.get(mapped.fields["postcode"]) for row in rows):
        names.remove("postcode")
    return Mapped(mapped.fields, (*mapped.more, *((f"said_{name}", "text", mapped.fields[name]) for name in names)))


def mostly_ours(postcodes: Iterable[str | None]) -> bool:
    """Whether at least half of those given can be postcodes of the United Kingdom."""
    given = [read_postcode(text).valid for text in postcodes if text]
    return 2 * sum(given) >= len(given)


def comparisons_of(mapped: Mapped) -> list[Comparison]:
    """How further columns are compared; trained with the rest."""
    return [_comparison(name, kind) for name, kind, _ in mapped.more]


def _comparison(name: str, kind: str) -> Comparison:
    alike = [level("close", "like", name, at_least=CLOSE), level("near", "like", name, at_least=NEAR)]
    same = level("same", "same", name, term=name)
    evidence = "more" if kind == "text" else "kind"
    return Comparison(
        name=name, evidence=evidence, levels=[unknown(name), same, *(alike if kind == "text" else []), OTHERWISE]
    )


def further_blocks(mapped: Mapped, model: Model, records: int) -> Blocks:
    """Records are compared too if they share a further column and any second thing, when few can share both by chance.

    How common a value is the model knows; `records`: how many there are.
    """
    names = {name for name, _, _ in mapped.more}

    def of(one: Features) -> list[str]:
        said = sorted(_said(one, names))
        return [
            f"more|{a}|{one_of_a}|{b}|{one_of_b}"
            for (a, one_of_a), (b, one_of_b) in combinations(said, 2)
            if a != b and chance(a, one_of_a, model) * chance(b, one_of_b, model) * records < EXPECTED
        ]

    return of


def _said(one: Features, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    yield from ((name, one[name]) for name in (*names, "year") if name in one)
    yield from (
        (column, value) for column in ("roots", "families", "borns", "postcodes") for value in one.get(column, ())
    )


def chance(column: str, value: str, model: Model) -> float:
    """That somebody picked at random has this value."""
    terms = model.terms.get(NAMES.get(column, column))
    return terms.common.get(value, terms.least) if terms else CHANCE.get(column, NOT_KNOWN)
