"""The master key is renewed: everything kept opens by the new one alone, and stopping halfway loses nothing."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from joinedup.receive import actions, queries
from joinedup.receive.actions import rewrapping
from joinedup.receive.actions.rewrapping import rewrap
from joinedup.receive.models import Message, PayloadKey
from joinedup.receive.queries.payloads import body_of
from joinedup.receive.vault import Vault, VaultError, make_key, read_key
from joinedup.share.models import AuditRow
from joinedup.share.rules import FLOW
from receive.conftest import AT

pytestmark = pytest.mark.django_db
WARD = "ellensford-hospital"


@pytest.fixture
def place(partnership, key_file: Path) -> Path:
    return key_file


def kept(*bodies: bytes) -> list[bytes]:
    for body in bodies:
        actions.receive(by=FLOW, at=AT, agency=WARD, body=body, media="application/json", channel="api")
    return sorted(body_of(one) for one in Message.objects.select_related("payload_key"))


def test_everything_opens_by_the_new_key_and_nothing_by_the_old(place: Path, capsys) -> None:
    bodies, before = kept(b'{"id": "1"}', b'{"id": "2"}'), read_key(place)
    destroyed = Message.objects.latest("pk")
    actions.destroy(by=FLOW, at=AT, message_key=destroyed.pk)
    call_command("renew_master_key")
    assert "1 keys are wrapped by the new key" in capsys.readouterr().out
    assert read_key(place) != before
    assert [path.name for path in place.parent.iterdir()] == ["master.key"]
    left = Message.objects.select_related("payload_key").exclude(pk=destroyed.pk).get()
    assert body_of(left) in bodies
    with pytest.raises(VaultError):
        Vault(before).open_key(bytes(left.payload_key.wrapped), str(left.payload_key_id))
    assert AuditRow.objects.get(act="receive.rewrap").what == {"keys": 1}


def test_a_machine_that_stops_before_the_new_key_takes_its_place_goes_on_from_there(place: Path) -> None:
    bodies, beside = kept(b'{"id": "1"}'), place.with_name("master.key.next")
    make_key(beside)
    rewrap(by=FLOW, at=AT, old=Vault(read_key(place)), new=Vault(read_key(beside)), track=lambda some, _: some)
    actions.renew_master(by=FLOW, at=AT, place=place)
    assert kept() == bodies
    assert not beside.exists()


def test_a_key_of_neither_stops_it_and_leaves_everything_as_it_was(place: Path) -> None:
    bodies = kept(b'{"id": "1"}')
    PayloadKey.objects.create(wrapped=b"x" * 60)
    with pytest.raises(CommandError, match="does not open"):
        call_command("renew_master_key")
    queries.payloads.read_master_anew()
    assert kept() == bodies


def test_many_keys_are_written_in_parts(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rewrapping, "AT_ONCE", 2)
    bodies = kept(*(f'{{"id": "{n}"}}'.encode() for n in range(5)))
    assert actions.renew_master(by=FLOW, at=AT, place=place) == 5
    assert kept() == bodies


def test_there_is_nothing_to_renew_where_nothing_is_kept(place: Path) -> None:
    with pytest.raises(CommandError, match="is not there"):
        call_command("renew_master_key")
    assert not AuditRow.objects.filter(act="receive.rewrap").exists()
