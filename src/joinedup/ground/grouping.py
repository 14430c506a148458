"""The grouping kernel: which of these belong together, given weighted pairs and people's judgements.

Pure, and the same whatever the order of what is given (law 2). Order of force: apart, together, weight. Raising a
threshold does not cure false merges of twins and siblings; refusing a union that would put two vetoed members into
one group does, and what is refused goes to people.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
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
    `contradictions`: pairs judged *same* that clash with a pair judged *not the same*. Which of the judgements is wrong
    only people can say, so all that take part in a clash stay apart meanwhile, whatever their weight.
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
    nodes: Iterable[str], edges: Iterable[Edge], apart: set[Pair], together: set[Pair], join_at: int, doubt_at: int
) -> Grouping:
    """Group the nodes. Edges and judgements that name other nodes are left out; of equal pairs the strongest counts."""
    groups = _Groups({node: node for node in nodes})
    known = groups.parent.keys()
    foes = {pair for pair in apart if len(pair) == 2 and pair <= known}
    friends = {pair for pair in together if len(pair) == 2 and pair <= known}
    clashing = _clashing(friends, foes)
    for a, b in foes | clashing:
        groups.keep_apart(a, b)
    for a, b in friends - clashing:
        groups.join(a, b)
    strongest = _strongest_first(edges, known)
    for edge in strongest:
        if edge.weight >= join_at:
            groups.join(edge.a, edge.b)
    return Grouping(
        groups=tuple(sorted(tuple(sorted(members)) for members in groups.members.values())),
        doubts=tuple(e for e in strongest if e.weight >= doubt_at and groups.find(e.a) != groups.find(e.b)),
        contradictions=tuple(sorted((min(pair), max(pair)) for pair in clashing)),
    )


def _strongest_first(edges: Iterable[Edge], known: Collection[str]) -> list[Edge]:
    best: dict[tuple[str, str], int] = {}
    for a, b, weight in edges:
        if a != b and a in known and b in known:
            pair = (a, b) if a < b else (b, a)
            best[pair] = max(weight, best.get(pair, weight))
    return [Edge(a, b, weight) for (a, b), weight in sorted(best.items(), key=lambda item: (-item[1], item[0]))]


def _clashing(friends: set[Pair], foes: set[Pair]) -> set[Pair]:
    """The *same* judgements that cannot all hold: those on a ring that some *not the same* closes.

    Ends that hang off such rings are innocent and stay: they are pruned until only rings (and what runs between two
    rings) are left. Without what is left, no chain of *same* leads from one end of a *not the same* to the other.
    """
    direct = friends & foes
    chains = _Groups({node: node for pair in friends for node in pair})
    for a, b in friends - direct:
        chains.join(a, b)
    closing = {pair for pair in foes if pair <= chains.parent.keys() and len({chains.find(node) for node in pair}) == 1}
    touched = {chains.find(node) for pair in closing for node in pair}
    suspects = {pair for pair in friends - direct if chains.find(min(pair)) in touched}
    rings = _ring_nodes(suspects | closing)
    return direct | {pair for pair in suspects if pair <= rings}


def _ring_nodes(pairs: set[Pair]) -> set[str]:
    """Nodes left when everything with a single neighbour has been taken off, again and again."""
    near: dict[str, set[str]] = defaultdict(set)
    for a, b in pairs:
        near[a].add(b)
        near[b].add(a)
    loose = [node for node, others in near.items() if len(others) == 1]
    while loose:
        node = loose.pop()
        for other in near.pop(node):
            near[other].remove(node)
            if len(near[other]) == 1:
                loose.append(other)
    return set(near)
