"""How old somebody was when something happened, as precisely as both dates allow."""

from datetime import date

from joinedup.ground.periods import Period

BABY = 24  # months: below that age is said in months


def age_at(born: Period, happened: Period) -> str:
    """ "14", "13 or 14", "7 months", "not yet born"; empty where it cannot be said within two years."""
    if born.first is None or born.last is None or happened.first is None or happened.last is None:
        return ""
    youngest, oldest = _months(born.last, happened.first), _months(born.first, happened.last)
    if oldest < 0:
        return "not yet born"
    if oldest < BABY:
        months = range(max(youngest, 0), oldest + 1)
        return f"{oldest} month{'' if oldest == 1 else 's'}" if len(months) == 1 else f"under {oldest // 12 + 1}"
    first, last = max(youngest, 0) // 12, oldest // 12
    return str(last) if first == last else f"{first} or {last}" if last - first == 1 else ""


def _months(born: date, on: date) -> int:
    """Whole months from birth, negative before it."""
    return (on.year - born.year) * 12 + on.month - born.month - (on.day < born.day)
