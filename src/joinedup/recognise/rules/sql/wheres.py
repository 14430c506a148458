"""`where` as an SQL condition: `rules.filters`, word by word."""

from collections.abc import Collection, Iterator

from joinedup.chronicle.rules.reports import IMPLIED
from joinedup.recognise.rules.feeds import Feeds
from joinedup.recognise.rules.language import Test, Where
from joinedup.recognise.rules.sql.facts import one_of, says_by_itself, text, texts

ANY_CONCERN = f"(len(concerns) > 0 OR {one_of('kind', IMPLIED)})"
SETS = {  # word -> the expression it is held against
    "kind": "kind",
    "agency": "agency_kind",
    "side": "coalesce(nullif(side, ''), 'not said')",
    "standing": "standing",
    "outcome": "outcome",
    "about": "CASE WHEN person = 0 THEN 'child' ELSE 'others' END",
    "first_hand": "CASE first_hand WHEN true THEN 'yes' WHEN false THEN 'no' ELSE 'unknown' END",
    "reason": f"CASE WHEN has_words OR {ANY_CONCERN} THEN 'yes' ELSE 'no' END",
}


def where_sql(where: Where, feeds: Feeds) -> str:
    """A condition on the columns of a fact; never NULL."""
    wanted = list(_conditions(where, feeds))
    refused = [f"NOT ({condition})" for condition in (_conditions(where.not_, feeds) if where.not_ else ())]
    return " AND ".join([*wanted, *refused]) or "true"


def _conditions(test: Test, feeds: Feeds) -> Iterator[str]:
    for word, expression in SETS.items():
        if given := getattr(test, word):
            yield one_of(expression, {given} if isinstance(given, str) else given)
    if test.is_:
        yield f"({' OR '.join(f'is_{class_}' for class_ in test.is_)})"
    if test.concern:
        yield _concerns(set(test.concern))
    for kind, value in test.told:
        yield f"{reached_anyone() if kind == 'anyone' else reached({kind}, feeds)} = {text(value)}"


def _concerns(wanted: set[str]) -> str:
    ways = [f"list_has_any(concerns, {texts(wanted)})", one_of("kind", says_by_itself(wanted))]
    ways += [ANY_CONCERN] if "any" in wanted else []
    ways += [f"NOT {ANY_CONCERN}"] if "none" in wanted else []
    return f"({' OR '.join(ways)})"


def reached(kinds: Collection[str], feeds: Feeds) -> str:
    """Whether an agency of one of these kinds holds a fact or was told of it, as one of three words."""
    held = f"{one_of('agency_kind', kinds)} OR coalesce(list_has_any(holders, {texts(kinds)}), false)"
    told = f"coalesce(list_has_any(told, {texts(feeds.codes_for(kinds))}), false)"
    return f"CASE WHEN {held} OR {told} THEN 'yes' WHEN telling_known THEN 'no' ELSE 'unknown' END"


def reached_anyone() -> str:
    return "CASE WHEN len(told) > 0 THEN 'yes' WHEN telling_known THEN 'no' ELSE 'unknown' END"
