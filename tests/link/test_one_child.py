"""Which records are one child: what joins, what is a doubt, what stays apart."""

from typing import Any

import pytest
from tests.link.conftest import AT, Tell, bring, child

from joinedup.link import batch
from joinedup.link.actions import place, settle
from joinedup.link.models import Judgement
from joinedup.link.queries import doubts
from joinedup.receive.models import Message
from joinedup.receive.queries import reading_of
from joinedup.share.queries import head_ids
from joinedup.share.rules import FLOW, Look

ANOTHER_VALID = "999 000 0026"
VALID = "999 000 0018"


def heads(*placings: Any, n: int = 1) -> list[int]:
    """The heads as they stand now of person n of each placing."""
    ids = [placing.mentions[n].subject_id for placing in placings]
    now = head_ids(ids)
    return [now[one] for one in ids]


def test_the_same_statement_again_is_the_same_record(tell: Tell):
    one, two = tell("hospital", child()), tell("hospital", child())
    assert one.mentions[1].record_key == two.mentions[1].record_key


def test_two_agencies_with_the_same_name_birth_and_address_speak_of_one_child(tell: Tell):
    one, two = tell("hospital", child(postcode="EL4 2AB")), tell("school", child(postcode="EL4 2AB"))
    assert len(set(heads(one, two))) == 1
    assert one.mentions[1].subject_id != two.mentions[1].subject_id


def test_a_nickname_joins(tell: Tell):
    one = tell("school", child("Elizabeth", "Thornley", "2010-02-11"))
    two = tell("police", child("Lizzie", "Thornley", "2010-02-11"))
    assert len(set(heads(one, two))) == 1


def test_a_slip_of_the_keyboard_joins(tell: Tell):
    one = tell("school", child("Callum", "Brackenfield", "2010-02-11", postcode="EL4 2AB"))
    two = tell("police", child("Calum", "Brakenfield", "2010-02-12", postcode="EL4 2AB"))
    assert len(set(heads(one, two))) == 1


def test_forename_and_surname_the_wrong_way_round_join(tell: Tell):
    one = tell("school", child("Adaeze", "Okafor", "2010-02-11", postcode="EL4 2AB"))
    two = tell("hospital", child("Okafor", "Adaeze", "2010-02-11", postcode="EL4 2AB"))
    assert len(set(heads(one, two))) == 1


def test_an_accent_is_no_difference(tell: Tell):
    one = tell("school", child("Zoë", "Łącka", "2010-02-11"))
    two = tell("hospital", child("Zoe", "Lacka", "2010-02-11"))
    assert len(set(heads(one, two))) == 1


def test_twins_at_one_address_stay_apart_and_are_no_question(tell: Tell, look: Look):
    one = tell("school", child("Amy", "Thornley", postcode="EL4 2AB"))
    two = tell("hospital", child("Zara", "Thornley", postcode="EL4 2AB"))
    assert len(set(heads(one, two))) == 2
    assert doubts(for_=look) == []


def test_twins_with_names_alike_stay_apart(tell: Tell):
    one = tell("school", child("Ella", "Thornley", postcode="EL4 2AB"))
    two = tell("hospital", child("Emma", "Thornley", postcode="EL4 2AB"))
    assert len(set(heads(one, two))) == 2


def test_siblings_at_one_address_stay_apart(tell: Tell):
    one = tell("school", child("Amy", "Thornley", "2011-05-17", postcode="EL4 2AB"))
    two = tell("hospital", child("Zara", "Thornley", "2013-08-02", postcode="EL4 2AB"))
    assert len(set(heads(one, two))) == 2


def test_same_name_and_birth_with_two_valid_nhs_numbers_stay_apart_and_a_person_is_asked(tell: Tell, look: Look):
    one, two = tell("hospital", child(nhs=VALID)), tell("school", child(nhs=ANOTHER_VALID))
    assert len(set(heads(one, two))) == 2
    [doubt] = doubts(for_=look)
    assert "NHS number of its own" in doubt.why


def test_an_nhs_number_with_a_wrong_check_digit_is_a_slip_not_another_child(tell: Tell):
    one, two = tell("hospital", child(nhs=VALID)), tell("school", child(nhs="999 000 0019"))
    assert len(set(heads(one, two))) == 1


def test_an_nhs_number_that_twins_share_by_mistake_joins_nobody(tell: Tell):
    one = tell("hospital", child("Amy", "Thornley", nhs=VALID, postcode="EL4 2AB"))
    two = tell("school", child("Zara", "Thornley", nhs=VALID, postcode="EL4 2AB"))
    assert len(set(heads(one, two))) == 2


def test_empty_identifiers_match_nobody(tell: Tell):
    one = tell("hospital", child("Amy", "Thornley", None, nhs="unknown"))
    two = tell("school", child("Ben", "Marcroft", None, nhs="unknown"))
    assert len(set(heads(one, two))) == 2


