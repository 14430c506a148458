"""Registers the room with Django."""

from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate


class ShareConfig(AppConfig):
    name = "joinedup.share"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from joinedup.share import sign_in, triggers, wall

        sign_in.listen()
        post_migrate.connect(triggers.install, sender=self, dispatch_uid="share append-only")
        checks.register(triggers.check_triggers, checks.Tags.database)
        post_migrate.connect(wall.install, sender=self, dispatch_uid="share second wall")
        checks.register(wall.check_wall, checks.Tags.database)
