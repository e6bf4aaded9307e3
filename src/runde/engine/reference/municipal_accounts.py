"""Codes of municipal accounts: what a municipality may begin with when it says how grants are booked."""

from dataclasses import dataclass
from functools import cache

from runde.engine.reference.package_data import load

FILE = "municipal_accounts.json"


@dataclass(frozen=True, slots=True)
class AccountCode:
    """A code with its name in the regulation. `place` is where money stands, for proposals."""

    code: str
    name: str
    place: str = ""


@cache
def account_proposals() -> tuple[AccountCode, ...]:
    """One for each place money can stand. Proposals only: the municipality decides."""
    return tuple(AccountCode(**row) for row in load(FILE)["proposals"])


@cache
def business_functions() -> tuple[AccountCode, ...]:
    """The functions grants to business are booked on, the most used first."""
    return tuple(AccountCode(**row) for row in load(FILE)["functions"])
