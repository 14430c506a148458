"""A question is put to a role at an agency, not to everybody who works there."""

from datetime import timedelta

from joinedup.respond.queries import questions_on
from respond import town as towns
from respond.town import AT


def test_a_question_is_said_to_the_role_it_is_put_to_and_to_whoever_sees_every_entry(town: towns.Town) -> None:
    town.tell("school", "Tess", "concern", "neglect", day="2026-02-20", at=AT - timedelta(days=13))
    town.tell("hospital", "Tess", "attendance", day="2026-03-04", words="")
    head = town.child("Tess").pk
    told = {who for who in town.people if questions_on(for_=town.look(who), head=head)}
    assert "named" in told
    assert "ann" in told
    assert told.isdisjoint({"nurse", "lead", "officer", "key-worker"})
    [asked] = questions_on(for_=town.look("named"), head=head)
    assert asked.says == (
        "What was the reason of this attendance? A concern about the child was recorded in the 180 days up to it.",
    )
