"""Where big SQL runs: relations (named, with declared columns) and SQL come in, rows go out; it never sees our tables.

DuckDB, in this process. Whatever outgrows one machine would be a second class with the same three methods (Spark over
the same Parquet files), chosen here; the SQL that rooms compile keeps to what other dialects can say too.
"""

from joinedup.engine.duck import Engine

__all__ = ["Engine"]
