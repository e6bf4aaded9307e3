"""The committed list of the walls, beside this file.

`python -m runde.cli.proofs.matrix.committed` writes it anew from the migrations; read the difference before it is
committed. Each unfenced table needs a reason, which is kept.
"""

from __future__ import annotations

import json
from pathlib import Path

import psycopg

from runde.adapters.postgres import launcher

from ..ground import open_ground
from .catalog import Facts, gather

LIST = Path(__file__).parent / "catalog.json"
REASONS = "why unfenced"


def committed() -> Facts:
    """The list as facts, without its reasons. Raises KeyError when an unfenced table has no reason."""
    facts: Facts = json.loads(LIST.read_text(encoding="utf-8"))
    reasons = facts.pop(REASONS)
    facts["unfenced tables"] = sorted(table for table, reason in reasons.items() if reason)
    return facts


def write() -> list[str]:
    """Write the list; gives the unfenced tables that still lack a reason."""
    with open_ground(durable=False) as ground, psycopg.connect(ground.dsn(launcher.SUPERUSER)) as connection:
        facts = gather(connection)
    known = json.loads(LIST.read_text(encoding="utf-8"))[REASONS] if LIST.exists() else {}
    facts[REASONS] = {table: known.get(table, "") for table in facts.pop("unfenced tables")}
    LIST.write_text(json.dumps(facts, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return [table for table, reason in facts[REASONS].items() if not reason]


if __name__ == "__main__":
    print("Without a reason:", ", ".join(write()) or "none")  # noqa: T201
