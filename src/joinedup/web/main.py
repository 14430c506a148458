"""The console script `joinedup`: our commands and Django's under one name, and `demo`, which needs no Django."""

import os
import sys

ASKED: tuple[list[str], ...] = ([], ["help"], ["-h"], ["--help"])
INTRO = """joinedup: one story for every child, however many agencies hold a piece of it.

  joinedup COMMAND --help says more; Django's own commands work here too (`joinedup help --commands`).
"""
DEMO = "Load the fictional partnership of Ellensford once, and serve it on http://localhost:8000."


def main() -> None:
    if sys.argv[1:2] == ["demo"]:
        from joinedup.web import demo

        demo.main(sys.argv[2:])
        return
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "joinedup.web.settings")
    if sys.argv[1:] in ASKED:
        sys.stdout.write(introduction())
        return
    from django.core.management import execute_from_command_line

    execute_from_command_line(["joinedup", *sys.argv[1:]])


def introduction() -> str:
    """Every command of the house, with what it does."""
    lines = (f"  {name:10}  {does}" for name, does in sorted({"demo": DEMO, **of_the_house()}.items()))
    return "\n".join([INTRO, *lines, ""])


def of_the_house() -> dict[str, str]:
    """The commands of our own rooms and their help."""
    import django
    from django.core.management import get_commands, load_command_class

    django.setup()
    ours = ((name, app) for name, app in get_commands().items() if app.startswith("joinedup."))
    return {name: load_command_class(app, name).help for name, app in ours}
