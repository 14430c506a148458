"""Whatever somebody with every right does to the log, whoever holds an anchor finds it (trust 1.3, 58).

The intruder knows the salt, takes the triggers off, and mends as much as wanted: nothing, the row's own digest, its
whole lane with its head, or that and every checkpoint. The verifier knows the anchor's text and the database.
"""

import sys
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from joinedup.share import actions, queries
from joinedup.share.models import AuditRow
from joinedup.share.rules import chain
from joinedup.share.rules.anchor import Anchor, Stretch, Sum, read_anchor, written
from share import cast, intruder
from share.cast import AT, KEEPER

DEPTHS = {"nothing": 0, "the row": 1, "the lane": 2, "everything": 3}


def busy(house: cast.House) -> None:
    """A day: acts, and answers about a child."""
    for n in range(8):
        actions.record(by=KEEPER, at=AT, act="flow.step", what={"n": n})
        look = house.look("mash", reason=f"call {n}")
        look.note(subjects=[n + 1])
        actions.record(by=look.actor, at=AT, act="answer", what={"status": 200}, look=look)
    actions.checkpoint(by=KEEPER, at=AT)


@pytest.fixture
def held(house: cast.House) -> Anchor:
    """Three days with a checkpoint each, the anchor over them as its holder has it, then a row that it knows not."""
    for _ in range(3):
        busy(house)
    anchor = read_anchor(written(queries.anchored()).encode())
    actions.record(by=KEEPER, at=AT, act="flow.step", what={"after": "the anchor"})
    intruder.take_triggers_off()
    return anchor


def after(change: Callable[[intruder.Log], Any], held: Anchor) -> queries.Report:
    """What the holder of the anchor finds after a change, which is then taken back."""
    with transaction.atomic():
        log = intruder.read()
        change(log)
        intruder.write(log)
        report = queries.verify([held])
        transaction.set_rollback(True)
    return report


def lane_of(anchor: Anchor) -> tuple[int, list[int]]:
    """The lane that was written to, and up to which row each checkpoint covers it."""
    lane = max(range(chain.LANES), key=lambda lane: anchor.checkpoints[-1].lanes[lane].seq)
    return lane, [point.lanes[lane].seq for point in anchor.checkpoints]


def done(deed: str, lane: int, n: int, depth: int) -> Callable[[intruder.Log], None]:
    def change(log: intruder.Log) -> None:
        intruder.DEEDS[deed](log, lane, n)
        log.mend(lane, n, depth)

    return change


def test_an_untouched_log_holds(held: Anchor) -> None:
    report = queries.verify([held])
    assert report.faults == []
    assert (report.rows, report.anchors) == (AuditRow.objects.count(), 1)


def test_a_log_that_was_read_and_written_back_as_it_was_holds(held: Anchor) -> None:
    lane, _ = lane_of(held)
    assert after(lambda log: None, held).ok
    assert after(lambda log: log.mend(lane, 0, intruder.EVERYTHING), held).ok


def test_every_attempt_is_found(held: Anchor, capsys: pytest.CaptureFixture[str]) -> None:
    """Every deed, mended as deep as can be, at the first and the last row and around every checkpoint."""
    lane, seqs = lane_of(held)
    places = sorted({0, 1, *(seq + off for seq in seqs for off in (-2, -1, 0) if seq + off < seqs[-1])})
    attempts = {
        (deed, n, depth): done(deed, lane, n, mended)
        for deed in intruder.DEEDS
        for n in places
        for depth, mended in DEPTHS.items()
    }
    attempts |= {(deed, depth): whole(deed, mended) for deed in intruder.WHOLE for depth, mended in DEPTHS.items()}
    unseen = [one for one, change in attempts.items() if after(change, held).ok]
    with capsys.disabled():
        sys.stdout.write(f" tampering: {len(attempts)} tried, {len(attempts) - len(unseen)} detected ")
    assert unseen == []
    assert len(attempts) >= 500


def whole(deed: str, depth: int) -> Callable[[intruder.Log], None]:
    def change(log: intruder.Log) -> None:
        intruder.WHOLE[deed](log)
        for lane in log.lanes:
            log.mend(lane, 0, depth)

    return change


