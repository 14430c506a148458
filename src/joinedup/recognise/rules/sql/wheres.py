"""`where` as an SQL condition: `rules.filters`, word by word."""

from collections.abc import Collection, Iterator

from joinedup.recognise.rules.feeds import Feeds
from joinedup.recognise.rules.language import Test, Where
from joinedup.recognise.rules.sql.facts import text, texts

SETS = {  # word -> the expression it is held against
    "kind": "kind",
    "agency": "agency_kind",
    "side": "coalesce(nullif(side, ''), 'not said')",
    "standing": "standing",
    "outcome": "outcome",
    "about": "CASE WHEN person = '' THEN 'child' ELSE 'others' END",
    "first_hand": "first_hand",
    "reason": "reason",
}


def where_sql(where: Where, feeds: Feeds) -> str:
    """A condition on the columns of a fact."""
    wanted = list(_conditions(where, feeds))
    refused = [f"NOT ({condition})" for condition in (_conditions(where.not_, feeds) if where.not_ else ())]
    return " AND ".join([*wanted, *refused]) or "true"


def _conditions(test: Test, feeds: Feeds) -> Iterator[str]:
    for word, expression in SETS.items():
        if given := getattr(test, word):
            values = sorted({given} if isinstance(given, str) else set(given))
            yield f"{expression} IN ({', '.join(map(text, values))})"
    if test.is_:
        yield f"list_has_any(classes, {texts(test.is_)})"
    if test.concern:
        yield _concerns(set(test.concern))
    for kind, value in test.told:
        yield f"{reached_anyone() if kind == 'anyone' else reached({kind}, feeds)} = {text(value)}"


def _concerns(wanted: set[str]) -> str:
    ways = [f"list_has_any(concerns, {texts(wanted)})"]
    ways += ["len(concerns) > 0"] if "any" in wanted else []
    ways += ["len(concerns) = 0"] if "none" in wanted else []
    return f"({' OR '.join(ways)})"


def reached(kinds: Collection[str], feeds: Feeds) -> str:
    """Whether an agency of one of these kinds holds a fact or was told of it, as one of three words."""
    return (
        f"CASE WHEN list_has_any(holders, {texts(kinds)}) OR list_has_any(told, {texts(feeds.codes_for(kinds))}) "
        "THEN 'yes' WHEN telling_known THEN 'no' ELSE 'unknown' END"
    )


def reached_anyone() -> str:
    return "CASE WHEN len(told) > 0 THEN 'yes' WHEN telling_known THEN 'no' ELSE 'unknown' END"
