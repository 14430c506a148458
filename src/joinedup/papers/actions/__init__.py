"""Everything changed in papers."""

from joinedup.papers.actions.barring import bar, unbar
from joinedup.papers.actions.making import ask_second, give_word, prepare, refuse, release

__all__ = ["ask_second", "bar", "give_word", "prepare", "refuse", "release", "unbar"]
