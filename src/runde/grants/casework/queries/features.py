"""How cases stand, in the form they are compared in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils import timezone

from runde.grants.applications.api import Application
from runde.grants.precedents.api import Departure, Features, departure, features_from, unlike_outcomes

from ..domain.deviating import is_weighed
from ..domain.lines import Line, Standing, as_checked, settled_amount
from ..models import Case, Check, Impartiality

OPPOSITE = {"granted": "refused", "refused": "granted"}


def features_at(verdict: Mapping[str, Any], application: Application, at: datetime) -> Features:
    """By a verdict in its stored form, and the register as sealed with the application."""
    return features_from(verdict, application.facts.get("register", {}), timezone.localdate(at))


def features_of_checks(check_ids: Mapping[UUID, UUID], at: datetime) -> dict[UUID, Features]:
    """The features of each case by the check named for it. One statement."""
    found = Check.objects.filter(id__in=list(check_ids.values()))
    rows = found.values_list("case_id", "verdict", "case__application__facts__register")
    on = timezone.localdate(at)
    return {case_id: features_from(verdict, register or {}, on) for case_id, verdict, register in rows}


def cases_of_interest(person_id: UUID) -> list[UUID]:
    """Cases a person has declared an interest in: they are not shown to that person as like another."""
    mine = Impartiality.objects.filter(person_id=person_id, is_impartial=False)
    return list(mine.values_list("case_id", flat=True))


def needs_comparing(line: Line, standing: Standing) -> bool:
    """Not what the rules give as calculated, and not a ranking: those treat everybody alike already."""
    expected = as_checked(line.case_id, standing)
    follows = expected is not None and expected.outcome == "granted" == line.outcome
    if follows and expected is not None and expected.amount_nok == settled_amount(line, standing):
        return False
    return is_weighed(line)


def departures(
    lines: Iterable[tuple[Line, Standing]], features: Mapping[UUID, Features]
) -> dict[UUID, Departure]:
    """By case, the lines that go another way than like cases. Only those that could are looked at one by one."""
    compared = [(line, standing) for line, standing in lines if line.case_id in features]
    if not compared:
        return {}
    unlike = unlike_outcomes({features[line.case_id].rules_name for line, _ in compared})
    found: dict[UUID, Departure] = {}
    for line, standing in compared:
        ours = features[line.case_id]
        if _could_depart(ours, line.outcome, unlike):
            away = departure(ours, line.outcome, _amount(line, standing), leaving_out=[line.case_id])
            found |= {line.case_id: away} if away else {}
    return found


def _amount(line: Line, standing: Standing) -> Decimal:
    return settled_amount(line, standing)


def _could_depart(ours: Features, outcome: str, unlike: Mapping[tuple[str, str], set[str]]) -> bool:
    """A refusal departs only where something that missed one of the same criteria was granted."""
    if outcome == "granted":
        return True
    keys = unlike.get((ours.rules_name, OPPOSITE[outcome]), set())
    mine = set(ours.tokens)
    return any(mine & set(key.split("|")) if mine else not key for key in keys)


def standing_of(case: Case) -> Standing:
    return Standing(case.lane, case.recommended_nok)
