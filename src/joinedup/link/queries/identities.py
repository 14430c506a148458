"""Who somebody is said to be: names, dates of birth, numbers, addresses, by which agency, as the look may see."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from joinedup.ground.shielded import Shielded
from joinedup.link.models import Mention, Record
from joinedup.share.queries import Subject, at_once, behind_the_wall, entry_source, head_ids, mask, members, release
from joinedup.share.rules import Field, Look, Source

IDENTITY_KIND = "contact"  # the kind of entry under whose agreement a name travels


@dataclass(frozen=True)
class Shown:
    """What one record says, as far as it may be shown. Empty tuples: not said, or not to be shown here."""

    agency: str
    names: tuple[str, ...] = ()
    born: tuple[str, ...] = ()
    sex: str = ""
    numbers: tuple[tuple[str, str], ...] = ()
    addresses: tuple[str, ...] = ()
    describes: str = ""


@dataclass(frozen=True)
class Identity:
    """A child as all its records speak of it: each statement, and the distinct values over them, usual name first."""

    statements: tuple[Shown, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for said in self.statements for name in said.names))

    @property
    def born(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(day for said in self.statements for day in said.born))

    @property
    def numbers(self) -> tuple[tuple[str, str], ...]:
        return tuple(dict.fromkeys(number for said in self.statements for number in said.numbers))

    @property
    def addresses(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(address for said in self.statements for address in said.addresses))


@behind_the_wall
def identity(*, for_: Look, head: int, messages: Collection[str] = ()) -> Identity:
    """Who this head is said to be, in order of allotment, what stands first.

    `messages`: keys of messages whose entries this look is being shown; what they say of the person was told to it.
    """
    told = set(Mention.objects.filter(message__in=messages).values_list("record_id", flat=True)) if messages else set()
    for_.note(subjects=[head])
    child = at_once(for_=for_, heads=[head])[head]
    return Identity(tuple(shown(record, child, for_, told=record.key in told) for record in records_of(head)))


def names(*, for_: Look, heads: Iterable[int]) -> dict[int, str]:
    """The name by which to call each head in a list; left out where none may be shown."""
    wanted = set(heads)
    rows = Record.objects.filter(subject__head__in=wanted) | Record.objects.filter(subject__in=wanted)
    top = head_ids([record.subject_id for record in rows])
    children = at_once(for_=for_, heads=set(top.values()))
    called: dict[int, str] = {}
    for record in rows.order_by("-standing", "subject_id"):
        head = top[record.subject_id]
        if head not in called and (said := shown(record, children[head], for_).names):
            called[head] = said[0]
    for_.note(subjects=called)
    return called


def records_of(head: int) -> list[Record]:
    """The records under a head, those that stand first (internal)."""
    ids = [subject.pk for subject in members(head)]
    return list(Record.objects.filter(subject__in=ids).order_by("-standing", "subject_id"))


def shielded_places(head: int) -> frozenset[tuple[str, str]]:
    """(kind of address, text) of wherever somebody is known to live, stay or learn, as it might be typed into a text.

    Internal: what free text is scanned for. It is shown to nobody.
    """
    said = (record.statement for record in records_of(head))
    places = (place for one in said for place in one.get("addresses", [one]))
    parts = ((place.get("kind", "home"), place.get(part)) for place in places for part in ("lines", "postcode"))
    return frozenset((kind, text) for kind, text in parts if text)


def shown(record: Record, child: Subject, for_: Look, *, told: bool = False) -> Shown:
    """A record's statement, masked for this look."""
    source = Source.TOLD if told else entry_source(for_=for_, agency=record.agency_id, kind=IDENTITY_KIND, told=())
    if told and record.agency_id == for_.agency:
        source = Source.OWN
    said: Mapping[str, Any] = record.statement
    identity_hidden = mask(for_=for_, what=Field.IDENTITY, subject=child, source=source)
    addresses = map(_address, said.get("addresses", [said]))
    opens = release(for_=for_, what=Field.ADDRESS, subject=child, source=source)
    return Shown(
        agency=record.agency_id,
        **({} if identity_hidden or record.kind == "place" else _who(said)),
        addresses=tuple(map(opens, addresses)) if opens else (),
    )


def _who(said: Mapping[str, Any]) -> dict[str, Any]:
    names = (" ".join(filter(None, (name.get("given"), name.get("family")))) for name in said["names"])
    return {
        "names": tuple(filter(None, names)),
        "born": tuple(said["born"]),
        "sex": said["sex"] or "",
        "numbers": tuple((number["system"], number["value"]) for number in said["identifiers"]),
        "describes": said.get("describes", ""),
    }


def _address(said: Mapping[str, Any]) -> Shielded:
    return Shielded(", ".join(filter(None, (said.get("lines"), said.get("postcode")))))
