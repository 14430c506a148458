"""Who belongs: founded once, joined by agreement, appointed where the role is held, gone at once."""

from datetime import timedelta

import pytest
from django.contrib.auth import authenticate
from django.test import Client

from joinedup.ground.clock import civil_day
from joinedup.share import actions, queries
from joinedup.share.models import Agreement, Appointment
from joinedup.share.rules import ROLES, Permission, Purpose, Verdict
from share.cast import AT, KEEPER, PASSWORD

LATER = AT + timedelta(days=40)


def test_a_database_belongs_to_one_partnership(house) -> None:
    assert queries.partnership().name == "Ellensford"
    with pytest.raises(ValueError, match="already"):
        actions.found_partnership(by=KEEPER, at=AT, name="Another", simulated=True)


def test_a_database_that_nobody_founded_says_what_to_do(db) -> None:
    with pytest.raises(queries.NotFounded, match="make demo"):
        queries.partnership()


def test_a_simulated_clock_stands_still_and_moves_only_forward(house) -> None:
    actions.set_clock(by=KEEPER, at=AT)
    assert queries.now() == AT == queries.now()
    actions.set_clock(by=KEEPER, at=LATER)
    assert queries.now() == LATER
    with pytest.raises(ValueError, match="only moves forward"):
        actions.set_clock(by=KEEPER, at=AT)


def test_a_simulated_clock_that_was_never_set_is_the_real_one(house) -> None:
    assert queries.now() > AT


def test_a_real_clock_cannot_be_set(db) -> None:
    actions.found_partnership(by=KEEPER, at=AT, name="Real", simulated=False)
    with pytest.raises(ValueError, match="cannot be set"):
        actions.set_clock(by=KEEPER, at=AT)
    assert queries.now() > AT


def test_agencies_and_practitioners_are_found(house) -> None:
    assert list(queries.agencies())[:2] == ["board", "hospital"]
    assert queries.agency_of("police") == house.agencies["police"]
    assert queries.agency_of("nobody") is None
    assert queries.practitioner_of("NURSE@example.org") == house.people["nurse"]
    assert [one.name for one in queries.practitioners()][:2] == ["Governance", "Keeper"]
    assert queries.name_of(house.people["nurse"].pk) == "Nurse"


def test_an_agency_joins_with_the_standard_agreement_and_can_end_it(house) -> None:
    agreement = Agreement.objects.get(agency="police")
    assert (agreement.edition, agreement.kinds, agreement.since) == ("standard-1", [], civil_day(AT))
    actions.end_agreement(by=KEEPER, at=AT, agreement=agreement)
    agreement.refresh_from_db()
    assert agreement.until == civil_day(AT)


def test_an_agreement_names_purposes_that_exist(house) -> None:
    with pytest.raises(ValueError, match="curiosity"):
        actions.agree(by=KEEPER, at=AT, agency=house.agencies["police"], purposes=["curiosity"])


@pytest.mark.parametrize(
    ("who", "role"), [("nurse", "social-worker"), ("nurse", "no-such-role"), ("keeper", "key-worker")]
)
def test_a_role_is_given_only_where_it_is_held(house, who, role) -> None:
    with pytest.raises(ValueError, match="no role held"):
        actions.appoint(by=KEEPER, at=AT, practitioner=house.people[who], role=role)


def test_a_role_ends_and_is_gone_with_the_next_request(house) -> None:
    nurse = house.people["nurse"]
    inbox = actions.appoint(by=KEEPER, at=AT, practitioner=nurse, role="duty-inbox")
    assert queries.roles_of(nurse.pk, at=AT) == {"ed-nurse", "duty-inbox"}
    actions.end_appointment(by=KEEPER, at=LATER, appointment=inbox)
    assert queries.roles_of(nurse.pk, at=LATER) == {"ed-nurse"}
    assert queries.roles_of(nurse.pk, at=AT - timedelta(days=1)) == set()


def test_a_leaver_loses_sign_in_roles_and_every_session(house, rf) -> None:
    nurse, others = house.people["nurse"], Client()
    others.force_login(house.people["officer"], "allauth.account.auth_backends.AuthenticationBackend")
    client = Client()
    client.force_login(nurse, "allauth.account.auth_backends.AuthenticationBackend")
    actions.let_go(by=KEEPER, at=AT, practitioner=nurse)
    assert queries.roles_of(nurse.pk, at=AT) == set()
    assert not client.session.get("_auth_user_id")
    assert others.session.get("_auth_user_id") == str(house.people["officer"].pk)
    assert authenticate(rf.post("/sign-in/"), email=nurse.email, password=PASSWORD) is None
    assert not Appointment.objects.filter(practitioner=nurse, until=None).exists()


