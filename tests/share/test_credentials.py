"""Keys of agencies' systems: hashed, one for each system, for sending only; rotated with both valid for a while."""

from datetime import timedelta

import pytest
from django.test import Client

from joinedup.share import actions, queries
from joinedup.share.models import AuditRow, Credential
from joinedup.share.rules import ROLES, Permission
from share.cast import AT, KEEPER

DAY = timedelta(days=1)


@pytest.fixture
def issued(house) -> actions.Issued:
    return actions.issue_credential(by=KEEPER, at=AT, agency="hospital", use="api", label="ED system")


def works(token: str, at, use: str = "api") -> bool:
    return queries.system_of_token(token, use=use, at=at) is not None


def test_both_keys_work_for_the_overlap_and_then_the_new_one_alone(issued) -> None:
    new = actions.rotate_credential(by=KEEPER, at=AT + DAY, credential=issued.credential)
    assert (new.credential.agency_id, new.credential.use, new.credential.label) == ("hospital", "api", "ED system")
    assert [works(one.token, AT + 7 * DAY) for one in (issued, new)] == [True, True]
    assert [works(one.token, AT + 8 * DAY) for one in (issued, new)] == [False, True]
    row = AuditRow.objects.get(act="share.rotate_credential")
    assert (row.what["credential"], row.what["replaced_by"]) == (str(issued.credential.pk), str(new.credential.pk))


def test_a_key_that_leaked_is_replaced_at_once(issued) -> None:
    new = actions.rotate_credential(by=KEEPER, at=AT + DAY, credential=issued.credential, overlap=timedelta(0))
    assert [works(one.token, AT + DAY) for one in (issued, new)] == [False, True]


def test_no_more_than_two_keys_of_one_system_come_of_rotating(issued) -> None:
    actions.rotate_credential(by=KEEPER, at=AT, credential=issued.credential)
    with pytest.raises(ValueError, match="has an end already"):
        actions.rotate_credential(by=KEEPER, at=AT, credential=issued.credential)
    assert Credential.objects.count() == 2


def test_an_old_key_is_withdrawn_within_its_overlap(issued) -> None:
    actions.rotate_credential(by=KEEPER, at=AT, credential=issued.credential)
    actions.withdraw_credential(by=KEEPER, at=AT + DAY, credential=issued.credential)
    assert not works(issued.token, AT + DAY)


@pytest.mark.parametrize("overlap", [31 * DAY, -DAY])
def test_an_overlap_without_measure_is_refused(issued, overlap) -> None:
    with pytest.raises(ValueError, match="at most 30 days"):
        actions.rotate_credential(by=KEEPER, at=AT, credential=issued.credential, overlap=overlap)


def test_a_links_code_is_new_with_its_key(house) -> None:
    old = actions.issue_credential(by=KEEPER, at=AT, agency="ymca", use="link", label="night shift")
    new = actions.rotate_credential(by=KEEPER, at=AT, credential=old.credential)
    assert queries.system_of_code(new.token, new.code, at=AT)
    assert queries.system_of_code(new.token, old.code, at=AT) is None


def test_nothing_kept_opens_anything(issued) -> None:
    fact = Credential.objects.get()
    _, _, secret = issued.token.partition(".")
    assert secret not in f"{fact.secret_hash} {fact.code_hash}"
    assert secret not in str(AuditRow.objects.values_list("what", flat=True))
    assert not works(f"{fact.pk}.{fact.secret_hash}", AT)


def test_a_system_may_send_and_nothing_else(issued) -> None:
    assert ROLES["agency-system"].permissions == {Permission.REPORT_MAKE}


@pytest.mark.urls("joinedup.web.urls")
@pytest.mark.parametrize("address", ["/desk/", "/find/", "/reports/", "/audit/", "/report/", "/emergency/"])
def test_no_page_opens_to_a_system(issued, address) -> None:
    answer = Client().get(address, headers={"authorization": f"Bearer {issued.token}"})
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/")
