"""Passwords of breaches are looked up in a sorted file on this machine, in the form of the Have I Been Pwned list."""

import hashlib
import random
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from joinedup.share import actions
from joinedup.share.sign_in.breached import NO_LIST, SHORT, NotBreached, is_breached
from share.cast import AT, KEEPER

BREACHED = [f"a long but breached password {n}" for n in range(200)]


def written(place: Path, passwords: list[str], end: str = "\r\n") -> Path:
    """The file as the downloader writes it: upper-case hashes in order, each with how often it was seen."""
    hashes = sorted(hashlib.sha1(one.encode()).hexdigest().upper() for one in passwords)
    place.write_bytes("".join(f"{one}:{n * n}{end}" for n, one in enumerate(hashes, 1)).encode())
    return place


@pytest.fixture
def listed(tmp_path: Path, settings) -> Path:
    place = written(tmp_path / "hashes.txt", BREACHED)
    settings.JOINEDUP_BREACHED = str(place)
    return place


@pytest.mark.parametrize("many", [0, 1, 2, 3, 7, 200])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_every_password_of_the_list_is_found_and_no_other(tmp_path, many, end) -> None:
    chosen = random.Random(many).sample(BREACHED, many)
    place = written(tmp_path / "hashes.txt", chosen, end)
    assert {one for one in BREACHED if is_breached(one, place)} == set(chosen)


def test_a_list_without_a_last_line_end_is_read_whole(tmp_path) -> None:
    place = written(tmp_path / "hashes.txt", BREACHED)
    place.write_bytes(place.read_bytes().rstrip())
    assert all(is_breached(one, place) for one in BREACHED)


def test_a_breached_password_says_so_and_what_to_do(listed) -> None:
    with pytest.raises(ValidationError, match=SHORT):
        NotBreached().validate(BREACHED[7])
    NotBreached().validate("a password that nobody has lost")
    assert "breach" in NotBreached().get_help_text()


def test_without_a_list_nothing_is_looked_up(settings) -> None:
    settings.JOINEDUP_BREACHED = ""
    NotBreached().validate(BREACHED[0])


def test_a_list_that_is_gone_lets_no_password_through(listed) -> None:
    listed.unlink()
    with pytest.raises(ValidationError, match=NO_LIST):
        NotBreached().validate("a password that nobody has lost")


@pytest.mark.parametrize("password", [BREACHED[3], "password1234", "short"])
def test_an_administrator_gives_nobody_a_password_that_would_be_guessed(house, listed, password) -> None:
    with pytest.raises(ValidationError) as refused:
        actions.add_practitioner(
            by=KEEPER, at=AT, email="new@example.org", name="New", agency="police", password=password
        )
    assert "password" in refused.value.message_dict
