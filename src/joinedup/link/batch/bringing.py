"""A newer edition of a model: whom it would change, and, once a person accepted it, bringing it about for everybody.

Both derive the whole population of a kind at once by that edition, in memory: some minutes for a million records.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from joinedup.link.actions.grouping import heads_of, one_at_a_time
from joinedup.link.actions.placing import as_match
from joinedup.link.batch.facts import given
from joinedup.link.models import BlockingKey, EditionStep, Match, ModelEdition, Record
from joinedup.link.queries.editions import IN_FORCE
from joinedup.link.rules.model import Model
from joinedup.link.rules.statements import CHILD
from joinedup.link.rules.whole import Derived, derive_from
from joinedup.share.actions import act, note, set_heads, stir
from joinedup.share.queries import head_ids, subjects
from joinedup.share.rules import Actor

AT_ONCE = 5_000


def _derived_by(model: Model) -> Derived:
    """Everything of the model's kind, as it follows from the facts by this edition."""
    said = dict(Record.objects.filter(kind=model.kind).order_by("key").values_list("key", "features"))
    return derive_from(said, given(model.kind), model)


def changed_by(model: Model) -> dict[str, list[list[str]]]:
    """Whom an edition would change, in references of heads: {"joined": [[...]], "parted": [[...]]}, each sorted.

    Records without a standing message are left out.
    """
    rows = Record.objects.filter(kind=model.kind, standing=True).values_list("key", "group", "subject")
    now, subject_of = {key: group for key, group, _ in rows}, {key: subject for key, _, subject in rows}
    then = {key: members[0] for members in _derived_by(model).groups for key in members if key in now}
    heads = dict(zip(subject_of, _heads(subject_of.values()), strict=True))
    return {"joined": _meeting(then, now, heads), "parted": _meeting(now, then, heads)}


def _heads(ids: Iterable[int]) -> list[str]:
    """The reference of each subject's head."""
    ids = list(ids)
    heads = head_ids(ids)
    references = {pk: subject.reference for pk, subject in subjects(set(heads.values())).items()}
    return [references[heads[one]] for one in ids]


def _meeting(inside: Mapping[str, str], of: Mapping[str, str], heads: Mapping[str, str]) -> list[list[str]]:
    """Groups (`inside`) that hold several of another grouping (`of`): the references of the heads in each."""
    members: dict[str, set[str]] = defaultdict(set)
    groups: dict[str, set[str]] = defaultdict(set)
    for key, group in inside.items():
        members[group].add(heads[key])
        groups[group].add(of[key])
    return sorted(sorted(members[group]) for group in members if len(groups[group]) > 1)


@act
def bring_into_force(*, by: Actor, at: datetime, name: str) -> None:
    """Derive blocks, matches, groups and heads of the kind anew by an accepted edition, in one transaction.

    Children whose membership changed are stirred, to be derived again.
    """
    one_at_a_time()
    edition = ModelEdition.objects.get(name=name)
    derived = _derived_by(Model.model_validate_json(edition.content))
    _write_blocks(edition.kind, derived)
    _write_matches(edition.kind, derived)
    changed = _write_groups(by, at, edition.kind, derived)
    EditionStep.objects.create(edition=edition, step=IN_FORCE, by=by.by, at=at)
    stir(by=by, at=at, subjects=changed if edition.kind == CHILD else ())
    note(edition=name, matches=len(derived.matches), groups=len(derived.groups), changed=len(changed))


def _write_blocks(kind: str, derived: Derived) -> None:
    BlockingKey.objects.filter(record__kind=kind).delete()
    rows = (BlockingKey(value=value, record_id=key) for key, values in derived.blocks.items() for value in values)
    BlockingKey.objects.bulk_create(rows, batch_size=AT_ONCE)


def _write_matches(kind: str, derived: Derived) -> None:
    Match.objects.filter(a__kind=kind).delete()
    rows = (as_match(pair, derived.against.get(ends, "")) for ends, pair in derived.matches.items())
    Match.objects.bulk_create(rows, batch_size=AT_ONCE)


def _write_groups(by: Actor, at: datetime, kind: str, derived: Derived) -> set[int]:
    """Records' groups and subjects' heads; only what changed is written. Returns the heads that changed."""
    written = {record.key: record for record in Record.objects.filter(kind=kind).only("key", "group", "subject_id")}
    moved = []
    for members in derived.groups:
        for record in (written[key] for key in members):
            if record.group != members[0]:
                record.group = members[0]
                moved.append(record)
    Record.objects.bulk_update(moved, ["group"], batch_size=AT_ONCE)
    subject_of = {key: record.subject_id for key, record in written.items()}
    return set_heads(by=by, at=at, heads=heads_of(subject_of, derived.groups))
