"""Whatever comes to the front door of a running joinedup: a clear answer, nothing lost, and the next notice flows.

A real `joinedup serve` in a home of its own, and a real curl.
"""

import json
import os
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from joinedup.ground.identifiers import synthetic_nhs_number

BIN = Path(sys.executable).parent
PATIENCE = 600.0  # seconds until the test says that nothing will come
PROBLEM = {"form", "status", "code", "title", "problems", "kept", "receipt"}
FOUND = """
import django; django.setup()
from django.core.management import call_command
from joinedup.ground.clock import utcnow
from joinedup.share import actions as share
from joinedup.share.rules import Actor
call_command("migrate", verbosity=0, interactive=False)
by, at = Actor("keeper"), utcnow()
share.found_partnership(by=by, at=at, name="Ellensford", simulated=False)
for code, kind in {"council": "childrens-social-care", "hospital": "hospital"}.items():
    share.add_agency(by=by, at=at, code=code, name=code, kind=kind)
print(share.issue_credential(by=by, at=at, agency="hospital", use="api", label="patient record").token)
"""
Json = dict[str, Any]


def notice(id_: str, **parts: Any) -> Json:
    """A notice of a hospital about one fictional child."""
    person = {"n": 1, "kind": "child", "role": "subject", "born": "2011-05-17",
              "names": [{"given": "Tess", "family": "Arden"}],
              "identifiers": [{"system": "nhs-number", "value": "999 000 0018"}]}  # fmt: skip
    event = {"n": 1, "about": [1], "kind": "attendance", "concerns": ["injury-cause-not-known"],
             "happened": {"from": "2026-03-04"}, "told": []}  # fmt: skip
    plain = {"form": "joinedup/notice/1", "id": id_, "agency": "hospital", "persons": [person], "events": [event]}
    return plain | parts


def changed(id_: str, part: str, **values: Any) -> Json:
    """The notice with its first person or event changed."""
    plain = notice(id_)
    return plain | {part: [plain[part][0] | values]}


def about_another(n: int) -> Json:
    """A notice about one of many children."""
    number = [{"system": "nhs-number", "value": synthetic_nhs_number(1000 + n)}]
    names = [{"given": f"Given {letters(n)}", "family": f"Family {letters(n * 7)}"}]
    born = (date(2009, 1, 1) + timedelta(days=3 * n)).isoformat()
    return changed(f"M{n}", "persons", identifiers=number, names=names, born=born)


def letters(n: int) -> str:
    return "".join(chr(ord("a") + int(digit)) for digit in str(n))


