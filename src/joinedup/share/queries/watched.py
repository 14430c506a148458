"""What the audit tells a guardian (internal): looks at one child each, what was done then, who works with whom."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from joinedup.share.models import AuditAbout, AuditRow, Involvement, Practitioner
from joinedup.share.queries.subjects import children_among, head_ids, under
from joinedup.share.rules import GLASS

LOOKS = ("answer", "refusal")  # what the doors write; every other row is something that somebody did


@dataclass(frozen=True)
class Seen:
    """One answer about one child: its audit row's digest, when, by whom (e-mail), for which agency, why; the head."""

    digest: str
    at: datetime
    by: str
    agency: str
    reason: str
    head: int


def looks_since(since: datetime) -> dict[int, Seen]:
    """By audit row, the answers since an instant that were about one child alone: lists open nobody."""
    rows = {row.pk: row for row in AuditRow.objects.filter(at__gte=since, act="answer").exclude(agency="")}
    about: dict[int, set[int]] = defaultdict(set)
    for row, subject in AuditAbout.objects.filter(row__in=rows).values_list("row", "subject"):
        about[row].add(subject)
    tops = head_ids({subject for subjects in about.values() for subject in subjects})
    heads = {row: {tops[subject] for subject in subjects if subject in tops} for row, subjects in about.items()}
    children = set(children_among(set(tops.values())))
    found = {row: heads[row].pop() for row in sorted(heads) if len(heads[row]) == 1 and heads[row] <= children}
    return {
        row: Seen(rows[row].digest, rows[row].at, rows[row].by, rows[row].agency, rows[row].reason, head)
        for row, head in found.items()
    }


def people_by_email(emails: Collection[str]) -> dict[str, Practitioner]:
    return {person.email: person for person in Practitioner.objects.filter(email__in=emails)}


def works_since(heads: Iterable[int]) -> dict[tuple[int, int], datetime]:
    """(practitioner, head): since when they have, or had, to do with the child themselves."""
    tops, found = under(heads), dict[tuple[int, int], datetime]()
    rows = Involvement.objects.filter(subject__in=tops, practitioner__isnull=False).exclude(relation=GLASS)
    for subject, practitioner, since in rows.values_list("subject", "practitioner", "since"):
        key = practitioner, tops[subject]
        found[key] = min(since, found.get(key, since))
    return found


def acts_since(since: datetime) -> dict[tuple[str, int], list[datetime]]:
    """(e-mail, head): when somebody did something about a child, as the audit's rows name it."""
    rows = AuditRow.objects.filter(at__gte=since).exclude(act__in=LOOKS).exclude(agency="")
    done = [(by, at, _subjects(what)) for by, at, what in rows.values_list("by", "at", "what")]
    tops = head_ids({subject for _, _, subjects in done for subject in subjects})
    found: dict[tuple[str, int], list[datetime]] = defaultdict(list)
    for by, at, subjects in done:
        for head in {tops[subject] for subject in subjects if subject in tops}:
            found[by, head].append(at)
    return found


def _subjects(what: dict[str, object]) -> set[int]:
    one, many = what.get("subject"), what.get("subjects")
    named = [one, *(many if isinstance(many, list) else [])]
    return {subject for subject in named if isinstance(subject, int)}
