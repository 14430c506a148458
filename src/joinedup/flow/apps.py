"""Registers the room with Django."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class FlowConfig(AppConfig):
    name = "joinedup.flow"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from joinedup.flow import triggers

        post_migrate.connect(triggers.install, sender=self, dispatch_uid="flow wakes workers")
