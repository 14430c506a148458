"""Registers the room with Django."""

from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "joinedup.network"
    default_auto_field = "django.db.models.BigAutoField"
