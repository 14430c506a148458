"""Tables of people's rights over what is kept of them. All are facts: what people asked, said, and decided."""

from typing import ClassVar

from django.db import models

from joinedup.ground.handling import classify
from joinedup.ground.keys import new_fact_id


class LegalHold(models.Model):
    """That a record must not be destroyed while an inquiry, a claim or a court needs it. A fact; ended by `HoldLifted`.

    `subject` null: every record here, as for a statutory inquiry. `title`: whose inquiry, in words without a name.
    """

    id = models.UUIDField(primary_key=True, default=new_fact_id)
    subject = models.ForeignKey("share.Subject", models.PROTECT, null=True, related_name="+")
    title = models.CharField(max_length=200)
    reason = models.TextField()
    by = models.ForeignKey("share.Practitioner", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    append_only: ClassVar = True
    data: ClassVar = classify(key="id subject", decision="title reason", staff="by", system="at")


class HoldLifted(models.Model):
    """That a legal hold ended. A fact."""

    hold = models.OneToOneField(LegalHold, models.PROTECT, related_name="lifted", primary_key=True)
    reason = models.TextField()
    by = models.ForeignKey("share.Practitioner", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    append_only: ClassVar = True
    data: ClassVar = classify(key="hold", decision="reason", staff="by", system="at")


class Destruction(models.Model):
    """That somebody proposed to destroy a child's record. A fact; nothing goes until another person releases it.

    `ground`: a `rules.Ground`, by its name. `rule`, `edition`: of the retention period that is over, if that is why.
    """

    id = models.UUIDField(primary_key=True, default=new_fact_id)
    subject = models.ForeignKey("share.Subject", models.PROTECT, related_name="+")
    ground = models.SlugField(max_length=20)
    rule = models.SlugField(max_length=40, blank=True)
    edition = models.CharField(max_length=40, blank=True)
    reason = models.TextField()
    by = models.ForeignKey("share.Practitioner", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    append_only: ClassVar = True
    data: ClassVar = classify(key="id subject", decision="ground rule edition reason", staff="by", system="at")


class DestructionWord(models.Model):
    """That a second person released a destruction, or refused it. A fact; there is one."""

    destruction = models.OneToOneField(Destruction, models.PROTECT, related_name="word", primary_key=True)
    released = models.BooleanField()
    reason = models.TextField()
    by = models.ForeignKey("share.Practitioner", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    append_only: ClassVar = True
    data: ClassVar = classify(key="destruction", decision="released reason", staff="by", system="at")


class DestructionPart(models.Model):
    """One message that speaks of the child whose record is to be destroyed, as it was proposed. A fact.

    `persons`: their numbers in the message; which records are one child changes while it is carried out.
    """

    destruction = models.ForeignKey(Destruction, models.PROTECT, related_name="parts")
    message = models.ForeignKey("receive.Message", models.PROTECT, related_name="+")
    persons = models.JSONField()
    append_only: ClassVar = True
    data: ClassVar = classify(key="id destruction message persons")


class Destroyed(models.Model):
    """That flow carried it out for one message: its key is dropped. `left`: what it says of other children stays."""

    part = models.OneToOneField(DestructionPart, models.PROTECT, related_name="destroyed", primary_key=True)
    left = models.BooleanField()
    at = models.DateTimeField()
    append_only: ClassVar = True
    data: ClassVar = classify(key="part", system="left at")


class Correction(models.Model):
    """That a person says an entry is wrong, and how it was. A fact beside the entry, which stays as it is.

    `agency`: who made the entry, and is told. `teller`: a `rules.Teller`, by its name.
    """

    id = models.UUIDField(primary_key=True, default=new_fact_id)
    subject = models.ForeignKey("share.Subject", models.PROTECT, related_name="+")
    entry = models.CharField(max_length=64, db_index=True)
    agency = models.ForeignKey("share.Agency", models.PROTECT, related_name="+")
    teller = models.SlugField(max_length=20)
    says = models.TextField()
    by = models.ForeignKey("share.Practitioner", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    append_only: ClassVar = True
    data: ClassVar = classify(key="id subject entry", case="teller says", staff="agency by", system="at")


class CorrectionWord(models.Model):
    """What the agency that made the entry answers. A fact; the last one holds. `agreed`: it sends a correction."""

    id = models.UUIDField(primary_key=True, default=new_fact_id)
    correction = models.ForeignKey(Correction, models.PROTECT, related_name="words")
    agreed = models.BooleanField()
    reason = models.TextField()
    by = models.ForeignKey("share.Practitioner", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    append_only: ClassVar = True
    data: ClassVar = classify(key="id correction", decision="agreed reason", staff="by", system="at")


class Account(models.Model):
    """The child's own account, in their words, beside an entry or (`entry` empty) beside the whole. A fact."""

    id = models.UUIDField(primary_key=True, default=new_fact_id)
    subject = models.ForeignKey("share.Subject", models.PROTECT, related_name="+")
    entry = models.CharField(max_length=64, blank=True, db_index=True)
    words = models.TextField()
    by = models.ForeignKey("share.Practitioner", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    append_only: ClassVar = True
    data: ClassVar = classify(key="id subject entry", case="words", staff="by", system="at")


class AccessRequest(models.Model):
    """That somebody asks to read what is kept of a child. A fact.

    `asker`: a `rules.access.Asker`, by its name. `identity`: how it was checked who they are and that they may ask.
    """

    id = models.UUIDField(primary_key=True, default=new_fact_id)
    subject = models.ForeignKey("share.Subject", models.PROTECT, related_name="+")
    asker = models.SlugField(max_length=20)
    name = models.CharField(max_length=200)
    identity = models.TextField()
    wants = models.TextField(blank=True)
    received_at = models.DateTimeField()
    by = models.ForeignKey("share.Practitioner", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    append_only: ClassVar = True
    data: ClassVar = classify(
        key="id subject", identity="name", case="asker wants", decision="identity", staff="by", system="received_at at"
    )


class AccessStep(models.Model):
    """What happened with a request. A fact. `what`: a `rules.access.Doing`, by its name.

    `classes`: of what is shielded (`papers.rules.Class`, by name), released to whoever asks, or to be.
    """

    id = models.UUIDField(primary_key=True, default=new_fact_id)
    request = models.ForeignKey(AccessRequest, models.PROTECT, related_name="steps")
    what = models.SlugField(max_length=20)
    classes = models.JSONField(default=list)
    reason = models.TextField(blank=True)
    by = models.ForeignKey("share.Practitioner", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    append_only: ClassVar = True
    data: ClassVar = classify(key="id request", decision="what classes reason", staff="by", system="at")


class AccessLine(models.Model):
    """That a person took an entry into a bundle, or left it out, and why. A fact; the last one about an entry holds.

    `exemption`: id of the edition by which it is left out; empty: it is in.
    """

    id = models.UUIDField(primary_key=True, default=new_fact_id)
    request = models.ForeignKey(AccessRequest, models.PROTECT, related_name="lines")
    entry = models.CharField(max_length=64)
    exemption = models.SlugField(max_length=40, blank=True)
    reason = models.TextField()
    by = models.ForeignKey("share.Practitioner", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    append_only: ClassVar = True
    data: ClassVar = classify(key="id request entry", decision="exemption reason", staff="by", system="at")


class VictimRequest(models.Model):
    """That police or a court ask for a victim's information. A fact. `demander`: a `rules.victims.Demander`, by name.

    `office`: who of them, and their own number; `wants`, `why`: as they put it.
    """

    id = models.UUIDField(primary_key=True, default=new_fact_id)
    subject = models.ForeignKey("share.Subject", models.PROTECT, related_name="+")
    demander = models.SlugField(max_length=20)
    office = models.CharField(max_length=200)
    wants = models.TextField()
    why = models.TextField()
    by = models.ForeignKey("share.Practitioner", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    append_only: ClassVar = True
    data: ClassVar = classify(
        key="id subject", identity="office", decision="demander wants why", staff="by", system="at"
    )


class VictimStep(models.Model):
    """What happened with such a request. A fact. `what`: a `rules.victims.Turn`, by name; `entries`: those chosen."""

    id = models.UUIDField(primary_key=True, default=new_fact_id)
    request = models.ForeignKey(VictimRequest, models.PROTECT, related_name="steps")
    what = models.SlugField(max_length=20)
    entries = models.JSONField(default=list)
    reason = models.TextField()
    by = models.ForeignKey("share.Practitioner", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    append_only: ClassVar = True
    data: ClassVar = classify(key="id request entries", decision="what reason", staff="by", system="at")


class Complaint(models.Model):
    """That somebody complains about how their data were handled. A fact. `subject` null: about no one child."""

    id = models.UUIDField(primary_key=True, default=new_fact_id)
    subject = models.ForeignKey("share.Subject", models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200)
    says = models.TextField()
    received_at = models.DateTimeField()
    by = models.ForeignKey("share.Practitioner", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    append_only: ClassVar = True
    data: ClassVar = classify(key="id subject", identity="name", decision="says", staff="by", system="received_at at")


class ComplaintStep(models.Model):
    """What happened with a complaint. A fact. `what`: a `rules.complaints.Dealt`, by name."""

    id = models.UUIDField(primary_key=True, default=new_fact_id)
    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="steps")
    what = models.SlugField(max_length=20)
    reason = models.TextField()
    by = models.ForeignKey("share.Practitioner", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    append_only: ClassVar = True
    data: ClassVar = classify(key="id complaint", decision="what reason", staff="by", system="at")
