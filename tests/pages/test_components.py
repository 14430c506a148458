"""Every component, judged in a real browser on the gallery's page before any room has one of its own."""

from copy import deepcopy
from pathlib import Path

import pytest
from face import gallery
from pages.harness import NARROW, Visitor, violations

pytestmark = [pytest.mark.browser, pytest.mark.urls("face.gallery"), pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def gallery_open(settings) -> None:
    settings.JOINEDUP_FRAME = "face.gallery.frame"
    settings.TEMPLATES = deepcopy(settings.TEMPLATES)
    settings.TEMPLATES[0]["DIRS"].append(Path(gallery.__file__).parent / "templates")


def test_every_component_is_accessible_and_fits_a_narrow_phone(visitor: Visitor) -> None:
    visitor.look_at("/gallery/", name="gallery")


def test_every_question_is_accessible_and_fits_a_narrow_phone(visitor: Visitor) -> None:
    visitor.look_at("/gallery/form/", name="form")
