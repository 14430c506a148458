"""A new master key: every payload's own key is wrapped by it, and no payload is touched (OWASP ASVS 11.2.2).

It lies beside the old one until every key is wrapped by it, and only then takes its place: whenever the machine stops
in between, doing it again goes on from there.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

from joinedup.receive.models import PayloadKey
from joinedup.receive.queries.payloads import read_master_anew
from joinedup.receive.vault import Vault, VaultError, make_key, put_in_place, read_key
from joinedup.share.actions import act, note
from joinedup.share.rules import Actor

AT_ONCE = 1_000  # keys written together
Track = Callable[[Iterable[list[PayloadKey]], int], Iterable[list[PayloadKey]]]


def renew_master(
    *, by: Actor, at: datetime, place: Path, track: Track = lambda some, total: some  # noqa: ARG005
) -> int:  # fmt: skip
    """Make a new master key and put it in the place of the old one; how many keys it wraps now.

    Nothing else may run meanwhile: whatever started with the old key goes on with it. Raises VaultError.
    """
    beside = place.with_name(f"{place.name}.next")
    if not beside.exists():
        make_key(beside)
    done = rewrap(by=by, at=at, old=Vault(read_key(place)), new=Vault(read_key(beside)), track=track)
    put_in_place(beside, place)
    read_master_anew()
    return done


@act
def rewrap(*, by: Actor, at: datetime, old: Vault, new: Vault, track: Track) -> int:  # noqa: ARG001 - the act's
    """Every key that is not destroyed, all or none. One that the new master opens already is left as it is."""
    kept = PayloadKey.objects.exclude(wrapped=b"").order_by("pk")
    total = kept.count()
    for some in track(_in_parts(kept.iterator(AT_ONCE)), total):
        for one in some:
            one.wrapped = _moved(one, old, new)
        PayloadKey.objects.bulk_update(some, ["wrapped"])
    note(keys=total)
    return total


def _moved(one: PayloadKey, old: Vault, new: Vault) -> bytes:
    wrapped, name = bytes(one.wrapped), str(one.pk)
    try:
        return old.move_key(wrapped, name, new)
    except VaultError:
        new.open_key(wrapped, name)  # raises, unless an earlier try got as far as this
        return wrapped


def _in_parts(keys: Iterable[PayloadKey]) -> Iterable[list[PayloadKey]]:
    part: list[PayloadKey] = []
    for one in keys:
        part.append(one)
        if len(part) == AT_ONCE:
            yield part
            part = []
    yield part
