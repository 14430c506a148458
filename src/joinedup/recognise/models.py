"""Tables of findings (derived), of notices that should come (derived) and of a partnership's own patterns (facts)."""

from typing import ClassVar

from django.db import models

from joinedup.ground.handling import classify
from joinedup.ground.keys import new_fact_id


class Finding(models.Model):
    """What adds up for one subject and theme: evidence only, no status of its own (law 6).

    Key = digest of the head's record and theme. `tier`: the most urgent of its grounds: now, today, know.
    `since`: when enough had been received for the first ground of that tier to stand. Derived, like everything here.
    """

    key = models.CharField(primary_key=True, max_length=64)
    subject = models.ForeignKey("share.Subject", models.PROTECT, related_name="+")  # the head
    theme = models.SlugField(max_length=40)
    tier = models.SlugField(max_length=10)
    since = models.DateTimeField()
    data: ClassVar = classify(key="key subject", case="theme tier", system="since")


class Ground(models.Model):
    """One pattern's part of a finding: the sentence, the entries it stands on, what is not known, who was not told."""

    key = models.CharField(primary_key=True, max_length=64)  # digest of finding key and pattern id
    finding = models.ForeignKey(Finding, models.CASCADE, related_name="grounds")
    pattern = models.SlugField(max_length=60)
    edition = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    tier = models.SlugField(max_length=10)
    sentence = models.TextField()
    steps = models.JSONField()  # [{rule, found}]: each part of the rule in words, and what was found
    entries = models.JSONField()  # keys, in chronology order
    may = models.JSONField(default=list)  # keys of entries whose coarse date it rests on: "may add up"
    unknown = models.JSONField(default=list)  # sentences: what is not known
    knowing = models.JSONField(default=list)  # agency codes
    not_told = models.JSONField(default=list)  # agency codes
    ask = models.JSONField(default=list)  # what to ask next
    true_from = models.DateField(null=True)  # first day of the newest episode, on the days things happened
    shown_at = models.DateTimeField()  # when enough had been received here for it to stand
    data: ClassVar = classify(
        key="key finding entries may",
        case="pattern edition title tier sentence steps unknown knowing not_told ask true_from",
        system="shown_at",
    )


class Question(models.Model):
    """A question that a pattern puts to a named role at an agency, before silence becomes a finding. Derived.

    Key = digest of the head's record, pattern and entry. `due`: the last day on which the answer is in time.
    """

    key = models.CharField(primary_key=True, max_length=64)
    subject = models.ForeignKey("share.Subject", models.PROTECT, related_name="+")  # the head
    pattern = models.SlugField(max_length=60)
    theme = models.SlugField(max_length=40)
    agency = models.SlugField(max_length=60)  # code
    role = models.SlugField(max_length=60)
    asks = models.TextField()
    entries = models.JSONField()  # keys
    asked_at = models.DateTimeField()  # when enough had been received here to ask
    due = models.DateField()
    data: ClassVar = classify(
        key="key subject entries", case="pattern theme asks", staff="agency role", system="asked_at due"
    )


class Expectation(models.Model):
    """A day on which a pattern's answer for a subject can change though nothing comes in: `tick` stirs it. Derived."""

    key = models.CharField(primary_key=True, max_length=64)  # digest of the head's record, pattern and day
    subject = models.ForeignKey("share.Subject", models.PROTECT, related_name="+")  # the head
    pattern = models.SlugField(max_length=60)
    due = models.DateField(db_index=True)
    data: ClassVar = classify(key="key subject", case="pattern", system="due")


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
    append_only: ClassVar = True
    data: ClassVar = classify(key="id", system="pattern edition text since until at", staff="by")
