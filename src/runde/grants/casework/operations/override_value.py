"""An officer's own figure in place of the rules': a calculation of its own, with a reason that stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from runde.engine.rules import RuleError, ValueType, Verdict, field_kind, read_codes, read_typed
from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import NotFound, Refused

from ..domain.overrides import (
    Override,
    Settable,
    each_once,
    overridden,
    settable_in,
    with_override,
    without_override,
)
from ..domain.state_table import TABLE
from ..errors import CaseDecided, NotDeclared, WrongFigure
from ..models import Check
from ..queries.cases import declarations_by, lock_cases
from .following import journal
from .judging import Basis, basis_of, keep_check

LONGEST_REASON = 1000
NO_REASON = "Skriv hvorfor du setter et annet tall enn reglene gir."
NO_REASON_BACK = "Skriv hvorfor reglenes eget tall skal gjelde igjen."


def override_value(*, case_id: UUID, name: str, typed: str, reason: str, by: Actor, at: datetime) -> Check:
    """Set a value or a row of the calculation, as the officer typed it: the case's next check, which says who and why.

    What rests on it follows; earlier checks stand. Only while the case is open. Raises Refused without a reason,
    WrongFigure for what cannot be read, CaseDecided, NotDeclared, NotAllowed, NotFound.
    """
    words = _required(reason, NO_REASON)
    with transaction.atomic():
        basis = _open_basis(case_id, by)
        new = _as_override(basis, name, typed, words, by, at)
        check = _kept(basis, with_override(basis.standing, new), at)
        journal(
            "casework.overridden",
            case_id,
            by.person_id,
            at,
            check=check.id,
            name=name,
            label=new.label,
            was=new.shown_was,
            now=new.shown_is,
            reason=words,
        )
    return check


def withdraw_override(*, case_id: UUID, name: str, reason: str, by: Actor, at: datetime) -> Check:
    """Let the rules' own figure count again: a check of its own, too. Raises as `override_value`."""
    words = _required(reason, NO_REASON_BACK)
    with transaction.atomic():
        basis = _open_basis(case_id, by)
        standing = next((one for one in basis.standing if one.name == name), None)
        if standing is None:
            raise NotFound(
                "Tallet er ikke satt av en saksbehandler. Last siden på nytt og se hva som gjelder."
            )
        check = keep_check(basis, without_override(basis.standing, name), at)
        journal(
            "casework.override_withdrawn",
            case_id,
            by.person_id,
            at,
            check=check.id,
            name=name,
            label=standing.label,
            reason=words,
        )
    return check


def _open_basis(case_id: UUID, by: Actor) -> Basis:
    [case] = lock_cases([case_id])
    authorise(by, "casework.check", case)
    if not TABLE.fits("case", "override", case.state) or case.decisions.exists():
        raise CaseDecided("Saken er ikke lenger åpen. Et forslag må sendes tilbake før tall kan endres.")
    if (case_id, by.person_id) not in declarations_by([by.person_id], [case_id]):
        raise NotDeclared("Si først fra om du kan behandle saken.", cases=[case.number])
    return basis_of(case)


def _as_override(basis: Basis, name: str, typed: str, reason: str, by: Actor, at: datetime) -> Override:
    """`was` is what the rules alone give, whatever else is set."""
    plain = basis.judged(at)
    target = next((one for one in _settable(basis, plain, basis.standing, at) if one.name == name), None)
    if target is None:
        raise NotFound("Saken har ikke et slikt tall. Last siden på nytt og velg fra lista.")
    return overridden(target, _read(target, typed), reason=reason, by=by.person_id, at=at)


def _settable(
    basis: Basis, plain: Verdict, standing: Sequence[Override], at: datetime
) -> tuple[Settable, ...]:
    """By the rules alone; and what only the verdict with overrides rests on."""
    types = basis.rules.rules.types
    alone = settable_in(plain, types)
    if not standing:
        return alone
    return each_once((*alone, *settable_in(basis.judged(at, standing), types)))


def _read(target: Settable, typed: str) -> Any:
    try:
        return _as_type(target.value_type, typed)
    except RuleError as error:
        raise WrongFigure(error.first.sentence()) from error


def _as_type(value_type: ValueType, typed: str) -> Any:
    kind = field_kind(value_type)
    if kind == "codes":
        codes = read_codes(typed, value_type.codes)
        return frozenset(codes) if value_type.kind.name == "CODES" else codes[0]
    return read_typed(kind, typed)


def _kept(basis: Basis, overrides: Sequence[Override], at: datetime) -> Check:
    """Raises WrongFigure for what the rules have no room for, and for a grant below nothing."""
    try:
        check = keep_check(basis, overrides, at)
    except RuleError as error:
        raise WrongFigure(error.first.sentence()) from error
    total = check.verdict["rows"][-1]["value"]
    if total is not None and Decimal(total) < 0:
        raise WrongFigure("Tilskuddet ville blitt mindre enn 0 kroner. Skriv et annet tall.")
    return check


def _required(reason: str, if_empty: str) -> str:
    words = reason.strip()
    if not words:
        raise Refused(if_empty)
    if len(words) > LONGEST_REASON:
        raise Refused(f"Begrunnelsen kan ha høyst {LONGEST_REASON} tegn. Kort den ned.")
    return words
