"""Where big SQL runs: relations (named, with declared columns), SQL and pure functions come in, rows go out; it never
sees our tables.

DuckDB in this process, or Spark once one machine is outgrown: two classes that do the same things. The SQL that both
are given keeps to what both dialects say: names in double quotes, `explode` for the elements of a list.
"""

from joinedup.engine.duck import Engine
from joinedup.engine.spark import EngineMissing, SparkEngine

AnyEngine = Engine | SparkEngine
ENGINES: dict[str, type[Engine] | type[SparkEngine]] = {"duckdb": Engine, "spark": SparkEngine}

__all__ = ["ENGINES", "AnyEngine", "Engine", "EngineMissing", "SparkEngine", "engine_named"]


def engine_named(name: str, *, threads: int | None = None) -> AnyEngine:
    """The engine of this name, begun. Raises KeyError for another name, EngineMissing where it cannot run here."""
    return ENGINES[name](threads=threads)
