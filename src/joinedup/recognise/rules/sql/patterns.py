"""A pattern as one query over `own` (for a household: `pooled`): `rules.meaning`, set at a time.

Each count n becomes `taken_n` (what `where` means), `picked_n` (for each certainty, what *after* and *not followed*
let by) and `placed_n` (in whose windows each stands, from `enter` up to `leave`). Certainties are 3 sure, 2 may,
1 shown only; the lesser ones only of subjects whose evidence has a coarse date. The clause is then asked on every
`enter`, cheap necessary conditions first, and the days on which it holds are made episodes.
"""

# ruff: noqa: S608 - compiles SQL: what it puts in are numbers, and words of patterns as quoted literals
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from joinedup.recognise.rules.feeds import Feeds
from joinedup.recognise.rules.language import After, Clause, Count, NotFollowed, Pattern
from joinedup.recognise.rules.sql.facts import text
from joinedup.recognise.rules.sql.measures import columns, having, rows_at_least
from joinedup.recognise.rules.sql.wheres import reached, where_sql
from joinedup.recognise.rules.windows import EVER

SURE, MAY, SHOWN = 3, 2, 1
EVERY_COUNT = ('"first"', '"last"', "lasting", "span", "width", "amount", "happening")
FOR_SILENCE = ("key", "agency_kind", "holders", "told", "telling_known")


def pattern_sql(pattern: Pattern, on: date, feeds: Feeds) -> str:
    """Rows (subject, pattern, began, day, certainty) of the episode that stands for every subject that has one.

    `began`, `day`: ordinals, 0 for no date. Read from `own` and `pooled` (facts that can have happened by `on`, of the
    subject, and of everybody in the household) and `calendar`.
    """
    return _Query(pattern, on.toordinal(), feeds).sql()


