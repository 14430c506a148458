"""Writers beside each other: every row lands in a whole chain, and no piece of work is taken twice."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from joinedup.share import actions, queries
from joinedup.share.models import AuditRow
from joinedup.share.rules import FLOW
from share import cast
from share.cast import AT, KEEPER

WRITERS, EACH = 6, 15


def together(work: Callable[[int], None]) -> None:
    """Run the work in several threads at once, each on its own connection; fail if one of them failed."""
    failures: list[BaseException] = []
    begin = threading.Barrier(WRITERS)

    def run(n: int) -> None:
        try:
            begin.wait()
            work(n)
        except BaseException as failure:  # noqa: BLE001 - shown by the test
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(n,)) for n in range(WRITERS)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert failures == []


@pytest.mark.django_db(transaction=True)
def test_rows_written_side_by_side_make_whole_chains() -> None:
    cast.found()
    before = AuditRow.objects.count()

    def write(n: int) -> None:
        for row in range(EACH):
            actions.record(by=KEEPER, at=AT, act="answer", what={"writer": n, "row": row})
            if row == EACH // 2:
                actions.checkpoint(by=KEEPER, at=AT)

    together(write)
    report = queries.verify()
    assert report.faults == []
    assert (report.rows, report.checkpoints) == (before + WRITERS * (EACH + 1), WRITERS)


@pytest.mark.django_db(transaction=True)
def test_verifying_while_others_write_raises_no_false_alarm_and_an_anchor_holds_every_lane() -> None:
    house = cast.found()
    actions.checkpoint(by=KEEPER, at=AT)
    first = queries.anchored()
    found: list[queries.Report] = []

    def work(n: int) -> None:
        for row in range(EACH):
            if n == 0:
                found.append(queries.verify([first]))
                continue
            look = house.look("mash", reason=f"{n} {row}")
            look.note(subjects=[n, row + 1])
            actions.record(by=look.actor, at=AT, act="answer", what={}, look=look)

    together(work)
    assert [report.faults for report in found] == [[]] * EACH
    actions.checkpoint(by=KEEPER, at=AT)
    assert queries.verify([first, queries.anchored(), queries.anchored(since=first)]).ok


@pytest.mark.django_db(transaction=True)
def test_no_stirred_subject_is_claimed_by_two_workers() -> None:
    cast.found()
    made = actions.allot_subjects(by=FLOW, at=AT, kinds={str(n): "child" for n in range(60)})
    actions.stir(by=FLOW, at=AT, subjects=[one.pk for one in made.values()])
    claimed: list[int] = []
    together(lambda _: [claimed.extend(actions.claim_stirred(by=FLOW, at=AT, limit=5)) for _ in range(4)] and None)
    assert sorted(claimed) == sorted(one.pk for one in made.values())
