"""One migration leaf per app, so that two branches of work meet in git rather than in production; none missing."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

from laws.source import SRC

WITH_TABLES = [
    app.label for app in apps.get_app_configs() if app.name.startswith("joinedup.") and list(app.get_models())
]


@pytest.mark.parametrize("label", WITH_TABLES)
def test_one_leaf(label: str) -> None:
    folder = SRC / label / "migrations"
    assert (folder / "__init__.py").exists(), f"{label} has tables and no migrations"
    loader = MigrationLoader(None, ignore_no_initial=True)
    loader.build_graph()
    assert len(loader.graph.leaf_nodes(label)) == 1


def test_no_change_without_its_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
