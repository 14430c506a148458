"""How whoever reported is called in reports, as it might be typed into a letter."""

from collections.abc import Collection

from joinedup.chronicle.models import Entry
from joinedup.share.queries import about


def reporters(head: int, agencies: Collection[str]) -> frozenset[str]:
    """The roles in which people told these agencies (codes) something about somebody: "neighbour", "aunt".

    Internal: what free text is scanned for. It is shown to nobody.
    """
    told = Entry.objects.filter(about(head), agency__in=agencies).exclude(observer_role="")
    return frozenset(told.values_list("observer_role", flat=True))
