"""Finding somebody by name, date of birth or any number, however it is typed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from itertools import product
from operator import or_
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from joinedup.link.models import BlockingKey, Record
from joinedup.link.queries.editions import scorers_in_force
from joinedup.link.queries.identities import Shown, shown
from joinedup.link.rules.features import CHECKED_SYSTEMS, Features, person_features
from joinedup.link.rules.names import plain, words_of
from joinedup.link.rules.statements import CHILD
from joinedup.share.queries import at_once, by_reference, head_ids, visible_subjects
from joinedup.share.rules import Look

MOST_CANDIDATES = 2_000
DATE = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}[/.]\d{1,2}[/.]\d{4}|\b(?:19|20)\d{2}\b")
NUMBER = re.compile(r"\b\d{3} \d{3} \d{4}\b|\S*\d\S*")


@dataclass(frozen=True)
class Found:
    """Somebody who may be meant: the head, its spoken reference, and what one record says as far as may be shown."""

    head: int
    reference: str
    said: Shown


def find(*, for_: Look, text: str, kind: str = CHILD, limit: int = 20) -> list[Found]:
    """Whom a search may mean, best first; only those whom this look may open. Noted on the look, found or not shown.

    `text`: a spoken reference, any number, or names with or without a date of birth. Nothing is said of the others.
    """
    if (subject := by_reference(text)) is not None and subject.kind == kind:
        records = list(Record.objects.filter(subject__in=[subject.pk])[:1])
    else:
        records = _ranked(kind, asked(text), for_)
    return _as_found(records, for_, limit)


def asked(text: str) -> dict[str, Any]:
    """What was typed, as features: the first word a forename, the last a surname; alone it may be either.

    `typed`: every number, as some agency's own may be written.
    """
    born, words = DATE.findall(text), DATE.sub(" ", text)
    numbers = NUMBER.findall(words)
    names = words_of(NUMBER.sub(" ", words))
    said = [{"given": names[0], "family": names[-1]}] if names else []
    identifiers = [{"system": system, "value": number} for number in numbers for system in CHECKED_SYSTEMS]
    statement = {"names": said, "born": born, "sex": None, "identifiers": identifiers, "addresses": []}
    return person_features("", statement) | {"typed": ["".join(plain(number).split()) for number in numbers]}


def _ranked(kind: str, features: Features, for_: Look) -> list[Record]:
    """Records that share anything with what was asked; of very many, those that share most. All may be opened."""
    head = Coalesce(OuterRef("record__subject__head"), OuterRef("record__subject"))
    may_open = Exists(visible_subjects(for_=for_).filter(pk=head))
    both = Count("pk", filter=Q(value__startswith=f"{kind}|n"))  # a block of two names stands for two
    sharing = BlockingKey.objects.filter(may_open, _like(kind, features), record__standing=True).values("record")
    best = sharing.annotate(shared=Count("pk") + both).order_by("-shared", "record")[:MOST_CANDIDATES]
    records = Record.objects.filter(key__in=[one["record"] for one in best])
    score = scorers_in_force()[kind].score
    return sorted(records, key=lambda record: (-score(features, record.features).weight, record.key))


def _like(kind: str, features: Features) -> Q:
    """Blocks that begin as was asked: by a number; by a forename (or what it is short for) or a surname."""
    whole = [f"{kind}|{system}|{number}" for system in CHECKED_SYSTEMS.values() for number in features.get(system, ())]
    begun = [f"{kind}|{block}|{root}|" for root in features.get("roots", ()) for block in ("rb", "rp")]
    begun += [f"{kind}|{block}|{family}|" for family in features.get("families", ()) for block in ("fb", "fp")]
    pairs = product(features.get("roots", ()), features.get("families", ()), ("n", "ny"))
    begun += [f"{kind}|{block}|{'+'.join(sorted((root, family)))}" for root, family, block in pairs]
    own = [Q(value__startswith=f"{kind}|own|", value__endswith=f"|{number}") for number in features["typed"]]
    return reduce(or_, [*(Q(value__startswith=start) for start in begun), *own], Q(value__in=whole))


def _as_found(records: Iterable[Record], for_: Look, limit: int) -> list[Found]:
    best: dict[int, Record] = {}
    records = list(records)
    heads = head_ids([record.subject_id for record in records])
    for record in records:
        best.setdefault(heads[record.subject_id], record)
    may_see = set(visible_subjects(for_=for_).filter(pk__in=best).values_list("pk", flat=True))
    shown_heads = [head for head in best if head in may_see][:limit]
    children = at_once(for_=for_, heads=shown_heads)
    for_.note(subjects=shown_heads)
    return [Found(head, children[head].reference, shown(best[head], children[head], for_)) for head in shown_heads]