def test_a_role_unknown_to_the_table_permits_nothing(house) -> None:
    from joinedup.share.rules import permissions_of

    assert permissions_of({"wizard"}) == frozenset()


def test_a_permission_is_part_of_a_role_or_refused_with_what_to_do(house) -> None:
    assert queries.may(house.look("mash"), Permission.DECIDE)
    assert queries.may(house.look("nurse"), Permission.SIGNED_IN)
    verdict = queries.may(house.look("nurse"), Permission.DECIDE)
    assert isinstance(verdict, Verdict)
    assert not verdict
    assert "ask your manager" in verdict.why


def test_administration_is_not_case_access(house) -> None:
    house.child("a", known_to=("social-care",))
    for who in ("keeper", "governance"):
        for purpose in Purpose:
            assert not queries.visible_subjects(for_=house.look(who, reason="because", purpose=purpose)).exists()


def test_every_role_says_what_it_does() -> None:
    assert all(role.title and role.does.endswith(".") and role.code == code for code, role in ROLES.items())


def test_a_machine_is_known_by_its_token_until_it_is_withdrawn(house) -> None:
    issued = actions.issue_credential(by=KEEPER, at=AT, agency=house.agencies["hospital"], use="api", label="ED system")
    assert issued.code == ""
    known = queries.system_of_token(issued.token, use="api", at=AT)
    assert (known.agency, known.by) == ("hospital", "hospital: ED system")
    assert issued.credential.secret_hash not in issued.token
    actions.withdraw_credential(by=KEEPER, at=LATER, credential=issued.credential)
    assert queries.system_of_token(issued.token, use="api", at=LATER) is None


def test_a_wrong_token_is_nobodys(house) -> None:
    issued = actions.issue_credential(by=KEEPER, at=AT, agency="hospital", use="api", label="ED system")
    key, _, secret = issued.token.partition(".")
    other = key[:-1] + ("1" if key.endswith("0") else "0")
    for wrong in ("", "nonsense", f"{key}.", f"{key}.{secret}x", f"{other}.{secret}", secret):
        assert queries.system_of_token(wrong, use="api", at=AT) is None
    assert queries.system_of_token(issued.token, use="link", at=AT) is None
    assert queries.system_of_token(issued.token, use="api", at=AT - timedelta(days=1)) is None


def test_a_providers_link_asks_for_its_code_as_well(house) -> None:
    issued = actions.issue_credential(by=KEEPER, at=AT, agency="ymca", use="link", label="night shift")
    assert queries.system_of_code(issued.token, issued.code.lower(), at=AT).agency == "ymca"
    assert queries.system_of_code(issued.token, "WRONGONE", at=AT) is None
    assert queries.system_of_code("nonsense", issued.code, at=AT) is None


def test_a_credential_is_for_the_api_or_for_a_link(house) -> None:
    with pytest.raises(ValueError, match="'api' or 'link'"):
        actions.issue_credential(by=KEEPER, at=AT, agency="ymca", use="post", label="x")


def test_what_has_ended_keeps_its_end_and_an_end_to_come_can_be_brought_forward(house) -> None:
    """Of an agreement, a role, a credential and an involvement alike."""
    soon, nurse = AT + timedelta(days=10), house.people["nurse"]
    agreement = actions.agree(by=KEEPER, at=AT, agency=house.agencies["police"], until=civil_day(LATER))
    role = actions.appoint(by=KEEPER, at=AT, practitioner=nurse, role="duty-inbox", until=LATER)
    issued = actions.issue_credential(by=KEEPER, at=AT, agency="ymca", use="api", label="x", until=LATER)
    work = house.allocate(house.child("a"), "worker")
    type(work).objects.filter(pk=work.pk).update(until=LATER)
    for at in (soon, soon + timedelta(days=1)):
        actions.end_agreement(by=KEEPER, at=at, agreement=agreement)
        actions.end_appointment(by=KEEPER, at=at, appointment=role)
        actions.withdraw_credential(by=KEEPER, at=at, credential=issued.credential)
        actions.end_involvement(by=KEEPER, at=at, involvement=work)
    for row in (agreement, role, issued.credential, work):
        row.refresh_from_db()
    assert agreement.until == civil_day(soon)
    assert [row.until for row in (role, issued.credential, work)] == [soon] * 3


def test_what_was_to_begin_later_can_be_ended_before_it_begins(house) -> None:
    agreed = actions.agree(by=KEEPER, at=AT, agency=house.agencies["police"], since=civil_day(LATER))
    actions.end_agreement(by=KEEPER, at=AT, agreement=agreed)
    agreed.refresh_from_db()
    assert agreed.until == civil_day(AT)
