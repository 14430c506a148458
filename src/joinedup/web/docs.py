"""The pages of docs/generated: each is made from the code and its data, so that it cannot say something else."""

from collections.abc import Callable
from pathlib import Path

from joinedup.recognise.rules.manual import manual
from joinedup.share.rules import matrix

FOLDER = Path("docs/generated")
GENERATORS: dict[str, Callable[[], str]] = {"patterns.md": manual, "permissions.md": matrix}


def stale(folder: Path = FOLDER) -> list[str]:
    """Names of pages that are missing or say something other than the code."""
    return [
        name
        for name, generate in GENERATORS.items()
        if not (folder / name).exists() or (folder / name).read_text() != generate()
    ]


def write(folder: Path = FOLDER) -> list[str]:
    """Write every stale page anew; returns their names."""
    names = stale(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).write_text(GENERATORS[name]())
    return names
