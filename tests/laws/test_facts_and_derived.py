"""Law 1: every table is a fact, derived, or housekeeping, so that no new one is forgotten by `joinedup rebuild`."""

import importlib.util

import pytest
from django.apps import apps

from joinedup.flow.rebuild import DERIVED
from laws.source import ROOMS

FACTS = {
    "share.Partnership", "share.ClockSetting", "share.Agency", "share.Practitioner", "share.Appointment",
    "share.Credential", "share.Agreement", "share.CaseLock", "share.Conflict", "share.AuditRow", "share.AuditAbout",
    "share.Checkpoint", "share.BreakGlass", "share.GlassReview",
    "receive.PayloadKey", "receive.Receipt", "receive.Reading", "receive.Handling",
    "link.Judgement", "link.Worked", "link.ModelEdition", "link.EditionStep",
    "chronicle.HappeningJudgement", "chronicle.Significance", "recognise.PatternEdition",
    "respond.Decision", "respond.Action", "respond.ActionDone", "respond.Taking", "respond.Seen",
    "sealed.Seal", "sealed.SealWord", "sealed.SealKey", "sealed.Caught", "sealed.CaughtWord", "sealed.Summary",
    "sealed.SummaryWord",
    "governance.Declared", "governance.GuardianWord", "governance.Question",
    "papers.MustNotLearn", "papers.Paper", "papers.Step", "papers.OwnerWord",
    "rights.LegalHold", "rights.HoldLifted", "rights.Destruction", "rights.DestructionWord", "rights.DestructionPart",
    "rights.Destroyed", "rights.Correction", "rights.CorrectionWord", "rights.Account",
    "rights.AccessRequest", "rights.AccessStep", "rights.AccessLine",
    "rights.VictimRequest", "rights.VictimStep", "rights.Complaint", "rights.ComplaintStep",
}  # fmt: skip
IN_PART = {  # facts that carry something derived beside them, and who derives it again in a rebuild
    "share.Subject": "head, by link through share",
    "share.Involvement": "held and told, by chronicle through share",
    "receive.Message": "standing, by receive",
}
HOUSEKEEPING = {"share.AuditLane", "receive.Draft", "link.Asked"}  # where a chain stands; what is destroyed in time
OURS = {model._meta.label: model for model in apps.get_models() if model.__module__.startswith("joinedup.")}
LABELS = {model._meta.label for model in DERIVED}


@pytest.mark.parametrize("label", sorted(OURS))
def test_every_table_is_exactly_one_of_fact_derived_or_housekeeping(label: str) -> None:
    kinds = [kind for kind in (FACTS, IN_PART.keys(), HOUSEKEEPING, LABELS) if label in kind]
    assert len(kinds) == 1, f"{label}: name it here as a fact, or in its room's batch.DERIVED"


def test_nothing_is_named_that_is_not_there() -> None:
    assert (FACTS | IN_PART.keys() | HOUSEKEEPING | LABELS) - OURS.keys() == set()


@pytest.mark.parametrize("room", ROOMS)
def test_rebuild_knows_every_derived_table_of_each_room(room: str) -> None:
    found = importlib.util.find_spec(f"joinedup.{room}.batch")
    batch = importlib.import_module(f"joinedup.{room}.batch") if found else None
    assert set(getattr(batch, "DERIVED", ())) == {model for model in DERIVED if model._meta.app_label == room}


@pytest.mark.parametrize("label", sorted(OURS.keys() - LABELS))
def test_no_fact_hangs_on_what_is_derived(label: str) -> None:
    """Else deriving again would take the fact with it: facts name derived rows by their computed keys."""
    assert not {field.related_model for field in OURS[label]._meta.concrete_fields if field.is_relation} & set(DERIVED)
