"""The console script `joinedup`: Django's management commands under one name, and `demo`, which needs no Django."""

import os
import sys


def main() -> None:
    if sys.argv[1:2] == ["demo"]:
        from joinedup.web import demo

        demo.main(sys.argv[2:])
        return
    from django.core.management import execute_from_command_line

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "joinedup.web.settings")
    execute_from_command_line(["joinedup", *sys.argv[1:]] if len(sys.argv) > 1 else ["joinedup", "help"])
