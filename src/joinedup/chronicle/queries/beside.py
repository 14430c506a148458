"""What later rooms keep about an entry stands beside it wherever it is read: they say so here, chronicle asks nobody.

A correction that only its own page shows is one that nobody reads (law 2: what people relied on stays, and what was
said of it stands beside it).
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Protocol

from joinedup.share.queries import Subject
from joinedup.share.rules import Look


class Asked(Protocol):
    """A query of a later room: sentences about entries of a child that was opened, by entry's key.

    It is given the keys that this look may be shown, and answers for these alone.
    """

    def __call__(self, *, for_: Look, child: Subject, keys: Collection[str]) -> Mapping[str, Iterable[str]]: ...


_asked: list[Asked] = []


def stands_beside(query: Asked) -> None:
    """Let a room's query be asked for each page of entries; called once, when the room is made ready."""
    if query not in _asked:
        _asked.append(query)


def beside(*, for_: Look, child: Subject, keys: Collection[str]) -> dict[str, list[str]]:
    """{entry key: sentences} of everything that other rooms keep about these entries, in the order of the rooms."""
    found: dict[str, list[str]] = {}
    for query in _asked:
        for key, sentences in query(for_=for_, child=child, keys=keys).items():
            found.setdefault(key, []).extend(sentences)
    return found
