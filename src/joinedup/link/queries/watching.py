"""What a guardian's signals compare (internal): family names and postcodes said of children. Shown to nobody."""

from collections.abc import Iterable

from joinedup.link.models import Record
from joinedup.share.queries import under


def names_and_postcodes(heads: Iterable[int]) -> dict[int, tuple[frozenset[str], frozenset[str]]]:
    """By head, every family name and every postcode that its standing records say."""
    tops = under(heads)
    found: dict[int, tuple[set[str], set[str]]] = {}
    for subject, said in Record.objects.filter(subject__in=tops, standing=True).values_list("subject", "statement"):
        names, postcodes = found.setdefault(tops[subject], (set(), set()))
        names |= {name["family"] for name in said["names"] if name.get("family")}
        postcodes |= {place["postcode"] for place in said["addresses"] if place.get("postcode")}
    return {head: (frozenset(names), frozenset(postcodes)) for head, (names, postcodes) in found.items()}
