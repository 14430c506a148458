"""The policy compiled: the filter for lists, the check for objects, the mask for fields, from the same rows."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import JSONField, Lookup, Q, QuerySet
from django.db.models.functions import Coalesce

from joinedup.ground.clock import civil_day
from joinedup.ground.handling import Handling
from joinedup.share.models import Agreement, Involvement, Subject
from joinedup.share.queries.people import open_at
from joinedup.share.queries.subjects import head_ids
from joinedup.share.rules import (
    Field,
    Look,
    Permission,
    Relation,
    Row,
    Source,
    Verdict,
    fields_of,
    granted,
    permissions_of,
    relations,
    sources,
)
from joinedup.share.rules.policy import would_grant

NOTHING = "Nothing we can show you. This does not mean the child is not known. Ring the duty line."
SAY_WHY = "Say why you need to open this child. The reason is kept, and the child's page shows who looked."
NOT_YOURS = "Your role does not include this page. If it should, ask your manager."
NOBODY = Q(pk__in=())
HEAD = Coalesce("subject__head", "subject")  # of an involvement


@JSONField.register_lookup
class ToldTo(Lookup):
    """`told__names="police"`: whether a list of {agency, state, when} names this agency; no for an unknown list."""

    lookup_name = "names"
    prepare_rhs = False

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        told, of_told = self.process_lhs(compiler, connection)
        each = f"SELECT 1 FROM json_each({told}) WHERE json_each.type = 'object'"  # noqa: S608 - a column's name
        return f"EXISTS ({each} AND json_extract(json_each.value, '$.agency') = %s)", [*of_told, self.rhs]

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        told, of_told = self.process_lhs(compiler, connection)
        return f"({told} @> jsonb_build_array(jsonb_build_object('agency', %s::text)))", [*of_told, self.rhs]


def may(for_: Look, permission: Permission) -> Verdict:
    """May this person do this kind of thing at all? What of which child is `may_open`'s and `mask`'s question."""
    if permission in (Permission.PUBLIC, Permission.SIGNED_IN) or permission in permissions_of(for_.roles):
        return Verdict(True, f"{permission} is part of the role")
    return Verdict(False, NOT_YOURS)


def visible_subjects(*, for_: Look, among: Collection[int] | None = None) -> QuerySet[Subject]:
    """The heads that this look may list and open. Children, adults and places alike: filter by `kind`.

    `among` narrows the same filter to these heads' ids, which spares the database the list of all.
    """
    found = Subject.objects.filter(head__isnull=True).filter(_heads(for_, relations(granted(for_)), among))
    return found if among is None else found.filter(pk__in=among)


def may_open(*, for_: Look, subject: Subject | None) -> Verdict:
    """May this look open this child? Decided by the rows that filter the list; an oracle holds the two equal.

    `subject` may be None ("no such reference"): the answer is then the one that somebody not entitled gets.
    """
    rows = granted(for_)
    if subject is not None and relations(rows) & _stands(for_, subject):
        return Verdict(True, " ".join(dict.fromkeys(row.because for row in rows)))
    if any(row.needs_reason for row in would_grant(for_)) and not for_.reason.strip():
        return Verdict(False, SAY_WHY, needs_reason=True)
    return Verdict(False, NOTHING)


def work_of(*, for_: Look) -> QuerySet[Subject]:
    """The heads with which this practitioner works themselves."""
    return Subject.objects.filter(head__isnull=True).filter(_heads(for_, [Relation.OWN]))


def told_of(*, for_: Look, limit: int) -> dict[int, datetime]:
    """The heads of whom the look's own agency was told, and since when, the latest first."""
    told = Involvement.objects.filter(_involved(for_, Relation.AGENCY), relation="told").order_by("-since", "-subject")
    return dict(told.values_list(HEAD, "since")[:limit])


def entry_filter(*, for_: Look, subject: Subject | None = None, what: Field = Field.CASE) -> Q:
    """A filter on rows with `subject`, `agency`, `kind` and `told` (chronicle's Entry): whose statements may be shown.

    With a `subject` it speaks of that child's rows only (the caller filters by subject) and is quick; without one it
    holds for any list, each relation bringing its own sources. Notes nothing: whoever releases rows notes them.
    """
    rows = granted(for_)
    if subject is not None:
        return _from(for_, sources(rows, _stands(for_, subject), what))
    return reduce(or_, (_entries(for_, rows, relation, what) for relation in sorted(relations(rows))), NOBODY)


def entry_source(*, for_: Look, agency: str, kind: str, told: Iterable[Mapping[str, Any]] | None) -> Source | None:
    """Whose statement a row is, seen from the asker's agency; None if no agreement lets it reach them."""
    if agency == for_.agency:
        return Source.OWN
    if any(one.get("agency") == for_.agency for one in told or ()):
        return Source.TOLD
    agreed = any(one.agency_id == agency and kind in (one.kinds or [kind]) for one in _agreements(for_))
    return Source.OTHERS if agreed else None