@dataclass
class _Query:
    """One pattern being compiled: `parts` are its named steps so far, each reading those before it."""

    pattern: Pattern
    on: int
    feeds: Feeds
    parts: list[str] = field(default_factory=list)

    def sql(self) -> str:
        counts = {count.called: n for n, count in enumerate(self.pattern.when.counts())}
        for count in self.pattern.when.counts():
            self._take(count, counts[count.called])
        coarse = " UNION ".join(f"SELECT subject FROM {source} WHERE width > 1" for source in self._evidence(counts))
        self._part("coarse", coarse)
        for count in self.pattern.when.counts():
            self._place(count, counts[count.called])
        self._part("able", self._able(self.pattern.when, counts))
        days = " UNION ".join(f"SELECT subject, certainty, enter AS day FROM placed_{n}" for n in counts.values())
        self._part("asked", f"SELECT DISTINCT * FROM ({days}) SEMI JOIN able USING (subject, certainty)")
        held = self._held(self.pattern.when, "asked", counts)
        self._episodes(held)
        steps = ",\n".join(self.parts)
        return f"WITH {steps}\nSELECT subject, {text(self.pattern.id)} AS pattern, began, day, certainty FROM standing"

    def _part(self, name: str, sql: str) -> str:
        self.parts.append(f"{name} AS ({sql})")
        return name

    @property
    def _facts(self) -> str:
        return "pooled" if self.pattern.for_ == "household" else "own"

    def _take(self, count: Count, n: int) -> None:
        wanted = [*EVERY_COUNT, *(FOR_SILENCE if count.not_followed else ()), *columns(count.needs)]
        taken = ", ".join(dict.fromkeys(wanted))
        condition = where_sql(count.where, self.feeds)
        self._part(f"taken_{n}", f"SELECT subject, {taken} FROM {self._facts} WHERE {condition}")
        if count.after:
            condition = f'"first" IS NOT NULL AND {where_sql(count.after.where, self.feeds)}'
            earlier = 'subject, happening, "first", "last", span, width'
            self._part(f"earlier_{n}", f"SELECT {earlier} FROM {self._facts} WHERE {condition}")

    def _evidence(self, counts: dict[str, int]) -> Iterator[str]:
        """The parts that hold what each count rests on."""
        for count in self.pattern.when.counts():
            yield f"taken_{counts[count.called]}"
            if count.after:
                yield f"earlier_{counts[count.called]}"

    def _place(self, count: Count, n: int) -> None:
        each = f"unnest(CASE WHEN c.subject IS NULL THEN [{SURE}] ELSE [{SURE}, {MAY}, {SHOWN}] END) AS certainty"
        picked = f"SELECT t.*, {each} FROM taken_{n} t LEFT JOIN coarse c ON t.subject = c.subject"
        self._part(f"picked_{n}", _after(count.after, picked, n) if count.after else picked)
        silent = count.not_followed
        places = self._silent(count, silent, n) if silent else _standing(count.window, n)
        most = "max(times) OVER (PARTITION BY subject, certainty, happening)" if "times" in count.needs else "times"
        placed = f"SELECT * REPLACE ({most} AS times) FROM ({places}) WHERE enter < leave AND enter <= {self.on}"
        self._part(f"placed_{n}", placed)

    def _silent(self, count: Count, rule: NotFollowed, n: int) -> str:
        """What was surely not answered stands on the day after the last day in time (`rules.silence`)."""
        kinds = frozenset(rule.from_)
        leave = f"speaks + {count.window}" if count.window else str(EVER)
        finest = max(count.window or 0, rule.within.n)
        due = "c.day" if rule.within.working else f't."last" + {rule.within.n}'
        return f"""
        SELECT t.*, speaks AS enter, {leave} AS leave, amount AS times FROM (
            SELECT t.*, {due} AS due, due + 1 AS speaks
            FROM picked_{n} t {_calendar(rule)}
            ANTI JOIN (SELECT subject, key, "last" FROM {self._facts} WHERE {where_sql(rule.by, self.feeds)}) a
            ON a.subject = t.subject AND a.key <> t.key AND (a."last" IS NULL OR a."last" >= t."first")
            WHERE t."last" IS NOT NULL AND {reached(kinds, self.feeds)} = 'yes'
        ) t LEFT JOIN ({self._heard(kinds)}) h ON t.subject = h.subject
        WHERE coalesce(h.heard, {self.feeds.alive_until(kinds, ())}) >= due
          AND speaks <= {self.on} AND {self.on} < speaks + {rule.lasts.n}
          AND (certainty = {SHOWN} OR span <= {finest})"""

    def _heard(self, kinds: frozenset[str]) -> str:
        """Of each subject: how lately the least lately heard of its agencies of these kinds was heard."""
        codes = sorted(self.feeds.codes_for(kinds))
        values = ", ".join(f"({text(code)}, {self.feeds.heard(code)})" for code in codes)
        heard = f"(VALUES {values}) v(agency, heard)"
        return f"SELECT subject, min(heard) AS heard FROM own JOIN {heard} USING (agency) GROUP BY subject"

    def _able(self, clause: Clause, counts: dict[str, int]) -> str:
        """Who has rows enough for the clause, were all windows one."""
        if clause.count:
            placed, least = f"placed_{counts[clause.count.called]}", rows_at_least(clause.count.needs)
            return f"SELECT subject, certainty FROM {placed} GROUP BY ALL HAVING count(*) >= {least}"
        return _joined(clause, [self._able(part, counts) for part in (*clause.all, *clause.any)])

    def _held(self, clause: Clause, asked: str, counts: dict[str, int]) -> str:
        """The name of the part with those of the days asked on which a clause holds."""
        if clause.count:
            return self._reached(clause.count, counts[clause.count.called], asked)
        if clause.any:
            held = [f"SELECT * FROM {self._held(part, asked, counts)}" for part in clause.any]
            return self._part(f"any_{len(self.parts)}", " UNION ".join(held))
        for part in clause.all:  # each is asked only on the days that those before it left
            asked = self._held(part, asked, counts)
        return asked

    def _reached(self, count: Count, n: int, asked: str) -> str:
        there = f"JOIN placed_{n} p USING (subject, certainty) WHERE p.enter <= day AND day < p.leave"
        grouped = f"SELECT subject, certainty, day FROM {{}} {there} GROUP BY subject, certainty, day HAVING {{}}"
        rows = f"count(*) >= {rows_at_least(count.needs)}"
        near = self._part(f"near_{len(self.parts)}", grouped.format(asked, rows))
        if count.needs == {"happenings": 1}:
            return near
        return self._part(f"reached_{len(self.parts)}", grouped.format(near, having(count.needs)))

    def _episodes(self, held: str) -> None:
        """`rules.episodes`: runs of days, the newest that may be pushed, else the newest; its surest days."""
        self._part("surest", f"SELECT subject, day, max(certainty) AS certainty FROM {held} GROUP BY subject, day")
        before = f"day - lag(day) OVER (PARTITION BY subject ORDER BY day) > {self.pattern.quiet.n}"
        self._part("apart", f"SELECT *, {before} AS begins FROM surest")
        run = "count(*) FILTER (begins) OVER (PARTITION BY subject ORDER BY day)"
        self._part("runs", f"SELECT *, {run} AS run FROM apart")
        self._part("best", "SELECT subject, run, max(certainty) AS certainty FROM runs GROUP BY subject, run")
        first = f"row_number() OVER (PARTITION BY subject ORDER BY certainty >= {MAY} DESC, run DESC) = 1"
        self._part("chosen", f"SELECT * FROM best QUALIFY {first}")
        days = "min(day) AS began, max(day) AS day"
        of_chosen = "FROM runs JOIN chosen USING (subject, run, certainty) GROUP BY subject, certainty"
        self._part("standing", f"SELECT subject, {days}, certainty {of_chosen}")


