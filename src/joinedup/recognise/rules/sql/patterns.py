"""A pattern as one query over `facts` (`pooled` for a household): `rules.meaning`, set at a time.

Each count is a named part `placed_n`: in whose windows which entries stand, from `enter` up to `leave`, for each
certainty (3 sure, 2 may, 1 shown only; the lesser ones only of subjects that have a coarse date). The clause is then
asked on every `enter`, and days that hold are made episodes.
"""

# ruff: noqa: S608 - compiles SQL: what it puts in are numbers, and words of patterns as quoted literals
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from joinedup.recognise.rules.feeds import Feeds
from joinedup.recognise.rules.language import After, Clause, Count, NotFollowed, Pattern
from joinedup.recognise.rules.sql.facts import text
from joinedup.recognise.rules.sql.wheres import reached, where_sql
from joinedup.recognise.rules.windows import EVER

SURE, MAY, SHOWN = 3, 2, 1
MEASURE = {
    "happenings": "count(DISTINCT happening)",
    "times": "list_sum(map_values(map_from_entries(list(DISTINCT {'key': happening, 'value': times}))))",
    "observers": "count(DISTINCT observer) FILTER (first_hand <> 'no')",
    "agencies": "count(DISTINCT agency)",
    "kinds_of_agency": "count(DISTINCT agency_kind)",
    "kinds_of_concern": "len(list_distinct(flatten(list(worries))))",
    "sides": "count(DISTINCT nullif(side, ''))",
    "people": "count(DISTINCT person)",
    "days": 'count(DISTINCT "first")',
}


@dataclass(frozen=True)
class _Query:
    """One pattern being compiled: `on` is the ordinal of the day asked about, `number` names each count's part."""

    pattern: Pattern
    on: int
    feeds: Feeds
    number: dict[str, int]

    def sql(self) -> str:
        counts = self.pattern.when.counts()
        parts = [self._coarse(), *(part for count in counts for part in self._parts(count))]
        asked = " UNION ".join(
            f"SELECT subject, certainty, enter AS day FROM {self._placed(count)}" for count in counts
        )
        parts += [
            f"able AS ({self._enough(self.pattern.when)})",
            f"asked AS (SELECT * FROM ({asked}) SEMI JOIN able USING (subject, certainty))",
            f"held AS ({self._held(self.pattern.when)})",
            "surest AS (SELECT subject, day, max(certainty) AS certainty FROM held GROUP BY ALL)",
            *self._episodes(),
        ]
        return (
            "WITH "
            + ",\n".join(parts)
            + f"\nSELECT subject, {text(self.pattern.id)}, began, day, certainty FROM standing"
        )

    def _facts(self) -> str:
        return "pooled" if self.pattern.for_ == "household" else "own"

    def _placed(self, count: Count) -> str:
        return f"placed_{self.number[count.called]}"

    def _coarse(self) -> str:
        return (
            f"coarse AS (SELECT subject, unnest([{SURE}, {MAY}, {SHOWN}]) AS certainty FROM {self._facts()} "
            f"WHERE width > 1 GROUP BY subject), "
            f"certainties AS (SELECT * FROM coarse UNION SELECT DISTINCT subject, {SURE} FROM {self._facts()})"
        )

    def _parts(self, count: Count) -> Iterator[str]:
        """`picked_n`: what the count takes, for each certainty; `placed_n`: where each stands."""
        n = self.number[count.called]
        of_all = f"{self._facts()} t JOIN certainties c USING (subject)"
        picked = f"SELECT t.*, c.certainty FROM {of_all} WHERE {where_sql(count.where, self.feeds)}"
        if count.after:
            picked = self._after(count.after, picked)
        yield f"picked_{n} AS ({picked})"
        places = self._silent(count, count.not_followed, n) if count.not_followed else _standing(count.window, n)
        yield (
            f"placed_{n} AS (SELECT * REPLACE (max(times) OVER (PARTITION BY subject, certainty, happening) AS times) "
            f"FROM ({places}) WHERE enter < leave AND enter <= {self.on})"
        )

    def _after(self, rule: After, picked: str) -> str:
        """Those before which something came, as surely as is asked (`rules.sequence`)."""
        least = 0 if rule.same_day == "counts" else 1
        longest = rule.within.n if rule.within else EVER
        return f"""SELECT t.* FROM ({picked}) t SEMI JOIN (
            SELECT subject, happening, "first", "last", span FROM {self._facts()}
            WHERE "first" IS NOT NULL AND {where_sql(rule.where, self.feeds)}) f
        ON f.subject = t.subject AND f.happening <> t.happening
            AND t."last" - f."first" >= {least} AND t."first" - f."last" <= {longest}
            AND (t.certainty <> {SURE} OR (t."first" - f."last" >= {least} AND t."last" - f."first" <= {longest}))
            AND (t.certainty <> {MAY} OR f.span <= {longest})"""

    def _silent(self, count: Count, rule: NotFollowed, n: int) -> str:
        """What was surely not answered stands on the day after the last day in time (`rules.silence`)."""
        facts, kinds = self._facts(), frozenset(rule.from_)
        leave = f"speaks + {count.window}" if count.window else str(EVER)
        finest = max(count.window or 0, rule.within.n)
        heard = self._heard(kinds)
        return f"""
        SELECT * EXCLUDE (due, speaks), speaks AS enter, {leave} AS leave, amount AS times FROM (
            SELECT t.*, {"c.day" if rule.within.working else f't."last" + {rule.within.n}'} AS due, due + 1 AS speaks
            FROM picked_{n} t {self._calendar(rule)}
            ANTI JOIN (SELECT subject, key, "last" FROM {facts} WHERE {where_sql(rule.by, self.feeds)}) a
            ON a.subject = t.subject AND a.key <> t.key AND (a."last" IS NULL OR a."last" >= t."first")
            WHERE t."last" IS NOT NULL AND {reached(kinds, self.feeds)} = 'yes'
        ) t LEFT JOIN ({heard}) h USING (subject)
        WHERE coalesce(h.heard, {self._heard_of_all(kinds)}) >= due
          AND speaks <= {self.on} AND {self.on} < speaks + {rule.lasts.n}
          AND (certainty = {SHOWN} OR span <= {finest})"""

    def _calendar(self, rule: NotFollowed) -> str:
        if not rule.within.working:
            return ""
        return f'JOIN calendar b ON b.day = t."last" JOIN calendar c ON c.working AND c.nth = b.nth + {rule.within.n}'

    def _heard(self, kinds: frozenset[str]) -> str:
        """Of each subject: how lately the least lately heard of its agencies of these kinds was heard."""
        values = ", ".join(f"({text(code)}, {self.feeds.heard(code)})" for code in sorted(self.feeds.codes_for(kinds)))
        return (
            f"SELECT subject, min(heard) AS heard FROM own JOIN (VALUES {values}) v(agency, heard) USING (agency) "
            "GROUP BY subject"
        )

    def _heard_of_all(self, kinds: frozenset[str]) -> int:
        return self.feeds.alive_until(kinds, ())

    def _held(self, clause: Clause) -> str:
        """The days asked on which a clause holds."""
        if clause.count:
            return f"""SELECT subject, certainty, day
            FROM asked JOIN {self._placed(clause.count)} p USING (subject, certainty)
            WHERE p.enter <= day AND day < p.leave GROUP BY ALL HAVING {_having(clause.count)}"""
        return _joined(clause, [self._held(part) for part in (*clause.all, *clause.any)])

    def _enough(self, clause: Clause) -> str:
        """Who would reach the clause if all windows were one: a cheap necessary condition."""
        if clause.count:
            placed = self._placed(clause.count)
            return f"SELECT subject, certainty FROM {placed} GROUP BY ALL HAVING {_having(clause.count)}"
        return _joined(clause, [self._enough(part) for part in (*clause.all, *clause.any)])

    def _episodes(self) -> Iterator[str]:
        """`rules.episodes`: runs of days, the newest that may be pushed, else the newest; its surest days."""
        yield (
            "apart AS (SELECT *, day - lag(day) OVER (PARTITION BY subject ORDER BY day) "
            f"> {self.pattern.quiet.n} AS begins FROM surest)"
        )
        yield (
            "runs AS (SELECT *, count(*) FILTER (begins) OVER (PARTITION BY subject ORDER BY day) AS run FROM apart)"
        )
        yield "best AS (SELECT subject, run, max(certainty) AS certainty FROM runs GROUP BY ALL)"
        yield (
            "chosen AS (SELECT * FROM best QUALIFY row_number() OVER "
            f"(PARTITION BY subject ORDER BY certainty >= {MAY} DESC, run DESC) = 1)"
        )
        yield (
            "standing AS (SELECT subject, min(day) AS began, max(day) AS day, certainty "
            "FROM runs JOIN chosen USING (subject, run, certainty) GROUP BY subject, certainty)"
        )


