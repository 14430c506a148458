"""link's pages: two records that may be one person; a child's records; asking whether a child is known."""

from joinedup.link.pages.asking import ask, asked, emergency
from joinedup.link.pages.editions import edition, editions
from joinedup.link.pages.records import doubt, records, same_as

__all__ = ["ask", "asked", "doubt", "edition", "editions", "emergency", "records", "same_as"]
