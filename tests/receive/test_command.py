"""`joinedup receive`: files in, receipts out."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from joinedup.receive.models import Message
from joinedup.receive.rules.schema import written_schema
from joinedup.share.models import Partnership
from receive.conftest import notice

pytestmark = pytest.mark.usefixtures("partnership")


def received(*args: str) -> str:
    out = StringIO()
    call_command("receive", *args, stdout=out)
    return out.getvalue()


@pytest.fixture
def file(tmp_path: Path) -> Any:
    def written(name: str, content: str) -> str:
        (tmp_path / name).write_text(content)
        return str(tmp_path / name)

    return written


def test_each_message_of_each_file_gets_a_receipt(file: Any) -> None:
    one = file("one.json", json.dumps(notice()))
    lines = file("lines.jsonl", "\n".join(json.dumps(notice(id=f"L-{n}")) for n in range(3)))
    table = file("table.csv", "id,given,born,kind\nS-1,Tess,2011-05-17,missing\n")
    said = received("--agency", "ellensford-hospital", one, lines, table).splitlines()
    assert len(said) == 5
    assert all("  read  " in line for line in said)
    assert set(Message.objects.values_list("channel", flat=True)) == {"file"}


def test_more_files_than_a_screen_holds_lose_nothing(file: Any) -> None:
    lines = file("lines.jsonl", "\n".join(json.dumps(notice(id=f"L-{n}")) for n in range(120)))
    assert len(received("--agency", "ellensford-hospital", lines).splitlines()) == 120
    assert Message.objects.count() == 120


def test_json_is_one_object_with_its_form_first(file: Any) -> None:
    said = received("--agency", "ellensford-hospital", "--json", file("b", '{"id": '), file("w", json.dumps(notice())))
    assert said.startswith('{"form": "joinedup/receipts/1"'.replace('{"', '{\n "'))
    assert [item["status"] for item in json.loads(said)["items"]] == [202, 201]


def test_a_format_can_be_forced(file: Any) -> None:
    said = received("--agency", "ellensford-hospital", "--format", "json", "--json", file("t", "id,kind\n1,missing\n"))
    assert json.loads(said)["items"][0]["problems"][0]["code"] == "not-json"


def test_a_simulated_database_takes_a_simulated_instant(file: Any) -> None:
    one = file("one.json", json.dumps(notice()))
    received("--agency", "ellensford-hospital", "--simulated-at", "2024-01-02T09:00:00+00:00", one)
    assert Message.objects.get().received_at.year == 2024


def test_a_real_database_refuses_a_simulated_instant(file: Any) -> None:
    Partnership.objects.update(simulated=False)
    with pytest.raises(CommandError, match="real"):
        received("--agency", "ellensford-hospital", "--simulated-at", "2024-01-02T09:00:00Z", file("a", "{}"))
    assert not Message.objects.exists()


def test_an_agency_that_is_not_here_keeps_nothing(file: Any) -> None:
    with pytest.raises(CommandError, match="nothing was kept"):
        received("--agency", "atlantis", file("a", json.dumps(notice())))


def test_what_is_too_large_is_said_and_the_rest_is_kept(file: Any) -> None:
    large = file("large.json", " " * 6_000_000 + "{}")
    with pytest.raises(CommandError, match="1 not kept"):
        received("--agency", "ellensford-hospital", large, file("one.json", json.dumps(notice())))
    assert Message.objects.count() == 1


def test_the_schema_is_printed_as_it_is_published() -> None:
    assert received("--schema") == written_schema()
