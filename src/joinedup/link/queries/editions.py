"""Which edition of a model is in force here, and those that wait for a person's decision."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from joinedup.link.models import EditionStep, ModelEdition
from joinedup.link.rules.model import Model
from joinedup.link.rules.score import Scorer, scorer_for
from joinedup.link.rules.statements import ADULT, CHILD, PLACE
from joinedup.share.queries import Subject, rows, visible_subjects
from joinedup.share.rules import Look

BEGUN, PROPOSED, ACCEPTED, REFUSED, IN_FORCE = "begun", "proposed", "accepted", "refused", "in-force"
LATEST = """
SELECT kind, name FROM (
  SELECT e.kind, e.name, row_number() OVER (PARTITION BY e.kind ORDER BY s.at DESC, s.id DESC) AS n
  FROM link_editionstep s JOIN link_modeledition e ON e.name = s.edition_id WHERE s.step IN {steps}
) AS latest WHERE n = 1
"""
KINDS = (CHILD, ADULT, PLACE)


@dataclass(frozen=True)
class Proposed:
    """An edition for somebody to decide on: what it changes by name, and whom. `others`: children not shown here."""

    name: str
    kind: str
    source: str
    state: str
    by: str
    at: datetime
    reason: str
    differs: tuple[str, ...]
    joined: tuple[tuple[str, ...], ...]
    parted: tuple[tuple[str, ...], ...]
    others: int


def scorers_in_force() -> dict[str, Scorer]:
    """The compiled scorer of each kind's edition in force: what came into force last, or what a release ships."""
    kept = {kind: _scorer(name) for kind, name in rows(LATEST, steps=[BEGUN, IN_FORCE])}
    return {kind: kept.get(kind) or scorer_for(kind) for kind in KINDS}


def model_in_force(kind: str) -> Model:
    return scorers_in_force()[kind].model


@lru_cache(maxsize=16)
def _scorer(name: str) -> Scorer:
    """By its name, which carries its hash: an edition never changes."""
    content: str = ModelEdition.objects.values_list("content", flat=True).get(name=name)
    return Scorer(Model.model_validate_json(content))


def unbegun(kinds: set[str]) -> set[str]:
    """Of these kinds, those of which no edition is kept here yet."""
    return kinds - {kind for kind, _ in rows(LATEST, steps=[BEGUN])}


def accepted() -> list[str]:
    """The editions that a person accepted and flow has not brought into force yet (internal: the tick)."""
    return [edition.name for edition in ModelEdition.objects.order_by("name") if _last(edition).step == ACCEPTED]


def proposals(*, for_: Look) -> list[Proposed]:
    """Every edition kept here, the latest step first."""
    found = [_proposed(edition, for_) for edition in ModelEdition.objects.all()]
    return sorted(found, key=lambda one: (one.at, one.name), reverse=True)


def proposal(*, for_: Look, name: str) -> Proposed | None:
    edition = ModelEdition.objects.filter(name=name).first()
    return _proposed(edition, for_) if edition else None


def _last(edition: ModelEdition) -> EditionStep:
    return edition.steps.latest("at", "id")


def _proposed(edition: ModelEdition, for_: Look) -> Proposed:
    last = _last(edition)
    joined, parted = (edition.changed.get(how, []) for how in ("joined", "parted"))
    known = _may_see({one for together in [*joined, *parted] for one in together}, for_)
    would_join, would_part = (tuple(tuple(one) for one in how if known.issuperset(one)) for how in (joined, parted))
    return Proposed(
        name=edition.name, kind=edition.kind, source=Model.model_validate_json(edition.content).source,
        state=last.step, by=last.by, at=last.at, reason=last.reason, differs=tuple(edition.differs),
        joined=would_join, parted=would_part,
        others=len(joined) + len(parted) - len(would_join) - len(would_part),
    )  # fmt: skip


def _may_see(references: set[str], for_: Look) -> set[str]:
    """Of these references of heads, those that the look may open. Noted on it."""
    heads = dict(Subject.objects.filter(reference__in=references).values_list("pk", "reference"))
    seen = set(visible_subjects(for_=for_).filter(pk__in=heads).values_list("pk", flat=True))
    for_.note(subjects=seen)
    return {heads[pk] for pk in seen}