def test_a_name_alone_joins_nobody(tell: Tell):
    one, two = (
        tell("hospital", child("Xanthe", "Quillfeather", None)),
        tell("school", child("Xanthe", "Quillfeather", None)),
    )
    assert len(set(heads(one, two))) == 2


def test_a_nickname_only_is_a_record_of_its_own_mention(tell: Tell):
    one, two = tell("northgate", child("Jay", None, None)), tell("northgate", child("Jay", None, None))
    assert one.mentions[1].record_key != two.mentions[1].record_key
    assert len(set(heads(one, two))) == 2


def test_two_mentions_in_one_notice_are_two_people(tell: Tell):
    placing = tell("hospital", child("Baby", "Thornley"), child("Baby", "Thornley"))
    assert placing.mentions[1].head_id != placing.mentions[2].head_id


def test_two_mentions_that_the_notice_calls_one_are_one(tell: Tell):
    placing = tell("police", child("Ria", "Shaw"), child("Ria", "Brookes", None, same_as=1))
    assert placing.mentions[1].record_key == placing.mentions[2].record_key


def test_one_agencys_two_numbers_are_a_question(tell: Tell, look: Look):
    def numbered(value: str) -> dict[str, Any]:
        return child(identifiers=[{"system": "hospital-number", "value": value}])

    one, two = tell("hospital", numbered("H1")), tell("hospital", numbered("H2"))
    assert len(set(heads(one, two))) == 2
    [doubt] = doubts(for_=look)
    assert doubt.why == "One agency holds them under two numbers."


def test_a_record_that_fits_two_twins_joins_neither(tell: Tell, look: Look):
    one = tell("school", child("Amy", "Thornley", postcode="EL4 2AB"))
    two = tell("hospital", child("Ava", "Thornley", postcode="EL4 2AB"))
    initial = tell("police", child("A", "Thornley", postcode="EL4 2AB"))
    assert len(set(heads(one, two, initial))) == 3
    assert "almost as well" in doubts(for_=look)[0].why


def test_who_cannot_tell_takes_an_earlier_word_back(tell: Tell, look: Look):
    one, two = tell("school", child("Amy", "Thornley", nhs="999 000 0018")), tell("police", child("Amy", "Thornley"))
    assert len(set(heads(one, two))) == 1
    a, b = (placing.mentions[1].record_key for placing in (one, two))
    for same, children in ((False, 2), (None, 1), (False, 2), (True, 1)):
        settle(by=look.actor, at=AT, a=a, b=b, same=same, reason="Asked the school again")
        assert len(set(heads(one, two))) == children
        assert batch.differences() == []


def test_a_child_under_two_surnames_is_a_doubt_until_a_person_settles_it(tell: Tell, look: Look):
    one, two = tell("northgate", child("Ria", "Shaw")), tell("police", child("Ria", "Brookes"))
    assert len(set(heads(one, two))) == 2
    [doubt] = doubts(for_=look)
    assert doubt.sentence.endswith("surname differs")
    settle(
        by=look.actor,
        at=AT,
        a=doubt.sides[0].key,
        b=doubt.sides[1].key,
        same=True,
        reason="Westmark confirmed both names",
    )
    assert len(set(heads(one, two))) == 1
    assert doubts(for_=look) == []


def test_a_joined_child_is_spoken_of_by_the_reference_received_first(tell: Tell):
    one, two = tell("hospital", child(postcode="EL4 2AB")), tell("school", child(postcode="EL4 2AB"))
    assert heads(two) == [one.mentions[1].subject_id]


def test_a_judgement_can_be_taken_back_and_the_old_reference_is_there_again(tell: Tell, look: Look):
    one, two = tell("northgate", child("Ria", "Shaw")), tell("police", child("Ria", "Brookes"))
    pair = {"a": one.mentions[1].record_key, "b": two.mentions[1].record_key}
    settle(by=look.actor, at=AT, same=True, reason="same tattoo on both photographs", **pair)
    settle(by=look.actor, at=AT, same=False, reason="the photographs are of two girls", **pair)
    assert heads(one, two) == [one.mentions[1].subject_id, two.mentions[1].subject_id]
    assert doubts(for_=look) == []


def test_not_the_same_holds_for_later_restatements(tell: Tell, look: Look):
    one, two = tell("hospital", child(postcode="EL4 2AB")), tell("school", child(postcode="EL4 2AB"))
    settle(
        by=look.actor, at=AT, a=one.mentions[1].record_key, b=two.mentions[1].record_key, same=False, reason="cousins"
    )
    again = tell("police", child(postcode="EL4 2AB"))
    assert heads(one) != heads(two)
    assert heads(again)[0] in (again.mentions[1].subject_id, *heads(one), *heads(two))


