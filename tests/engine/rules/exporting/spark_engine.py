"""Spark on this machine, as an engine that judges cases."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from tests.engine.rules.exporting.agreement import Row
from tests.engine.rules.referee import Case
from tests.engine.rules.test_evaluators_agree import listed

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

QUIET = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.shuffle.partitions": "1",
    "spark.default.parallelism": "1",
    "spark.driver.memory": "1g",
    "spark.log.level": "ERROR",
}


class SparkEngine:
    dialect = "spark"
    table = "cases"
    columns = {
        "number": "int",
        "employees": "bigint",
        "turnover": "decimal(18,2)",
        "before": "decimal(38,2)",
        "share": "decimal(9,4)",
        "founded": "date",
        "bankrupt": "boolean",
        "place": "string",
        "section": "string",
        "tags": "array<string>",
    }

    def __init__(self, session: SparkSession) -> None:
        self.session = session

    def judge(self, query: str, cases: Sequence[Case]) -> Sequence[Row]:
        declared = ", ".join(f"{name} {kind}" for name, kind in self.columns.items())
        facts = [name for name in self.columns if name != "number"]
        rows = [(number, *(listed(case[name]) for name in facts)) for number, case in enumerate(cases)]
        self.session.createDataFrame(rows, declared).createOrReplaceTempView("cases")
        return [row.asDict() for row in self.session.sql(query).collect()]

    def set(self, **settings: Any) -> None:
        """Change what a user of Spark may have changed: `ansi` and `precision_loss`."""
        names = {"ansi": "ansi.enabled", "precision_loss": "decimalOperations.allowPrecisionLoss"}
        for name, value in settings.items():
            self.session.conf.set(f"spark.sql.{names[name]}", str(value).lower())


@contextmanager
def spark_engine() -> Iterator[SparkEngine]:
    """One session, one thread. Raises RuntimeError with the cure when Java or PySpark is missing."""
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        raise RuntimeError("Spark needs Java 17. On Debian and Ubuntu: apt install openjdk-17-jre-headless")
    try:
        from pyspark.sql import SparkSession
    except ImportError as problem:
        raise RuntimeError("PySpark is not installed. Run «make spark».") from problem
    os.environ["PYSPARK_PYTHON"] = sys.executable
    with TemporaryDirectory() as folder:
        builder = SparkSession.builder.master("local[1]").appName("runde-rules")
        places = {
            "spark.sql.warehouse.dir": str(Path(folder) / "warehouse"),
            "spark.local.dir": folder,
        }
        for name, value in (QUIET | places).items():
            builder = builder.config(name, value)
        session = builder.getOrCreate()
        try:
            yield SparkEngine(session)
        finally:
            session.stop()
