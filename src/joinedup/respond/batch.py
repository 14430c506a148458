"""The whole population at once: which of respond's tables follow from the facts and may be derived again."""

from joinedup.respond.models import Contact, DeskItem

DERIVED = (Contact, DeskItem)
