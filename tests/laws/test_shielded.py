"""A shielded value is opened in one place (design, law 5): whoever else would, goes round `share.release`."""

import ast

from laws.source import ROOMS, SRC, files, tree

OPENS = {"share/queries/release.py"}


def openers() -> set[str]:
    """Files that import `opened`, or the module that has it as a whole, or reach into a value."""
    return {
        str(path.relative_to(SRC)) for room in ROOMS for path in files(room) if any(map(_opens, ast.walk(tree(path))))
    }


def _opens(node: ast.AST) -> bool:
    if isinstance(node, ast.ImportFrom):
        names = {alias.name for alias in node.names}
        return (node.module == "joinedup.ground.shielded" and "opened" in names) or (
            node.module == "joinedup.ground" and "shielded" in names
        )
    if isinstance(node, ast.Import):
        return any(alias.name == "joinedup.ground.shielded" for alias in node.names)
    return isinstance(node, ast.Attribute) and node.attr == "_shielded"


def test_release_alone_opens_what_is_shielded() -> None:
    assert openers() - {"ground/shielded.py"} == OPENS
