"""The partnership of these tests, and a database that refuses."""

from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache
from django.db import DatabaseError, connection, transaction

from joinedup.share.models import Partnership, Practitioner
from share import cast
from share import oidc_site as oidc
from share.oidc_server import Provider


@pytest.fixture
def house(db: None) -> cast.House:
    return cast.found()


@pytest.fixture
def refused_by_database() -> Callable[[str], None]:
    """Runs a statement that the database must refuse, in a savepoint so that the test can go on."""

    def run(statement: str) -> None:
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)

    return run


@pytest.fixture
def provider() -> Iterator[Provider]:
    """An identity provider on a port of its own."""
    made = Provider(more=dict(oidc.WITH_MFA)).start()
    yield made
    made.stop()


@pytest.fixture
def oidc_site(house, settings, provider, tmp_path):
    """The site, its provider named in the deployment's file; a real database."""
    settings.ROOT_URLCONF = oidc.SITE
    settings.JOINEDUP_FRAME = ""
    settings.LOGIN_REDIRECT_URL = "/page/"
    oidc.named(settings, oidc.file_of(tmp_path / "providers.json", provider.issuer))
    Partnership.objects.update(simulated=False)
    cache.clear()
    return house


@pytest.fixture
def linked_nurse(oidc_site, provider) -> Practitioner:
    """Linked beforehand by the administrator."""
    oidc.link(oidc_site.people["nurse"], provider.issuer)
    return oidc_site.people["nurse"]
