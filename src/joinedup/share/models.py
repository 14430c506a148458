"""Tables of who is here, what they agreed to share, and the audit of every answer and every act."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from joinedup.ground.handling import classify
from joinedup.ground.keys import new_fact_id


class Partnership(models.Model):
    """The one row that says which partnership this database is, and whether its time is real or simulated (law 10)."""

    name = models.CharField(max_length=200)
    simulated = models.BooleanField()
    born_at = models.DateTimeField()
    settings = models.JSONField(default=dict)  # open_search, asks_a_day, duty_line, advocate, ...
    salt = models.BinaryField()  # for the audit's salted digests
    data: ClassVar = classify(key="id", staff="name settings", system="simulated born_at", secret="salt")  # noqa: S106


class ClockSetting(models.Model):
    """A simulated clock, set forward: append-only, refused by `share.actions.set_clock` in a real database."""

    set_to = models.DateTimeField()
    by = models.CharField(max_length=254)
    append_only: ClassVar = True
    data: ClassVar = classify(key="id", system="set_to", staff="by")


class Agency(models.Model):
    code = models.SlugField(primary_key=True, max_length=60)
    name = models.CharField(max_length=200)
    kind = models.SlugField(max_length=40)  # agency kinds of the code set: hospital, school, police, ...
    duty_inbox = models.CharField(max_length=200, blank=True)
    expects_every = models.DurationField(null=True)  # the feed's own rhythm: silence beyond it is shown
    discreet = models.BooleanField(default=False)  # its very name tells something: "one more agency"
    data: ClassVar = classify(key="code", staff="name kind duty_inbox discreet", system="expects_every")


class Practitioners(BaseUserManager["Practitioner"]):
    """Always with their agency: whoever signs in is asked for it with every page."""

    def get_queryset(self) -> models.QuerySet["Practitioner"]:
        return super().get_queryset().select_related("agency")


class Practitioner(AbstractBaseUser):
    """A person who signs in. Holds no case data; what they may do comes from their appointments."""

    objects = Practitioners()

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    is_active = models.BooleanField(default=True)
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]
    data: ClassVar = classify(key="id", staff="email name agency is_active", secret="password", system="last_login")  # noqa: S106


class Appointment(models.Model):
    """That a practitioner holds a role (a class in `share.rules`) for a time; half-open."""

    practitioner = models.ForeignKey(Practitioner, models.PROTECT, related_name="appointments")
    role = models.SlugField(max_length=60)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    data: ClassVar = classify(key="id", staff="practitioner role", system="since until")


class Credential(models.Model):
    """An agency's API key, or a provider's link with a code for shift workers. Only a hash is kept."""

    id = models.UUIDField(primary_key=True, default=new_fact_id)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    use = models.SlugField(max_length=20)  # api, link
    label = models.CharField(max_length=100)
    secret_hash = models.CharField(max_length=200)
    code_hash = models.CharField(max_length=200, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    data: ClassVar = classify(key="id", staff="agency use label", secret="secret_hash code_hash", system="since until")  # noqa: S106


class Agreement(models.Model):
    """What an agency agreed to share: kinds of entry, for which purposes, from when."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    edition = models.CharField(max_length=40)
    purposes = models.JSONField(default=list)
    kinds = models.JSONField(default=list)  # kinds of entry; empty: every kind
    existence = models.BooleanField(default=False)  # that it works with a child may be told to practitioners who ask
    since = models.DateField()
    until = models.DateField(null=True)
    data: ClassVar = classify(key="id", staff="agency edition purposes kinds existence", system="since until")


class Subject(models.Model):
    """An opaque spoken reference, allotted once per record. `head` is derived, written only through share by link.

    A child *is* the subjects under one head, spoken of by the one received first.
    """

    reference = models.CharField(max_length=12, unique=True)
    kind = models.SlugField(max_length=20)  # child, adult, place, vehicle
    allotted_to = models.CharField(max_length=64, unique=True)  # the record's key
    allotted_at = models.DateTimeField()
    head = models.ForeignKey("self", models.PROTECT, null=True, related_name="members")  # null: its own head
    stirred_at = models.DateTimeField(null=True)  # facts changed; flow derives again
    claimed_until = models.DateTimeField(null=True)  # a worker holds it, by that worker's own clock
    data: ClassVar = classify(key="id reference allotted_to head", system="kind allotted_at stirred_at claimed_until")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["stirred_at"], condition=models.Q(stirred_at__isnull=False), name="share_stirred")
        ]


