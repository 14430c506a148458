"""Registers the room with Django."""

from django.apps import AppConfig


class RightsConfig(AppConfig):
    name = "joinedup.rights"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from joinedup.chronicle.queries.beside import stands_beside
        from joinedup.rights.queries import said_beside

        stands_beside(said_beside)
