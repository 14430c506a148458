"""Tables of one chronology per child: entries, and which of them report one happening."""

from typing import ClassVar

from django.db import models

from joinedup.ground.handling import classify
from joinedup.ground.keys import new_fact_id


class Entry(models.Model):
    """One dated line about one subject, from one agency. Key = digest of message key, event n and mention n.

    `first_day`/`end_day`: half-open civil days (Europe/London) within which it happened; both null: unknown.
    `lasting`: True if it went on over the whole period, False if it happened once, some time within it.
    `told`: [{agency, state, when}] as said, or null for unknown. All times UTC.
    `shared`: the same event is told of other subjects too.
    """

    key = models.CharField(primary_key=True, max_length=64)
    subject = models.ForeignKey("share.Subject", models.PROTECT, related_name="+", db_index=False)
    message = models.ForeignKey("receive.Message", models.PROTECT, related_name="+")
    event_n = models.PositiveIntegerField()
    agency = models.ForeignKey("share.Agency", models.PROTECT, related_name="+", db_index=False)
    kind = models.SlugField(db_index=False, max_length=60)
    concerns = models.JSONField(default=list)  # sorted codes
    unread_codes = models.CharField(max_length=500, blank=True)  # as sent, where the code set did not know them
    side = models.SlugField(db_index=False, max_length=10, blank=True)  # home, outside, or not said
    standing = models.SlugField(db_index=False, max_length=20)
    first_day = models.DateField(null=True)
    end_day = models.DateField(null=True)
    instant = models.DateTimeField(null=True)
    precision = models.SlugField(db_index=False, max_length=10)
    lasting = models.BooleanField(default=False)
    date_words = models.CharField(max_length=300, blank=True)
    words = models.TextField(blank=True)
    childs_words = models.TextField(blank=True)
    going_well = models.TextField(blank=True)
    told = models.JSONField(null=True)
    outcome = models.CharField(max_length=60, blank=True)
    count = models.PositiveIntegerField(null=True)
    place = models.CharField(max_length=300, blank=True)
    observer = models.CharField(max_length=64, blank=True)  # opaque key; where none was named, the message's own
    observer_role = models.CharField(max_length=300, blank=True)
    first_hand = models.BooleanField(null=True)
    reference = models.CharField(max_length=300, blank=True)  # the sender's own number for the event
    handling = models.SlugField(db_index=False, max_length=20, default="open")  # a share.rules.HandlingCode
    shared = models.BooleanField(default=False)
    sent_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)  # shown as such, counted no more
    withdrawn_why = models.SlugField(db_index=False, max_length=20, blank=True)  # corrected, taken-back, not-read-again
    happening = models.CharField(max_length=64, db_index=True)  # smallest report key of one event: derived
    data: ClassVar = classify(
        key="key subject message event_n happening",
        staff="agency",
        identity="reference",  # a sender's own number is free text
        case="kind concerns unread_codes side standing words childs_words going_well outcome count told date_words "
        "first_day end_day instant precision lasting",
        shielded="place observer observer_role first_hand",
        system="handling shared sent_at received_at withdrawn_at withdrawn_why",
    )

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["subject", "first_day"], name="chronicle_subject_day"),
            models.Index(fields=["agency", "received_at"], name="chronicle_last_heard"),
        ]


class HappeningJudgement(models.Model):
    """A person's word that two entries do, or do not, report one event. Undoable by a later one."""

    id = models.UUIDField(primary_key=True, default=new_fact_id)
    a = models.CharField(max_length=64, db_index=True)
    b = models.CharField(max_length=64, db_index=True)
    same = models.BooleanField()
    reason = models.TextField()
    by = models.ForeignKey("share.Practitioner", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    append_only: ClassVar = True
    data: ClassVar = classify(key="id a b", decision="same reason", staff="by", system="at")


class Significance(models.Model):
    """That a practitioner marked an entry significant, and why. A fact beside the entry, never part of it."""

    id = models.UUIDField(primary_key=True, default=new_fact_id)
    entry = models.CharField(max_length=64, db_index=True)
    significant = models.BooleanField()
    reason = models.TextField(blank=True)
    by = models.ForeignKey("share.Practitioner", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    append_only: ClassVar = True
    data: ClassVar = classify(key="id entry", decision="significant reason", staff="by", system="at")
