"""Everything changed here: entries from messages, which of them are one event, and what people say of both."""

from joinedup.chronicle.actions.entering import Placed, enter
from joinedup.chronicle.actions.forgetting import forget
from joinedup.chronicle.actions.judging import judge_happening, mark_significant
from joinedup.chronicle.actions.regrouping import regroup

__all__ = ["Placed", "enter", "forget", "judge_happening", "mark_significant", "regroup"]
