"""Registers the room with Django."""

from django.apps import AppConfig


class FaceConfig(AppConfig):
    name = "joinedup.face"
    default_auto_field = "django.db.models.BigAutoField"
