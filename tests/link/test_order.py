"""Law 2: the same statements in any order, once or twice, give the same children (property tests)."""

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.link.conftest import Tell, child

from joinedup.link import batch
from joinedup.link.models import Record
from joinedup.link.rules.decide import Word
from joinedup.link.rules.whole import Given, derive

GIVEN = st.sampled_from(["Amy", "Ava", "A", "Amelia", "Mohammed", "Mo", "Bilal", "Lizzie", "Elizabeth", "Thornley"])
FAMILY = st.sampled_from(["Thornley", "Thornly", "Thornley-Shaw", "Shaw", "Khan", "Amy"])
BORN = st.sampled_from(["2011-05-17", "2011-05-18", "2011-01-01", "2013-08-02", ""])
POSTCODE = st.sampled_from(["EL4 2AB", "EL4 2AB", "EL9 9XY", ""])
NHS = st.sampled_from(["", "", "999 000 0018", "999 000 0026", "999 000 0019"])


@st.composite
def statements(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    nhs, postcode, born = draw(NHS), draw(POSTCODE), draw(BORN)
    agency = draw(st.sampled_from(["hospital", "school", "police"]))
    own = draw(st.sampled_from(["", "", "R1", "R2"]))
    numbers = [("nhs-number", nhs)] * bool(nhs) + [(f"{agency}-number", own)] * bool(own)
    return agency, {
        "names": [{"given": draw(GIVEN), "family": draw(FAMILY)}],
        "born": [born] * bool(born),
        "sex": draw(st.sampled_from(["f", "m", None])),
        "identifiers": [{"system": system, "value": value} for system, value in numbers],
        "addresses": [{"postcode": postcode}] if postcode else [],
    }


@st.composite
def populations(draw: st.DrawFn) -> Given:
    said = draw(st.lists(statements(), min_size=2, max_size=9))
    keys = [f"{n:03d}" for n in range(len(said))]
    pairs = st.tuples(st.sampled_from(keys), st.sampled_from(keys)).map(sorted).filter(lambda pair: pair[0] != pair[1])
    words = draw(st.dictionaries(pairs.map(tuple), st.booleans(), max_size=2))
    notices = draw(st.sets(pairs.map(frozenset), max_size=2))
    fallen = draw(st.sets(st.sampled_from(keys), max_size=1))
    lives = draw(st.lists(st.sets(st.sampled_from(keys), min_size=1, max_size=3).map(frozenset), max_size=2))
    return Given(
        dict(zip(keys, said, strict=True)), frozenset(notices), frozenset(fallen),
        tuple(Word(a, b, same) for (a, b), same in words.items()), tuple(lives),
    )  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(populations(), st.randoms())
def test_the_same_records_in_any_order_give_the_same_children(given_: Given, shuffled: random.Random):
    statements_ = list(given_.statements.items())
    words = list(given_.words)
    shuffled.shuffle(statements_)
    shuffled.shuffle(words)
    other = Given(dict(statements_), given_.one_notice, given_.fallen, tuple(words), given_.lives[::-1])
    assert derive("child", given_).groups == derive("child", other).groups


@settings(max_examples=120, deadline=None)
@given(populations())
def test_what_a_person_called_not_the_same_never_ends_in_one_group(given_: Given):
    groups = derive("child", given_).groups
    apart = [{word.a, word.b} for word in given_.words if not word.same and not {word.a, word.b} & given_.fallen]
    assert not [pair for pair in apart for group in groups if pair <= set(group)]


@settings(max_examples=120, deadline=None)
@given(populations())
def test_no_group_holds_two_valid_nhs_numbers_that_differ(given_: Given):
    derived = derive("child", given_)
    for group in derived.groups:
        standing = [derived.features[key] for key in group if key not in given_.fallen]
        numbers = {number for one in standing for number in one.get("nhs", ())}
        assert len(numbers) <= 1


EXPECTED = [
    ["hospital: A"],  # fits both twins: a person is asked
    ["hospital: Amy", "northgate: Amelia", "school: Amy"],
    ["police: Amy"],  # another spelling and another day of birth, no address: a person is asked
    ["school: Amy"],  # another valid NHS number
    ["school: Ava"],
]


@pytest.mark.parametrize("seed", range(4))
def test_notices_arriving_in_any_order_leave_what_follows_from_the_facts(tell: Tell, seed: int):
    notices = [
        ("school", [child("Amy", "Thornley", postcode="EL4 2AB"), child("Ava", "Thornley", postcode="EL4 2AB")]),
        ("hospital", [child("A", "Thornley", postcode="EL4 2AB")]),
        ("police", [child("Amy", "Thornly", "2011-05-18")]),
        ("northgate", [child("Amelia", "Thornley", nhs="999 000 0018")]),
        ("hospital", [child("Amy", "Thornley", nhs="999 000 0018", postcode="EL4 2AB")]),
        ("school", [child("Amy", "Thornley", nhs="999 000 0026")]),
        ("school", [child("Amy", "Thornley", postcode="EL4 2AB"), child("Ava", "Thornley", postcode="EL4 2AB")]),
    ]
    random.Random(seed).shuffle(notices)
    for agency, persons in notices:
        tell(agency, *persons)
    assert batch.differences() == []
    groups = sorted(
        sorted(
            f"{record.agency_id}: {record.statement['names'][0]['given']}"
            for record in Record.objects.filter(group=group)
        )
        for group in Record.objects.filter(kind="child").values_list("group", flat=True).distinct()
    )
    assert groups == EXPECTED
