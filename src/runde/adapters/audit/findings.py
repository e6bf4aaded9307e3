"""What the checker finds, and how a check made of one question is written down."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that is not as it must be. `subject` names what (an id or a number), `detail` by how much."""

    check: str
    tenant: str
    subject: str
    detail: str


@dataclass(frozen=True, slots=True)
class Question:
    """A check that one SQL query answers: each row (tenant, subject, detail) is a finding; no rows is good.

    `promise` says in Norwegian what holds when nothing is found.
    """

    name: str
    promise: str
    sql: str
