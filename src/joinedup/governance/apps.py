"""Registers the room with Django."""

from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "joinedup.governance"
    default_auto_field = "django.db.models.BigAutoField"
