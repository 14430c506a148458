"""A newer edition of a model changes nothing until a named person has looked at whom it would change, and says so."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from joinedup.flow.ticking import tick
from joinedup.link import batch
from joinedup.link.actions import answer
from joinedup.link.batch import changed_by
from joinedup.link.models import EditionStep, ModelEdition
from joinedup.link.queries.editions import accepted, model_in_force, proposal
from joinedup.link.rules.model import Model, content_of, model_for, name_of
from joinedup.share import actions as share
from respond import town as towns
from respond.town import AT

SURE = model_for("child")


def stricter() -> Model:
    """An edition that joins only what is far surer."""
    return SURE.model_copy(update={"edition": "2026-11-28", "join_at": 40_000})


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / name_of(stricter())
    path.write_text(content_of(stricter()))
    return path


@pytest.fixture
def two(town: towns.Town) -> towns.Town:
    """Jo in two records that are one child without any number in common."""
    for agency in ("school", "police"):
        person = {
            "kind": "child",
            "role": "subject",
            "names": [{"given": "Jo", "family": "Hale"}],
            "born": "2011-11-23",
        }
        town.bring(agency, [person], [{"kind": "concern", "concerns": [], "day": "2026-03-04", "told": []}], AT)
    return town


def groups() -> int:
    from joinedup.link.models import Record

    return Record.objects.filter(kind="child").values("group").distinct().count()


def test_linking_begins_with_the_shipped_edition_and_keeps_it(two: towns.Town) -> None:
    assert groups() == 1
    assert set(EditionStep.objects.values_list("edition__kind", "step")) == {("child", "begun")}
    assert model_in_force("child") == SURE


def test_a_newer_edition_comes_into_force_by_a_persons_decision_on_whom_it_changes(
    two: towns.Town, file: Path, capsys: Any
) -> None:
    jo = two.child("Jo").reference
    call_command("link", "propose", str(file))
    assert "would join 0 and part 1" in capsys.readouterr().out
    tick(at=AT)
    assert groups() == 1  # nobody has said so
    shown = proposal(for_=two.look("ann"), name=file.name)
    assert shown is not None
    assert (shown.state, shown.parted, shown.joined, shown.others) == ("proposed", ((jo,),), (), 0)
    assert "join_at: 6000 to 40000" in shown.differs
    answer(by=two.actor("manager"), at=AT, name=file.name, accept=True, reason="Looked at all of them.")
    assert accepted() == [file.name]
    tick(at=AT)
    assert accepted() == []
    assert groups() == 2
    assert model_in_force("child") == stricter()
    assert changed_by(stricter()) == {"joined": [], "parted": []}


def test_what_people_work_with_stays_and_becomes_a_doubt(two: towns.Town, file: Path) -> None:
    two.decide("ann", "Jo", "advice")
    call_command("link", "propose", str(file))
    answer(by=two.actor("manager"), at=AT, name=file.name, accept=True, reason="Looked at all of them.")
    tick(at=AT)
    assert groups() == 1


def test_refused_it_stays_out_and_is_decided_once(two: towns.Town, file: Path) -> None:
    call_command("link", "propose", str(file))
    manager = two.actor("manager")
    with pytest.raises(ValueError, match="by a person, with a reason"):
        answer(by=manager, at=AT, name=file.name, accept=True, reason=" ")
    answer(by=manager, at=AT, name=file.name, accept=False, reason="It parts too many.")
    with pytest.raises(ValueError, match="waits for nobody"):
        answer(by=manager, at=AT, name=file.name, accept=True, reason="Once more.")
    with pytest.raises(CommandError, match="is here already"):
        call_command("link", "propose", str(file))
    tick(at=AT)
    assert model_in_force("child") == SURE


def test_a_file_changed_by_hand_is_not_proposed(two: towns.Town, file: Path) -> None:
    file.write_text(file.read_text().replace("40000", "4000"))
    with pytest.raises(CommandError, match="another hash"):
        call_command("link", "propose", str(file))
    assert ModelEdition.objects.count() == 1


def test_a_team_manager_decides_on_the_page(two: towns.Town, file: Path, client: Client) -> None:
    call_command("link", "propose", str(file))
    share.set_clock(by=towns.KEEPER, at=AT)
    two.involve("Jo", manager="manager")
    client.force_login(two.people["manager"], "allauth.account.auth_backends.AuthenticationBackend")
    listed = client.get(reverse("link:editions")).content.decode()
    assert "waits for a decision" in listed
    path = reverse("link:edition", args=[file.name])
    page = client.get(path).content.decode()
    assert two.child("Jo").reference in page
    assert "Say why it should" in client.post(path, {"word": "accept", "reason": ""}).content.decode()
    client.post(path, {"word": "accept", "reason": "Looked at all of them."})
    assert accepted() == [file.name]
    assert "comes into force" in client.get(reverse("link:editions")).content.decode()
    client.force_login(two.people["ann"], "allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(path).status_code == 403


def test_by_the_edition_in_force_what_stands_follows_from_the_facts(two: towns.Town, file: Path) -> None:
    call_command("link", "propose", str(file))
    answer(by=two.actor("manager"), at=AT, name=file.name, accept=True, reason="Looked at all of them.")
    tick(at=AT)
    assert batch.differences() == []
