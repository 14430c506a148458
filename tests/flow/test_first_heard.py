"""What adds up says from whom nothing ever came, and who was not told: as the agencies there are have it (law 1)."""

from flow.street import AT, KEEPER, Street, child, event
from joinedup.flow import ticking, worker
from joinedup.flow.rebuild import rebuild
from joinedup.recognise.models import Ground
from joinedup.share import actions as share

SILENT = "Nothing has been received from The police."


def said() -> set[str]:
    return {sentence for unknown in Ground.objects.values_list("unknown", flat=True) for sentence in unknown}


def test_nobody_is_said_to_be_silent_who_was_heard(street: Street) -> None:
    tess = child("Tess", "Arden", "2011-05-17", "9990000018")
    for day in ("2026-03-02", "2026-03-09", "2026-03-16"):
        street.tell("northgate", [tess], event("missing", day, "missing-episode"))
    assert SILENT in said()
    street.tell(
        "police", [child("Omar", "Finch", "2010-02-03", "9990000026")], event("concern", "2026-03-17", "neglect")
    )
    assert SILENT not in said()
    assert rebuild(at=AT, check=True).differences == []
    assert not worker.once(at=AT)


def test_an_agency_that_joins_later_is_reckoned_with(street: Street) -> None:
    tess = child("Tess", "Arden", "2011-05-17", "9990000018")
    for day in ("2026-03-02", "2026-03-09", "2026-03-16"):
        street.tell("northgate", [tess], event("missing", day, "missing-episode"))
    before = said()
    share.add_agency(by=KEEPER, at=AT, code="harbour", name="Harbour Constabulary", kind="police")
    ticking.tick(at=AT)
    assert said() != before
    assert rebuild(at=AT, check=True).differences == []
