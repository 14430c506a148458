"""Patterns compiled to SQL over relations, for a whole population at once: only text is made here, no engine runs.

The relations asked for are `lines` (`LINES`), `household` (`HOUSEHOLD`) and `calendar` (`CALENDAR`).
"""

from joinedup.recognise.rules.sql.facts import CALENDAR, HOUSEHOLD, LINES, facts_sql
from joinedup.recognise.rules.sql.patterns import pattern_sql

__all__ = ["CALENDAR", "HOUSEHOLD", "LINES", "facts_sql", "pattern_sql"]
