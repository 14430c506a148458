"""Registers the room with Django."""

from django.apps import AppConfig


class ChronicleConfig(AppConfig):
    name = "joinedup.chronicle"
    default_auto_field = "django.db.models.BigAutoField"
