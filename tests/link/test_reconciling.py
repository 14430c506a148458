"""Why a match or a group differs from what follows from the facts, in words; what nothing explains is said so."""

from dataclasses import replace
from typing import Any

import pytest

from joinedup.link.rules.decide import Word
from joinedup.link.rules.reconciling import (
    ALTERED,
    MEANWHILE,
    Difference,
    GroupDiffers,
    Held,
    Known,
    MatchDiffers,
    differences,
)

HELD = Held(9_000, {"given": ("same", 5_000), "born": ("same", 4_000)}, "join", "", "")
ALONE = Known({key: (key, key) for key in "abcdef"})


def differing(a: str, b: str, **written: Any) -> MatchDiffers:
    return MatchDiffers(a, b, HELD, replace(HELD, **written))


def lighter(by: int) -> dict[str, Any]:
    return {"weight": HELD.weight - by, "levels": {**HELD.levels, "given": ("same", 5_000 - by)}}


def why(found: list[Difference], n: int = 0) -> tuple[str, bool]:
    return found[n].why, found[n].explained


def test_where_nothing_differs_nothing_is_told() -> None:
    assert differences([], [], ALONE) == []


def test_one_pair_that_weighs_otherwise_was_altered_and_two_alike_are_another_edition() -> None:
    one, other = differing("a", "b", **lighter(300)), differing("c", "d", **lighter(300))
    assert why(differences([one], [], ALONE)) == (ALTERED, False)
    found = differences([other, one], [], ALONE)
    assert [(each.a, each.b) for each in found] == [("a", "b"), ("c", "d")]
    assert why(found) == ("weighed by another edition of the model (given same: +0.300 bits since)", True)


def test_two_pairs_that_weigh_otherwise_each_in_its_own_way_were_altered() -> None:
    found = differences([differing("a", "b", **lighter(300)), differing("c", "d", **lighter(20))], [], ALONE)
    assert [each.explained for each in found] == [False, False]


def test_a_level_that_is_told_otherwise_by_another_edition() -> None:
    said = {"weight": 8_000, "levels": {**HELD.levels, "given": ("close", 4_000)}}
    found = differences([differing("a", "b", **said), differing("c", "d", **said)], [], ALONE)
    assert why(found) == ("weighed by another edition of the model (given close, now same: +1.000 bits since)", True)


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (MatchDiffers("e", "f", HELD, None), "not kept under the edition of the model that wrote it"),
        (MatchDiffers("e", "f", None, HELD), "weighs too little to be kept under the edition of the model in force"),
        (MatchDiffers("e", "f", None, HELD, met=False), "no block in force brings the two together"),
    ],
)
def test_beside_another_edition_pairs_come_and_go(one: MatchDiffers, expected: str) -> None:
    edition = [differing("a", "b", **lighter(300)), differing("c", "d", **lighter(300))]
    found = differences([*edition, one], [], ALONE)
    assert found[2].explained
    assert found[2].why.startswith(expected)
    if one.met:
        assert why(differences([one], [], ALONE)) == (ALTERED, False)


def test_a_verdict_that_differs_alone_was_altered() -> None:
    (one,) = differences([differing("a", "b", outcome="doubt", why="twins")], [], ALONE)
    assert (one.due, one.written, one.why) == ("9.000 bits, join", "9.000 bits, doubt, twins", ALTERED)


def test_a_group_follows_from_the_pair_in_its_company_that_differs() -> None:
    known = Known({"a": ("a", "a"), "b": ("a", "b"), "c": ("a", "b"), "d": ("d", "d")})
    altered = differing("b", "c", weight=1)
    found = differences([altered, differing("a", "b", against="rival")], [GroupDiffers("a", "c", True)], known)
    told = {(one.about, one.a, one.b): one for one in found}
    for about in (("match", "a", "b"), ("group", "a", "c")):
        assert told[about].why == f"follows from the pair b and c: {ALTERED}"
        assert not told[about].explained
    assert told["match", "a", "b"].written == "9.000 bits, join, kept apart: rival"
    (stranger,) = differences([], [GroupDiffers("a", "d", False)], known)
    assert (stranger.due, stranger.written, stranger.why) == ("apart", "together", ALTERED)


def test_a_word_that_the_groups_follow_explains_nothing() -> None:
    apart, split = {"a": ("a", "a"), "b": ("b", "b")}, [GroupDiffers("a", "b", True)]
    assert why(differences([], split, Known(apart, (Word("a", "b", False),)))) == (ALTERED, False)
    said = "a person called a and b the same, and the groups do not follow yet"
    assert why(differences([], split, Known(apart, (Word("a", "b", True),)))) == (said, True)


def test_what_was_written_meanwhile_explains_what_nothing_else_does() -> None:
    known = replace(ALONE, meanwhile=True, reread=frozenset("c"))
    found = differences([differing("a", "b", weight=1), differing("c", "d", weight=1)], [], known)
    assert why(found) == (MEANWHILE, True)
    assert why(found, 1) == ("the statement of c is read otherwise now than when it was written", True)
