"""Registers the room with Django."""

from django.apps import AppConfig


class ShareConfig(AppConfig):
    name = "joinedup.share"
    default_auto_field = "django.db.models.BigAutoField"
