"""Tables of records (one distinct statement of somebody by one agency), scored pairs and people's judgements."""

from typing import ClassVar

from django.db import models

from joinedup.ground.handling import classify
from joinedup.ground.keys import new_fact_id


class Record(models.Model):
    """One distinct statement of somebody by one agency. Key = digest of the statement (a stub's includes its mention)."""

    key = models.CharField(primary_key=True, max_length=64)
    kind = models.SlugField(max_length=20)  # child, adult, place
    agency = models.ForeignKey("share.Agency", models.PROTECT, related_name="+")
    subject = models.OneToOneField("share.Subject", models.PROTECT, related_name="+")
    statement = models.JSONField()  # as said, for display: names, born, identifiers, addresses, describes
    features = models.JSONField()  # normalised for matching (link.rules.features)
    group = models.CharField(max_length=64, db_index=True)  # smallest record key of its group: derived
    data: ClassVar = classify(key="key subject group", staff="agency", identity="statement features", system="kind")


class Mention(models.Model):
    """That a reading's person n is this record: how entries and ties find their subject."""

    key = models.CharField(primary_key=True, max_length=64)  # digest of message key and locator
    message = models.ForeignKey("receive.Message", models.PROTECT, related_name="+")
    n = models.PositiveIntegerField()
    record = models.ForeignKey(Record, models.PROTECT, related_name="mentions")
    role = models.SlugField(max_length=30)
    data: ClassVar = classify(key="key message n record", case="role")


class BlockingKey(models.Model):
    """One indexed reason to compare: `value` is the block's name and its normalised content."""

    value = models.CharField(max_length=120)
    record = models.ForeignKey(Record, models.CASCADE, related_name="+")
    data: ClassVar = classify(key="id record", identity="value")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["value", "record"], name="link_block")]


class Match(models.Model):
    """A scored pair (a < b): weight in thousandths of a bit, rounded (law 2); levels explain it.

    `outcome`: join, doubt, separate; `why` names the constraint that spoke, if one did.
    """

    key = models.CharField(primary_key=True, max_length=64)
    a = models.ForeignKey(Record, models.CASCADE, related_name="+")
    b = models.ForeignKey(Record, models.CASCADE, related_name="+")
    weight = models.IntegerField()
    levels = models.JSONField()
    outcome = models.SlugField(max_length=20)
    why = models.CharField(max_length=60, blank=True)
    data: ClassVar = classify(key="key a b", identity="levels", system="weight outcome why")


class Judgement(models.Model):
    """A person's word on a pair of records: same, or not the same. Never overwritten (law 7)."""

    id = models.UUIDField(primary_key=True, default=new_fact_id)
    a = models.CharField(max_length=64, db_index=True)  # record keys: hold for later restatements
    b = models.CharField(max_length=64, db_index=True)
    same = models.BooleanField()
    reason = models.TextField()
    by = models.ForeignKey("share.Practitioner", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    data: ClassVar = classify(key="id a b", decision="same reason", staff="by", system="at")
