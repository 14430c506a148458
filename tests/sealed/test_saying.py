"""What an officer says is said by a person, with a reason, and of a seal that stands so."""

import pytest

from flow.street import AT
from joinedup.receive import actions as receiving
from joinedup.receive.models import Message
from joinedup.sealed import actions
from joinedup.sealed.models import Caught, SealWord
from joinedup.sealed.rules.crossing import strings
from joinedup.share.rules import FLOW
from sealed.conftest import Lives


def test_a_word_without_a_reason_is_no_word(lives: Lives) -> None:
    seal = lives.seal(confirmed=False)
    with pytest.raises(ValueError, match="say why"):
        actions.confirm(by=lives.actor("otto"), at=AT, seal=seal, reason="  ")
    assert not SealWord.objects.exists()


def test_a_machine_says_nothing_of_a_seal(lives: Lives) -> None:
    seal = lives.seal(confirmed=False)
    with pytest.raises(ValueError, match="a person's to say"):
        actions.confirm(by=FLOW, at=AT, seal=seal, reason="Seen.")
    assert not SealWord.objects.exists()


def test_what_does_not_hold_is_not_lifted(lives: Lives) -> None:
    seal = lives.seal(confirmed=False)
    with pytest.raises(ValueError, match="does not hold"):
        actions.lift(by=lives.actor("otto"), at=AT, seal=seal, reason="It is over.")


def test_lifting_a_seal_brings_back_nothing_that_was_destroyed(lives: Lives) -> None:
    seal = lives.seal()
    caught = Caught.objects.filter(seal=seal).first()
    assert caught is not None
    receiving.destroy(by=FLOW, at=AT, message_key=caught.message_id)
    actions.lift(by=lives.actor("mara"), at=AT, seal=seal, reason="The order was set aside.")
    assert Message.objects.get(pk=caught.message_id).stage == "destroyed"


def test_a_year_of_birth_is_looked_for_as_it_is() -> None:
    said = {"names": [], "born": ["2011"], "identifiers": [], "addresses": []}
    assert list(strings([said])) == ["2011"]
