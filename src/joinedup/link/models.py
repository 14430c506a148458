"""Tables of records (one distinct statement of somebody by one agency), scored pairs and people's judgements."""

from typing import ClassVar

from django.db import models

from joinedup.ground.handling import classify
from joinedup.ground.keys import new_fact_id


class Record(models.Model):
    """One distinct statement of somebody by one agency. Key = digest of the statement (a stub's includes its mention).

    `group` and `standing` are derived: which records are one, and whether a message that stands still says this.
    """

    key = models.CharField(primary_key=True, max_length=64)
    kind = models.SlugField(max_length=20, db_index=False)  # child, adult, place
    agency = models.ForeignKey("share.Agency", models.PROTECT, related_name="+")
    subject = models.OneToOneField("share.Subject", models.PROTECT, related_name="+")
    statement = models.JSONField()  # as said, for display (link.rules.statements)
    features = models.JSONField()  # normalised for matching (link.rules.features)
    group = models.CharField(max_length=64, db_index=True)  # smallest record key of its group
    standing = models.BooleanField(default=True)
    data: ClassVar = classify(
        key="key subject group", staff="agency", shielded="statement features", system="kind standing"
    )


class Mention(models.Model):
    """That a message's person n, or one of that person's addresses, is this record."""

    key = models.CharField(primary_key=True, max_length=64)  # digest of message key and locator
    message = models.ForeignKey("receive.Message", models.PROTECT, related_name="+")
    n = models.IntegerField()
    address = models.PositiveIntegerField(null=True)  # which of person n's addresses; null: the person
    record = models.ForeignKey(Record, models.PROTECT, related_name="mentions")
    role = models.SlugField(max_length=60, db_index=False)
    data: ClassVar = classify(key="key message n address record", case="role")


class BlockingKey(models.Model):
    """One indexed reason to compare: `value` is kind, block and normalised content (link.rules.blocks)."""

    value = models.CharField(max_length=120)
    record = models.ForeignKey(Record, models.CASCADE, related_name="+")
    data: ClassVar = classify(key="id record", shielded="value")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["value", "record"], name="link_block")]


class Match(models.Model):
    """A scored pair (a < b): weight in thousandths of a bit, rounded (law 2); levels explain it.

    `outcome`: what the pair by itself is (join, doubt, separate), and `why` the rule that spoke against it, if one
    did. `against`: the rule that kept it apart in the company of other records and people's words. Whether the two
    ended in one group is read from their records.
    """

    key = models.CharField(primary_key=True, max_length=64)
    a = models.ForeignKey(Record, models.CASCADE, related_name="+")
    b = models.ForeignKey(Record, models.CASCADE, related_name="+")
    weight = models.IntegerField()
    levels = models.JSONField()  # {comparison: [level, its share of the weight]}
    outcome = models.SlugField(max_length=20)
    why = models.CharField(max_length=60, blank=True)
    against = models.CharField(max_length=60, blank=True)
    data: ClassVar = classify(key="key a b", identity="levels", system="weight outcome why against")


class Asked(models.Model):
    """That a practitioner asked whether a child is known, and what they were answered.

    What was typed is kept for the duty line, and destroyed when the clock `asked-kept` has run out; the audit keeps
    that somebody asked. `subject`: the child it met, whether or not that was said.
    """

    id = models.UUIDField(primary_key=True, default=new_fact_id)
    asker = models.ForeignKey("share.Practitioner", models.PROTECT, related_name="+")
    at = models.DateTimeField(db_index=True)
    reason = models.CharField(max_length=300)
    said = models.JSONField()  # a statement: names, born, identifiers
    answer = models.SlugField(max_length=20)  # told, nothing, quota
    subject = models.ForeignKey("share.Subject", models.PROTECT, null=True, related_name="+")
    data: ClassVar = classify(key="id subject", staff="asker reason", system="at answer", identity="said")


class ModelEdition(models.Model):
    """A model file that was brought here: its very text, under the name that carries its kind, date and hash.

    `differs`: what it changes of the edition then in force, by name. `changed`: what it would make of the children
    here, in references: {"joined": [[...]], "parted": [[...]]}.
    """

    name = models.CharField(primary_key=True, max_length=80)
    kind = models.SlugField(max_length=20)
    content = models.TextField()
    differs = models.JSONField(default=list)
    changed = models.JSONField(default=dict)
    append_only: ClassVar = True
    data: ClassVar = classify(key="changed", system="name kind content differs")


class EditionStep(models.Model):
    """What became of an edition: begun with, proposed, accepted or refused by a person, brought into force by flow."""

    id = models.UUIDField(primary_key=True, default=new_fact_id)
    edition = models.ForeignKey(ModelEdition, models.PROTECT, related_name="steps")
    step = models.SlugField(max_length=20)
    reason = models.CharField(max_length=500, blank=True)
    by = models.CharField(max_length=254)  # a practitioner's e-mail, an operator, or "flow"
    at = models.DateTimeField()
    append_only: ClassVar = True
    data: ClassVar = classify(key="id edition", decision="reason", staff="by", system="step at")


class Worked(models.Model):
    """That somebody worked with these records as one child: one row for each record of a `life` (law 7).

    Written with every decision. What a machine would split or join there waits for a person (`link.rules.lives`).
    """

    id = models.UUIDField(primary_key=True, default=new_fact_id)
    life = models.UUIDField(db_index=True)
    record = models.CharField(max_length=64, db_index=True)  # a key: holds for the record whenever it is derived again
    by = models.ForeignKey("share.Practitioner", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    append_only: ClassVar = True
    data: ClassVar = classify(key="id life record", staff="by", system="at")


class Judgement(models.Model):
    """A person's word on a pair of records. Never overwritten; a later one undoes it (law 7).

    `same`: null says that nobody can tell; an earlier word falls with it, and the pair waits behind the others.
    """

    id = models.UUIDField(primary_key=True, default=new_fact_id)
    a = models.CharField(max_length=64, db_index=True)  # record keys, a < b: hold for later restatements
    b = models.CharField(max_length=64, db_index=True)
    same = models.BooleanField(null=True)
    reason = models.TextField()
    by = models.ForeignKey("share.Practitioner", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    append_only: ClassVar = True
    data: ClassVar = classify(key="id a b", decision="same reason", staff="by", system="at")
