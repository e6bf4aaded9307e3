"""The door to the business register: read files in, look companies up, read their facts.

Public data, the same for every tenant: no fence is needed.
"""

from .domain.facts import CompanyFacts, SubUnitFacts, UnitFacts
from .domain.file_names import register_date_in
from .domain.roles import CompanyRole, RolesNotAvailable, RoleSource, connect_role_source, roles_in
from .extracting.columns import FACT_ATTRIBUTES
from .extracting.fictitious import fictitious_extract
from .extracting.from_file import FileExtract, extract_of_file
from .extracting.keeping import ExtractFailed, NoRegister, RegisterExtract, register_extract
from .intake.refusals import (
    FileRefused,
    NoOrganisationNumbers,
    NoSuchFile,
    NotARegister,
    NotCompressed,
)
from .operations.import_register import ImportResult, Progress, Rejection, import_register
from .queries.facts import (
    CompanyNotFound,
    facts_of,
    facts_of_many,
    find_company,
    find_facts_on,
    find_sub_unit,
    get_company,
    list_companies_in,
    list_facts_history,
    list_sub_units,
    stream_facts,
)
from .queries.search import CompanyHit, search_companies
from .synthesis.make_units import SynthesisOrder
from .synthesis.write_register import write_register

__all__ = [
    "CompanyFacts",
    "CompanyHit",
    "CompanyNotFound",
    "CompanyRole",
    "ExtractFailed",
    "FACT_ATTRIBUTES",
    "FileExtract",
    "FileRefused",
    "ImportResult",
    "NoOrganisationNumbers",
    "NoRegister",
    "NoSuchFile",
    "NotARegister",
    "NotCompressed",
    "Progress",
    "RegisterExtract",
    "Rejection",
    "RoleSource",
    "RolesNotAvailable",
    "SubUnitFacts",
    "SynthesisOrder",
    "UnitFacts",
    "connect_role_source",
    "extract_of_file",
    "facts_of",
    "facts_of_many",
    "fictitious_extract",
    "find_company",
    "find_facts_on",
    "find_sub_unit",
    "get_company",
    "import_register",
    "list_companies_in",
    "list_facts_history",
    "list_sub_units",
    "register_date_in",
    "register_extract",
    "roles_in",
    "search_companies",
    "stream_facts",
    "write_register",
]
