"""The grouping kernel: the same groups in any order, and nobody joined whom anything keeps apart."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from joinedup.ground.grouping import Edge, Grouping, group

NODES = "abcdefgh"
nodes = st.sampled_from(NODES)
edges = st.lists(st.builds(Edge, nodes, nodes, st.integers(-5, 12)), max_size=25)
pairs = st.sets(st.frozensets(nodes, min_size=2, max_size=2), max_size=7)
Pairs = set[frozenset[str]]


def pair(text: str) -> frozenset[str]:
    return frozenset(text)


def decide(edges: list[Edge], apart: Pairs | None = None, together: Pairs | None = None) -> Grouping:
    return group(NODES, edges, apart or set(), together or set(), join_at=6, doubt_at=2)


def group_of(grouping: Grouping) -> dict[str, tuple[str, ...]]:
    return {member: members for members in grouping.groups for member in members}


def linked(pairs: Pairs) -> dict[str, set[str]]:
    """Who is reached from whom along the pairs, worked out the slow way."""
    reach = {node: {node} for node in NODES}
    for _ in NODES:
        for a, b in pairs:
            reach[a] = reach[b] = reach[a] | reach[b]
    return reach


@given(st.data(), edges, pairs, pairs)
def test_order_duplicates_and_direction_change_nothing(
    data: st.DataObject, edges: list[Edge], apart: Pairs, together: Pairs
) -> None:
    expected = decide(edges, apart, together)
    again = data.draw(st.permutations([*edges, *(Edge(b, a, weight) for a, b, weight in edges[:5])]))
    order = data.draw(st.permutations(list(NODES) * 2))
    assert group(order, iter(again), apart, together, join_at=6, doubt_at=2) == expected


@given(edges, pairs, pairs)
def test_whatever_is_apart_is_never_in_one_group(edges: list[Edge], apart: Pairs, together: Pairs) -> None:
    home = group_of(decide(edges, apart, together))
    assert all(home[a] != home[b] for a, b in apart)


@given(edges, pairs, pairs)
def test_every_node_is_in_exactly_one_group(edges: list[Edge], apart: Pairs, together: Pairs) -> None:
    grouping = decide(edges, apart, together)
    assert sorted(member for members in grouping.groups for member in members) == list(NODES)
    assert list(grouping.groups) == sorted(tuple(sorted(members)) for members in grouping.groups)


@given(edges, pairs, pairs)
def test_a_judgement_of_same_holds_unless_it_is_reported_as_a_contradiction(
    edges: list[Edge], apart: Pairs, together: Pairs
) -> None:
    grouping = decide(edges, apart, together)
    home = group_of(grouping)
    assert {tuple(sorted(p)) for p in together if home[min(p)] != home[max(p)]} == set(grouping.contradictions)


@given(edges, pairs, pairs)
def test_judgements_that_clash_with_nothing_are_never_called_contradictions(
    edges: list[Edge], apart: Pairs, together: Pairs
) -> None:
    reach = linked(together)
    clash = any(b in reach[a] for a, b in apart)
    assert bool(decide(edges, apart, together).contradictions) == clash


@given(edges, pairs, pairs)
def test_doubts_are_the_strong_enough_pairs_left_outside_strongest_first(
    edges: list[Edge], apart: Pairs, together: Pairs
) -> None:
    grouping = decide(edges, apart, together)
    home = group_of(grouping)
    best = {pair: max(e.weight for e in edges if {e.a, e.b} == set(pair)) for pair in {(e.a, e.b) for e in edges}}
    open_ = {Edge(min(ends), max(ends), w) for ends, w in best.items() if w >= 2 and home[ends[0]] != home[ends[1]]}
    assert list(grouping.doubts) == sorted(open_, key=lambda e: (-e.weight, e.a, e.b))


@given(edges, pairs)
def test_nothing_is_joined_without_a_chain_of_strong_pairs_or_judgements(edges: list[Edge], together: Pairs) -> None:
    strong = {pair(e.a + e.b) for e in edges if e.weight >= 6 and e.a != e.b}
    reach = linked(strong | together)
    for members in decide(edges, set(), together).groups:
        assert all(b in reach[a] for a, b in combinations(members, 2))


@given(edges, pairs, pairs)
def test_what_is_left_apart_though_strong_is_kept_apart_by_something(
    edges: list[Edge], apart: Pairs, together: Pairs
) -> None:
    grouping = decide(edges, apart, together)
    home = group_of(grouping)
    walls = apart | {frozenset(p) for p in grouping.contradictions}
    for doubt in grouping.doubts:
        if doubt.weight >= 6:
            across = (frozenset({a, b}) for a in home[doubt.a] for b in home[doubt.b])
            assert any(p in walls for p in across)


def test_strong_pairs_join_and_weak_ones_are_left_to_a_person() -> None:
    grouping = decide([Edge("a", "b", 9), Edge("b", "c", 4), Edge("d", "e", 1)])
    assert grouping.groups[:3] == (("a", "b"), ("c",), ("d",))
    assert grouping.doubts == (Edge("b", "c", 4),)


def test_a_twin_joins_the_stronger_side_and_the_refused_union_is_a_doubt() -> None:
    grouping = decide([Edge("a", "c", 7), Edge("b", "c", 9)], apart={pair("ab")})
    assert grouping.groups[:2] == (("a",), ("b", "c"))
    assert grouping.doubts == (Edge("a", "c", 7),)


def test_a_person_who_says_same_is_believed_against_any_weight() -> None:
    assert decide([Edge("a", "b", -5)], together={pair("ab")}).groups[0] == ("a", "b")


def test_a_person_who_says_same_prevails_over_a_stronger_pair_that_would_cross_it() -> None:
    grouping = decide([Edge("b", "c", 12)], apart={pair("ac")}, together={pair("ab")})
    assert grouping.groups[:2] == (("a", "b"), ("c",))
    assert grouping.doubts == (Edge("b", "c", 12),)


def test_judgements_that_contradict_stay_apart_until_people_settle_them_whatever_the_weight() -> None:
    grouping = decide([Edge("a", "b", 12)], apart={pair("ac")}, together={pair("ab"), pair("bc")})
    assert grouping.groups[:3] == (("a",), ("b",), ("c",))
    assert grouping.contradictions == (("a", "b"), ("b", "c"))
    assert grouping.doubts == (Edge("a", "b", 12),)


def test_judgements_beside_a_contradiction_still_hold() -> None:
    grouping = decide([], apart={pair("ac"), pair("ef")}, together={pair(p) for p in ("ab", "bc", "cd", "ef", "fg")})
    assert grouping.groups == (("a",), ("b",), ("c", "d"), ("e",), ("f", "g"), ("h",))
    assert grouping.contradictions == (("a", "b"), ("b", "c"), ("e", "f"))


def test_pairs_of_what_is_not_here_are_left_out() -> None:
    grouping = decide([Edge("a", "z", 12)], apart={pair("az")}, together={pair("yz"), pair("bz")})
    assert grouping == decide([])


def test_of_two_weights_for_one_pair_the_stronger_counts() -> None:
    assert decide([Edge("a", "b", 1), Edge("b", "a", 8)]).groups[0] == ("a", "b")
