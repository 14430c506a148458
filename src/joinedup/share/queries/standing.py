"""How an asker stands to children, and how their cases stand: open, not open, locked (internal to share)."""

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from joinedup.share.models import CaseLock, Conflict, Involvement, Subject
from joinedup.share.queries.people import open_at
from joinedup.share.queries.subjects import head_ids, under
from joinedup.share.rules import GLASS, NO_WORK, REPORTED, Look, Relation, Standing, State

HEAD = Coalesce("subject__head", "subject")  # of whatever is about a subject
NOBODY = Q(pk__in=())
EVERYBODY = Q(pk__isnull=False)  # not an empty Q, which says nothing in an "or"
NO_ONE = 0  # an id that no subject has: asked about instead of nobody, so that both take the same questions
STORED = {Relation.REPORTED: REPORTED, Relation.GLASS: GLASS}  # as what each is kept; any other is own work
PERSONAL = {stored: relation for relation, stored in STORED.items()}


def standing_to(*, for_: Look, subject: Subject) -> Standing:
    """How the asker stands to this child, by any of its records; looked up once in a look."""
    if ("stands", str(subject.pk)) not in for_.found:
        look_up(for_=for_, pks=[subject.pk])
    standing: Standing = for_.found["stands", str(subject.pk)]
    return standing


def look_up(*, for_: Look, pks: Collection[int]) -> None:
    """Look up at once how the asker stands to these subjects, and keep it on the look.

    Which head each is is asked of the database: the object in hand may be older than a join.
    """
    tops = head_ids(pks)
    heads = set(tops.values()) or {NO_ONE}
    related, allocated = _involvements(for_, heads)
    locked, barred = _closed(for_)
    for pk, head in tops.items():
        state = State.LOCKED if head in locked else State.OPEN if head in allocated else State.NOT_OPEN
        stands = frozenset() if head in barred else frozenset({Relation.ANY, *related.get(head, ())})
        for_.found["stands", str(pk)] = Standing(stands, state)


def _involvements(for_: Look, heads: Collection[int]) -> tuple[dict[int, set[Relation]], set[int]]:
    """By head: in which relations the asker stands to it; and the heads who are allocated to somebody now."""
    of_asker = (Relation.OWN, Relation.REPORTED, Relation.GLASS, Relation.AGENCY)
    wanted = reduce(or_, (involved(for_, relation) for relation in of_asker), _allocated(for_))
    tops = under(heads)
    rows = Involvement.objects.filter(wanted, subject__in=tops or {NO_ONE}).order_by()
    related, allocated = dict[int, set[Relation]](), set[int]()
    for subject, practitioner, agency, relation in rows.values_list("subject", "practitioner", "agency", "relation"):
        head = tops[subject]
        if practitioner is None and agency == for_.agency:
            related.setdefault(head, set()).add(Relation.AGENCY)
        if practitioner is not None and practitioner == for_.practitioner_id:
            related.setdefault(head, set()).add(PERSONAL.get(relation, Relation.OWN))
        if practitioner is not None and relation == "allocated":
            allocated.add(head)
    return related, allocated


def involved(for_: Look, relation: Relation) -> Q:
    """Involvements, open at the time of looking, by which the asker stands in this relation."""
    if relation is Relation.AGENCY:
        return open_at(for_.at) & Q(practitioner__isnull=True, agency=for_.agency)
    mine = open_at(for_.at) & Q(practitioner=for_.practitioner_id or 0)
    return mine & (~Q(relation__in=NO_WORK) if relation is Relation.OWN else Q(relation=STORED[relation]))


def _allocated(for_: Look) -> Q:
    return open_at(for_.at) & Q(practitioner__isnull=False, relation="allocated")


def locks(at: datetime) -> QuerySet[CaseLock]:
    """The locks in force at this time."""
    later = CaseLock.objects.filter(_later(at), subject=OuterRef("subject"))
    return CaseLock.objects.filter(~Exists(later), at__lte=at, stands=True)


def conflicts(at: datetime) -> QuerySet[Conflict]:
    """The conflicts of interest in force at this time."""
    later = Conflict.objects.filter(_later(at), subject=OuterRef("subject"), practitioner=OuterRef("practitioner"))
    return Conflict.objects.filter(~Exists(later), at__lte=at, stands=True)


def _own_conflicts(for_: Look) -> QuerySet[Conflict]:
    return conflicts(for_.at).filter(practitioner=for_.practitioner_id or 0)


def _later(at: datetime) -> Q:
    """Facts of the same kind that came after, by this time."""
    return Q(at__lte=at) & (Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), pk__gt=OuterRef("pk")))


def _closed(for_: Look) -> tuple[frozenset[int], frozenset[int]]:
    """The heads whose case is locked, and those whom a conflict closes to the asker; both few, looked up once."""
    if ("closed",) not in for_.found:
        facts = (locks(for_.at), _own_conflicts(for_))
        for_.found[("closed",)] = tuple(frozenset(one.values_list(HEAD, flat=True)) for one in facts)
    closed: tuple[frozenset[int], frozenset[int]] = for_.found[("closed",)]
    return closed


def heads_where(
    *, for_: Look, relations: Mapping[State, frozenset[Relation]], among: Collection[int] | None = None
) -> Q:
    """Subjects that are heads of somebody to whom the asker stands in one of the relations that its case's state asks.

    Never one whom a conflict of interest closes. `among` narrows it to these heads' ids, which spares the database the
    list of all. Locked cases are few: who of them opens is asked first, so that the rest is one "in" that a database
    begins with the asker's own children, and not with every subject there is.
    """
    locked, barred = _closed(for_)
    opened = _locked_to(for_, relations[State.LOCKED], locked)
    found = _unlocked(for_, relations, among)
    if not relations[State.LOCKED] <= relations[State.OPEN] & relations[State.NOT_OPEN]:
        found, locked = (found & ~Q(pk__in=locked)) | Q(pk__in=opened), opened
    closed = (locked - opened) | barred
    return found & ~Q(pk__in=closed) if closed else found


def _locked_to(for_: Look, stands: Collection[Relation], locked: frozenset[int]) -> frozenset[int]:
    """Of the locked heads those to whom the asker stands in one of these relations."""
    if not locked or not stands or Relation.ANY in stands:
        return locked if stands else frozenset()
    return frozenset(Subject.objects.filter(_related(for_, stands, locked), pk__in=locked).values_list("pk", flat=True))


def _unlocked(for_: Look, relations: Mapping[State, frozenset[Relation]], among: Collection[int] | None) -> Q:
    """Heads to whom the asker stands as asked, as if no case were locked."""
    open_, not_open = (_related(for_, relations[state], among) for state in (State.OPEN, State.NOT_OPEN))
    if relations[State.OPEN] == relations[State.NOT_OPEN]:
        return open_
    allocated = Q(pk__in=Involvement.objects.filter(_allocated(for_)).values_list(HEAD, flat=True))
    return (open_ & allocated) | (not_open & ~allocated)


def _related(for_: Look, stands: Collection[Relation], among: Collection[int] | None) -> Q:
    if Relation.ANY in stands:
        return EVERYBODY
    if not stands:
        return NOBODY
    narrow = Q() if among is None else Q(subject__in=among) | Q(subject__head__in=among)
    as_asked = reduce(or_, (involved(for_, relation) for relation in sorted(stands)))
    return Q(pk__in=Involvement.objects.filter(narrow, as_asked).values_list(HEAD, flat=True))
