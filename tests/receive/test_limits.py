"""How often one sender may come. No database."""

from datetime import timedelta

from joinedup.receive.rules.limits import Buckets
from joinedup.receive.rules.read import CSV
from joinedup.receive.rules.split import pieces
from receive.conftest import AT

SECOND = timedelta(seconds=1)


def test_a_burst_is_let_through_and_the_next_waits() -> None:
    buckets = Buckets(burst=3, seconds=10)
    assert [buckets.wait("a", at=AT) for _ in range(4)] == [0, 0, 0, 10]


def test_time_fills_the_bucket_again() -> None:
    buckets = Buckets(burst=1, seconds=10)
    assert buckets.wait("a", at=AT) == 0
    assert buckets.wait("a", at=AT + 4 * SECOND) == 6
    assert buckets.wait("a", at=AT + 10 * SECOND) == 0


def test_one_sender_does_not_make_another_wait() -> None:
    buckets = Buckets(burst=1, seconds=10)
    assert [buckets.wait(name, at=AT) for name in "abc"] == [0, 0, 0]


def test_a_list_longer_than_the_bucket_is_taken_when_it_is_full() -> None:
    buckets = Buckets(burst=2, seconds=10)
    assert buckets.wait("a", at=AT, tokens=50) == 0
    assert buckets.wait("a", at=AT) == 10


def test_a_table_full_of_broken_quotations_is_cut_and_costs_no_more_than_its_length() -> None:
    """Every row opens a quotation that only a later row could close: each is taken alone, and the last one whole."""
    rows = ['a","'] * 30_000 + ["N2,school"]
    cut = pieces("\n".join(["id,kind", *rows]).encode(), CSV)
    assert cut[-1].body == b"id,kind\nN2,school"
    assert sum(len(piece.body) - len(b"id,kind\n") for piece in cut) == len("\n".join(rows))


def test_who_has_waited_long_enough_is_forgotten_and_who_has_not_still_waits() -> None:
    """Memory stays small however many senders come: a full bucket need not be known."""
    buckets = Buckets(burst=1, seconds=10)
    for n in range(10_000):
        buckets.wait(f"sender {n}", at=AT)
    buckets.wait("late", at=AT + 5 * SECOND)
    assert len(buckets) == 10_001
    assert buckets.wait("another", at=AT + 12 * SECOND) == 0
    assert len(buckets) == 2
    assert buckets.wait("late", at=AT + 12 * SECOND) == 3
