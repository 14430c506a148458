"""Registers the room with Django."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "joinedup.web"
    default_auto_field = "django.db.models.BigAutoField"
