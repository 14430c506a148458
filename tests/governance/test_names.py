"""A family name is the same however it is cased, accented, hyphenated or spelt: said, borne and declared."""

import pytest

from joinedup.governance import actions, queries
from joinedup.governance.models import Declared
from joinedup.governance.rules import Glance, Signal, signals, watch_on
from joinedup.share import queries as house
from respond.town import AT, Town

SAME = [
    ("Lee Arden-Hale", "arden hale"), ("Lee Arden-Hale", "Arden"), ("Lee Arden", "Hale-Arden"),
    ("Lee Arden Hale", "Arden"), ("Lee Árden", "Arden"), ("Lee Arden", "A\u0301rden"), ("Lee O’Neill", "O'Neill"),
    ("Lee O'Neill", "O NEILL"), ("Lee ONeill", "O’Neill"), ("Lee Łącki", "Lacki"), ("Dr. Lee Arden", "Arden"),
    ("Arden, Lee", "Arden"), ("Arden", "ARDEN"), ("Lee van der Meer", "Meer"), ("Lee Петров", "ПЕТРОВ"),
    ("Lee Mac Donald", "MacDonald"), ("Lee Child", "child"),
]  # fmt: skip
OTHERS = [
    ("Lee Arden", "Lee"), ("Lee van der Meer", "van Dijk"), ("Lee O'Neill", "O'Brien"), ("Lee Arden", "Ardent"),
    ("Lee A Hale", "A Brand"), ("Ms Lee Arden", "Ms"), ("", "Arden"), ("   ", "Arden"), ("Lee Arden", ""), ("", ""),
]  # fmt: skip


def glance(name: str, family: str, declared: frozenset[str] = frozenset()) -> Glance:
    names = frozenset({family})
    return Glance(1, "1", AT, AT.date(), 1, name, "r", 1, own=True, family=names, declared=declared)


def same_name(one: Glance) -> bool:
    return Signal.NAME in signals([one], watch=watch_on(AT.date()), salt=b"", at=AT).get((1, 1), ())


@pytest.mark.parametrize(
    ("name", "family", "same"), [(*pair, True) for pair in SAME] + [(*one, False) for one in OTHERS]
)
def test_one_name_is_the_same_however_it_is_written(name: str, family: str, same: bool) -> None:
    assert same_name(glance(name, family)) == same


@pytest.mark.parametrize(("declared", "family"), [
    ("Arden-Hale", "arden hale"), ("Arden-Hale", "Hale"), ("Hale", "Arden-Hale"), ("Árden", "ARDEN"),
    ("O’Neill", "O'Neill"), ("O Neill", "O'Neill"),
])  # fmt: skip
def test_so_is_a_declared_one(town: Town, declared: str, family: str) -> None:
    actions.declare(by=town.actor("nurse"), at=AT, what="name", text=declared)
    digests = frozenset(Declared.objects.values_list("digest", flat=True))
    salt = bytes(house.partnership().salt)
    [found] = signals([glance("Joy Bell", family, digests)], watch=watch_on(AT.date()), salt=salt, at=AT).values()
    assert Signal.NAME in found
    assert queries.declared_count(for_=town.look("nurse")) == 1


def test_what_says_nothing_cannot_be_declared(town: Town) -> None:
    with pytest.raises(ValueError, match="somebody declares"):
        actions.declare(by=town.actor("nurse"), at=AT, what="name", text=" - ")
