"""A person says that an entry is wrong: it stands beside the entry, which stays, and its agency answers."""

from collections.abc import Callable

import pytest
from django.test import Client

from flow.street import AT, KEEPER
from joinedup.chronicle.models import Entry
from joinedup.flow.rebuild import rebuild
from joinedup.rights import actions, queries
from joinedup.rights.models import Account, Correction
from joinedup.rights.rules import Teller
from joinedup.share import actions as share
from joinedup.share import queries as house
from joinedup.share.rules import FLOW, Purpose
from rights.conftest import Family

Signed = Callable[[str], Client]


@pytest.fixture
def nurse(family: Family) -> str:
    family.people["nurse"] = share.add_practitioner(
        by=KEEPER, at=AT, email="nurse@example.org", name="Joy Bell", agency="hospital", roles=["ed-nurse"]
    )
    family.people["inbox"] = share.add_practitioner(
        by=KEEPER, at=AT, email="inbox@example.org", name="Ward duty", agency="hospital", roles=["duty-inbox"]
    )
    share.involve(by=KEEPER, at=AT, subject=family.tess, relation="allocated", practitioner=family.people["max"])
    return "nurse"


def ward(family: Family) -> Entry:
    return Entry.objects.get(message=family.told["ward"])


def test_from_what_a_child_says_to_the_wards_answer(family: Family, nurse: str, signed: Signed) -> None:
    page = f"/child/{family.tess.reference}/said/{ward(family).key}/"
    max_ = signed("max")
    assert "Words of the ward." in max_.get(page).content.decode()
    assert "Choose who says so" in max_.post(page, {"do": "wrong", "says": "I fell."}).content.decode()
    said = {"do": "wrong", "teller": "CHILD", "says": "It was my left arm."}
    assert "The hospital has not answered yet" in max_.post(page, said, follow=True).content.decode()
    own = {"do": "own", "own-words": "I was at my aunt’s that day."}
    assert "I was at my aunt’s that day." in max_.post(page, own, follow=True).content.decode()
    assert "What people say of your agency" in signed(nurse).get("/reports/").content.decode()
    told = signed(nurse).get("/reports/said/").content.decode()
    assert "It was my left arm." in told
    assert "aunt" not in told  # the child's account is not theirs to read
    [fact] = Correction.objects.all()
    answer = {"agreed": "yes", "reason": "The notes say so too."}
    assert "stands beside" in signed(nurse).post(f"/reports/said/{fact.pk}/", answer, follow=True).content.decode()
    whole = max_.get(f"/child/{family.tess.reference}/said/").content.decode()
    for words in ("It was my left arm.", "It is put right: The notes say so too.", "I was at my aunt’s that day."):
        assert words in whole
    assert ward(family).words == "Words of the ward."
    assert rebuild(at=AT, check=True).differences == []


def test_it_stands_beside_the_entry_wherever_the_entry_is_read(family: Family, nurse: str, signed: Signed) -> None:
    """In the chronology too; the child's own account for whoever may write it down, not for the agency's people."""
    entry, by, about = ward(family), family.actor("max"), {"subject": family.tess, "entry": ward(family).key}
    actions.say_wrong(by=by, at=AT, agency="hospital", teller=Teller.CHILD, says="It was my left arm.", **about)
    actions.tell_account(by=by, at=AT, words="I was at my aunt’s that day.", **about)
    share.involve(by=KEEPER, at=AT, subject=family.tess, relation="plan", practitioner=family.people["nurse"])
    chronology = f"/child/{family.tess.reference}/chronology/"
    for page in (chronology, f"{chronology}{entry.key}/"):
        told, hers = (signed(who).get(page).content.decode() for who in ("max", nurse))
        assert "The child said that it is wrong: It was my left arm." in told
        assert "I was at my aunt’s that day." in told
        assert "It was my left arm." in hers
        assert "aunt" not in hers


def test_the_childs_account_of_the_whole(family: Family, nurse: str, signed: Signed) -> None:
    page = f"/child/{family.tess.reference}/said/"
    assert "Write down what the child says" in signed("max").post(page, {"words": ""}).content.decode()
    posted = signed("max").post(page, {"words": "Nobody asked me."}, follow=True)
    assert "Nobody asked me." in posted.content.decode()
    assert Account.objects.get().entry == ""
    assert nurse


def say(family: Family) -> Correction:
    return actions.say_wrong(
        by=family.actor("max"), at=AT, subject=family.tess, entry=ward(family).key, agency="hospital",
        teller=Teller.PARENT, says="She was never there.",
    )  # fmt: skip


def test_a_role_that_reads_no_case_is_told_that_something_is_said_and_of_whom(family: Family, nurse: str) -> None:
    say(family)
    look = house.look_of(family.people["inbox"], purpose=Purpose.REPORTING, reason="", at=AT)
    [one] = queries.said_of_ours(for_=look)
    assert (one.reference, one.what, one.says) == (family.tess.reference, "", "")
    assert nurse


def test_another_agency_neither_reads_nor_answers_it(family: Family, nurse: str, signed: Signed) -> None:
    fact = say(family)
    assert queries.said_of_ours(for_=family.look("max")) == []
    with pytest.raises(ValueError, match="whoever made the entry"):
        actions.answer_correction(by=family.actor("max"), at=AT, correction=fact, agreed=True, reason="x")
    assert signed("mara").get(f"/reports/said/{fact.pk}/").status_code == 403
    assert signed("max").get(f"/reports/said/{fact.pk}/").status_code == 404
    assert nurse


def test_a_person_writes_it_down_and_writes_something(family: Family) -> None:
    for by, words in ((FLOW, "x"), (family.actor("max"), " ")):
        with pytest.raises(ValueError, match=r"person|write"):
            actions.tell_account(by=by, at=AT, subject=family.tess, words=words)


def test_an_entry_that_is_not_this_childs(family: Family, nurse: str, signed: Signed) -> None:
    assert signed("max").get(f"/child/{family.tess.reference}/said/{'0' * 64}/").status_code == 404
    assert nurse
