"""The whole population at once: every line that counts, as one relation of declared columns for the engine."""

from collections.abc import Iterator
from typing import Any

from django.db.models import F
from django.db.models.functions import Coalesce

from joinedup.chronicle.models import Entry

DERIVED = (Entry,)  # emptied and made again by `rebuild`; judgements and marks are facts and stay
AT_ONCE = 5_000  # rows read from the database together

COLUMNS: dict[str, str] = {  # name -> DuckDB type; one row for each line that is not withdrawn
    "subject": "VARCHAR",  # reference of the head: the child
    "key": "VARCHAR",
    "agency": "VARCHAR",
    "agency_kind": "VARCHAR",
    "kind": "VARCHAR",
    "concerns": "VARCHAR[]",  # sorted
    "side": "VARCHAR",  # home, outside, or empty: not said
    "standing": "VARCHAR",
    "outcome": "VARCHAR",
    "first_day": "DATE",  # half-open civil days, both null: not known
    "end_day": "DATE",
    "lasting": "BOOLEAN",
    "told": "VARCHAR[]",  # codes of agencies; null: not known whether anybody
    "observer": "VARCHAR",
    "first_hand": "BOOLEAN",
    "has_words": "BOOLEAN",
    "count": "INTEGER",
    "happening": "VARCHAR",
}
Row = tuple[Any, ...]


def entries_relation(*, kind: str = "child") -> Iterator[Row]:
    """The rows of the relation, in the order of `COLUMNS`, for subjects of one kind; in no order of their own."""
    rows = (
        Entry.objects.filter(withdrawn_at__isnull=True, subject__kind=kind)
        .annotate(child=Coalesce(F("subject__head__reference"), F("subject__reference")))
        .values_list(
            "child", "key", "agency_id", "agency__kind", "kind", "concerns", "side", "standing", "outcome", "first_day",
            "end_day", "lasting", "told", "observer", "first_hand", "words", "count", "happening",
        )
    )  # fmt: skip
    for row in rows.iterator(chunk_size=AT_ONCE):
        *first, told, observer, first_hand, words, count, happening = row
        agencies = None if told is None else [one["agency"] for one in told]
        yield (*first, agencies, observer, first_hand, bool(words.strip()), count, happening)
