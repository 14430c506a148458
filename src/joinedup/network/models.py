"""The table of ties between subjects; each carries the message it was stated in."""

from typing import ClassVar

from django.db import models

from joinedup.ground.handling import classify


class Tie(models.Model):
    """A plain tie "stated in this notice": from one subject to another. Key = digest of message and mentions.

    `kind`: lives-at, placed-at, stays-at, goes-to (targets are places); household-member; a role of the notice
    (parent, carer, sibling, friend, adult-of-concern, ...); with. Days half-open, null: not said.
    """

    key = models.CharField(primary_key=True, max_length=64)
    source = models.ForeignKey("share.Subject", models.PROTECT, related_name="+")
    target = models.ForeignKey("share.Subject", models.PROTECT, related_name="+")
    kind = models.SlugField(max_length=60, db_index=False)
    message = models.ForeignKey("receive.Message", models.PROTECT, related_name="+")
    agency = models.ForeignKey("share.Agency", models.PROTECT, related_name="+")
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    said_on = models.DateField()
    received_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    data: ClassVar = classify(
        key="key source target message",
        staff="agency",
        shielded="kind since until said_on",
        system="received_at withdrawn_at",
    )
