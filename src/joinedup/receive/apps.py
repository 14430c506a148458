"""Registers the room with Django."""

from django.apps import AppConfig


class ReceiveConfig(AppConfig):
    name = "joinedup.receive"
    default_auto_field = "django.db.models.BigAutoField"
