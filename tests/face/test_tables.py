"""Sorting and paging by plain links."""

import pytest
from django.test import RequestFactory

from joinedup.face.tables import Column, paging, sorting, with_query

COLUMNS = (Column("due", "Due"), Column("child", "Child"))
get = RequestFactory().get


def test_a_heading_turns_the_order_round_and_keeps_the_filters() -> None:
    found = sorting(get("/desk/?agency=police&page=3"), COLUMNS, default="due")
    assert (found.key, found.descending) == ("due", False)
    due, child = found.headings
    assert (due.sorted, due.href) == ("ascending", "/desk/?agency=police&sort=-due")
    assert (child.sorted, child.href) == ("", "/desk/?agency=police&sort=child")


def test_a_column_chosen_the_other_way_round_is_said_so() -> None:
    found = sorting(get("/desk/?sort=-child"), COLUMNS, default="due")
    assert (found.key, found.descending) == ("child", True)
    assert found.headings[1].sorted == "descending"
    assert found.headings[1].href == "/desk/?sort=child"


def test_an_unknown_column_falls_back_to_the_list_s_own_order() -> None:
    assert sorting(get("/desk/?sort=password"), COLUMNS, default="-due").key == "due"


@pytest.mark.parametrize(
    ("asked", "number", "rows"),
    [
        ("", 1, (0, 50)),
        ("2", 2, (50, 100)),
        ("99", 3, (100, 150)),
        ("0", 1, (0, 50)),
        ("x", 1, (0, 50)),
        ("9" * 5_000, 3, (100, 150)),
    ],
)
def test_a_page_beyond_either_end_is_that_end(asked: str, number: int, rows: tuple[int, int]) -> None:
    pages = paging(get(f"/desk/?page={asked}"), total=120)
    assert (pages.number, pages.last, (pages.first, pages.end)) == (number, 3, rows)


def test_a_list_that_fits_has_one_page_and_leads_nowhere() -> None:
    pages = paging(get("/desk/"), total=0)
    assert (pages.last, pages.previous, pages.next) == (1, "", "")


def test_an_address_keeps_what_is_not_changed() -> None:
    assert with_query(get("/x/?a=1&a=2&b=3"), b=None) == "/x/?a=1&a=2"
    assert with_query(get("/x/?b=3"), b=None) == "/x/"
