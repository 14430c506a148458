"""Many messages at once: the same result as one by one, and nothing left waiting."""

import json

from flow.street import AT, Street, child, event, what_stands
from joinedup.chronicle.models import Entry
from joinedup.flow import loading, worker
from joinedup.receive.models import Message, Reading
from joinedup.share.models import Subject

TESS = child("Theresa", "Arden", "2011-05-17", "9990000018", "4 Mill Lane, EL4 2AB")
BEN = child("Benjamin", "Arden", "2013-08-02", "9990000026", "4 Mill Lane, EL4 2AB")


def notices(street: Street) -> list[tuple[str, bytes]]:
    """A notice, its correction, and the correction's."""
    first = street.notice("police", [TESS], [event("missing", "2026-03-02", "missing-episode")], id="P1")
    second = street.notice("police", [BEN], [event("missing", "2026-03-02", "missing-episode")], id="P2", corrects="P1")
    third = street.notice("police", [BEN], [event("missing", "2026-03-03", "missing-episode")], id="P3", corrects="P2")
    return [first, second, third]


def nothing_waits() -> bool:
    unread, stirred = Message.objects.filter(stage="unread"), Subject.objects.filter(stirred_at__isnull=False)
    return not unread.exists() and not stirred.exists()


def test_a_correction_beside_what_it_corrects_holds_at_once(street: Street) -> None:
    done = loading.take_in(notices(street), at=AT)
    assert nothing_waits()
    assert done.quarantined == 0
    standing = Entry.objects.filter(withdrawn_at=None).values_list("message__sender_id", flat=True)
    assert list(standing) == ["P3"]
    assert not worker.once(at=AT)


def test_together_in_any_order_or_one_by_one_gives_the_same(street: Street) -> None:
    from django.db import transaction

    first, second, third = notices(street)
    stood = []
    for order in ([first, second, third], [third, second, first], [second, first, third]):
        with transaction.atomic():
            loading.take_in(order, at=AT)
            stood.append(what_stands())
            transaction.set_rollback(True)
    for agency, body in (first, second, third):
        street.keep(agency, body)
        worker.once(at=AT)
    assert stood == [what_stands()] * 3


def test_what_cannot_be_brought_goes_to_a_person_and_the_rest_flows(street: Street) -> None:
    poison = street.keep(*street.notice("police", [TESS], [event("missing", "2026-03-02")]))
    Reading.objects.filter(message=poison).update(notice=b"this cannot be opened")
    done = loading.take_in([street.notice("police", [BEN], [event("missing", "2026-03-09")])], at=AT)
    assert (done.messages, done.quarantined) == (1, 1)
    assert Message.objects.get(pk=poison).stage == "quarantined"
    assert nothing_waits()


def test_a_body_that_is_no_notice_is_kept_for_a_person(street: Street) -> None:
    loading.take_in([("police", b"{"), ("police", json.dumps([]).encode())], at=AT)
    assert list(Message.objects.values_list("stage", flat=True)) == ["quarantined"] * 2
