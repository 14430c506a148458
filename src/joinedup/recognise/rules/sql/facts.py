"""The facts of a population: `rules.facts`, as SQL."""

# ruff: noqa: S608 - compiles SQL: what it puts in are codes of the code set as quoted literals
from collections.abc import Iterable

from joinedup.chronicle.rules.reports import IMPLIED, ONE_WORRY, SAYS_NOTHING
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


def facts_sql(codes: CodeSet) -> str:
    """Every line as a fact: days as ordinals, one date per event, classes of its kind. Read from `lines`."""
    return f"""
WITH numbered AS (
    SELECT * RENAME (concerns AS said, count AS rows_say, told AS tells),
        first_day - DATE '0001-01-01' + 1 AS f, end_day - DATE '0001-01-01' AS l
    FROM lines
), event AS (
    SELECT subject, happening, list_distinct(list(agency_kind)) AS holders, list_distinct(flatten(list(tells))) AS told,
        bool_and(tells IS NOT NULL) AS telling_known,
        max(f) FILTER (NOT lasting) AS f2, min(l) FILTER (NOT lasting) AS l2,
        min(f) FILTER (NOT lasting) AS f1, max(l) FILTER (NOT lasting) AS l1
    FROM numbered GROUP BY ALL HAVING count(*) > 1
), shared AS (
    SELECT n.*,
        CASE WHEN n.lasting OR c.f1 IS NULL THEN n.f WHEN c.f2 <= c.l2 THEN c.f2 ELSE c.f1 END AS "first",
        CASE WHEN n.lasting OR c.f1 IS NULL THEN n.l WHEN c.f2 <= c.l2 THEN c.l2 ELSE c.l1 END AS "last",
        coalesce(c.holders, [n.agency_kind]) AS holders,
        coalesce(c.told, n.tells, []) AS told,
        coalesce(c.telling_known, n.tells IS NOT NULL) AS telling_known,
        {_nature(codes)} AS nature,
        {_implied()} AS implied
    FROM numbered n LEFT JOIN event c ON n.subject = c.subject AND n.happening = c.happening
), spoken AS (
    SELECT *,
        "last" - "first" + 1 AS width,
        CASE WHEN implied IS NULL THEN said ELSE list_distinct(list_append(said, implied)) END AS concerns
    FROM shared
)
SELECT subject, key, agency, agency_kind, kind, concerns, side, standing, outcome, holders, told,
    telling_known, happening, "first", "last", width, lasting,
    CASE WHEN lasting THEN least(width, 1) ELSE width END AS span,
    coalesce(nullif(observer, ''), key) AS observer,
    CASE first_hand WHEN true THEN 'yes' WHEN false THEN 'no' ELSE 'unknown' END AS first_hand,
    CASE WHEN len(concerns) > 0 OR has_words THEN 'yes' ELSE 'no' END AS reason,
    coalesce(nullif(rows_say, 0), 1) AS amount,
    list_filter([nature, CASE WHEN list_contains({texts(CLOSING)}, outcome) THEN 'closure' ELSE '' END],
        lambda x: x <> '') AS classes,
    {_worries()} AS worries
FROM spoken
"""


def _nature(codes: CodeSet) -> str:
    """What the kind of an entry makes it; an unknown kind is a concern."""
    cases = "\n".join(
        f"            WHEN kind = {text(kind.code)} THEN "
        + ("''" if kind.code == PASSED_ON else "CASE WHEN len(said) > 0 THEN 'concern' ELSE '' END")
        for kind in codes.kinds.values()
        if kind.nature == "event"
    )
    others = "\n".join(
        f"            WHEN kind = {text(kind.code)} THEN {text(kind.nature)}"
        for kind in codes.kinds.values()
        if kind.nature != "event"
    )
    return f"CASE\n{cases}\n{others}\n            ELSE 'concern' END"


def _implied() -> str:
    return "CASE kind " + " ".join(f"WHEN {text(kind)} THEN {text(says)}" for kind, says in IMPLIED.items()) + " END"


def _worries() -> str:
    same = " ".join(f"WHEN {text(word)} THEN {text(other)}" for word, other in ONE_WORRY.items())
    return (
        f"list_distinct(list_transform(list_filter(concerns, lambda x: x <> {text(SAYS_NOTHING)}), "
        f"lambda x: CASE x {same} ELSE x END))"
    )