def mask(
    *, for_: Look, what: Handling | Field, subject: Subject | None = None, source: Source | None = Source.OTHERS
) -> bool:
    """True when a field of this class must be hidden from this look; False when it may be shown.

    `source` says whose statement the field is (see `entry_source`). Without a `subject` the question is whether
    any relation would show it, which is right for lists that were filtered already.
    """
    classes = fields_of(what)
    if classes is None or source is None:
        return True
    rows = granted(for_)
    stands = relations(rows) if subject is None else _stands(for_, subject)
    return not all(source in sources(rows, stands, field) for field in classes)


def _involved(for_: Look, relation: Relation) -> Q:
    """Involvements, open at the time of looking, by which the asker stands in this relation."""
    if relation is Relation.OWN:
        return open_at(for_.at) & Q(practitioner=for_.practitioner_id or 0)
    return open_at(for_.at) & Q(practitioner__isnull=True, agency=for_.agency)


def _heads(for_: Look, stands: Iterable[Relation], among: Collection[int] | None = None) -> Q:
    """Subjects that are heads of somebody to whom the asker stands in one of these relations."""
    stands = sorted(stands)
    if Relation.ANY in stands:
        return Q()
    narrow = Q() if among is None else Q(subject__in=among) | Q(subject__head__in=among)
    each = (Involvement.objects.filter(narrow, _involved(for_, relation)) for relation in stands)
    return reduce(or_, (Q(pk__in=one.values_list(HEAD, flat=True)) for one in each), NOBODY)


def at_once(*, for_: Look, heads: Iterable[int]) -> dict[int, Subject]:
    """These heads by id, with how the asker stands to each looked up at once: for lists, where each is masked apart."""
    found = Subject.objects.in_bulk(list(heads))
    _look_up(for_, [pk for pk in found if ("stands", str(pk)) not in for_.found])
    return found


def _stands(for_: Look, subject: Subject) -> frozenset[Relation]:
    """In which relations the asker stands to this child, by any of its records; looked up once in a look."""
    if ("stands", str(subject.pk)) not in for_.found:
        _look_up(for_, [subject.pk])
    stands: frozenset[Relation] = for_.found["stands", str(subject.pk)]
    return stands


def _look_up(for_: Look, pks: Collection[int]) -> None:
    """Which head each is is asked of the database: the object in hand may be older than a join."""
    tops = head_ids(pks)
    heads = set(tops.values())
    ours = _involved(for_, Relation.OWN) | _involved(for_, Relation.AGENCY)
    rows = Involvement.objects.filter(ours, Q(subject__in=heads) | Q(subject__head__in=heads))
    held: dict[int, set[Relation]] = {head: {Relation.ANY} for head in heads}
    for head, practitioner in rows.values_list(HEAD, "practitioner").distinct():
        held[head].add(Relation.AGENCY if practitioner is None else Relation.OWN)
    for_.found.update({("stands", str(pk)): frozenset(held[head]) for pk, head in tops.items()})


def _entries(for_: Look, rows: list[Row], relation: Relation, what: Field) -> Q:
    """Rows of every child to whom the asker stands in this relation."""
    whose = _from(for_, sources(rows, frozenset({relation}), what))
    if relation is Relation.ANY:
        return whose
    tops = Subject.objects.filter(_heads(for_, [relation])).values("pk")
    records = Subject.objects.filter(Q(pk__in=tops) | Q(head__in=tops))
    return Q(subject__in=records.values("pk")) & whose


def _from(for_: Look, shown: Iterable[Source]) -> Q:
    """Rows whose statement comes from one of these sources."""
    return reduce(or_, (_of(for_, source) for source in sorted(shown)), NOBODY)


def _of(for_: Look, source: Source) -> Q:
    if source is Source.OWN:
        return Q(agency=for_.agency)
    if source is Source.TOLD:
        return Q(told__names=for_.agency)
    return reduce(or_, map(_under, _agreements(for_)), NOBODY)


def _under(agreement: Agreement) -> Q:
    """Rows that one agreement covers."""
    kinds = Q(kind__in=agreement.kinds) if agreement.kinds else Q()
    return Q(agency=agreement.agency_id) & kinds


def _agreements(for_: Look) -> list[Agreement]:
    """Agreements in force on the day of the look that name its purpose, looked up once in a look.

    None in force: nothing is shown.
    """
    place = ("agreements", for_.purpose)
    if place not in for_.found:
        day = civil_day(for_.at)
        standing = Agreement.objects.filter(Q(until__isnull=True) | Q(until__gt=day), since__lte=day).order_by("pk")
        for_.found[place] = [agreement for agreement in standing if for_.purpose in agreement.purposes]
    agreements: list[Agreement] = for_.found[place]
    return agreements
