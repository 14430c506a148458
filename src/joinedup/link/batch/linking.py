"""One kind of subject linked at once: features, candidates, scores and groups, each a relation of the engine.

The engine joins; what is weighed is weighed by the compiled scorer; the groups of each component are decided by the
same rules as one by one (`link.rules.whole.grouped`).
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from itertools import chain

from joinedup.engine import AnyEngine
from joinedup.ground.grouping import Pair
from joinedup.link.batch.facts import RECORDS, Source
from joinedup.link.rules.judging import SEPARATE
from joinedup.link.rules.lives import HELD_TOGETHER
from joinedup.link.rules.model import Model
from joinedup.link.rules.partitions import DECIDED, SAID, WEIGHED, Decide, Read, Weigh
from joinedup.link.rules.statements import PLACE
from joinedup.link.rules.whole import Given, parts_of

Step = Callable[[str], AbstractContextManager[None]]
KEYS = {"key": "VARCHAR"}
ENDS = {"a": "VARCHAR", "b": "VARCHAR"}
PARTS = {"key": "VARCHAR", "part": "VARCHAR"}
LIVES = {"life": "VARCHAR", "key": "VARCHAR"}
WORDS = {"a": "VARCHAR", "b": "VARCHAR", "same": "VARCHAR"}

EACH_ONCE = "SELECT key, min(agency) AS agency, min(statement) AS statement FROM records GROUP BY key"
MET = """
SELECT DISTINCT l.key AS a, r.key AS b FROM blocks l JOIN blocks r ON l.block = r.block WHERE l.key < r.key
"""
TO_WEIGH = """
SELECT m.a, m.b, l.features AS one, r.features AS other
FROM met m JOIN said l ON l.key = m.a JOIN said r ON r.key = m.b
"""
COMPONENTS = """
SELECT s.texts AS records, h.texts AS pairs, n.texts AS one_notice, w.texts AS words, f.texts AS fallen,
    l.texts AS lives
FROM (SELECT c.part, array_agg(s.key || ' ' || s.features) AS texts
      FROM parts c JOIN said s ON s.key = c.key GROUP BY c.part) s
LEFT JOIN (SELECT c.part, array_agg(h.a || ' ' || h.b || ' ' || CAST(h.weight AS STRING) || ' ' || h.levels) AS texts
           FROM heavy h JOIN parts c ON c.key = h.a GROUP BY c.part) h ON h.part = s.part
LEFT JOIN (SELECT c.part, array_agg(n.a || ' ' || n.b) AS texts
           FROM one_notice n JOIN parts c ON c.key = n.a JOIN parts d ON d.key = n.b AND d.part = c.part
           GROUP BY c.part) n ON n.part = s.part
LEFT JOIN (SELECT c.part, array_agg(w.a || ' ' || w.b || ' ' || w.same) AS texts
           FROM words w JOIN parts c ON c.key = w.a GROUP BY c.part) w ON w.part = s.part
LEFT JOIN (SELECT c.part, array_agg(f.key) AS texts
           FROM fallen f JOIN parts c ON c.key = f.key GROUP BY c.part) f ON f.part = s.part
LEFT JOIN (SELECT c.part, array_agg(l.life || ' ' || l.key) AS texts
           FROM lives l JOIN parts c ON c.key = l.key GROUP BY c.part) l ON l.part = s.part
"""
PAIRS = """
SELECT w.a, w.b, w.weight, w.levels, w.outcome, w.why, coalesce(d.against, '') AS against
FROM weighed w LEFT JOIN decided d ON d.a = w.a AND d.b = w.b AND d.against IS NOT NULL
"""
GROUPS = """
SELECT s.key AS record, coalesce(d.b, s.key) AS "group"
FROM said s LEFT JOIN decided d ON d.a = s.key AND d.against IS NULL
"""
OPEN = f"""
SELECT DISTINCT l."group" AS a, r."group" AS b
FROM pairs p JOIN groups l ON l.record = p.a JOIN groups r ON r.record = p.b
WHERE p.outcome <> '{SEPARATE}' AND (l."group" <> r."group" OR p.against = '{HELD_TOGETHER}')
AND p.a NOT IN (SELECT key FROM fallen) AND p.b NOT IN (SELECT key FROM fallen)
"""  # noqa: S608 - our own words
SPOKEN = """
SELECT g.record, g."group" FROM groups g JOIN (SELECT a AS key FROM words UNION SELECT b AS key FROM words) s
ON s.key = g.record
"""


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
    engine.view("heavy", f"SELECT * FROM weighed WHERE weight >= {model.join_at - model.lead}")  # noqa: S608 - a number
    bearing(engine, given)
    engine.relation("parts", PARTS, parts(engine, given).items())
    engine.map("decided", DECIDED, Decide(model), COMPONENTS)
    engine.table("pairs", PAIRS)
    engine.table("groups", GROUPS)


def bearing(engine: AnyEngine, given: Given) -> None:
    """Make relations of all that is known beside statements."""
    engine.relation("one_notice", ENDS, (tuple(sorted(pair)) for pair in given.one_notice))
    engine.relation("words", WORDS, ((word.a, word.b, str(int(word.same))) for word in given.words))
    engine.relation("fallen", KEYS, ((key,) for key in given.fallen))
    engine.relation("lives", LIVES, ((str(n), key) for n, life in enumerate(given.lives) for key in life))


def parts(engine: AnyEngine, given: Given) -> dict[str, str]:
    """The component of each record that has a pair heavy enough to join or rival, a person's word, or a life."""
    heavy = [frozenset(pair) for pair in engine.rows("SELECT a, b FROM heavy")]
    keys = {key for ends in chain(heavy, ((word.a, word.b) for word in given.words), given.lives) for key in ends}
    return parts_of(keys, heavy, given.words, given.lives)


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
    open_ = {frozenset(pair) for pair in engine.rows(OPEN)}
    group_of = dict(engine.rows(SPOKEN))
    words = [(w.same, frozenset((group_of[w.a], group_of[w.b]))) for w in given.words if {w.a, w.b} <= group_of.keys()]
    settled = {pair for same, pair in words if not same}
    return (open_ - settled) | {pair for same, pair in words if same and len(pair) == 2}