def _standing(window: int | None, n: int) -> str:
    """`rules.windows.placed`, for every picked fact."""
    if window is None:
        return f"""
        SELECT *, coalesce(CASE WHEN certainty = {SURE} AND NOT lasting THEN "last" ELSE "first" END, 0) AS enter,
            {EVER} AS leave, amount AS times FROM picked_{n}"""
    windows = f"((width + {window - 1}) // {window})"
    return f"""
        SELECT *,
            CASE WHEN certainty = {SURE} AND NOT lasting THEN "last" ELSE "first" END AS enter,
            CASE WHEN certainty = {SURE} AND NOT lasting THEN "first" ELSE "last" END + {window} AS leave,
            (amount + {windows} - 1) // {windows} AS times
        FROM picked_{n} WHERE "first" IS NOT NULL AND (certainty <> {MAY} OR span <= {window})"""


def _having(count: Count) -> str:
    return " AND ".join(f"{MEASURE[measure]} >= {n}" for measure, n in count.needs.items())


def _joined(clause: Clause, parts: list[str]) -> str:
    word = " INTERSECT " if clause.all else " UNION "
    return word.join(f"SELECT * FROM ({part})" for part in parts)


def pattern_sql(pattern: Pattern, on: date, feeds: Feeds) -> str:
    """Rows (subject, pattern, began, day, certainty) of the episode that stands for every subject that has one.

    `began`, `day`: ordinals, 0 for no date. Read from `own` and `pooled` (facts that can have happened by `on`, of the
    subject, and of everybody in the household) and `calendar`.
    """
    number = {count.called: n for n, count in enumerate(pattern.when.counts())}
    return _Query(pattern, on.toordinal(), feeds, number).sql()
