"""Registers the room with Django."""

from django.apps import AppConfig


class RespondConfig(AppConfig):
    name = "joinedup.respond"
    default_auto_field = "django.db.models.BigAutoField"
