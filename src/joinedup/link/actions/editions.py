"""Model editions: proposed by whoever trained one, accepted or refused by a named person (law 7, law 9)."""

from collections.abc import Collection, Mapping
from datetime import datetime

from joinedup.link.models import EditionStep, ModelEdition
from joinedup.link.queries.editions import ACCEPTED, BEGUN, PROPOSED, REFUSED
from joinedup.link.rules.model import Model, content_of, model_for, name_of
from joinedup.share.actions import act, note, step
from joinedup.share.rules import Actor


@step
def begin(*, by: Actor, at: datetime, kinds: Collection[str]) -> None:
    """Keep the edition with which linking begins here, so that no later release changes it by itself."""
    for kind in sorted(kinds):
        model = model_for(kind)
        edition = ModelEdition.objects.create(name=name_of(model), kind=kind, content=content_of(model))
        EditionStep.objects.create(edition=edition, step=BEGUN, by=by.by, at=at)


@act
def propose(
    *, by: Actor, at: datetime, model: Model, differs: Collection[str], changed: Mapping[str, list[list[str]]]
) -> None:
    """Lay an edition before a person: what it changes by name, and whom. Raises ValueError if it is here already."""
    name = name_of(model)
    if ModelEdition.objects.filter(name=name).exists():
        raise ValueError(f"{name} is here already")
    edition = ModelEdition.objects.create(
        name=name, kind=model.kind, content=content_of(model), differs=list(differs), changed=dict(changed)
    )
    EditionStep.objects.create(edition=edition, step=PROPOSED, by=by.by, at=at)
    note(edition=name, changed={how: len(children) for how, children in changed.items()})


@act
def answer(*, by: Actor, at: datetime, name: str, accept: bool, reason: str) -> None:
    """A person's decision on an edition that waits; accepted, it comes into force with the next tick.

    Raises ValueError without a practitioner or a reason, and if it does not wait.
    """
    if by.practitioner_id is None or not reason.strip():
        raise ValueError("an edition is decided on by a person, with a reason")
    edition = ModelEdition.objects.select_for_update().get(name=name)
    if edition.steps.latest("at", "id").step != PROPOSED:
        raise ValueError("this edition waits for nobody")
    EditionStep.objects.create(
        edition=edition, step=ACCEPTED if accept else REFUSED, reason=reason.strip()[:500], by=by.by, at=at
    )
    note(edition=name, accept=accept)
