"""Tables of what staff declared of themselves, of what guardians are asked, and of their words. All are facts."""

from typing import ClassVar

from django.db import models

from joinedup.ground.handling import classify
from joinedup.ground.keys import new_fact_id


class Declared(models.Model):
    """A family name or a postcode of a practitioner's own family, as a salted digest: compared, and shown to nobody.

    A name of several words has a row more for each of them (`part`): a child may bear only one.
    """

    id = models.UUIDField(primary_key=True, default=new_fact_id)
    practitioner = models.ForeignKey("share.Practitioner", models.PROTECT, related_name="+")
    what = models.SlugField(max_length=20)  # name, postcode, part
    digest = models.CharField(max_length=64)
    by = models.ForeignKey("share.Practitioner", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    append_only: ClassVar = True
    data: ClassVar = classify(key="id", staff="practitioner by", system="what at", secret="digest")  # noqa: S106


class Question(models.Model):
    """That a look was worth asking about, and one signal why: asked until a guardian has answered, however old. A fact.

    `row`: of the audit, as in `GuardianWord`.
    """

    id = models.UUIDField(primary_key=True, default=new_fact_id)
    row = models.BigIntegerField()
    signal = models.SlugField(max_length=20)  # a rules.Signal, by its name
    at = models.DateTimeField()
    append_only: ClassVar = True
    data: ClassVar = classify(key="id row", system="signal at")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["row", "signal"], name="governance_asked_once")]


class GuardianWord(models.Model):
    """What a guardian of another agency found of one look. A fact; the last one about a look holds.

    `row`: of the audit; no foreign key, as the log must never stand in the way of anything.
    """

    id = models.UUIDField(primary_key=True, default=new_fact_id)
    row = models.BigIntegerField(db_index=True)
    found = models.SlugField(max_length=20)  # a rules.Found, by its name
    reason = models.TextField()
    by = models.ForeignKey("share.Practitioner", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    append_only: ClassVar = True
    data: ClassVar = classify(key="id row", decision="found reason", staff="by", system="at")
