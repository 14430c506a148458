"""What is wrong in what comes: a clear outcome, nothing merged by accident, nothing lost."""

import itertools

import pytest
from tests.link.conftest import Placing, Tell, child

from joinedup.link import batch
from joinedup.link.models import Match, Record
from joinedup.link.queries import doubts
from joinedup.share.rules import Look


def heads(*placings: Placing) -> set[int]:
    return {placed.head_id for placing in placings for placed in placing.mentions.values()}


@pytest.mark.parametrize("value", ["", " ", "-", "n/a", "0000000000", "9999999999"])
def test_an_empty_identifier_matches_nobody(tell: Tell, value: str) -> None:
    number = [{"system": "nhs-number", "value": value}] if value.strip() else []
    placed = [
        tell(agency, child(given, family, born, identifiers=number))
        for agency, given, family, born in (
            ("hospital", "Tess", "Arden", "2011-05-17"), ("school", "Max", "Fell", "2013-02-09"),
        )
    ]  # fmt: skip
    assert len(heads(*placed)) == 2
    assert not Match.objects.exists()


def test_one_nhs_number_written_for_two_twins_joins_neither(tell: Tell, look: Look) -> None:
    one = tell("hospital", child("Amy", "Thornley", nhs="999 000 0018"))
    two = tell("hospital", child("Robin", "Thornley", nhs="999 000 0018"))
    assert len(heads(one, two)) == 2
    assert "share a number" in doubts(for_=look)[0].why


def test_a_nickname_alone_is_kept_and_joins_nobody(tell: Tell) -> None:
    tess = tell("school", child("Tess", "Arden"))
    alone = [tell(agency, child("Tess", None, None)) for agency in ("police", "northgate")]
    assert len(heads(tess, *alone)) == 3


def test_a_birth_after_the_event_is_kept_as_said(tell: Tell) -> None:
    event = [{"n": 1, "kind": "concern", "happened": {"from": "2026-03-01"}}]
    placed = tell("police", child("Tess", "Arden", "2027-05-17"), events=event)
    said = Record.objects.get(key=placed.mentions[1].record_key).statement
    assert said["born"] == ["2027-05-17"]
    again = tell("school", child("Tess", "Arden", "2011-05-17"))
    assert len(heads(placed, again)) == 2  # a slip of the year: a person is asked, if anybody


def test_an_adult_in_a_childs_notice_is_an_adult(tell: Tell) -> None:
    mother = {"kind": "adult", "role": "parent", "names": [{"given": "Tess", "family": "Arden"}], "born": "1985-05-17"}
    placed = tell("school", child("Tess", "Arden"), mother)
    kinds = {placed.mentions[n].kind for n in (1, 2)}
    assert kinds == {"child", "adult"}
    grown = {"kind": "child", "role": "subject", "names": [{"given": "Tess", "family": "Arden"}], "born": "1985-05-17"}
    other = tell("police", grown)
    assert other.mentions[1].kind == "child"  # kept as the notice calls them
    assert len(heads(placed, other)) == 3  # and nobody else's


def test_many_babies_of_one_surname_stay_as_many(tell: Tell) -> None:
    placed = [tell("hospital", child("Baby", "Smith", None)) for _ in range(30)]
    assert len(heads(*placed)) == 30
    born = itertools.cycle(["2026-02-27", "2026-03-01"])
    dated = [
        tell("hospital", child("Baby", "Smith", day, postcode=f"EL{n % 9 + 1} {n % 9}AB"))
        for n, day in zip(range(30), born, strict=False)
    ]
    assert len(heads(*dated)) == len({placing.mentions[1].record_key for placing in dated})
    assert batch.differences() == []