class Involvement(models.Model):
    """That a practitioner, or (practitioner null) an agency, has to do with a subject; half-open.

    Relations of practitioners: allocated, manager, iro, chair, plan, holding, ... Of agencies: held (it made an entry),
    told (an entry reached it): those two are derived, written through `share.actions.reach`, and so is a practitioner's
    reported (made a notice, signed in; ends by itself).
    """

    id = models.UUIDField(primary_key=True, default=new_fact_id)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+")
    practitioner = models.ForeignKey(Practitioner, models.PROTECT, null=True, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    relation = models.SlugField(max_length=30)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    data: ClassVar = classify(key="id subject", staff="practitioner agency relation", system="since until")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["practitioner", "subject"], name="share_own_work"),
            models.Index(fields=["agency", "subject"], name="share_agency_work"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["subject", "agency", "relation"],
                condition=models.Q(practitioner__isnull=True, until__isnull=True),
                name="share_agency_once",
            ),
            models.UniqueConstraint(
                fields=["subject", "practitioner", "since"],
                condition=models.Q(relation="reported"),
                name="share_reported_once",
            ),
        ]


class CaseLock(models.Model):
    """That a case was locked to those directly involved, or unlocked again. A fact; the last one about a subject holds.

    Source: case locking procedures of local authorities (an adoption placement at risk, a member of staff related, high
    profile, a review under way, an unexplained death).
    """

    id = models.UUIDField(primary_key=True, default=new_fact_id)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+")
    stands = models.BooleanField()
    why = models.SlugField(max_length=40)  # a share.rules.LockReason, by its name
    reason = models.TextField()
    by = models.ForeignKey(Practitioner, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    append_only: ClassVar = True
    data: ClassVar = classify(key="id subject", decision="stands why reason", staff="by", system="at")


class Conflict(models.Model):
    """That a practitioner is related to a child or otherwise party, or no longer so: they open that child never.

    A fact; the last one about a practitioner and a subject holds.
    """

    id = models.UUIDField(primary_key=True, default=new_fact_id)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+")
    practitioner = models.ForeignKey(Practitioner, models.PROTECT, related_name="+")
    stands = models.BooleanField()
    reason = models.TextField()
    by = models.ForeignKey(Practitioner, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    append_only: ClassVar = True
    data: ClassVar = classify(key="id subject", decision="stands reason", staff="practitioner by", system="at")


class BreakGlass(models.Model):
    """That a practitioner opened, or tried to open, a child in an emergency. A fact, told to whose child it is at once.

    `subject` null: nobody was met. `until` null: it did not open (nobody met, a locked case, a conflict of interest).
    """

    id = models.UUIDField(primary_key=True, default=new_fact_id)
    subject = models.ForeignKey(Subject, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(Practitioner, models.PROTECT, related_name="+")
    reason = models.TextField()
    at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    append_only: ClassVar = True
    data: ClassVar = classify(key="id subject", decision="reason", staff="by", system="at until")


class GlassReview(models.Model):
    """What somebody else found of one opening in an emergency. A fact; the last one holds."""

    id = models.UUIDField(primary_key=True, default=new_fact_id)
    glass = models.ForeignKey(BreakGlass, models.PROTECT, related_name="reviews")
    found = models.SlugField(max_length=20)  # a share.rules.GlassFound, by its name
    reason = models.TextField()
    by = models.ForeignKey(Practitioner, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    append_only: ClassVar = True
    data: ClassVar = classify(key="id glass", decision="found reason", staff="by", system="at")


class AuditRow(models.Model):
    """One answer at the door, or one act: a link of its lane's hash chain. Append-only by trigger."""

    lane = models.PositiveSmallIntegerField()
    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    act = models.CharField(max_length=80)  # "answer", "refusal", or the action's dotted name
    by = models.CharField(max_length=254)  # practitioner e-mail, agency credential, or "flow"
    agency = models.CharField(max_length=60, blank=True)
    purpose = models.CharField(max_length=40, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    what = models.JSONField(default=dict)  # subjects, entries, route name, keys; never a name or an address
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    append_only: ClassVar = True
    data: ClassVar = classify(key="id lane seq what previous digest", system="at act", staff="by agency purpose reason")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["lane", "seq"], name="audit_lane_seq")]
        indexes: ClassVar = [models.Index(fields=["at"], name="audit_at")]


class AuditAbout(models.Model):
    """Which subject an answer was about, so that a child's page can say who looked.

    No foreign keys: the log must never stand in the way of live data.
    """

    row = models.BigIntegerField()
    subject = models.BigIntegerField(db_index=True)
    append_only: ClassVar = True
    data: ClassVar = classify(key="id row subject")


class AuditLane(models.Model):
    """Where each chain stands: locked last in a transaction, so that writers queue as briefly as can be."""

    lane = models.PositiveSmallIntegerField(primary_key=True)
    seq = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64)
    data: ClassVar = classify(key="lane seq digest")


class Checkpoint(models.Model):
    """A digest over the heads of all lanes: ties the chains together, to be published to the partners."""

    at = models.DateTimeField()
    heads = models.JSONField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    append_only: ClassVar = True
    data: ClassVar = classify(key="id heads previous digest", system="at")
