"""A rule set as a query for somebody else's engine: PostgreSQL or Spark SQL, with the same meaning."""

from runde.engine.rules.exporting.query import DIALECTS, ENGINES, expected_columns, export_sql

__all__ = ["DIALECTS", "ENGINES", "expected_columns", "export_sql"]
