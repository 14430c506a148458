"""Registers the room with Django."""

from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "joinedup.papers"
    default_auto_field = "django.db.models.BigAutoField"