@pytest.mark.parametrize("deed", intruder.DEEDS)
def test_the_first_bad_record_is_named_although_everything_was_mended(held: Anchor, deed: str) -> None:
    lane, seqs = lane_of(held)
    for n in (0, seqs[0] - 1, seqs[0], seqs[-1] - 1):
        faults = [fault for fault in after(done(deed, lane, n, intruder.EVERYTHING), held).faults if fault.lane == lane]
        expected = n + 2 if deed == "delete" else n + 1  # the record before which one is missing
        assert [fault.seq for fault in faults] == [expected]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_deeds_after_each_other_are_found(held: Anchor, data: st.DataObject) -> None:
    lane, seqs = lane_of(held)
    drawn = st.tuples(st.sampled_from(sorted(intruder.DEEDS)), st.integers(0, seqs[-1] - 1))
    deeds = data.draw(st.lists(drawn, min_size=1, max_size=3))
    depth = data.draw(st.sampled_from(sorted(DEPTHS.values())))

    def change(log: intruder.Log) -> None:
        for deed, n in deeds:
            if n + 1 < len(log.lanes[lane]):
                done(deed, lane, n, depth)(log)

    report = after(change, held)
    assert report.ok == unchanged(change)


def unchanged(change: Callable[[intruder.Log], None]) -> bool:
    """Whether deeds took each other back, such as two swaps: every row is again what it was."""
    log = intruder.read()
    change(log)
    return said(log) == said(intruder.read())


def said(log: intruder.Log) -> list[dict[str, Any]]:
    return [
        {name: getattr(row, name) for name in (*chain.SAID, "digest")} for rows in log.lanes.values() for row in rows
    ]


@pytest.mark.parametrize(
    ("deed", "place", "says"),
    [
        ("the salt replaced", "anchor 1 of 2026-03-05 09:00:00 UTC, record 1", "salt of this one was replaced"),
        ("the last checkpoint dropped", "anchor 1 of 2026-03-05 09:00:00 UTC, record 3", "cut off, written anew"),
        ("a checkpoint back-dated", "anchor 1 of 2026-03-05 09:00:00 UTC, record 2", "does not have its checkpoint"),
        ("a checkpoint slipped in", "anchor 1 of 2026-03-05 09:00:00 UTC, record 2", "does not have its checkpoint"),
    ],
)
def test_what_was_done_to_the_whole_log_is_said_in_words(held: Anchor, deed: str, place: str, says: str) -> None:
    first = after(whole(deed, intruder.EVERYTHING), held).faults[0]
    assert first.place == place
    assert says in first.says


def test_a_fork_is_named_by_its_first_record_and_by_the_checkpoint_that_is_no_more(held: Anchor) -> None:
    """Back to the first day's end, and on by another story with heads and checkpoints of its own."""
    lane, seqs = lane_of(held)
    faults = after(done("fork", lane, seqs[0], intruder.EVERYTHING), held).faults
    assert [(fault.lane, fault.seq) for fault in faults] == [(None, 2), (lane, seqs[0] + 1)]
    assert "the chain written anew to fit" in faults[1].says


def test_of_a_coarse_anchor_the_run_is_named(held: Anchor) -> None:
    """Where one mark stands for many rows, the first of them is named, and up to where it may be."""
    lane, _ = lane_of(held)
    coarse = coarser(held, 8)
    assert queries.verify([coarse]).ok
    fault = after(done("update by", lane, 10, intruder.EVERYTHING), coarse).faults[-1]
    assert (fault.lane, fault.seq) == (lane, 9)
    assert "from here to record 16" in fault.says
    fault = after(done("update by", lane, 10, intruder.NOTHING), coarse).faults[-1]
    assert (fault.lane, fault.seq) == (lane, 11)


def coarser(anchor: Anchor, every: int) -> Anchor:
    """The same anchor with one mark for `every` rows."""
    salt = bytes(queries.partnership().salt)

    def stretch(lane: int, one: Stretch) -> Stretch:
        added = Sum(every)
        for row in AuditRow.objects.filter(lane=lane, seq__gt=one.after, seq__lte=one.seq).order_by("seq"):
            content = chain.canonical({name: getattr(row, name) for name in chain.SAID})
            added.add(chain.commitment(lane, row.seq, salt, content))
        return one.model_copy(update={"every": every, "marks": "".join(added.ended().marks)})

    points = (
        point.model_copy(update={"lanes": tuple(stretch(lane, one) for lane, one in enumerate(point.lanes))})
        for point in anchor.checkpoints
    )
    return Anchor.model_validate(anchor.model_dump() | {"checkpoints": [point.model_dump() for point in points]})


def test_what_came_after_the_last_anchor_can_be_written_anew(held: Anchor) -> None:
    """The limit, said openly (decision 19): an anchor speaks of what was there when it was made."""
    lane, seqs = lane_of(held)
    assert after(done("update by", lane, seqs[-1], intruder.EVERYTHING), held).ok