@dataclass
class House:
    """A running joinedup, its home and the hospital's credential."""

    home: Path
    port: int
    token: str
    scratch: Path

    def send(self, body: Any, *headers: str, token: str | None = None) -> tuple[int, Json]:
        """Post it with curl; the status and the answer."""
        file = self.scratch / "body"
        file.write_bytes(body if isinstance(body, bytes) else json.dumps(body).encode())
        sent = ["Content-Type: application/json", f"Authorization: Bearer {self.token if token is None else token}"]
        said = subprocess.run(
            ["curl", "--noproxy", "*", "--silent", "--show-error", "--max-time", str(PATIENCE),
             "--write-out", "\n%{http_code}",
             *(part for one in [*sent, *headers] for part in ("--header", one)), "--data-binary", f"@{file}",
             f"http://127.0.0.1:{self.port}/api/v1/notices"],
            check=True, capture_output=True, text=True,
        ).stdout  # fmt: skip
        answer, _, status = said.rpartition("\n")
        return int(status), json.loads(answer)

    def asks(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """What the database holds, read beside the server."""
        with closing(sqlite3.connect(f"file:{self.home}/joinedup.sqlite3?mode=ro", uri=True)) as database:
            return list(database.execute(sql, values))

    def comes(self, sql: str, *values: object) -> bool:
        """Whether such a row comes to stand."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if self.asks(sql, *values):
                return True
            time.sleep(0.05)
        return False

    def run(self, *command: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [BIN / "joinedup", *command], env=environment(self.home), capture_output=True, text=True, check=False
        )


def environment(home: Path) -> dict[str, str]:
    """A process's surroundings with a home of its own, on the embedded database."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("JOINEDUP_", "COV_", "COVERAGE"))}
    return kept | {"JOINEDUP_HOME": str(home), "DJANGO_SETTINGS_MODULE": "joinedup.web.settings"}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    home, scratch = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("sent")
    founded = subprocess.run(
        [sys.executable, "-c", FOUND], env=environment(home), capture_output=True, text=True, check=True
    )
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    serving = subprocess.Popen(
        [BIN / "joinedup", "serve", "--port", str(port)], env=environment(home),
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        assert answers(port, serving)
        yield House(home, port, founded.stdout.strip(), scratch)
    finally:
        serving.terminate()
        try:
            serving.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            serving.kill()
            serving.wait()


def answers(port: int, serving: "subprocess.Popen[bytes]") -> bool:
    """Whether somebody comes to answer on this port."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and serving.poll() is None:
        with closing(socket.socket()) as caller:
            if caller.connect_ex(("127.0.0.1", port)) == 0:
                return True
        time.sleep(0.05)
    return False


ITEM = "SELECT 1 FROM respond_deskitem i JOIN respond_contact c ON c.key = i.ref JOIN receive_receipt r USING (message_id) WHERE r.number = ?"  # noqa: E501 - a statement, in one piece
STAGE = "SELECT m.stage FROM receive_message m JOIN receive_receipt r ON r.message_id = m.key WHERE r.number = ?"


def flows(house: House, id_: str) -> bool:
    """Whether the next good notice comes to the desk."""
    status, answer = house.send(notice(id_))
    return status == 201 and house.comes(ITEM, answer["receipt"])


ODD: dict[str, tuple[Json, str]] = {  # kept and read; what is odd is said
    "a wrong check digit": (
        changed("O1", "persons", identifiers=[{"system": "nhs-number", "value": "999 000 0019"}]), "check-digit"),
    "an unknown agency told": (changed("O2", "events", told=[{"agency": "nowhere"}]), "unknown-agency"),
    "a date to come": (changed("O3", "events", happened={"from": "2091-01-01"}), "future-date"),
    "a field that we do not know": (notice("O4", mood="grey"), "unknown-field"),
}  # fmt: skip
UNREADABLE: dict[str, tuple[bytes, str]] = {  # kept with a receipt, for a person
    "broken JSON": (b'{"form": "joinedup/notice/1", "id": "U1"', "not-json"),
    "nothing at all": (b"", "not-json"),
    "a number": (b"7", ""),
}


@pytest.mark.parametrize("what", ODD)
def test_what_is_odd_is_kept_and_read_and_the_next_one_flows(house: House, what: str) -> None:
    body, code = ODD[what]
    status, answer = house.send(body)
    assert (status, answer["read"]) == (201, True)
    assert code in {problem["code"] for problem in answer["problems"]}
    assert all(problem["says"] and problem["do"] for problem in answer["problems"])
    assert house.comes(STAGE + " AND m.stage = 'placed'", answer["receipt"])
    assert flows(house, f"after {what}")


@pytest.mark.parametrize("what", UNREADABLE)
def test_what_cannot_be_read_waits_for_a_person_with_its_receipt_and_the_next_one_flows(
    house: House, what: str
) -> None:
    body, code = UNREADABLE[what]
    status, answer = house.send(body)
    assert (status, answer["read"]) == (202, False)
    assert not code or code in {problem["code"] for problem in answer["problems"]}
    assert all(problem["says"] and problem["do"] for problem in answer["problems"])
    assert house.asks(STAGE, answer["receipt"]) == [("quarantined",)]
    assert flows(house, f"after {what}")


@pytest.mark.parametrize("coded", ["utf-16", "utf-8-sig", "latin-1"])
def test_text_in_another_coding_is_read_or_kept_never_lost(house: House, coded: str) -> None:
    named = json.dumps(notice(f"C-{coded}")).replace("Tess", "Zo\u00eb")
    status, answer = house.send(named.encode(coded))
    assert status in (201, 202)
    assert house.comes(STAGE + " AND m.stage IN ('placed', 'quarantined')", answer["receipt"])


def test_ten_megabytes_are_refused_in_the_one_shape_and_the_next_one_flows(house: House) -> None:
    before = house.asks("SELECT count(*) FROM receive_message")
    status, answer = house.send(changed("L1", "events", words="a" * 10_000_000))
    assert (status, answer["kept"], answer["receipt"]) == (413, False, None)
    assert set(answer) == PROBLEM
    assert "5 MB" in answer["title"]
    assert house.asks("SELECT count(*) FROM receive_message") == before
    assert flows(house, "after ten megabytes")


@pytest.mark.parametrize("token", ["", "nobody.nothing", "\u00e9"])
def test_without_credentials_nothing_is_kept_and_that_is_said_in_the_one_shape(house: House, token: str) -> None:
    before = house.asks("SELECT count(*) FROM receive_message")
    status, answer = house.send(notice("W1"), token=token)
    assert (status, answer["kept"]) == (401, False)
    assert set(answer) == PROBLEM
    assert house.asks("SELECT count(*) FROM receive_message") == before


def test_of_many_at_once_each_is_answered_and_one_bad_one_is_nobody_elses(house: House) -> None:
    many: list[Any] = [about_another(n) for n in range(200)]
    many[100] = {"form": "joinedup/notice/1", "persons": "nobody"}
    status, answer = house.send(many)
    while status == 429:  # this credential's bucket is not full again yet
        time.sleep(5)
        status, answer = house.send(many)
    assert status == 207
    statuses = [item["status"] for item in answer["items"]]
    assert (statuses.count(201), statuses[100]) == (199, 202)
    assert len({item["receipt"] for item in answer["items"]}) == 200


def test_the_audit_holds_and_whoever_tampers_with_it_is_found_out(house: House) -> None:
    flows(house, "before the audit")
    proved = house.run("audit", "verify", "--json")
    assert (proved.returncode, json.loads(proved.stdout)["ok"]) == (0, True), proved.stderr
    with closing(sqlite3.connect(house.home / "joinedup.sqlite3", isolation_level=None, timeout=PATIENCE)) as database:
        database.execute("DROP TRIGGER share_auditrow_no_update")  # as its owner could
        database.execute("UPDATE share_auditrow SET by = 'nobody' WHERE seq = (SELECT max(seq) FROM share_auditrow)")
    found = house.run("audit", "verify", "--json")
    assert found.returncode == 1
    assert json.loads(found.stdout)["faults"]
