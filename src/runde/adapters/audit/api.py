"""The door to the independent checker."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import psycopg

from .findings import Finding, Question
from .of_decisions import DECISIONS
from .of_files import LOOKS, Look, Places
from .of_ledger import LEDGER
from .of_payments import PAYMENTS
from .of_traces import TRACES

CHECKS: tuple[Question | Look, ...] = (*LEDGER, *DECISIONS, *PAYMENTS, *TRACES, *LOOKS)
MOST_FINDINGS = 100  # of one check: enough to see the pattern, few enough to read

__all__ = ["CHECKS", "Audit", "Finding", "Places", "audit", "promises"]


@dataclass(slots=True)
class Audit:
    """What was asked and what was found. `counts` holds how many findings each check had, shown or not."""

    checks: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def holds(self) -> bool:
        return not self.counts


def audit(
    connection: psycopg.Connection[Any],
    places: Places,
    *,
    told: Callable[[str], None] = lambda name: None,
) -> Audit:
    """Ask everything, on a connection that sees all tenants. Reads only; changes nothing.

    A check that cannot be asked raises: what could not be looked at never counts as good. `told` hears each
    check's name before it is asked.
    """
    result = Audit()
    for check in CHECKS:
        told(check.name)
        result.checks.append(check.name)
        found = list(_ask(connection, places, check))
        if found:
            result.counts[check.name] = len(found)
            result.findings += sorted(found)[:MOST_FINDINGS]
    return result


def promises() -> dict[str, str]:
    """What each check vouches for, in Norwegian, by its name."""
    return {check.name: check.promise for check in CHECKS}


def _ask(connection: psycopg.Connection[Any], places: Places, check: Question | Look) -> Iterator[Finding]:
    if isinstance(check, Look):
        yield from check.find(connection, places)
        return
    for tenant, subject, detail in connection.execute(check.sql):
        yield Finding(check.name, str(tenant), str(subject), str(detail))
