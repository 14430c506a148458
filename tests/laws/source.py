"""Reading the house's own source: which files there are, and what their trees say. Shared by the law tests."""

import ast
from collections.abc import Iterator
from pathlib import Path

SRC = Path(__file__).parents[2] / "src" / "joinedup"
ROOMS = (
    "ground",
    "face",
    "engine",
    "share",
    "receive",
    "link",
    "sealed",
    "chronicle",
    "network",
    "recognise",
    "respond",
    "papers",
    "governance",
    "rights",
    "flow",
    "web",
)
"""From low to high: a room may look back along the list, never ahead."""


def files(room: str, *furniture: str) -> Iterator[Path]:
    """The Python files of some pieces of furniture of a room ("actions" is actions.py or actions/), or of all of it."""
    for piece in furniture or ("",):
        yield from sorted((SRC / room / piece).rglob("*.py"))
        yield from [single for single in [SRC / room / f"{piece}.py"] if piece and single.exists()]


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), filename=str(path))


def where(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(SRC.parent)}:{getattr(node, 'lineno', 0)}"
