"""A paper made before the seal quotes the life before: whoever reads it afterwards learns nothing of it."""

from collections.abc import Callable

import pytest
from django.test import Client

from flow.street import AT
from joinedup.papers import actions
from joinedup.papers.models import Paper
from joinedup.sealed import actions as sealed
from joinedup.share import actions as share
from sealed.conftest import Lives

QUOTED = "Tess Hollis was Tess Arden of 4 Mill Lane, EL4 2AB, NHS number 999 000 0018."
TOLD = ("Arden", "ARDEN", "Mill Lane", "999 000 0018")


@pytest.fixture
def manager(lives: Lives) -> Client:
    """Of the child as she is known now."""
    share.involve(by=lives.actor("max"), at=AT, subject=lives.now, relation="manager", practitioner=lives.people["max"])
    client = Client()
    client.force_login(lives.people["max"], backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def letter(lives: Lives, manager: Client) -> Paper:
    return actions.prepare(
        by=lives.actor("max"), at=AT, subject=lives.now, excerpts=[], title="Born TESS ARDEN", name="Jo Hollis",
        relation="who adopted Tess Arden", purpose="The years as Arden", text=QUOTED,
    )  # fmt: skip


def pages(lives: Lives, manager: Client, letter: Paper) -> Callable[[], str]:
    log = f"/child/{lives.now.reference}/papers/"

    def read() -> str:
        return "".join(
            manager.get(page).content.decode() for page in (log, f"{log}{letter.pk}/", f"{log}{letter.pk}/print/")
        )

    return read


@pytest.mark.parametrize("ends", ["left as a draft", "released", "refused"])
def test_the_life_before_is_in_no_paper_of_the_life_now(lives: Lives, manager: Client, letter: Paper, ends) -> None:
    read = pages(lives, manager, letter)
    page = f"/child/{lives.now.reference}/papers/{letter.pk}/"
    reason = {"reason": "As Arden she was hurt."}
    if ends != "left as a draft":
        assert manager.post(page, {"do": ends.removesuffix("d"), **reason}).status_code == 302
    assert "Arden" in read()
    seal = lives.seal()
    after = read()
    assert [word for word in TOLD if word in after] == []
    assert "Hollis" in after
    sealed.lift(by=lives.actor("mara"), at=AT, seal=seal, reason="The order was set aside.")
    assert "Arden" in read()


def test_what_the_brother_is_called_stays(lives: Lives, manager: Client, letter: Paper) -> None:
    share.involve(
        by=lives.actor("max"), at=AT, subject=lives.brother, relation="manager", practitioner=lives.people["max"]
    )
    his = actions.prepare(
        by=lives.actor("max"), at=AT, subject=lives.brother, excerpts=[], title="A letter", name="Dawn Arden",
        relation="mother", purpose="news", text="Robin Arden is well.",
    )  # fmt: skip
    lives.seal()
    said = manager.get(f"/child/{lives.brother.reference}/papers/{his.pk}/").content.decode()
    assert "Robin Arden is well." in said