def test_a_persons_same_outweighs_the_twin_rule_for_restatements_too(tell: Tell, look: Look):
    one = tell("school", child("Amy", "Thornley", postcode="EL4 2AB"))
    two = tell("hospital", child("Rosalind", "Thornley", postcode="EL4 2AB"))
    settle(
        by=look.actor,
        at=AT,
        a=one.mentions[1].record_key,
        b=two.mentions[1].record_key,
        same=True,
        reason="now called Amy",
    )
    again = tell("police", child("Amy", "Thornley", postcode="EL4 2AB"))
    assert len(set(heads(one, two, again))) == 1


def test_a_persons_same_does_not_outweigh_two_valid_nhs_numbers(tell: Tell, look: Look):
    one, two = tell("hospital", child(nhs=VALID)), tell("school", child(nhs=ANOTHER_VALID))
    settle(
        by=look.actor, at=AT, a=one.mentions[1].record_key, b=two.mentions[1].record_key, same=True, reason="same child"
    )
    assert len(set(heads(one, two))) == 2


def test_a_corrected_statement_joins_nobody_to_anybody_any_more(tell: Tell):
    one, two = tell("hospital", child("Ria", "Quillshaw")), tell("school", child("Ria", "Thornbrook"))
    both = [{"given": "Ria", "family": "Quillshaw"}, {"given": "Ria", "family": "Thornbrook", "kind": "former"}]
    bridge = tell("police", child(names=both))
    assert len(set(heads(one, two, bridge))) == 1
    tell("police", child("Bea", "Marcroft", "2012-01-09"), corrects="N3")
    bring(Message.objects.get(sender_id="N3").key)
    assert len(set(heads(one, two))) == 2


def test_an_adult_is_not_the_child_of_the_same_name(tell: Tell):
    one = tell("hospital", child("Sam", "Arden", None, postcode="EL4 2AB"))
    two = tell(
        "school",
        child(postcode="EL4 2AB"),
        child("Sam", "Arden", None, kind="adult", role="parent", postcode="EL4 2AB"),
    )
    assert two.mentions[2].kind == "adult"
    assert heads(one) != heads(two, n=2)


def test_an_address_that_two_agencies_write_differently_is_one_place(tell: Tell):
    def at(lines: str) -> dict[str, Any]:
        return child(addresses=[{"lines": lines, "postcode": "EL4 2AB"}])

    one, two = tell("hospital", at("4 Mill Lane, Ellensford")), tell("school", at("4 Mill Ln"))
    other = tell("police", at("6 Mill Lane"))
    ids = [placing.places[1, 0].subject_id for placing in (one, two, other)]
    now = head_ids(ids)
    assert now[ids[0]] == now[ids[1]] != now[ids[2]]


def test_whom_only_the_year_of_birth_makes_an_adult_is_one(tell: Tell):
    placing = tell("police", child(born="1984", kind="unknown", role="other"), child(kind="unknown", role="other"))
    assert [placing.mentions[n].kind for n in (1, 2)] == ["adult", "child"]


def test_without_kind_or_birth_the_role_says_who_is_a_child(tell: Tell):
    nameless = {"born": None, "kind": "unknown"}
    placing = tell("police", child(**nameless, role="subject"), child("Ann", **nameless, role="parent"))
    assert [placing.mentions[n].kind for n in (1, 2)] == ["child", "adult"]


def test_a_postcode_alone_is_no_place_where_people_meet(tell: Tell):
    placing = tell("school", child(addresses=[{"postcode": "EL4 2AB"}]))
    assert placing.places == {}


def test_what_a_better_reader_no_longer_finds_joins_nobody_to_anybody(tell: Tell):
    one, two = tell("hospital", child("Ria", "Quillshaw")), tell("school", child("Ria", "Thornbrook"))
    both = [{"given": "Ria", "family": "Quillshaw"}, {"given": "Ria", "family": "Thornbrook", "kind": "former"}]
    tell("police", child("Bea", "Marcroft", "2012-01-09"), child(names=both))
    assert len(set(heads(one, two))) == 1
    message, notice = reading_of(Message.objects.get(sender_id="N3").key)
    again = place(by=FLOW, at=AT, message=message, notice=notice.model_copy(update={"persons": notice.persons[:1]}))
    assert again.mentions.keys() == {1}
    assert len(set(heads(one, two))) == 2


def test_a_word_on_two_records_needs_a_person_a_reason_and_two_of_one_kind(tell: Tell, look: Look):
    told = tell("hospital", child(), child("Ann", "Arden", None, kind="adult", role="parent"))
    one, adult = told.mentions[1].record_key, told.mentions[2].record_key
    other = tell("school", child("Ria", "Thornbrook")).mentions[1].record_key
    for by, b, reason in (
        (look.actor, other, " "), (FLOW, other, "same child"), (look.actor, adult, "same"), (look.actor, one, "same"),
    ):  # fmt: skip
        with pytest.raises(ValueError, match="a judgement"):
            settle(by=by, at=AT, a=one, b=b, same=True, reason=reason)
    assert not Judgement.objects.exists()
