"""Fictitious tenants, people, companies, calls and applications for tests of every room.

Everything tenant-owned is made inside an open fence: `with fence(TenantFactory().id): call = a_call(at=at)`.
Things with a life of their own are made through the rooms' operations, never by writing rows.
"""

from .applications import ANSWERS, a_draft, a_submitted, submitted_applications
from .companies import CompanyFactory
from .designs import a_neighbour, a_scheme_draft, a_shared_scheme, a_version_of, with_figure
from .organisations import TenantFactory
from .people import PersonFactory, an_actor, an_applicant
from .schemes import a_call, a_scheme_version, a_source

__all__ = [
    "ANSWERS",
    "CompanyFactory",
    "PersonFactory",
    "TenantFactory",
    "a_call",
    "a_draft",
    "a_neighbour",
    "a_scheme_draft",
    "a_scheme_version",
    "a_shared_scheme",
    "a_source",
    "a_submitted",
    "a_version_of",
    "an_actor",
    "an_applicant",
    "submitted_applications",
    "with_figure",
]
