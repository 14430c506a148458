"""The console script `joinedup`: Django's management commands under one name."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "joinedup.web.settings")
    execute_from_command_line(["joinedup", *sys.argv[1:]] if len(sys.argv) > 1 else ["joinedup", "help"])
