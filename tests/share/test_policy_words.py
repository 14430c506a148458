"""The policy in words and single cases; the oracle beside it judges the whole."""

import pytest
from django.db.backends.postgresql.base import DatabaseWrapper as Postgresql
from django.db.backends.sqlite3.base import DatabaseWrapper as Sqlite
from django.db.models import Q

from joinedup.chronicle.models import Entry
from joinedup.ground.handling import Handling
from joinedup.share import actions, queries
from joinedup.share.models import Agreement
from joinedup.share.rules import FLOW, ROLES, Field, Permission, Purpose, Source, holders, matrix
from share.cast import AT, KEEPER


def test_who_reported_and_where_somebody_is_stay_with_the_agency_that_said_so(house) -> None:
    subject = house.child("a", known_to=("hospital",), told=("police",))
    for who in ("nurse", "officer"):
        look = house.look(who, reason="a call")
        assert not queries.mask(for_=look, what=Handling.CASE, subject=subject, source=Source.TOLD)
        assert queries.mask(for_=look, what=Handling.SHIELDED, subject=subject, source=Source.TOLD)
        assert not queries.mask(for_=look, what=Handling.SHIELDED, subject=subject, source=Source.OWN)
        assert queries.mask(for_=look, what=Handling.DECISION, subject=subject, source=Source.OWN)


def test_a_reviewer_learns_the_story_but_not_who_rang(house) -> None:
    subject = house.child("a")
    look = house.look("reviewer", reason="review 2026/1")
    assert not queries.mask(for_=look, what=Field.CASE, subject=subject)
    assert queries.mask(for_=look, what=Field.REPORTER, subject=subject)


def test_a_secret_is_shown_to_nobody_and_a_key_to_whoever_may_open(house) -> None:
    subject = house.child("a")
    look = house.look("mash", reason="a call")
    assert queries.mask(for_=look, what=Handling.SECRET, subject=subject)
    assert not queries.mask(for_=look, what=Handling.KEY, subject=subject)
    assert queries.mask(for_=look, what=Field.CASE, subject=subject, source=None)


def test_in_a_list_that_was_filtered_already_the_mask_asks_whether_any_relation_would_show_it(house) -> None:
    assert not queries.mask(for_=house.look("nurse"), what=Field.CASE, source=Source.OWN)
    assert queries.mask(for_=house.look("nurse"), what=Field.CASE)


def source(house, kind: str, told: list[dict[str, str]] | None = None) -> Source | None:
    """Whose statement an entry of the police is, to the MASH, in a new look."""
    return queries.entry_source(for_=house.look("mash", reason="a call"), agency="police", kind=kind, told=told)


def end_agreements(agency: str) -> None:
    for agreement in Agreement.objects.filter(agency=agency):
        actions.end_agreement(by=KEEPER, at=AT, agreement=agreement)


def test_an_agreement_that_ended_closes_what_it_let_others_see(house) -> None:
    assert source(house, "missing") == Source.OTHERS
    end_agreements("police")
    assert source(house, "missing") is None
    assert source(house, "missing", [{"agency": "social-care"}]) == Source.TOLD


def test_an_agreement_may_name_the_kinds_of_entry_that_are_shared(house) -> None:
    end_agreements("police")
    actions.agree(by=KEEPER, at=AT, agency=house.agencies["police"], kinds=["missing"])
    assert source(house, "missing") == Source.OTHERS
    assert source(house, "police-stop") is None


def test_rights_are_looked_up_once_in_a_look_and_anew_in_the_next(house, django_assert_num_queries) -> None:
    subject = house.child("a", known_to=("hospital",))
    look = house.look("nurse", reason="a call")
    queries.mask(for_=look, what=Field.CASE, subject=subject, source=Source.OWN)
    with django_assert_num_queries(0):
        assert queries.may_open(for_=look, subject=subject)
    actions.part_all(by=FLOW, at=AT)
    assert not queries.may_open(for_=house.look("nurse", reason="a call"), subject=subject)


def test_the_front_door_lists_what_every_agency_agreed_to_share_once_it_says_why(house) -> None:
    asked = str(queries.entry_filter(for_=house.look("mash", reason="a call")))
    assert all(f"('agency', '{code}')" in asked for code in house.agencies)
    assert queries.entry_filter(for_=house.look("governance", reason="a call")) == Q(pk__in=())


def test_a_role_with_a_purpose_that_is_not_its_own_sees_nothing(house) -> None:
    house.child("a", known_to=("hospital",))
    assert not queries.visible_subjects(for_=house.look("nurse", purpose=Purpose.REVIEW)).exists()


def test_a_join_reaches_whoever_holds_the_older_object(house) -> None:
    """A subject in hand may be older than the join: the database decides."""
    head, other = house.child("a"), house.child("b", known_to=("hospital",))
    actions.set_heads(by=FLOW, at=AT, heads={other.pk: head.pk})
    assert queries.may_open(for_=house.look("nurse", reason="a call"), subject=other)
    assert queries.may_open(for_=house.look("nurse", reason="a call"), subject=head)
    assert list(queries.visible_subjects(for_=house.look("nurse", reason="a call"), among=[head.pk])) == [head]


@pytest.mark.parametrize(("wrapper", "sql"), [(Postgresql, "@> jsonb_build_array"), (Sqlite, "json_each(")])
def test_each_database_asks_in_its_own_words_who_was_told(wrapper, sql) -> None:
    there = wrapper({"NAME": "nowhere", "OPTIONS": {}, "TIME_ZONE": None}, alias="default")
    made, values = Entry.objects.filter(told__names="police").query.get_compiler(connection=there).as_sql()
    assert sql in made
    assert values == ("police",)


def test_the_printed_cast_of_the_demonstration_has_its_roles() -> None:
    titles = {role.title for role in ROLES.values()}
    assert titles >= {
        "MASH social worker",
        "Team manager",
        "Independent reviewing officer",
        "Emergency department nurse",
        "Named nurse for safeguarding",
        "Designated safeguarding lead",
        "Virtual school head",
        "Police officer, child protection",
        "Key worker",
        "Case reviewer",
        "Information governance lead",
    }
    assert [role.title for role in holders(Permission.AUDIT_SEE)] == ["Information governance lead"]


def test_the_matrix_says_who_sees_nothing() -> None:
    said = matrix()
    nobody = (
        "Named officer for sealed identities, Information governance lead, Access guardian, Pattern owner, "
        "System administrator"
    )
    assert f"Sees nothing of any child: {nobody}" in said
    assert "| Case reviewer | childrens-social-care, other | any child | open, not open | review | yes |" in said
    assert all(f"### {role.title}" in said for role in ROLES.values())
