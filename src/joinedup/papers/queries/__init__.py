"""Everything read of papers: as a recipient will read one, what became of it, and who must not learn what."""

from joinedup.papers.queries.owners import Asked, word_asked, words_asked
from joinedup.papers.queries.papers import Listed, PaperShown, paper_of, papers_about
from joinedup.papers.queries.shields import Barred, barred_of, must_not_learn

__all__ = [
    "Asked",
    "Barred",
    "Listed",
    "PaperShown",
    "barred_of",
    "must_not_learn",
    "paper_of",
    "papers_about",
    "word_asked",
    "words_asked",
]
