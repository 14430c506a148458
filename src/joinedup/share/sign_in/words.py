"""Passwords made of the partnership's own words are guessed first by whoever knows the place."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError

from joinedup.ground.folding import folded
from joinedup.share.queries import agencies, partnership

SHORTEST = 6  # letters: "care" would be found in too many a good sentence
OURS = ("joinedup", "safeguarding")


class NoWordOfOurs:
    """A password validator (OWASP ASVS 6.1.2, 6.2.11): no name of the partnership or of its agencies in it."""

    def validate(self, password: str, user: Any = None) -> None:  # noqa: ARG002 - Django's
        """Raises ValidationError, which names the word."""
        typed = folded(password).text
        if found := next((word for word in sorted(set(words())) if word in typed), None):
            raise ValidationError(f"Leave out “{found}”: whoever knows this place tries it first", code="our_word")

    def get_help_text(self) -> str:
        return "Your password must not hold the name of the partnership or of an agency."


def words() -> Iterator[str]:
    """The words of the partnership's and the agencies' names, folded, and some of our own."""
    yield from OURS
    names = (partnership().name, *(agency.name for agency in agencies().values()))
    yield from (word for name in names for word in folded(name).text.split() if len(word) >= SHORTEST)
