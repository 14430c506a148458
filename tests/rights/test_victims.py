"""Police ask for a victim's information: why, the victim's notice, the owners' word, a set that two persons let go."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from flow.street import AT, KEEPER
from joinedup.chronicle.models import Entry
from joinedup.rights import actions, queries
from joinedup.rights.models import VictimRequest, VictimStep
from joinedup.rights.rules.victims import OVER, Demander, Turn, Turned, lacking, objection, stand
from joinedup.share import actions as share
from joinedup.share.rules import FLOW
from rights.conftest import Family

Signed = Callable[[str], Client]


@pytest.fixture
def known(family: Family) -> Family:
    share.involve(by=KEEPER, at=AT, subject=family.tess, relation="manager", practitioner=family.people["max"])
    share.involve(by=KEEPER, at=AT, subject=family.tess, relation="iro", practitioner=family.people["iris"])
    family.people["nurse"] = share.add_practitioner(
        by=KEEPER, at=AT, email="nurse@example.org", name="Joy Bell", agency="hospital", roles=["ed-nurse"]
    )
    return family


def demanded(family: Family, why: str = "To decide whether to charge.") -> VictimRequest:
    return actions.keep_demand(
        by=family.actor("max"), at=AT, subject=family.tess, demander=Demander.POLICE, office="Case team, 14/26",
        wants="Attendances of January 2014.", why=why,
    )  # fmt: skip


def turned(family: Family, who: str, fact: VictimRequest, what: Turn, **more: Any) -> VictimStep:
    return actions.turn(by=family.actor(who), at=AT, request=fact, what=what, **{"reason": "Read.", **more})


def ward(family: Family) -> str:
    return Entry.objects.get(words="Words of the ward.").key


def test_without_a_reason_they_are_asked_for_one_first(known: Family) -> None:
    fact = demanded(known, why="")
    turned(known, "max", fact, Turn.NOTICE)
    turned(known, "max", fact, Turn.CHOOSE, entries=[ward(known)])
    turned(known, "nurse", fact, Turn.AGREE)
    with pytest.raises(ValueError, match="have not said why"):
        turned(known, "iris", fact, Turn.RELEASE)
    turned(known, "max", fact, Turn.REASON, reason="To decide whether to charge.")
    turned(known, "iris", fact, Turn.RELEASE)
    with pytest.raises(ValueError, match="nobody asked"):
        turned(known, "max", demanded(known), Turn.REASON)


def test_it_goes_once_the_victim_was_told_its_owner_agreed_and_by_a_second_person(known: Family) -> None:
    fact = demanded(known)
    with pytest.raises(ValueError, match="nothing was chosen"):
        turned(known, "iris", fact, Turn.RELEASE)
    turned(known, "max", fact, Turn.CHOOSE, entries=[ward(known)])
    with pytest.raises(ValueError, match=r"whether the victim was told.*has said its word"):
        turned(known, "iris", fact, Turn.RELEASE)
    with pytest.raises(ValueError, match="speaks for it"):
        turned(known, "max", fact, Turn.AGREE)
    turned(known, "max", fact, Turn.NO_NOTICE, reason="She was told that a court decides; it would warn a suspect.")
    turned(known, "nurse", fact, Turn.DISAGREE, reason="Only with her consent.")
    with pytest.raises(ValueError, match=r"not every agency.*agrees"):
        turned(known, "iris", fact, Turn.RELEASE)
    turned(known, "nurse", fact, Turn.AGREE, reason="She consents.")
    with pytest.raises(ValueError, match="second person"):
        turned(known, "max", fact, Turn.RELEASE)
    assert turned(known, "iris", fact, Turn.RELEASE).entries == [ward(known)]
    with pytest.raises(ValueError, match="before"):
        turned(known, "max", fact, Turn.REFUSE)


def test_from_asking_to_what_goes_on_the_pages(known: Family, signed: Signed) -> None:
    max_, iris, nurse = signed("max"), signed("iris"), signed("nurse")
    begin = f"/child/{known.tess.reference}/requests/demand/"
    said = {"demander": "POLICE", "office": "Case team, 14/26", "wants": "Attendances of 2014.", "why": "A charge."}
    assert "Choose who asks" in max_.post(begin, {**said, "demander": ""}).content.decode()
    page = max_.post(begin, said).url
    assert "Not so yet" in max_.get(page).content.decode()
    assert "Case team, 14/26" in max_.get("/requests/").content.decode()
    assert (
        "Choose at least one entry" in max_.post(page, {"do": "step", "what": "CHOOSE", "reason": "x"}).content.decode()
    )
    told = {"do": "step", "what": "NOTICE", "reason": "By her worker, in person."}
    assert "The victim was told" in max_.post(page, told, follow=True).content.decode()
    chosen = {"do": "step", "what": "CHOOSE", "entries": [ward(known)], "reason": "It answers the question."}
    assert "Chosen, as they will read it" in max_.post(page, chosen, follow=True).content.decode()
    assert "Case team" in nurse.get("/words/demands/").content.decode()
    fact = VictimRequest.objects.get()
    asked = nurse.get(f"/words/demands/{fact.pk}/").content.decode()
    assert "Words of the ward." in asked
    assert "Robin" not in asked
    nurse.post(f"/words/demands/{fact.pk}/", {"given": "yes", "reason": "She consents."})
    assert nurse.get(f"/words/demands/{fact.pk}/").status_code == 404
    assert "A second person releases it" in max_.get(page).content.decode()
    assert max_.get(f"{page}print/").status_code == 404
    iris.post(page, {"do": "release", "word-reason": "Read."})
    printed = iris.get(f"{page}print/").content.decode()
    assert "Words of the ward." in printed
    assert "For Case team, 14/26, the police" in printed
    assert "Tess and Robin" not in printed
    assert "No request of police" in max_.get("/requests/").content.decode()
    assert "Released" in max_.get(f"/child/{known.tess.reference}/requests/").content.decode()


def test_another_childs_request_and_nobodys(known: Family, signed: Signed) -> None:
    fact = demanded(known)
    assert signed("gil").get(f"/child/{known.tess.reference}/requests/demand/{fact.pk}/").status_code == 403
    assert queries.demands_waiting(for_=known.look("gil")) == []
    assert queries.owners_questions(for_=known.look("max")) == []
    wrong = "0198c1de-0000-7000-8000-000000000000"
    assert signed("max").get(f"/child/{known.tess.reference}/requests/demand/{wrong}/").status_code == 404


def test_a_person_keeps_it_and_says_for_what(known: Family) -> None:
    given_ = {"subject": known.tess, "demander": Demander.COURT, "office": "A court", "wants": "All.", "why": "x"}
    for wrong in ({"by": FLOW}, {"wants": " "}):
        with pytest.raises(ValueError, match=r"person|for what"):
            actions.keep_demand(**{"by": known.actor("max"), "at": AT, **given_, **wrong})  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="why"):
        turned(known, "max", demanded(known), Turn.NOTICE, reason="")


TURNS = st.lists(
    st.builds(
        Turned, st.sampled_from([one for one in Turn if one not in OVER]), st.integers(1, 3),
        st.sampled_from(["council", "hospital", "police"]), st.just(frozenset({"entry"})),
    ),
    max_size=9,
)  # fmt: skip


@given(TURNS, st.frozensets(st.sampled_from(["hospital", "police"])))
def test_whatever_happened_nothing_goes_without_all_of_it(turns: list[Turned], owners: frozenset[str]) -> None:
    now = stand(turns)
    for by in (1, 2, 3):
        if not objection(Turn.RELEASE, now, by=by, owners=owners):
            since = [turn.what for turn in turns]
            assert by != now.chosen_by
            assert {Turn.CHOOSE} & set(since)
            assert {Turn.NOTICE, Turn.NO_NOTICE} & set(since)
            assert all(now.words.get(owner) for owner in owners)
            assert lacking(now, owners) == []
    over = stand([*turns, Turned(Turn.REFUSE, 1, "council")])
    assert all(objection(what, over, by=2, owners=owners) for what in Turn)


def test_no_owner_speaks_before_anything_was_chosen() -> None:
    assert "nothing was chosen" in objection(Turn.AGREE, stand([]), by=1, owners={"hospital"})
