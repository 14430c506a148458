"""Tables of papers: who must not learn what; what was made for whom; who released it, and whose word was asked."""

from typing import ClassVar

from django.db import models

from joinedup.ground.handling import classify
from joinedup.ground.keys import new_fact_id


class MustNotLearn(models.Model):
    """That a person must not learn some classes of fact about a child, until a day or for good. A fact.

    The last one about a person holds. `name`: the person as a letter would address them; compared without case.
    """

    id = models.UUIDField(primary_key=True, default=new_fact_id)
    subject = models.ForeignKey("share.Subject", models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    what = models.JSONField()  # names of papers.rules.Class
    stands = models.BooleanField(default=True)
    until = models.DateTimeField(null=True)
    reason = models.TextField()
    by = models.ForeignKey("share.Practitioner", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    append_only: ClassVar = True
    data: ClassVar = classify(
        key="id subject", identity="name", decision="what stands reason", staff="by", system="until at"
    )


class Paper(models.Model):
    """What a practitioner made for one recipient. A fact: another wording is another paper.

    `practitioner`: the recipient, if they sign in here; what they may read follows their own rights then.
    """

    id = models.UUIDField(primary_key=True, default=new_fact_id)
    subject = models.ForeignKey("share.Subject", models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    name = models.CharField(max_length=200)
    relation = models.CharField(max_length=100)
    practitioner = models.ForeignKey("share.Practitioner", models.PROTECT, null=True, related_name="+")
    purpose = models.CharField(max_length=200)
    text = models.TextField()
    excerpts = models.JSONField(default=list)  # keys of entries, in order
    by = models.ForeignKey("share.Practitioner", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    append_only: ClassVar = True
    data: ClassVar = classify(
        key="id subject excerpts", identity="name relation", case="title text purpose", staff="practitioner by",
        system="at",
    )  # fmt: skip


class Step(models.Model):
    """What became of a paper: a second person was asked for, it was released, it was refused. A fact."""

    id = models.UUIDField(primary_key=True, default=new_fact_id)
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="steps")
    what = models.SlugField(max_length=20)  # asked, released, refused
    classes = models.JSONField(default=list)  # names of papers.rules.Class released, or to be
    reason = models.TextField(blank=True)
    read = models.JSONField(null=True)  # of a release: the very words that leave (rules.Shown.as_kept)
    by = models.ForeignKey("share.Practitioner", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    append_only: ClassVar = True
    data: ClassVar = classify(key="id paper", decision="what classes reason", case="read", staff="by", system="at")


class OwnerWord(models.Model):
    """An agency's word on whether its own material may go to this paper's recipient. A fact; the last one holds."""

    id = models.UUIDField(primary_key=True, default=new_fact_id)
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="words")
    agency = models.ForeignKey("share.Agency", models.PROTECT, related_name="+")
    given = models.BooleanField()
    reason = models.TextField()
    by = models.ForeignKey("share.Practitioner", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    append_only: ClassVar = True
    data: ClassVar = classify(key="id paper", decision="given reason", staff="agency by", system="at")
