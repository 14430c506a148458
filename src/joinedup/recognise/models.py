"""Tables of findings (derived), of notices that should come (derived) and of a partnership's own patterns (facts)."""

from typing import ClassVar

from django.db import models

from joinedup.ground.handling import classify
from joinedup.ground.keys import new_fact_id


class Finding(models.Model):
    """What adds up for one subject and theme: evidence only, no status of its own (law 6).

    Key = digest of head reference's first record and theme. `tier`: the most urgent of its grounds: now, today, know.
    """

    key = models.CharField(primary_key=True, max_length=64)
    subject = models.ForeignKey("share.Subject", models.PROTECT, related_name="+")  # the head
    theme = models.SlugField(max_length=40)
    tier = models.SlugField(max_length=10)
    since = models.DateTimeField()  # when this database first showed it (received time, not happened time)
    data: ClassVar = classify(key="key subject", case="theme tier", system="since")


class Ground(models.Model):
    """One pattern's part of a finding: the sentence, the entries it stands on, what is not known, who was not told."""

    key = models.CharField(primary_key=True, max_length=64)  # digest of finding key and pattern id
    finding = models.ForeignKey(Finding, models.CASCADE, related_name="grounds")
    pattern = models.SlugField(max_length=60)
    edition = models.CharField(max_length=20)
    tier = models.SlugField(max_length=10)
    sentence = models.TextField()
    steps = models.JSONField()  # the rule in words, each step with its value
    entries = models.JSONField()  # keys, in chronology order
    may = models.JSONField(default=list)  # keys of entries whose coarse date it rests on: "may add up"
    unknown = models.JSONField(default=list)  # sentences: what is not known
    knowing = models.JSONField(default=list)  # agency codes
    not_told = models.JSONField(default=list)  # agency codes
    true_from = models.DateField(null=True)  # first day on which the happenings satisfied it
    shown_at = models.DateTimeField()
    data: ClassVar = classify(
        key="key finding entries may",
        case="pattern edition tier sentence steps unknown knowing not_told",
        system="true_from shown_at",
    )


class Expectation(models.Model):
    """A day on which a silence would begin to speak for a subject: `tick` stirs it then. Derived."""

    subject = models.ForeignKey("share.Subject", models.CASCADE, related_name="+")
    pattern = models.SlugField(max_length=60)
    due = models.DateField(db_index=True)
    data: ClassVar = classify(key="id subject", case="pattern", system="due")


class PatternEdition(models.Model):
    """A partnership's own pattern, in the same words as the shipped files; dated, owned, switched on by a person."""

    id = models.UUIDField(primary_key=True, default=new_fact_id)
    pattern = models.SlugField(max_length=60)
    edition = models.CharField(max_length=20)
    text = models.TextField()
    since = models.DateField()
    until = models.DateField(null=True)
    by = models.ForeignKey("share.Practitioner", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    data: ClassVar = classify(key="id", system="pattern edition text since until at", staff="by")
