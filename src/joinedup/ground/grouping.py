"""The grouping kernel: which of these belong together, given weighted pairs and people's judgements.

Pure, and the same whatever the order of what is given (law 2). Order of force: apart, together, weight. Raising a
threshold does not cure false merges of twins and siblings; refusing a union that would put two vetoed members into
one group does (`reference/linkage.md` section 5), and what is refused goes to people.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

Pair = frozenset[str]


class Edge(NamedTuple):
    """A pair of nodes and how much speaks for their being one, in whole units (rounded, so that engines agree)."""

    a: str
    b: str
    weight: int


@dataclass(frozen=True)
class Grouping:
    """Groups (each sorted, sorted by their first member), doubts for a person, and judgements that contradict.

    `doubts`: edges of at least `doubt_at` whose ends are not in one group, a pair that is apart included; a caller
    who knows that a person has settled a pair drops it. Strongest first.
    `contradictions`: pairs judged *same* that could not be joined because of others judged *not the same*.
    """

    groups: tuple[tuple[str, ...], ...]
    doubts: tuple[Edge, ...]
    contradictions: tuple[tuple[str, str], ...] = ()


@dataclass
class _Groups:
    """Union-find that knows which groups must not meet."""

    parent: dict[str, str]
    members: dict[str, list[str]] = field(init=False)
    foes: dict[str, set[str]] = field(init=False)

    def __post_init__(self) -> None:
        self.members = {node: [node] for node in self.parent}
        self.foes = {node: set() for node in self.parent}

    def find(self, node: str) -> str:
        root = node
        while self.parent[root] != root:
            root = self.parent[root]
        while self.parent[node] != root:
            self.parent[node], node = root, self.parent[node]
        return root

    def keep_apart(self, a: str, b: str) -> None:
        self.foes[a].add(b)
        self.foes[b].add(a)

    def join(self, a: str, b: str) -> bool:
        """Make one group of two; False, and nothing done, when members of them must stay apart."""
        kept, gone = self.find(a), self.find(b)
        if kept == gone:
            return True
        if gone in self.foes[kept]:
            return False
        if len(self.members[kept]) + len(self.foes[kept]) < len(self.members[gone]) + len(self.foes[gone]):
            kept, gone = gone, kept
        self._absorb(kept, gone)
        return True

    def _absorb(self, kept: str, gone: str) -> None:
        self.parent[gone] = kept
        self.members[kept] += self.members.pop(gone)
        for foe in self.foes.pop(gone):
            self.foes[foe].remove(gone)
            self.keep_apart(kept, foe)


def group(
    nodes: Iterable[str],
    edges: Iterable[Edge],
    apart: set[Pair],
    together: set[Pair],
    join_at: int,
    doubt_at: int,
) -> Grouping:
    """Group the nodes. Edges and judgements that name other nodes are left out; of equal pairs the strongest counts."""
    groups = _Groups({node: node for node in nodes})
    known = groups.parent.keys()
    foes = {pair for pair in apart if len(pair) == 2 and pair <= known}
    for a, b in foes:
        groups.keep_apart(a, b)
    friends = sorted((min(pair), max(pair)) for pair in together if len(pair) == 2 and pair <= known)
    contradicting = [(a, b) for a, b in friends if not groups.join(a, b)]
    strongest = _strongest_first(edges, known)
    for edge in strongest:
        if edge.weight >= join_at:
            groups.join(edge.a, edge.b)
    doubts = (edge for edge in strongest if edge.weight >= doubt_at and groups.find(edge.a) != groups.find(edge.b))
    return Grouping(
        groups=tuple(sorted(tuple(sorted(members)) for members in groups.members.values())),
        doubts=tuple(doubts),
        contradictions=tuple(contradicting),
    )


def _strongest_first(edges: Iterable[Edge], known: Iterable[str]) -> list[Edge]:
    best: dict[tuple[str, str], int] = {}
    for a, b, weight in edges:
        if a != b and a in known and b in known:
            pair = (a, b) if a < b else (b, a)
            best[pair] = max(weight, best.get(pair, weight))
    return sorted((Edge(a, b, weight) for (a, b), weight in best.items()), key=lambda e: (-e.weight, e.a, e.b))
