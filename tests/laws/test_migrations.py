"""One migration leaf per app, so that two branches of work meet in git rather than in production; none missing."""

import importlib
import pkgutil

import pytest
from django.apps import apps
from django.core.management import call_command

from laws.source import SRC

WITH_TABLES = [
    app.label for app in apps.get_app_configs() if app.name.startswith("joinedup.") and list(app.get_models())
]


def leaves(label: str) -> set[str]:
    """Migrations of an app on which no other of the same app rests."""
    package = importlib.import_module(f"joinedup.{label}.migrations")
    names = {module.name for module in pkgutil.iter_modules(package.__path__)}
    migrations = [importlib.import_module(f"joinedup.{label}.migrations.{name}").Migration for name in names]
    return names - {name for migration in migrations for app, name in migration.dependencies if app == label}


@pytest.mark.parametrize("label", WITH_TABLES)
def test_one_leaf(label: str) -> None:
    assert (SRC / label / "migrations" / "__init__.py").exists(), f"{label} has tables and no migrations"
    assert len(leaves(label)) == 1


def test_no_change_without_its_migration(db, settings) -> None:
    settings.MIGRATION_MODULES = {}  # whatever this run of the tests leaves out
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
