"""When something happened: half-open periods of Europe/London civil days, with the precision with which it is known."""

from joinedup.ground.periods.period import Period, Precision, may_overlap, order_key, surely_before
from joinedup.ground.periods.reading import read_date, read_period
from joinedup.ground.periods.saying import says

__all__ = ["Period", "Precision", "may_overlap", "order_key", "read_date", "read_period", "says", "surely_before"]
