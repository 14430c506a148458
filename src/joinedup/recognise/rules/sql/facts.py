"""The facts of a population: `rules.facts`, as SQL."""

# ruff: noqa: S608 - compiles SQL: what it puts in are codes of the code set as quoted literals
from collections.abc import Iterable

from joinedup.chronicle.rules.reports import IMPLIED
from joinedup.ground.codes import CodeSet
from joinedup.recognise.rules.facts import CLOSING, PASSED_ON

# One row for each entry that is not withdrawn. `subject`: the head; `told`: agency codes, NULL for not known.
LINES = {
    "subject": "VARCHAR",
    "key": "VARCHAR",
    "agency": "VARCHAR",
    "agency_kind": "VARCHAR",
    "kind": "VARCHAR",
    "concerns": "VARCHAR[]",
    "side": "VARCHAR",
    "standing": "VARCHAR",
    "outcome": "VARCHAR",
    "first_day": "DATE",
    "end_day": "DATE",
    "lasting": "BOOLEAN",
    "told": "VARCHAR[]",
    "observer": "VARCHAR",
    "first_hand": "BOOLEAN",
    "has_words": "BOOLEAN",
    "count": "INTEGER",
    "happening": "VARCHAR",
}
HOUSEHOLD = {"subject": "VARCHAR", "member": "VARCHAR"}  # who lives now with each child
CALENDAR = {"day": "INTEGER", "working": "BOOLEAN", "nth": "INTEGER"}  # nth: working days up to and including it


def text(value: str) -> str:
    """A value as an SQL literal."""
    return "'" + value.replace("'", "''") + "'"


def texts(values: Iterable[str]) -> str:
    """Values as an SQL list, in order."""
    return f"[{', '.join(map(text, sorted(values)))}]::VARCHAR[]"


def one_of(expression: str, values: Iterable[str]) -> str:
    """Whether an expression is one of the values; never, if there are none."""
    listed = ", ".join(map(text, sorted(values)))
    return f"{expression} IN ({listed})" if listed else "false"


def facts_sql(codes: CodeSet) -> str:
    """Every line as a fact: days as ordinals, what reports of one event share, what its kind makes it. From `lines`.

    `person`: 0 is the subject; in `pooled`, whoever else lives there has a number of their own. Keys of happenings are
    digests, so 64 bits of them tell apart those of one household.
    """
    return f"""
WITH numbered AS (
    SELECT subject, key, agency, agency_kind, kind, concerns, side, standing, outcome, lasting, told,
        coalesce(nullif(observer, ''), key) AS observer, first_hand, has_words, hash(happening) AS happening,
        coalesce(nullif("count", 0), 1) AS amount,
        first_day - DATE '0001-01-01' + 1 AS "first", end_day - DATE '0001-01-01' AS "last"
    FROM lines
), several AS (
    SELECT subject, happening FROM numbered GROUP BY ALL HAVING count(*) > 1
), event AS (
    SELECT subject, happening, list(DISTINCT agency_kind) AS holders, list_distinct(flatten(list(told))) AS told,
        bool_and(told IS NOT NULL) AS telling_known,
        max("first") FILTER (NOT lasting) AS f2, min("last") FILTER (NOT lasting) AS l2,
        min("first") FILTER (NOT lasting) AS f1, max("last") FILTER (NOT lasting) AS l1
    FROM numbered SEMI JOIN several USING (subject, happening) GROUP BY subject, happening
), shared AS (
    SELECT n.* REPLACE (
            CASE WHEN n.lasting OR c.f1 IS NULL THEN n."first" WHEN c.f2 <= c.l2 THEN c.f2 ELSE c.f1 END AS "first",
            CASE WHEN n.lasting OR c.f1 IS NULL THEN n."last" WHEN c.f2 <= c.l2 THEN c.l2 ELSE c.l1 END AS "last",
            coalesce(c.told, n.told) AS told),
        c.holders, coalesce(c.telling_known, n.told IS NOT NULL) AS telling_known
    FROM numbered n LEFT JOIN event c ON n.subject = c.subject AND n.happening = c.happening
)
SELECT *, 0::UBIGINT AS person, "last" - "first" + 1 AS width,
    CASE WHEN lasting THEN least("last" - "first" + 1, 1) ELSE "last" - "first" + 1 END AS span,
    {_is_concern(codes)} AS is_concern,
    {one_of("kind", _of_nature(codes, "response"))} AS is_response,
    {one_of("kind", _of_nature(codes, "closure"))} OR {one_of("outcome", CLOSING)} AS is_closure,
    {one_of("kind", _of_nature(codes, "good"))} AS is_good
FROM shared
"""


def _of_nature(codes: CodeSet, nature: str) -> set[str]:
    return {code for code, kind in codes.kinds.items() if kind.nature == nature}


def _is_concern(codes: CodeSet) -> str:
    """A concern by its kind, an event that names one, or a kind that nobody knows."""
    events = _of_nature(codes, "event")
    others = {code for code, kind in codes.kinds.items() if kind.nature not in ("concern", "event")}
    named = f"{one_of('kind', events - {PASSED_ON})} AND len(concerns) > 0"
    return f"({named} OR NOT {one_of('kind', events | others)})"


def says_by_itself(concerns: Iterable[str]) -> set[str]:
    """Kinds of event that say one of these concerns though nobody named it."""
    wanted = set(concerns)
    return {kind for kind, concern in IMPLIED.items() if concern in wanted}
