"""Whether a child is known, for practitioners who ask; and, for the duty line, who asked about whom."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from joinedup.ground.clocks import due
from joinedup.link.models import Asked
from joinedup.link.queries.asked import sharing
from joinedup.link.rules.asking import ASKS_A_DAY, agree, asked_features, blocks
from joinedup.link.rules.features import Features
from joinedup.link.rules.statements import CHILD
from joinedup.share.queries import (
    Existence,
    Subject,
    by_reference,
    existence_of,
    from_json,
    head_ids,
    partnership,
    rows,
    subjects,
    under_heads,
    visible_subjects,
)
from joinedup.share.rules import Look

KEPT = "asked-kept"  # the clock that says how long it is kept what was typed
DAY = timedelta(days=1)
NO_RECORD = ""  # a key that no record has: asked about instead of none, so that both take the same questions
TOP = """
SELECT DISTINCT coalesce(s.head_id, s.id) FROM link_record r JOIN share_subject s ON s.id = r.subject_id
WHERE r.key IN {keys} AND r.standing
"""
SAYING = f"""
SELECT coalesce(s.head_id, s.id), r.features FROM link_record r JOIN share_subject s ON s.id = r.subject_id
WHERE r.standing AND {under_heads("s")}
"""  # noqa: S608 - a part that share names


@dataclass(frozen=True)
class Answer:
    """`existence`: whom to ask, where that may be told. `head`: whom it met (never shown to whoever asked)."""

    existence: Existence | None
    head: int | None


@dataclass(frozen=True)
class AskedShown:
    """One question, for the duty line. `reference`: the child it met, if the duty line may open it, else empty."""

    at: datetime
    name: str
    agency: str
    reason: str
    about: str
    told: bool
    reference: str


def known(*, for_: Look, said: Mapping[str, Any]) -> Answer:
    """Whether exactly one child says all that was typed, and what may be told of it.

    The same questions are asked of the database whether there is nobody, or somebody of whom nothing may be told.
    """
    asked = asked_features(dict(said))
    found = {record for _, record in sharing(blocks(asked))} or {NO_RECORD}
    tops = [head for (head,) in rows(TOP, keys=found)] or [0]
    saying: dict[int, list[Features]] = defaultdict(list)
    for head, features in rows(SAYING, heads=tops):
        saying[head].append(from_json(features))
    meant = [head for head, features in sorted(saying.items()) if agree(asked, features)]
    told = existence_of(for_=for_, heads=meant)
    return Answer(told if may_ask() else None, meant[0] if len(meant) == 1 else None)


def meant(*, for_: Look, reference: str, said: Mapping[str, Any]) -> Subject | None:
    """The child whom somebody means in an emergency, by its reference or by two identifiers; None for nobody.

    Tells more than may be shown: the caller opens it, and so tells whose child it is, or answers as for nobody.
    """
    named = by_reference(reference) if reference else None
    head = named.pk if named else known(for_=for_, said=said).head
    found = named or (subjects([head]).get(head) if head else None)
    return found if found is not None and found.kind == CHILD else None


def may_ask() -> bool:
    """Whether the partnership lets practitioners of other agencies ask at all (its setting `open_search`)."""
    return bool(partnership().settings.get("open_search"))


def asks_left(*, for_: Look) -> int:
    """How often this practitioner may ask again within the day; every question counts, whatever was answered."""
    most = int(partnership().settings.get("asks_a_day", ASKS_A_DAY))
    asked = Asked.objects.filter(asker=for_.practitioner_id, at__gt=for_.at - DAY, at__lte=for_.at)
    return max(most - asked.exclude(answer="quota").count(), 0)


def who_asked(*, for_: Look, limit: int = 100) -> list[AskedShown]:
    """Who asked about whom, the latest first, for the duty line: whoever rings is expected."""
    found = list(Asked.objects.select_related("asker").order_by("-at", "-pk")[:limit])
    tops = head_ids(one.subject_id for one in found if one.subject_id is not None)
    heads = {head.pk: head.reference for head in visible_subjects(for_=for_, among=set(tops.values()))}
    for_.note(subjects=heads)
    return [_shown(one, heads.get(tops.get(one.subject_id or 0, 0), "")) for one in found]


def _shown(one: Asked, reference: str) -> AskedShown:
    return AskedShown(
        one.at, one.asker.name, one.asker.agency.name, one.reason, in_words(one.said), one.answer == "told", reference
    )


def in_words(said: Mapping[str, Any]) -> str:
    """What was typed, in one line."""
    names = (" ".join(filter(None, (name["given"], name["family"]))) for name in said["names"])
    return ", ".join([*names, *said["born"], *(number["value"] for number in said["identifiers"])])


def kept_too_long(*, at: datetime) -> list[Any]:
    """Questions whose typed words are to be destroyed (internal)."""
    return [key for key, asked_at in Asked.objects.values_list("pk", "at") if due(KEPT, asked_at) < at]
