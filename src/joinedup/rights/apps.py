"""Registers the room with Django."""

from django.apps import AppConfig


class RightsConfig(AppConfig):
    name = "joinedup.rights"
    default_auto_field = "django.db.models.BigAutoField"
