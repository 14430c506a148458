"""What the tables must be: each field classified, keys only back along the rooms, each room's tables its own."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest
from django.apps import apps
from django.db import models

from joinedup.ground.handling import Handling
from joinedup.share.models import Practitioner
from joinedup.share.triggers import append_only_tables
from laws.source import ROOMS, SRC, files, tree, where

OURS = [model for model in apps.get_models() if model.__module__.startswith("joinedup.")]
READERS = ("queries", "actions", "batch", "migrations")


def fields_of(model: type[models.Model]) -> set[str]:
    return {field.name for field in model._meta.get_fields() if not field.auto_created or field.concrete}


def unclassified(model: type[models.Model]) -> set[str]:
    """Fields without a data class, or classes for fields that are not there."""
    return fields_of(model) ^ getattr(model, "data", {}).keys()


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_every_field_has_a_data_class(model: type[models.Model]) -> None:
    assert unclassified(model) == set()
    assert all(isinstance(one, Handling) for one in model.data.values())


MOST_OF_A_KEY = 64  # characters: a digest, a code, a spoken reference


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_what_is_classed_as_a_key_is_no_free_text(model: type[models.Model]) -> None:
    """Senders write their own numbers, and a name fits in one."""
    keys = [model._meta.get_field(name) for name, one in model.data.items() if one is Handling.KEY]
    assert [one.name for one in keys if isinstance(one, models.TextField)] == []
    assert [one.name for one in keys if isinstance(one, models.CharField) and one.max_length > MOST_OF_A_KEY] == []


@pytest.mark.parametrize(
    ("label", "fields", "shown_as"),
    [
        ("link.Record", ("statement", "features"), Handling.SHIELDED),
        ("link.BlockingKey", ("value",), Handling.SHIELDED),
    ],
)
def test_a_field_is_handled_as_the_most_delicate_thing_that_stands_in_it(
    label: str, fields: tuple[str, ...], shown_as: Handling
) -> None:
    """A statement holds addresses, a block a postcode."""
    data = apps.get_model(label).data
    assert {data[name] for name in fields} == {shown_as}


@pytest.mark.parametrize("label", ["receive.Draft.owner", "share.AuditRow.by", "share.ClockSetting.by"])
def test_wherever_an_e_mail_is_kept_as_who_it_was_any_fits(label: str) -> None:
    """PostgreSQL refuses a longer one, and somebody with a long name could then do nothing at all."""
    model, name = label.rsplit(".", 1)
    assert apps.get_model(model)._meta.get_field(name).max_length >= Practitioner._meta.get_field("email").max_length


def foreign_keys(model: type[models.Model]) -> Iterator[models.ForeignKey]:
    return (field for field in model._meta.local_fields if isinstance(field, models.ForeignKey))


def room_of(model: type[models.Model]) -> str:
    return model.__module__.split(".")[1] if model.__module__.startswith("joinedup.") else ""


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_keys_point_only_back_along_the_rooms(model: type[models.Model]) -> None:
    """A cross-room key has no way back: related_name="+"."""
    for field in foreign_keys(model):
        there = room_of(field.related_model)
        if there != room_of(model):
            assert ROOMS.index(there) < ROOMS.index(room_of(model)), f"{field} points ahead"
            assert field.remote_field.hidden, f"{field} can be walked back from {there}: related_name='+'"


def borrowed(path: Path, module: ast.Module) -> list[ast.stmt]:
    """Imports of a room's models from outside that room's own queries, actions, batch and migrations."""
    room, piece = path.relative_to(SRC).parts[0], path.relative_to(SRC).parts[1].removesuffix(".py")
    return [
        node
        for node in ast.walk(module)
        for name in imported(node)
        if (parts := name.split("."))[0] == "joinedup" and "models" in parts[2:3]
        if parts[1] != room or piece not in READERS
    ]


def imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module:
        return [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return []


EVERY_FILE = [path for room in ROOMS for path in files(room)]


@pytest.mark.parametrize("room", ROOMS)
def test_a_rooms_tables_are_read_by_itself_alone(room: str) -> None:
    assert [where(path, node) for path in files(room) for node in borrowed(path, tree(path))] == []


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ("respond/queries.py", "from joinedup.link.models import Record"),
        ("respond/queries.py", "from joinedup.link import models"),
        ("respond/pages.py", "from joinedup.respond.models import Decision"),
        ("respond/actions/deciding.py", "import joinedup.chronicle.models"),
    ],
)
def test_a_borrowed_table_is_found(place: str, line: str) -> None:
    assert borrowed(SRC / place, ast.parse(line))


def test_own_tables_are_no_borrowing() -> None:
    assert not borrowed(SRC / "respond/queries.py", ast.parse("from joinedup.respond.models import Decision"))


def test_a_field_without_a_class_is_found() -> None:
    class Leaky:
        data: ClassVar = {"id": Handling.KEY}
        _meta = OURS[0]._meta

    assert unclassified(Leaky)  # type: ignore[arg-type]


def is_somebodys_word(model: type[models.Model]) -> bool:
    """What a practitioner said, and when."""
    by = next((field for field in foreign_keys(model) if field.name == "by"), None)
    return by is not None and by.related_model._meta.label == "share.Practitioner" and "at" in fields_of(model)


@pytest.mark.parametrize("model", [one for one in OURS if is_somebodys_word(one)], ids=lambda model: model._meta.label)
def test_what_people_said_is_only_added_to(model: type[models.Model]) -> None:
    """Law 1: by the database itself. What a receipt acknowledged and who was to do what, likewise."""
    assert model._meta.db_table in append_only_tables()


def test_what_people_said_is_found() -> None:
    said = {model._meta.label for model in OURS if is_somebodys_word(model)}
    assert {"respond.Decision", "link.Judgement", "receive.Handling", "recognise.PatternEdition"} <= said
    assert {"receive_receipt", "respond_action"} <= set(append_only_tables())
