"""Registers the room with Django."""

from django.apps import AppConfig


class SealedConfig(AppConfig):
    name = "joinedup.sealed"
    default_auto_field = "django.db.models.BigAutoField"
