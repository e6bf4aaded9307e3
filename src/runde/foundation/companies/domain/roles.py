"""Who may act for a company. Not in the bulk files: a place for a look-up that an adapter brings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from runde.foundation.trust.api import Refused


@dataclass(frozen=True, slots=True)
class CompanyRole:
    """A person's or unit's role in a company: the register's role code (DAGL, LEDE, INNH, …) and who has it.

    The open register gives name and date of birth only: a hint for the case officer, never proof that the
    person signed in is the one who holds the role.
    """

    code: str
    name: str
    birth_date: date | None
    holder_orgnr: str
    as_of_date: date
    source: str


class RoleSource(Protocol):
    """Looks up the roles in one company. Raises RolesNotAvailable when the service does not answer."""

    def roles_in(self, orgnr: str) -> tuple[CompanyRole, ...]: ...


class RolesNotAvailable(Refused):
    """No look-up of roles is connected, or it does not answer."""

    code = "roles_not_available"


class _NoRoleSource:
    def roles_in(self, orgnr: str) -> tuple[CompanyRole, ...]:
        raise RolesNotAvailable(
            "Roller i virksomheten kan ikke slås opp automatisk her. Be søkeren legge ved firmaattest eller fullmakt.",
            orgnr=orgnr,
        )


_source: RoleSource = _NoRoleSource()


def connect_role_source(source: RoleSource) -> None:
    """Wire a look-up at start-up."""
    global _source  # noqa: PLW0603 - one source for the process, set once by the wiring
    _source = source


def roles_in(orgnr: str) -> tuple[CompanyRole, ...]:
    """The present roles in a company. Raises RolesNotAvailable."""
    return _source.roles_in(orgnr)
