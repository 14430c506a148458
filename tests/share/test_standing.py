"""Which heads a table of relations opens, by the state of each case; also tables that today's policy does not make."""

from collections.abc import Mapping

import pytest

from joinedup.share import actions
from joinedup.share.models import Subject
from joinedup.share.queries.standing import heads_where
from joinedup.share.rules import Actor, LockReason, Relation, State
from share.cast import AT

NOWHERE: frozenset[Relation] = frozenset()
ANY, OWN = frozenset({Relation.ANY}), frozenset({Relation.OWN})


@pytest.fixture
def three(house) -> dict[str, Subject]:
    """One child who is somebody's work, one who is nobody's, one whose case is locked, by the manager."""
    children = {name: house.child(name) for name in ("open", "not open", "locked")}
    house.allocate(children["open"], "mash")
    manager = house.people["manager"]
    by = Actor(manager.email, manager.agency_id, manager.pk)
    actions.lock_case(by=by, at=AT, subject=children["locked"], why=LockReason.REVIEW, reason="A review.")
    return children


def opened(house, who: str, relations: Mapping[State, frozenset[Relation]], three: dict[str, Subject]) -> set[str]:
    found = set(Subject.objects.filter(heads_where(for_=house.look(who), relations=relations)))
    return {name for name, child in three.items() if child in found}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("open_", "not_open", "locked", "sees"),
    [
        (ANY, ANY, ANY, {"open", "not open", "locked"}),
        (ANY, ANY, OWN, {"open", "not open", "locked"}),  # the manager locked it, and is directly involved
        (ANY, ANY, NOWHERE, {"open", "not open"}),
        (ANY, NOWHERE, NOWHERE, {"open"}),
        (NOWHERE, ANY, NOWHERE, {"not open"}),
        (NOWHERE, NOWHERE, OWN, {"locked"}),
        (OWN, OWN, NOWHERE, set()),
        (NOWHERE, NOWHERE, NOWHERE, set()),
    ],
)
def test_each_state_opens_by_its_own_relations(house, three, open_, not_open, locked, sees) -> None:
    relations = {State.OPEN: open_, State.NOT_OPEN: not_open, State.LOCKED: locked}
    assert opened(house, "manager", relations, three) == sees