def _after(rule: After, picked: str, n: int) -> str:
    """Those before which something came, as surely as is asked (`rules.sequence`)."""
    least = 0 if rule.same_day == "counts" else 1
    longest = rule.within.n if rule.within else EVER
    return f"""SELECT t.* FROM ({picked}) t SEMI JOIN earlier_{n} f
        ON f.subject = t.subject AND f.happening <> t.happening
            AND t."last" - f."first" >= {least} AND t."first" - f."last" <= {longest}
            AND (t.certainty <> {SURE} OR (t."first" - f."last" >= {least} AND t."last" - f."first" <= {longest}))
            AND (t.certainty <> {MAY} OR f.span <= {longest})"""


def _calendar(rule: NotFollowed) -> str:
    if not rule.within.working:
        return ""
    return f'JOIN calendar b ON b.day = t."last" JOIN calendar c ON c.working AND c.nth = b.nth + {rule.within.n}'


def _standing(window: int | None, n: int) -> str:
    """`rules.windows.placed`, for every picked fact."""
    enter = f'CASE WHEN certainty = {SURE} AND NOT lasting THEN "last" ELSE "first" END'
    if window is None:
        return f"SELECT *, coalesce({enter}, 0) AS enter, {EVER} AS leave, amount AS times FROM picked_{n}"
    windows = f"((width + {window - 1}) // {window})"
    return f"""
        SELECT *, {enter} AS enter,
            CASE WHEN certainty = {SURE} AND NOT lasting THEN "first" ELSE "last" END + {window} AS leave,
            (amount + {windows} - 1) // {windows} AS times
        FROM picked_{n} WHERE "first" IS NOT NULL AND (certainty <> {MAY} OR span <= {window})"""


def _joined(clause: Clause, parts: list[str]) -> str:
    word = " INTERSECT " if clause.all else " UNION "
    return word.join(f"SELECT * FROM ({part})" for part in parts)
