"""Find a company: in what we hold, else by asking the register."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime

from runde.engine.reference.api import format_orgnr, is_valid_orgnr
from runde.foundation.companies.domain.facts import CompanyFacts, SubUnitFacts
from runde.foundation.companies.domain.looking_up import OddRegisterAnswer, RegisterUnavailable
from runde.foundation.companies.queries.facts import CompanyNotFound, find_company, find_sub_unit
from runde.foundation.trust.api import NotFound

from .ask_register import ask_register
from .take_in_unit import take_in_unit


class IsSubUnit(CompanyNotFound):
    """The number is a branch's. `branch` is what is known of it, `company` the main unit when that is known too."""

    code = "is_sub_unit"

    def __init__(self, branch: SubUnitFacts, company: CompanyFacts | None) -> None:
        main = format_orgnr(branch.parent_orgnr)
        name = f"{company.name}, {main}" if company else main
        NotFound.__init__(
            self,
            f"{branch.name} er en underenhet (avdeling). Bruk nummeret til virksomheten den hører til: {name}.",
            orgnr=branch.orgnr,
            organisation_number=branch.parent_orgnr,
        )
        self.branch, self.company = branch, company


def fetch_company(orgnr: str, *, at: datetime) -> CompanyFacts:
    """The present facts of a main unit, from what we hold or, when we hold nothing, from the register itself.

    What the register answers is kept. Raises IsSubUnit, which knows the main unit; CompanyNotFound when the register
    has no such number; RegisterUnavailable when nobody can say: never take that for "not found", and catch it before
    a transaction ends. A page waits ten seconds at most, once a minute; hold no locks others wait for.
    """
    held = find_company(orgnr)
    if held is not None:
        return held
    if not is_valid_orgnr(orgnr):
        raise CompanyNotFound(orgnr)
    if find_sub_unit(orgnr) is None:
        take_in_unit(ask_register(orgnr, at=at), at=at)
    branch = find_sub_unit(orgnr)
    if branch is not None:
        raise IsSubUnit(branch, _main_unit(branch.parent_orgnr, at))
    held = find_company(orgnr)
    if held is None:
        raise CompanyNotFound(orgnr)
    return held


def fetch_companies(orgnrs: Iterable[str], *, at: datetime) -> tuple[str, ...]:
    """Ask the register again for each, whatever we hold; gives the numbers it answered for.

    Stops when it falls silent: the rest must wait for another time. Without a look-up nobody is asked.
    """
    answered = []
    for orgnr in orgnrs:
        try:
            take_in_unit(ask_register(orgnr, at=at), at=at)
        except OddRegisterAnswer:
            continue  # it is in the log; the others may be whole
        except RegisterUnavailable:
            break
        answered.append(orgnr)
    return tuple(answered)


def _main_unit(orgnr: str, at: datetime) -> CompanyFacts | None:
    """A branch is told about though its main unit cannot be found now."""
    with suppress(RegisterUnavailable, CompanyNotFound):
        return fetch_company(orgnr, at=at)
    return None
