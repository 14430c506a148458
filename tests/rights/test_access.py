"""Somebody asks to read what is kept: a bundle, each line in or out with its reason, released by a second person."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from flow.street import AT, KEEPER, event
from joinedup.chronicle.models import Entry
from joinedup.papers.rules import Class
from joinedup.rights import actions, queries
from joinedup.rights.models import AccessLine, AccessRequest, AccessStep
from joinedup.rights.queries.bundles import undecided
from joinedup.rights.rules import Teller
from joinedup.rights.rules.access import Asker, Doing, Said, answer_by, exemptions, raised
from joinedup.share import actions as share
from joinedup.share.models import AuditRow
from joinedup.share.rules import FLOW
from rights.conftest import TESS, Family

Signed = Callable[[str], Client]


@pytest.fixture
def known(family: Family) -> Family:
    """Tess, with a manager and a reviewing officer; a relative reported, and the police keep something."""
    share.involve(by=KEEPER, at=AT, subject=family.tess, relation="manager", practitioner=family.people["max"])
    share.involve(by=KEEPER, at=AT, subject=family.tess, relation="iro", practitioner=family.people["iris"])
    family.street.tell("school", [TESS], event("good-news", "2015-05-01", words="A prize. She lives at 4 Mill Lane."))
    family.street.tell("police", [TESS], event("concern", "2015-06-01", handling="owner-consents", words="Kept words."))
    return family


def asked(family: Family, asker: Asker = Asker.ADULT) -> AccessRequest:
    return actions.ask_access(
        by=family.actor("max"), at=AT, subject=family.tess, asker=asker, name="Tess Arden", identity="Passport seen.",
        received=AT - timedelta(days=3),
    )  # fmt: skip


def bundle(family: Family, fact: AccessRequest, who: str = "max") -> queries.Bundle:
    found = queries.bundle_of(for_=family.look(who), child=family.tess, key=fact.pk)
    assert found is not None
    return found


def decide_all(family: Family, fact: AccessRequest, exemption: str = "") -> None:
    for line in bundle(family, fact).lines:
        if line.open:
            actions.decide_line(
                by=family.actor("max"), at=AT, request=fact, entry=line.key, exemption=exemption, reason="Read."
            )


def do(family: Family, who: str, fact: AccessRequest, what: Doing, **more: object) -> AccessStep:
    return actions.do_access(
        by=family.actor(who),
        at=AT,
        request=fact,
        what=what,
        **{"reason": "Read.", **more},  # type: ignore[arg-type]
    )


def test_every_entry_about_the_child_is_in_the_bundle_and_what_raises_a_question_says_so(known: Family) -> None:
    found = bundle(known, asked(known))
    entries = Entry.objects.filter(subject__in=[known.tess.pk, *(s.pk for s in members(known))], withdrawn_at=None)
    assert {line.key for line in found.lines} == set(entries.values_list("key", flat=True))
    by = {line.texts[2] or line.what: line for line in found.lines}
    assert [one.id for one in by["Tess and Robin were alone."].raises] == ["crime", "third-party"]
    assert not by["Words of the ward."].open
    kept = next(line for line in found.lines if line.kept)
    assert "Kept words." not in kept.texts
    assert not any("4 Mill Lane" in text for line in found.lines for text in line.texts)
    assert "where somebody lives" in {one.what for one in found.withheld}


def members(family: Family) -> list:  # type: ignore[type-arg]
    from joinedup.share import queries as house

    return house.members(family.tess)


def test_it_is_put_to_a_second_person_only_when_every_question_is_answered(known: Family) -> None:
    fact = asked(known)
    with pytest.raises(ValueError, match="raise a question"):
        do(known, "max", fact, Doing.PROPOSE)
    decide_all(known, fact)
    assert undecided(fact, AT) == 0
    assert "Kept words." in [text for line in bundle(known, fact).lines for text in line.texts]
    do(known, "max", fact, Doing.PROPOSE, classes=[Class.HOME])
    with pytest.raises(ValueError, match="put to a second person"):
        actions.decide_line(by=known.actor("max"), at=AT, request=fact, entry="x", exemption="", reason="Late.")
    with pytest.raises(ValueError, match="second person"):
        do(known, "max", fact, Doing.RELEASE)
    assert do(known, "iris", fact, Doing.RELEASE).classes == ["HOME"]
    assert any("4 Mill Lane" in text for line in bundle(known, fact).lines for text in line.texts)
    with pytest.raises(ValueError, match="before"):
        do(known, "iris", fact, Doing.REFUSE)


def test_what_is_sent_back_is_decided_anew_and_what_came_since_is_in_it(known: Family) -> None:
    fact = asked(known)
    decide_all(known, fact)
    with pytest.raises(ValueError, match="nothing was put"):
        do(known, "iris", fact, Doing.BACK)
    do(known, "max", fact, Doing.PROPOSE)
    known.street.tell(
        "school", [TESS], event("good-news", "2026-03-20", words="New words."), at=AT + timedelta(hours=1)
    )
    assert "New words." not in [text for line in bundle(known, fact).lines for text in line.texts]
    do(known, "iris", fact, Doing.BACK)
    assert "New words." in [text for line in bundle(known, fact).lines for text in line.texts]


def test_from_asking_to_the_paper_in_a_young_adults_hands(known: Family, signed: Signed) -> None:
    max_, iris, begin = signed("max"), signed("iris"), f"/child/{known.tess.reference}/requests/"
    said = {"asker": "ADULT", "name": "Tess Arden", "identity": "Passport seen.", "received-day": "1",
            "received-month": "3", "received-year": "2026"}  # fmt: skip
    assert "Choose who asks" in max_.post(f"{begin}read/", {**said, "asker": ""}).content.decode()
    assert "yet to come" in max_.post(f"{begin}read/", {**said, "received-year": "2027"}).content.decode()
    page = max_.post(f"{begin}read/", said).url
    assert "As Tess Arden will read it" in max_.get(page).content.decode()
    assert "Tess Arden, an adult who was the child" in max_.get("/requests/").content.decode()
    first = next(line for line in bundle(known, AccessRequest.objects.get()).lines if line.raises)
    line = f"{page}line/{first.key}/"
    assert "Does it tell of another person" in max_.get(line).content.decode()
    assert "Say why" in max_.post(line, {"choice": "third-party"}).content.decode()
    out = {"choice": "third-party", "reason": "It is about her brother, who was asked."}
    assert "Out: About somebody else" in max_.post(line, out, follow=True).content.decode()
    actions.say_wrong(
        by=known.actor("max"), at=AT, subject=known.tess, entry=Entry.objects.get(words="Words of the ward.").key,
        agency="hospital", teller=Teller.CHILD, says="It was the left arm.",
    )  # fmt: skip
    decide_all(known, AccessRequest.objects.get())
    assert max_.get(f"{page}print/").status_code == 404
    put = {"do": "step", "what": "PROPOSE", "reason": "Read line by line."}
    assert "A second person decides" in max_.post(page, put, follow=True).content.decode()
    assert (
        "released"
        in iris.post(page, {"do": "release", "word-reason": "Read."}, follow=True).content.decode().casefold()
    )
    printed = iris.get(f"{page}print/").content.decode()
    for words in ("about you", "It is about another person.", "It was the left arm.", "The hospital", "It is yours.",
                  "What the words mean", "Kept words.", "complain"):  # fmt: skip
        assert words in printed
    for words in ("Robin", "4 Mill Lane", "who was asked"):
        assert words not in printed
    assert "Released" in max_.get(begin).content.decode()
    assert "Nobody waits" in max_.get("/requests/").content.decode()
    assert AuditRow.objects.filter(act="rights.do_access").count() == 2


def test_what_may_be_held_against_a_parent_and_not_against_the_child() -> None:
    day = date(2026, 3, 1)
    parent = {one.id for one in exemptions(day, Asker.PARENT)}
    child = {one.id for one in exemptions(day, Asker.CHILD)}
    assert parent - child == {"child-abuse-data", "wishes"}
    said = Said(frozenset({"neglect"}), "school", ("A solicitor wrote.",), True, frozenset())
    raises = {asker: [one.id for one in raised(said, exemptions(day, asker))] for asker in Asker}
    assert raises[Asker.PARENT] == ["child-abuse-data", "legal-privilege", "wishes"]
    assert raises[Asker.CHILD] == ["legal-privilege"]


RECEIVED = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("steps", "by"),
    [
        ([], date(2026, 4, 2)),
        ([(Doing.CLARIFY, 4), (Doing.CLARIFIED, 14)], date(2026, 4, 12)),
        ([(Doing.EXTEND, 4)], date(2026, 6, 2)),
        ([(Doing.CLARIFY, 4)], None),
        ([(Doing.PROPOSE, 4), (Doing.RELEASE, 5)], None),
    ],
)
def test_a_request_is_answered_within_a_month_and_the_clock_stops_while_they_are_asked(steps, by) -> None:
    found = answer_by(RECEIVED, [(what, RECEIVED + timedelta(days=day)) for what, day in steps])
    assert (found.by.date() if found.by else None) == by
    assert found.stopped is (steps == [(Doing.CLARIFY, 4)])


def test_a_person_keeps_it_with_how_it_was_checked(known: Family) -> None:
    given = {"subject": known.tess, "asker": Asker.CHILD, "name": "Tess", "identity": "Seen.", "received": AT}
    for wrong in ({"identity": " "}, {"by": FLOW}, {"received": AT + timedelta(days=1)}):
        with pytest.raises(ValueError, match=r"checked|person|yet to come"):
            actions.ask_access(**{"by": known.actor("max"), "at": AT, **given, **wrong})  # type: ignore[arg-type]
    fact = asked(known)
    with pytest.raises(ValueError, match="why"):
        do(known, "max", fact, Doing.CLARIFY, reason="")
    with pytest.raises(ValueError, match="why"):
        actions.decide_line(by=known.actor("max"), at=AT, request=fact, entry="x", exemption="", reason="")
    assert not AccessLine.objects.exists()


def test_whoever_may_not_open_the_child_reads_no_request(known: Family, signed: Signed) -> None:
    fact = asked(known)
    page = f"/child/{known.tess.reference}/requests/{fact.pk}/"
    for who in ("gil", "mara"):
        assert signed(who).get(page).status_code == 403
    assert queries.access_waiting(for_=known.look("gil")) == []
    other = share.add_practitioner(
        by=KEEPER, at=AT, email="o@example.org", name="Other", agency="council", roles=["team-manager"]
    )
    known.people["other"] = other
    assert queries.access_waiting(for_=known.look("other")) == []
    assert signed("other").get(page).status_code in (302, 403, 404)
    assert signed("max").get(f"/child/{known.robin.reference}/requests/{fact.pk}/").status_code in (302, 403, 404)
