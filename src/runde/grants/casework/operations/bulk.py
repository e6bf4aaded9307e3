"""What is done to several cases at once: one row tells what changed and what did not come along, and can be undone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from runde.foundation.journal.api import Happening, record_many
from runde.foundation.people.api import Actor

from ..domain.state_table import TABLE
from ..models import BulkAct, Case, Impartiality

Columns = Mapping[str, Any]
"""Column names and values of a case: `assigned_to`, `hold_until_date`, `hold_reason`."""
WHY_OWN_INTEREST = "Du har meldt fra om at du ikke kan behandle saken."
WHY_NOT_OPEN: Mapping[str, str] = {
    Case.State.PROPOSED: "Saken er til godkjenning.",
    Case.State.DECIDED: "Saken er vedtatt.",
    Case.State.WITHDRAWN: "Søknaden er trukket.",
}


@dataclass(frozen=True, slots=True)
class Plan:
    """What each case is to become, and why others cannot come along (case id to sentence)."""

    kind: str
    action: str
    changes: Mapping[UUID, Columns]
    why_not: Mapping[UUID, str]
    facts: Mapping[str, Any] = field(default_factory=dict)


def workable(cases: Sequence[Case], by: Actor) -> tuple[list[Case], dict[UUID, str]]:
    """The cases the person may do something to now, and why not the others."""
    interests = interests_in(cases, [by.person_id])
    why = {
        case.id: WHY_OWN_INTEREST
        if (case.id, by.person_id) in interests
        else WHY_NOT_OPEN.get(case.state, "Saken er ikke lenger åpen.")
        for case in cases
        if (case.id, by.person_id) in interests or not TABLE.fits("case", "assign", case.state)
    }
    return [case for case in cases if case.id not in why], why


def interests_in(cases: Collection[Case], people: Collection[UUID]) -> set[tuple[UUID, UUID]]:
    """(case, person) for every interest these people have declared in these cases."""
    declared = Impartiality.objects.filter(case__in=cases, person_id__in=people, is_impartial=False)
    return set(declared.values_list("case_id", "person_id"))


def carry_out(plan: Plan, cases: Sequence[Case], by: Actor, at: datetime) -> BulkAct:
    """Change the cases that are to change, write one line in each one's history, and keep what can be undone."""
    changing = [case for case in cases if case.id in plan.changes and _differs(case, plan.changes[case.id])]
    act = BulkAct(
        kind=plan.kind,
        facts=dict(plan.facts) | {"unchanged": len(plan.changes) - len(changing)},
        changes=[_change(case, plan.changes[case.id]) for case in changing],
        not_done=not_done(cases, plan.why_not),
        done_by=by.person_id,
        done_at=at,
    )
    write_columns({case.id: plan.changes[case.id] for case in changing})
    act.save(force_insert=True)
    happened = [
        Happening(plan.action, "case", case.id, told(plan.changes[case.id]) | {"bulk": act.id})
        for case in changing
    ]
    record_many(happened, by=by.person_id, at=at)
    return act


def write_columns(changes: Mapping[UUID, Columns]) -> None:
    """One statement for each different outcome."""
    alike: dict[tuple[tuple[str, Any], ...], list[UUID]] = {}
    for case_id, columns in changes.items():
        alike.setdefault(tuple(sorted(columns.items())), []).append(case_id)
    for outcome, case_ids in alike.items():
        Case.objects.filter(id__in=case_ids).update(**dict(outcome))


def told(columns: Columns) -> dict[str, Any]:
    """The columns as the journal names them."""
    names = {"assigned_to": "to", "hold_until_date": "until", "hold_reason": "reason"}
    return {names[name]: value for name, value in columns.items()}


def not_done(cases: Sequence[Case], why: Mapping[UUID, str]) -> list[dict[str, str]]:
    return [
        {"case_id": str(case.id), "number": case.number, "name": case.company_name, "why": why[case.id]}
        for case in cases
        if case.id in why
    ]


def as_stored(columns: Columns) -> dict[str, Any]:
    """JSON-safe; `as_columns` gives equal values back."""
    return {name: str(value) if value is not None else None for name, value in columns.items()}


def as_columns(stored: Columns) -> dict[str, Any]:
    revive: Mapping[str, Callable[[str], Any]] = {
        "assigned_to": UUID,
        "hold_until_date": date.fromisoformat,
        "hold_reason": str,
    }
    return {name: None if value is None else revive[name](value) for name, value in stored.items()}


_REVIVE: Mapping[str, Callable[[str], Any]] = {
    "assigned_to": UUID,
    "hold_until_date": date.fromisoformat,
    "hold_reason": str,
}


def _differs(case: Case, columns: Columns) -> bool:
    return any(getattr(case, name) != value for name, value in columns.items())


def _change(case: Case, columns: Columns) -> dict[str, Any]:
    was = {name: getattr(case, name) for name in columns}
    return {
        "case_id": str(case.id),
        "number": case.number,
        "name": case.company_name,
        "was": as_stored(was),
        "now": as_stored(columns),
    }
