"""Made-up people and a tenant for the sample pages; they exist only here."""

from __future__ import annotations

from dataclasses import dataclass

from runde.web.components.navigation import MenuLink


@dataclass(frozen=True)
class SampleTenant:
    name: str = "Moss kommune"
    contact_name: str = "Næringsavdelingen"
    contact_email: str = "naring@moss.example"
    contact_phone: str = "00 00 00 00"


@dataclass(frozen=True)
class SamplePerson:
    name: str
    is_authenticated: bool = True


TENANT = SampleTenant()
OFFICER = SamplePerson("Ida Lunde")
APPROVER = SamplePerson("Per Strand")
APPLICANT = SamplePerson("Kari Dahl")

OFFICER_MENU = (
    MenuLink("Saker", "#saker", current=True),
    MenuLink("Ordninger", "#ordninger"),
    MenuLink("Betaling", "#betaling"),
)
