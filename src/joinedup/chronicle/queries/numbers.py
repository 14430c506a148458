"""How children came to be here, in numbers alone (internal)."""

from collections.abc import Collection

from joinedup.share.queries import rows

CONCERN, STATUS, NOTICE = "concern", "status", "notice"
ENTERED = """
SELECT entered, count(*) FROM (
    SELECT max(CASE WHEN CAST(e.concerns AS text) <> '[]' OR e.kind IN {concerns} THEN 3
        WHEN e.kind IN {statuses} THEN 2 ELSE 1 END) AS entered
    FROM chronicle_entry e JOIN share_subject s ON s.id = e.subject_id
    WHERE s.kind = 'child' AND e.withdrawn_at IS NULL GROUP BY coalesce(s.head_id, s.id)
) AS children GROUP BY entered
"""
WAYS = {3: CONCERN, 2: STATUS, 1: NOTICE}


def entered_by(*, concerns: Collection[str], statuses: Collection[str]) -> dict[str, int]:
    """How many children have an entry, by the strongest way in: a concern, a statutory status, or another notice.

    `concerns`, `statuses`: codes of kinds of entry that are such by themselves. Entries that stand no more count not.
    """
    found = dict(rows(ENTERED, concerns=concerns, statuses=statuses))
    return {name: found.get(way, 0) for way, name in WAYS.items()}
