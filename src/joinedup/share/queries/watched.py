"""What the audit tells a guardian (internal): looks at children, what was done then, who works with whom.

Whose a row is, it says by the account; rows from before it did so are known by the e-mail address of that time.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from joinedup.ground.reference import normalise
from joinedup.share.models import Appointment, AuditRow, Checkpoint, Involvement, Practitioner
from joinedup.share.queries.plain import rows
from joinedup.share.queries.subjects import children_among, head_ids, under
from joinedup.share.rules import ACCOUNT, GLASS, REPORTED

ANSWER = "answer"
SAYS = ("pk", "digest", "at", "by", "agency", "reason", "what")
NAMED = "SELECT reference, coalesce(head_id, id) FROM share_subject WHERE reference IN {references}"
Span = tuple[datetime, datetime | None]  # half-open; None: it has no end


@dataclass(frozen=True)
class Seen:
    """One answer in which children were opened: its row's digest, when, by whom (e-mail then; account), why.

    `heads`: the children in it. `asked`: those whom its address named; the others are shown beside them.
    """

    digest: str
    at: datetime
    by: str
    who: int
    agency: str
    reason: str
    heads: frozenset[int]
    asked: frozenset[int]

    def with_whom(self, head: int) -> frozenset[int]:
        """The children whose work is the reason of a look at this one: itself, and whom it is shown beside."""
        return self.asked | {head}


def looks_since(since: datetime) -> dict[int, Seen]:
    """By audit row, the answers since an instant that opened children; see `_opens`."""
    return _seen(AuditRow.objects.filter(at__gte=since))


def looks_in(numbers: Collection[int]) -> dict[int, Seen]:
    """As `looks_since`, those of these audit rows, however old."""
    return _seen(AuditRow.objects.filter(pk__in=numbers)) if numbers else {}


def _seen(found: QuerySet[AuditRow]) -> dict[int, Seen]:
    """Every row is read once, and everything beside them is asked for together."""
    said = list(found.filter(act=ANSWER).exclude(agency="").values_list(*SAYS))
    tops = _children({subject for *_, what in said for subject in _subjects(what)})
    named, emails = _heads_named({one for *_, what in said for one in _asked(what)}), _emails()
    looks = {}
    for pk, digest, at, by, agency, reason, what in said:
        heads = frozenset(tops[subject] for subject in _subjects(what) if subject in tops)
        who = _account(by, what, emails)
        if who is not None and _opens(what, heads):
            asked = frozenset(named[one] for one in _asked(what) if one in named)
            looks[pk] = Seen(digest, at, by, who, agency, reason, heads, asked & heads)
    return looks


def _opens(what: Mapping[str, Any], heads: Collection[int]) -> bool:
    """One child was answered about, or the address named what it opens (a child, a pair): a list of several has no
    such name in its address, and opens nobody."""
    return len(heads) == 1 or (len(heads) > 1 and "<" in str(what.get("route", "")))


def _children(subjects: Iterable[int]) -> dict[int, int]:
    """{subject: head} of those that are children; adults and places beside them are nobody's look."""
    tops = head_ids(subjects)
    children = set(children_among(set(tops.values())))
    return {subject: head for subject, head in tops.items() if head in children}


def _heads_named(references: Collection[str]) -> dict[str, int]:
    return dict(rows(NAMED, references=list(references)))


def _asked(what: Mapping[str, Any]) -> list[str]:
    return [normalise(str(one)) for one in what.get("asked", ())]


def _emails() -> dict[str, int]:
    return dict(Practitioner.objects.values_list("email", "pk"))


def _account(by: str, what: Mapping[str, Any], emails: Mapping[str, int]) -> int | None:
    """Whose row it is; None for a machine's."""
    said = what.get(ACCOUNT)
    return said if isinstance(said, int) else emails.get(by)


def people_by_email(emails: Collection[str]) -> dict[str, Practitioner]:
    return {person.email: person for person in Practitioner.objects.filter(email__in=emails)}


def people_of(accounts: Collection[int]) -> dict[int, Practitioner]:
    """These practitioners by account, leavers too."""
    return Practitioner.objects.in_bulk(list(accounts))


def roles_held(accounts: Collection[int]) -> dict[int, list[tuple[str, Span]]]:
    """Every role that these practitioners held at any time, each with its time."""
    found = defaultdict[int, list[tuple[str, Span]]](list)
    held = Appointment.objects.filter(practitioner__in=list(accounts))
    for account, role, since, until in held.values_list("practitioner", "role", "since", "until"):
        found[account].append((role, (since, until)))
    return dict(found)


def works_since(heads: Iterable[int]) -> dict[tuple[int, int], list[Span]]:
    """(practitioner, head): from when until when they have, or had, to do with the child themselves."""
    tops, found = under(heads), defaultdict[tuple[int, int], list[Span]](list)
    works = Involvement.objects.filter(subject__in=tops, practitioner__isnull=False).exclude(relation=GLASS)
    for subject, who, since, until in works.values_list("subject", "practitioner", "since", "until"):
        found[who, tops[subject]].append((since, until))
    return dict(found)


def acts_since(since: datetime, *, among: Collection[str]) -> dict[tuple[int, int], list[datetime]]:
    """(practitioner, head): when somebody did one of these acts about a child, or made a notice of it."""
    done = [*_done(since, among), *_told(since)]
    tops = head_ids({subject for _, _, subjects in done for subject in subjects})
    found = defaultdict[tuple[int, int], list[datetime]](list)
    for who, at, subjects in done:
        for head in {tops[subject] for subject in subjects if subject in tops}:
            found[who, head].append(at)
    return dict(found)


def _done(since: datetime, among: Collection[str]) -> Iterator[tuple[int, datetime, set[int]]]:
    emails, acts = _emails(), AuditRow.objects.filter(at__gte=since, act__in=among).exclude(agency="")
    for by, at, what in acts.values_list("by", "at", "what"):
        who = _account(by, what, emails)
        if who is not None:
            yield who, at, _subjects(what)


def _told(since: datetime) -> Iterator[tuple[int, datetime, set[int]]]:
    """Notices that people made, signed in: their audit rows name no child, but whoever made one follows it."""
    told = Involvement.objects.filter(relation=REPORTED, since__gte=since, practitioner__isnull=False)
    for who, at, subject in told.values_list("practitioner", "since", "subject"):
        yield who, at, {subject}


def _subjects(what: Mapping[str, Any]) -> set[int]:
    one, many = what.get("subject"), what.get("subjects")
    named = [one, *(many if isinstance(many, list) else [])]
    return {subject for subject in named if isinstance(subject, int)}


def tied_before(made: Checkpoint) -> datetime | None:
    """When the checkpoint before this one was made; None: it is the first."""
    return Checkpoint.objects.filter(digest=made.previous).values_list("at", flat=True).first()
