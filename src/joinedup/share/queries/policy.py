"""The policy compiled: the filter for lists, the check for objects, the mask for fields, from the same rows."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any, TypeVar

from django.db.models import JSONField, Lookup, Q, QuerySet

from joinedup.ground.clock import civil_day
from joinedup.ground.handling import Handling
from joinedup.share.models import Agreement, Involvement, Subject
from joinedup.share.queries.standing import EVERYBODY, HEAD, NOBODY, heads_where, involved, look_up, standing_to
from joinedup.share.rules import (
    Field,
    HandlingCode,
    Look,
    Permission,
    Relation,
    Row,
    Source,
    Standing,
    State,
    Verdict,
    fields_of,
    granted,
    opens,
    permissions_of,
    relations_in,
    sources,
    would_grant,
)

T = TypeVar("T")
NOTHING = "Nothing we can show you. This does not mean the child is not known. Ring the duty line."
SAY_WHY = "Say why you need to open this child. The reason is kept, and the child's page shows who looked."
NOT_YOURS = "Your role does not include this page. If it should, ask your manager."


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
    found = Subject.objects.filter(head__isnull=True).filter(_heads(for_, granted(for_), among))
    return found if among is None else found.filter(pk__in=among)


def may_open(*, for_: Look, subject: Subject | None) -> Verdict:
    """May this look open this child? Decided by the rows that filter the list; an oracle holds the two equal.

    `subject` may be None ("no such reference"): the answer is then the one that somebody not entitled gets.
    """
    rows = opens(granted(for_), standing_to(for_=for_, subject=subject)) if subject else []
    if rows:
        return Verdict(True, " ".join(dict.fromkeys(row.because for row in rows)))
    if any(row.needs_reason for row in would_grant(for_)) and not for_.reason.strip():
        return Verdict(False, SAY_WHY, needs_reason=True)
    return Verdict(False, NOTHING)


def work_of(*, for_: Look) -> QuerySet[Subject]:
    """The heads with which this practitioner works themselves."""
    own = heads_where(for_=for_, relations=dict.fromkeys(State, frozenset({Relation.OWN})))
    return Subject.objects.filter(own, head__isnull=True)


def told_of(*, for_: Look, limit: int) -> dict[int, datetime]:
    """The heads of whom the look's own agency was told, and since when, the latest first."""
    told = Involvement.objects.filter(involved(for_, Relation.AGENCY), relation="told").order_by("-since", "-subject")
    return dict(told.values_list(HEAD, "since")[:limit])


def entry_filter(*, for_: Look, subject: Subject | None = None, what: Field = Field.CASE) -> Q:
    """A filter on rows with `subject`, `agency`, `kind`, `handling`, `told` (chronicle's Entry): whose may be shown.

    With a `subject` it speaks of that child's rows only (the caller filters by subject) and is quick; without one it
    holds for any list, each relation bringing its own sources. Notes nothing: whoever releases rows notes them.
    """
    rows = granted(for_)
    if subject is not None:
        return _from(for_, sources(rows, standing_to(for_=for_, subject=subject), what))
    return _entries(for_, rows, what)


def entry_source(
    *, for_: Look, agency: str, kind: str, told: Iterable[Mapping[str, Any]] | None, handling: str = HandlingCode.OPEN
) -> Source | None:
    """Whose statement a row is, seen from the asker's agency; None if no agreement lets it reach them."""
    if agency == for_.agency:
        return Source.OWN
    if any(one.get("agency") == for_.agency for one in told or ()):
        return Source.TOLD
    agreed = any(one.agency_id == agency and kind in (one.kinds or [kind]) for one in agreements(for_=for_))
    further = Source.KEPT if handling == HandlingCode.OWNER else Source.OTHERS
    return further if agreed else None


def mask(
    *, for_: Look, what: Handling | Field, subject: Subject | None = None, source: Source | None = Source.OTHERS
) -> bool:
    """True when a field of this class must be hidden from this look; False when it may be shown.

    `source` says whose statement the field is (see `entry_source`). Without a `subject` the question is whether
    any relation would show it, which is right for lists of one's work; that one child was opened in an emergency does
    not count there.
    """
    classes = fields_of(what)
    if classes is None or source is None:
        return True
    rows = [row for row in granted(for_) if subject is not None or Relation.GLASS not in row.relations]
    rows = rows if subject is None else opens(rows, standing_to(for_=for_, subject=subject))
    return not all(any(source in row.sources for row in rows if field in row.fields) for field in classes)


def at_once(*, for_: Look, heads: Iterable[int]) -> dict[int, Subject]:
    """These heads by id, with how the asker stands to each looked up at once: for lists, where each is masked apart."""
    found = Subject.objects.in_bulk(list(heads))
    look_up(for_=for_, pks=[pk for pk in found if ("stands", str(pk)) not in for_.found])
    return found


def _heads(for_: Look, rows: list[Row], among: Collection[int] | None = None) -> Q:
    """Subjects that are heads of somebody whom these rows open."""
    return heads_where(for_=for_, relations={state: relations_in(rows, state) for state in State}, among=among)


def _entries(for_: Look, rows: list[Row], what: Field) -> Q:
    """Rows of every child whom these rows open: each relation brings its own sources, in each group of states."""
    groups = _by_states(lambda state: frozenset(row for row in rows if state in row.states and what in row.fields))
    each = (
        _of_children(for_, relation, states) & _from(for_, sources(speaking, _only(relation, states), what))
        for speaking, states in groups
        for relation in sorted(frozenset().union(*(row.relations for row in speaking)))
    )
    return reduce(or_, each, NOBODY)


def _by_states(of: Callable[[State], frozenset[T]]) -> list[tuple[frozenset[T], frozenset[State]]]:
    """States in which the same holds, together; without those in which nothing does."""
    together: dict[frozenset[T], set[State]] = {}
    for state in State:
        together.setdefault(of(state), set()).add(state)
    return [(what, frozenset(states)) for what, states in together.items() if what]


def _only(relation: Relation, states: Iterable[State]) -> Standing:
    return Standing(frozenset({relation}), min(states))


def _of_children(for_: Look, relation: Relation, states: frozenset[State]) -> Q:
    """Rows about any record of the children to whom the asker stands in this relation."""
    nowhere, here = frozenset[Relation](), frozenset({relation})
    heads = heads_where(for_=for_, relations={state: here if state in states else nowhere for state in State})
    if heads == EVERYBODY:
        return EVERYBODY
    tops = Subject.objects.filter(heads, head__isnull=True).values("pk")
    return Q(subject__in=tops) | Q(subject__in=Subject.objects.filter(head__in=tops).values("pk"))


def _from(for_: Look, shown: Iterable[Source]) -> Q:
    """Rows whose statement comes from one of these sources."""
    return reduce(or_, (_of(for_, source) for source in sorted(shown)), NOBODY)


def _of(for_: Look, source: Source) -> Q:
    if source is Source.OWN:
        return Q(agency=for_.agency)
    if source is Source.TOLD:
        return Q(told__names=for_.agency)
    kept = Q(handling=HandlingCode.OWNER)
    return reduce(or_, map(_under, agreements(for_=for_)), NOBODY) & (kept if source is Source.KEPT else ~kept)


def _under(agreement: Agreement) -> Q:
    """Rows that one agreement covers."""
    kinds = Q(kind__in=agreement.kinds) if agreement.kinds else Q()
    return Q(agency=agreement.agency_id) & kinds


def agreements(*, for_: Look) -> list[Agreement]:
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
