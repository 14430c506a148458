"""Tables of every message as it came, its receipt, and what a reader understood."""

from typing import ClassVar

from django.db import models

from joinedup.ground.handling import classify
from joinedup.ground.keys import new_fact_id


class PayloadKey(models.Model):
    """A payload's own key, wrapped by the master key. Destroying it destroys the payload (law 1)."""

    id = models.UUIDField(primary_key=True, default=new_fact_id)
    wrapped = models.BinaryField()
    data: ClassVar = classify(key="id", secret="wrapped")  # noqa: S106 - a class of field


class Message(models.Model):
    """One message: raw bytes under a key of its own. Key = digest of agency, sender's id and content.

    `stage`: unread (flow has to bring it on, for the first time or again), placed (all the way), quarantined (a person
    must look), destroyed (its key was dropped). `withdrawn_at`: since when it stands no more, and `withdrawn_why`
    (corrected, taken-back); `contested`: another body stands under the same sender's id. Both are derived from all
    messages and handlings (`rules.standing`); when a placed message changes its standing it is unread again, so that
    flow brings it anew.
    """

    key = models.CharField(primary_key=True, max_length=64)
    agency = models.ForeignKey("share.Agency", models.PROTECT, related_name="+")
    sender_id = models.CharField(max_length=300)
    channel = models.SlugField(max_length=20)  # api, form, link, young-person, public, file, office
    media = models.CharField(max_length=60)  # application/json, text/csv
    body = models.BinaryField()
    payload_key = models.ForeignKey(PayloadKey, models.PROTECT, related_name="+")
    size = models.PositiveIntegerField()
    received_at = models.DateTimeField(db_index=True)
    sent_at = models.DateTimeField(null=True)
    told_by = models.ForeignKey("share.Practitioner", models.PROTECT, null=True, related_name="+")
    stage = models.SlugField(max_length=20, default="unread")
    placed_at = models.DateTimeField(null=True)  # the first time
    contested = models.BooleanField(default=False)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.SlugField(max_length=20, blank=True)
    corrects = models.CharField(max_length=300, blank=True)  # sender's id of the message that this replaces
    claimed_until = models.DateTimeField(null=True)
    data: ClassVar = classify(
        key="key payload_key", staff="agency channel", identity="sender_id corrects", case="body", shielded="told_by",
        system="media size received_at sent_at stage placed_at contested withdrawn_at withdrawn_why claimed_until",
    )  # fmt: skip

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["received_at"], condition=models.Q(stage="unread"), name="receive_unread"),
            models.Index(fields=["received_at"], condition=models.Q(stage="quarantined"), name="receive_quarantined"),
            models.Index(fields=["received_at"], condition=models.Q(contested=True), name="receive_contested"),
            models.Index(fields=["agency", "sender_id"], name="receive_sender"),
            models.Index(fields=["agency", "corrects"], condition=~models.Q(corrects=""), name="receive_corrects"),
        ]


class Receipt(models.Model):
    """The acknowledgement: given after the durable commit, the same again for the same message."""

    message = models.OneToOneField(Message, models.PROTECT, related_name="receipt", primary_key=True)
    number = models.CharField(max_length=12, unique=True)  # spoken, with a check character
    given_at = models.DateTimeField()
    status = models.PositiveSmallIntegerField()  # 201 read, 202 kept but not read
    problems = models.JSONField(default=list)  # [{field, code, says, do}]; never a value that identifies
    append_only: ClassVar = True
    data: ClassVar = classify(key="message number", system="given_at status problems")


class Reading(models.Model):
    """What a reader (with its edition) understood of a message: a notice, kept under the payload's key."""

    key = models.CharField(primary_key=True, max_length=64)  # digest of message key and reader edition
    message = models.ForeignKey(Message, models.PROTECT, related_name="readings")
    reader = models.CharField(max_length=60)  # "notice-json/1"
    notice = models.BinaryField()  # Notice as JSON, encrypted
    read_at = models.DateTimeField()
    data: ClassVar = classify(key="key message", system="reader read_at", case="notice")


class Handling(models.Model):
    """What a person did with a quarantined or contested message: read-as, withdrawn, set-aside, chosen,
    try-again. A fact.

    The last one about a message holds: after `chosen` and `try-again` it stands, after any other it does not.
    """

    id = models.UUIDField(primary_key=True, default=new_fact_id)
    message = models.ForeignKey(Message, models.PROTECT, related_name="handlings")
    what = models.SlugField(max_length=30)
    reason = models.TextField()
    by = models.ForeignKey("share.Practitioner", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    append_only: ClassVar = True
    data: ClassVar = classify(key="id message", decision="what reason", staff="by", system="at")


class Draft(models.Model):
    """A half-filled report, saved at each step, so that a lost sign-in loses nothing. Destroyed once sent,
    or when the clock `draft-kept` has run out.
    """

    id = models.UUIDField(primary_key=True, default=new_fact_id)
    owner = models.CharField(max_length=254)  # practitioner or credential
    body = models.BinaryField()  # answers as JSON, encrypted
    payload_key = models.ForeignKey(PayloadKey, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()
    data: ClassVar = classify(key="id payload_key", staff="owner", case="body", system="saved_at")
