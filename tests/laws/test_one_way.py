"""One way for each dangerous thing: chance comes of the system's generator, JSON and dates are read by one reader."""

import ast

import pytest

from laws.source import SRC

FILES = sorted(SRC.rglob("*.py"))
NEVER = {
    "random": "chance that can be foretold: use secrets (OWASP ASVS 11.5.1)",
    "orjson": "a second reader of JSON, which may read a name given twice otherwise (OWASP ASVS 1.5.3)",
    "ujson": "a second reader of JSON",
    "simplejson": "a second reader of JSON",
    "pickle": "reading it runs whatever it says",
    "marshal": "reading it runs whatever it says",
    "shelve": "reading it runs whatever it says",
    "dateutil": "a second reader of dates",
}


def imported(text: str) -> set[str]:
    """The first name of everything that a file imports."""
    nodes = list(ast.walk(ast.parse(text)))
    plain = {one.name for node in nodes if isinstance(node, ast.Import) for one in node.names}
    return {
        name.partition(".")[0]
        for name in plain | {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}
    }


@pytest.mark.parametrize("name", NEVER)
def test_nothing_here_imports_it(name: str) -> None:
    found = [str(path.relative_to(SRC)) for path in FILES if name in imported(path.read_text())]
    assert found == [], f"{name}: {NEVER[name]}"


def test_an_import_is_found_wherever_it_stands() -> None:
    assert imported("import os\ndef f():\n    from random.sub import x\n    import yaml.nodes") == {
        "os",
        "random",
        "yaml",
    }
