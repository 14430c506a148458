"""Registers the room with Django."""

from django.apps import AppConfig


class FlowConfig(AppConfig):
    name = "joinedup.flow"
    default_auto_field = "django.db.models.BigAutoField"
