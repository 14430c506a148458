"""Sorting and paging by plain links, which keep whatever else the address asks for (filters)."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from django.http import HttpRequest

PER_PAGE = 50
DIGITS = 9  # of a page asked for: more is beyond the end, however many


@dataclass(frozen=True)
class Heading:
    """A column as its heading is drawn; `sorted` is "ascending", "descending" or "" where another column leads."""

    label: str
    href: str = ""
    sorted: str = ""
    numeric: bool = False


@dataclass(frozen=True)
class Column:
    """A column that may be sorted by: `key` stands in the address (?sort=key, ?sort=-key)."""

    key: str
    label: str
    numeric: bool = False


@dataclass(frozen=True)
class Sorting:
    """What a list is sorted by, and its headings. The room that holds the rows sorts them."""

    key: str
    descending: bool
    headings: tuple[Heading, ...]


@dataclass(frozen=True)
class Pages:
    """One page of `total` rows: rows[first:end]; `previous` and `next` are addresses, "" at either end."""

    number: int
    last: int
    first: int
    end: int
    previous: str
    next: str


def with_query(request: HttpRequest, **changes: object) -> str:
    """This page's address with parts of its query changed; None takes a part out."""
    query = request.GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query[name] = str(value)
    return f"{request.path}?{query.urlencode()}" if query else request.path


def sorting(request: HttpRequest, columns: Sequence[Column], default: str) -> Sorting:
    """Read ?sort= against the columns that may be sorted by; anything else means `default`."""
    asked = request.GET.get("sort", default)
    known = {column.key for column in columns}
    chosen = asked if asked.lstrip("-") in known else default
    key, descending = chosen.lstrip("-"), chosen.startswith("-")
    return Sorting(key, descending, tuple(heading(request, column, key, descending) for column in columns))


def heading(request: HttpRequest, column: Column, key: str, descending: bool) -> Heading:
    """The link of the leading column turns it round; another column's begins ascending."""
    leads = column.key == key
    turned = f"-{column.key}" if leads and not descending else column.key
    state = ("descending" if descending else "ascending") if leads else ""
    return Heading(column.label, with_query(request, sort=turned, page=None), state, column.numeric)


def paging(request: HttpRequest, total: int, per_page: int = PER_PAGE) -> Pages:
    """Read ?page= kindly: a number beyond either end is that end."""
    last = max(1, ceil(total / per_page))
    asked = request.GET.get("page", "1")
    number = min(max(int(asked[:DIGITS]), 1), last) if asked.isascii() and asked.isdigit() else 1
    previous = with_query(request, page=number - 1) if number > 1 else ""
    following = with_query(request, page=number + 1) if number < last else ""
    return Pages(number, last, (number - 1) * per_page, number * per_page, previous, following)
