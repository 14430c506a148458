"""Tables of the vault. What tells anything is encrypted under its own key, and bound to the row that keeps it."""

from typing import ClassVar

from django.db import models

from joinedup.ground.handling import classify
from joinedup.ground.keys import new_fact_id


class Seal(models.Model):
    """That an officer asked for an identity to be sealed; it holds once a second officer confirmed it. A fact.

    `body`: a `rules.Body`, encrypted: how both identities are spoken of, the kind of seal, the reason.
    """

    id = models.UUIDField(primary_key=True, default=new_fact_id)
    body = models.BinaryField()
    by = models.ForeignKey("share.Practitioner", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    append_only: ClassVar = True
    data: ClassVar = classify(key="id", shielded="body", staff="by", system="at")


class SealWord(models.Model):
    """What an officer said of a seal: confirmed, refused or lifted. A fact; the last one holds."""

    id = models.UUIDField(primary_key=True, default=new_fact_id)
    seal = models.ForeignKey(Seal, models.PROTECT, related_name="words")
    what = models.SlugField(max_length=20)
    reason = models.BinaryField()  # encrypted
    by = models.ForeignKey("share.Practitioner", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    append_only: ClassVar = True
    data: ClassVar = classify(key="id seal", decision="what", shielded="reason", staff="by", system="at")


class SealKey(models.Model):
    """One thing to look for: a block of a sealed statement (`link.rules.blocks`) as a keyed digest."""

    value = models.CharField(max_length=64, db_index=True)
    seal = models.ForeignKey(Seal, models.PROTECT, related_name="+")
    append_only: ClassVar = True
    data: ClassVar = classify(key="id seal", shielded="value")


class Caught(models.Model):
    """That a message met a sealed identity and was stopped: its own key, wrapped for the vault. A fact.

    `subject`: under which reference the sender's reports speak of it, as of any child whose case is locked.
    `records`: keys of the statements that met it, encrypted.
    """

    id = models.UUIDField(primary_key=True, default=new_fact_id)
    message = models.ForeignKey("receive.Message", models.PROTECT, related_name="+")
    seal = models.ForeignKey(Seal, models.PROTECT, related_name="+")
    subject = models.ForeignKey("share.Subject", models.PROTECT, related_name="+")
    payload_key = models.ForeignKey("receive.PayloadKey", models.PROTECT, related_name="+")
    wrapped = models.BinaryField()
    records = models.BinaryField()
    at = models.DateTimeField()
    append_only: ClassVar = True
    data: ClassVar = classify(
        key="id message seal subject payload_key", secret="wrapped", shielded="records", system="at"  # noqa: S106
    )  # fmt: skip


class CaughtWord(models.Model):
    """What an officer did about a message: seen, answered (`outcome`: a code of respond's choices), not-theirs,
    set-aside. A fact.

    `feedback` is written for the sender, and read by them; why is for the officers, encrypted.
    """

    id = models.UUIDField(primary_key=True, default=new_fact_id)
    caught = models.ForeignKey(Caught, models.PROTECT, related_name="words")
    what = models.SlugField(max_length=20)
    outcome = models.SlugField(max_length=40, blank=True)
    feedback = models.TextField(blank=True)
    reason = models.BinaryField()
    by = models.ForeignKey("share.Practitioner", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    append_only: ClassVar = True
    data: ClassVar = classify(
        key="id caught", decision="what outcome feedback", shielded="reason", staff="by", system="at"
    )


class Summary(models.Model):
    """What an officer wrote to cross the seal: needs, in their own words. A fact. `body`: encrypted."""

    id = models.UUIDField(primary_key=True, default=new_fact_id)
    seal = models.ForeignKey(Seal, models.PROTECT, related_name="summaries")
    body = models.BinaryField()
    by = models.ForeignKey("share.Practitioner", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    append_only: ClassVar = True
    data: ClassVar = classify(key="id seal", shielded="body", staff="by", system="at")


class SummaryWord(models.Model):
    """That a second officer released a summary, or refused it. A fact; the first one holds."""

    id = models.UUIDField(primary_key=True, default=new_fact_id)
    summary = models.OneToOneField(Summary, models.PROTECT, related_name="word")
    released = models.BooleanField()
    reason = models.BinaryField()
    by = models.ForeignKey("share.Practitioner", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    append_only: ClassVar = True
    data: ClassVar = classify(key="id summary", decision="released", shielded="reason", staff="by", system="at")
