"""The console script `joinedup`: our commands and Django's under one name, and `demo`, which needs no Django."""

import os
import sys

from joinedup.ground.home import HomeError

ASKED: tuple[list[str], ...] = ([], ["help"], ["-h"], ["--help"])
INTRO = """joinedup: one story for every child, however many agencies hold a piece of it.

  joinedup COMMAND --help says more; Django's own commands work here too (`joinedup help --commands`).
"""
DEMO = "Load the fictional partnership of Ellensford once, and serve it on http://localhost:8000."


def main() -> None:
    """Do what was asked. What is wrong with the machine is said in a line that says what to do."""
    try:
        run(sys.argv[1:])
    except HomeError as trouble:
        sys.exit(f"joinedup: {trouble}")


def run(asked: list[str]) -> None:
    if asked[:1] == ["demo"]:
        from joinedup.web import demo

        demo.main(asked[1:])
        return
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "joinedup.web.settings")
    if asked in ASKED:
        sys.stdout.write(introduction())
        return
    command(asked)


def command(asked: list[str]) -> None:
    """One of our commands, or Django's. With `--traceback` a database's refusal is shown as it came."""
    from django.core.management import execute_from_command_line
    from django.db.utils import OperationalError, ProgrammingError

    try:
        execute_from_command_line(["joinedup", *asked])
    except (OperationalError, ProgrammingError) as trouble:
        if "--traceback" in asked:
            raise
        said = str(trouble).strip().splitlines()[0]
        sys.exit(f"joinedup: the database said: {said}. Is it running, and has `joinedup migrate` made its tables?")


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
