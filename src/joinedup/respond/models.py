"""Tables of what people do about it: contacts, decisions, actions, who saw, who is asked."""

from typing import ClassVar

from django.db import models

from joinedup.ground.handling import classify
from joinedup.ground.keys import new_fact_id


class Contact(models.Model):
    """A notice about a child as it stands at the front door: derived from the entries of one message and record.

    A contact that expresses concern is a referral and is never screened out (Working Together; Sussex 4.1.2).
    """

    key = models.CharField(primary_key=True, max_length=64)  # digest of message key and the record's own reference
    subject = models.ForeignKey("share.Subject", models.PROTECT, related_name="+")  # the head
    message = models.ForeignKey("receive.Message", models.PROTECT, related_name="+")
    agency = models.ForeignKey("share.Agency", models.PROTECT, related_name="+")
    expresses_concern = models.BooleanField()
    concerns = models.JSONField(default=list)  # codes of everything that worries, sorted
    received_at = models.DateTimeField(db_index=True)
    data: ClassVar = classify(
        key="key subject message", staff="agency", case="expresses_concern concerns", system="received_at"
    )


class Decision(models.Model):
    """A person's decision on what stands open about a child: three fields and the entries it saw. A fact.

    `what`: a code of respond's decisions (no-further-action, offer-help, assessment, strategy-discussion,
    refer, not-now, wrong, ...). It answers the entries it lists while they are this child's.
    """

    id = models.UUIDField(primary_key=True, default=new_fact_id)
    subject = models.ForeignKey("share.Subject", models.PROTECT, related_name="+")
    what = models.SlugField(max_length=40)
    why = models.TextField()
    until = models.DateTimeField(null=True)  # of a "not now"
    wrong_part = models.TextField(blank=True)
    feedback = models.TextField(blank=True)  # words for the agency that reported, beside the outcome
    contacts = models.JSONField(default=list)  # keys answered
    themes = models.JSONField(default=list)  # of the findings answered
    entries = models.JSONField(default=list)  # keys of the entries it saw
    beside = models.JSONField(default=list)  # of these, the ones about others in the household
    by = models.ForeignKey("share.Practitioner", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    append_only: ClassVar = True
    data: ClassVar = classify(
        key="id subject contacts entries beside",
        decision="what why until wrong_part feedback themes",
        staff="by",
        system="at",
    )


class Action(models.Model):
    """Who does what by when, from a decision; across agencies. Done is a later fact of its own."""

    id = models.UUIDField(primary_key=True, default=new_fact_id)
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="actions")
    agency = models.ForeignKey("share.Agency", models.PROTECT, related_name="+")
    owner = models.CharField(max_length=200)
    what = models.TextField()
    due = models.DateTimeField(null=True)
    append_only: ClassVar = True
    data: ClassVar = classify(key="id decision", decision="what due", staff="agency owner")


class ActionDone(models.Model):
    """That an action was done: a fact of its own, by whoever did it."""

    id = models.UUIDField(primary_key=True, default=new_fact_id)
    action = models.ForeignKey(Action, models.PROTECT, related_name="done")
    note = models.TextField(blank=True)
    by = models.ForeignKey("share.Practitioner", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    append_only: ClassVar = True
    data: ClassVar = classify(key="id action", decision="note", staff="by", system="at")


class Taking(models.Model):
    """Who holds a child's items (null: given back): the latest taking stands; one owner, no lost update."""

    id = models.UUIDField(primary_key=True, default=new_fact_id)
    subject = models.ForeignKey("share.Subject", models.PROTECT, related_name="+")
    taken_by = models.ForeignKey("share.Practitioner", models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey("share.Practitioner", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    append_only: ClassVar = True
    data: ClassVar = classify(key="id subject", staff="taken_by by", system="at")


class Seen(models.Model):
    """That a named person opened a notice: evidence about that person only (law 3). Shown to its reporter."""

    message = models.ForeignKey("receive.Message", models.PROTECT, related_name="+")
    by = models.ForeignKey("share.Practitioner", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    append_only: ClassVar = True
    data: ClassVar = classify(key="id message", staff="by", system="at")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["message", "by"], name="respond_seen_once")]


class DeskItem(models.Model):
    """What stands open about a child: one row a contact, referral, finding or question. Derived, gone when answered.

    `ref`: key of the contact, finding or question, or id of the referring decision. `due`: null for tier *know*.
    `shows_from`: when a "not now" runs out. `role`, `agency`: of a question, which lies on that role's desk there.
    """

    key = models.CharField(primary_key=True, max_length=64)  # digest of kind, ref, agency and role
    subject = models.ForeignKey("share.Subject", models.PROTECT, related_name="+")  # the head
    kind = models.SlugField(max_length=10)  # contact, referral, finding, question
    ref = models.CharField(max_length=64)
    theme = models.SlugField(max_length=40, blank=True)
    tier = models.SlugField(max_length=10, blank=True)
    role = models.SlugField(max_length=60, blank=True)
    agency = models.CharField(max_length=60, blank=True)
    since = models.DateTimeField()
    shows_from = models.DateTimeField()
    due = models.DateTimeField(null=True, db_index=True)
    data: ClassVar = classify(
        key="key subject ref", case="kind theme tier", staff="role agency", system="since shows_from due"
    )
