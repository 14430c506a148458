"""Measures as SQL aggregates: `rules.windows.VALUES`, and what each needs of a fact."""

from collections.abc import Iterator, Mapping

from joinedup.chronicle.rules.reports import IMPLIED, ONE_WORRY, SAYS_NOTHING
from joinedup.recognise.rules.sql.facts import text

AGGREGATE = {
    "happenings": "count(DISTINCT happening)",
    "times": "list_sum(map_values(map_from_entries(list(DISTINCT {'key': happening, 'value': times}))))",
    "observers": "count(DISTINCT observer) FILTER (first_hand IS NOT FALSE)",
    "agencies": "count(DISTINCT agency)",
    "kinds_of_agency": "count(DISTINCT agency_kind)",
    "kinds_of_concern": "len(list_distinct(flatten(list(worries))))",
    "sides": "count(DISTINCT nullif(side, ''))",
    "people": "count(DISTINCT person)",
    "days": 'count(DISTINCT "first")',
}
COLUMNS = {  # beyond what every count carries
    "observers": ("observer", "first_hand"),
    "agencies": ("agency",),
    "kinds_of_agency": ("agency_kind",),
    "sides": ("side",),
    "people": ("person",),
}


def having(needs: Mapping[str, int]) -> str:
    """Whether the rows of a group reach every measure."""
    return " AND ".join(f"{AGGREGATE[measure]} >= {n}" for measure, n in needs.items())


def columns(needs: Mapping[str, int]) -> Iterator[str]:
    """The columns of a fact that the measures look at."""
    for measure in needs:
        yield from COLUMNS.get(measure, ())
    if "kinds_of_concern" in needs:
        yield f"{_worries()} AS worries"


def rows_at_least(needs: Mapping[str, int]) -> int:
    """How many rows there must be at least: most measures grow by one a row at most. Cheap to ask first."""
    return max(1 if measure in ("kinds_of_concern", "times") else n for measure, n in needs.items())


def _worries() -> str:
    """The concerns said and the one that the kind says by itself, near synonyms as one (`reports.worries`)."""
    same = " ".join(f"WHEN {text(word)} THEN {text(other)}" for word, other in ONE_WORRY.items())
    by_itself = " ".join(f"WHEN {text(kind)} THEN {text(concern)}" for kind, concern in IMPLIED.items())
    said = f"list_filter(concerns, lambda x: x <> {text(SAYS_NOTHING)})"
    return f"list_append(list_transform({said}, lambda x: CASE x {same} ELSE x END), CASE kind {by_itself} END)"
