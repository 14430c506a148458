"""Registers the room with Django."""

from django.apps import AppConfig


class RecogniseConfig(AppConfig):
    name = "joinedup.recognise"
    default_auto_field = "django.db.models.BigAutoField"
