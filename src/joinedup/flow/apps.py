"""Registers the room with Django."""

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class FlowConfig(AppConfig):
    name = "joinedup.flow"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from joinedup.flow import triggers

        # share's, because Django tells only rooms that have tables
        share = apps.get_app_config("share")
        post_migrate.connect(triggers.install, sender=share, dispatch_uid="flow wakes workers")
