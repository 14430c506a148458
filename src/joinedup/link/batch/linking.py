"""One kind of subject linked at once: features, candidates, scores and groups, each a relation of the engine.

The engine joins; what is weighed is weighed by the compiled scorer; the groups of each component are decided by the
same rules as one by one (`link.rules.whole.grouped`).
"""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager

from joinedup.engine import AnyEngine
from joinedup.ground.grouping import Pair
from joinedup.link.batch.facts import RECORDS, Source
from joinedup.link.rules.decide import SEPARATE
from joinedup.link.rules.model import Model
from joinedup.link.rules.partitions import SAID, WEIGHED, Read, Weigh, paired_of
from joinedup.link.rules.statements import PLACE
from joinedup.link.rules.whole import Derived, Given, grouped

Step = Callable[[str], AbstractContextManager[None]]
KEYS = {"key": "VARCHAR"}
HELD = {"a": "VARCHAR", "b": "VARCHAR", "against": "VARCHAR"}
TOGETHER = {"record": "VARCHAR", "group": "VARCHAR"}

EACH_ONCE = "SELECT key, min(agency) AS agency, min(statement) AS statement FROM records GROUP BY key"
MET = """
SELECT DISTINCT l.key AS a, r.key AS b FROM blocks l JOIN blocks r ON l.block = r.block WHERE l.key < r.key
"""
TO_WEIGH = """
SELECT m.a, m.b, l.features AS one, r.features AS other
FROM met m JOIN said l ON l.key = m.a JOIN said r ON r.key = m.b
"""
IN_COMPANY = """
SELECT s.key, s.features FROM said s JOIN (
    SELECT a AS key FROM heavy UNION SELECT b AS key FROM heavy UNION SELECT key FROM spoken
) c ON c.key = s.key
"""
PAIRS = """
SELECT w.a, w.b, w.weight, w.levels, w.outcome, w.why, coalesce(h.against, '') AS against
FROM weighed w LEFT JOIN held h ON h.a = w.a AND h.b = w.b
"""
GROUPS = """
SELECT s.key AS record, coalesce(t."group", s.key) AS "group" FROM said s LEFT JOIN together t ON t.record = s.key
"""
OPEN = f"""
SELECT DISTINCT l."group" AS a, r."group" AS b
FROM pairs p JOIN groups l ON l.record = p.a JOIN groups r ON r.record = p.b
WHERE p.outcome <> '{SEPARATE}' AND l."group" <> r."group"
AND p.a NOT IN (SELECT key FROM fallen) AND p.b NOT IN (SELECT key FROM fallen)
"""  # noqa: S608 - our own word
SPOKEN = 'SELECT g.record, g."group" FROM groups g JOIN spoken s ON s.key = g.record'


def link_kind(engine: AnyEngine, source: Source, model: Model, step: Step) -> dict[str, int]:
    """Make the relations `records`, `said`, `met`, `pairs` and `groups` of a kind; returns how many of each.

    `pairs`: a row of `WEIGHED` for each pair kept, with `against`, the rule that kept it apart in company.
    """
    with step("records"):
        engine.relation("records", RECORDS, source.records())
    with step("features"):
        engine.map("said", SAID, Read(model), EACH_ONCE)
    with step("candidates"):
        engine.table("blocks", "SELECT key, explode(blocks) AS block FROM said")
        engine.table("met", MET)
    with step("scores"):
        engine.map("weighed", WEIGHED, Weigh(model), TO_WEIGH)
    with step("groups"):
        group(engine, model, source.given)
    return counted(engine, source)


def group(engine: AnyEngine, model: Model, given: Given) -> None:
    """Decide every component, and make `pairs` and `groups` of it."""
    derived = decided(engine, model, given)
    engine.relation("held", HELD, ((*sorted(pair), why) for pair, why in derived.against.items()))
    engine.relation("together", TOGETHER, ((key, members[0]) for members in derived.groups for key in members))
    engine.table("pairs", PAIRS)
    engine.table("groups", GROUPS)


def decided(engine: AnyEngine, model: Model, given: Given) -> Derived:
    """The groups of all records that have a pair heavy enough to join or rival, or a person's word."""
    engine.relation("spoken", KEYS, [(key,) for key in sorted({key for w in given.words for key in (w.a, w.b)})])
    engine.view("heavy", f"SELECT * FROM weighed WHERE weight >= {model.join_at - model.lead}")  # noqa: S608 - a number
    heavy = map(paired_of, engine.rows("SELECT a, b, weight, levels, outcome, why FROM heavy"))
    matches = {frozenset((pair.a, pair.b)): pair for pair in heavy}
    features = {key: json.loads(text) for key, text in engine.rows(IN_COMPANY)}
    return grouped(model, Derived(features, {}, matches), given)


def counted(engine: AnyEngine, source: Source) -> dict[str, int]:
    numbers = {
        "records": "SELECT count(*) FROM said",
        "candidate_pairs": "SELECT count(*) FROM met",
        "pairs_kept": "SELECT count(*) FROM pairs",
        "groups": 'SELECT count(DISTINCT "group") FROM groups',
    }
    doubts = 0 if source.kind == PLACE else len(doubts_of(engine, source.given))
    return {name: engine.rows(sql)[0][0] for name, sql in numbers.items()} | {"doubts": doubts}


def doubts_of(engine: AnyEngine, given: Given) -> set[Pair]:
    """Pairs of groups that people would be asked about: they may be one and nobody has settled it, or words clash."""
    engine.relation("fallen", KEYS, [(key,) for key in sorted(given.fallen)])
    open_ = {frozenset(pair) for pair in engine.rows(OPEN)}
    group_of = dict(engine.rows(SPOKEN))
    words = [(w.same, frozenset((group_of[w.a], group_of[w.b]))) for w in given.words if {w.a, w.b} <= group_of.keys()]
    settled = {pair for same, pair in words if not same}
    return (open_ - settled) | {pair for same, pair in words if same and len(pair) == 2}
