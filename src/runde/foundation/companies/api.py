"""The door to the business register: read files in, look companies up, read their facts.

Public data, the same for every tenant: no fence is needed.
"""

from .domain.facts import CompanyFacts, SubUnitFacts, UnitFacts
from .domain.file_names import register_date_in
from .domain.looking_up import (
    DeletedUnit,
    FoundUnit,
    NoLookUp,
    NoUnit,
    OddRegisterAnswer,
    RegisterSilent,
    RegisterUnavailable,
    RemovedUnit,
    UnitAnswer,
    UnitLookUp,
)
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
from .intake.unit_answers import read_unit
from .operations.ask_register import connect_look_up, disconnect_look_up, find_look_up
from .operations.fetch_company import IsSubUnit, fetch_companies, fetch_company
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
from .queries.links import RegisterLink, links_of
from .queries.search import CompanyHit, search_companies
from .queries.standing import Standing, is_stale, register_standing
from .synthesis.make_units import SynthesisOrder
from .synthesis.write_register import write_register

__all__ = [
    "CompanyFacts",
    "CompanyHit",
    "CompanyNotFound",
    "CompanyRole",
    "DeletedUnit",
    "ExtractFailed",
    "FACT_ATTRIBUTES",
    "FileExtract",
    "FileRefused",
    "FoundUnit",
    "ImportResult",
    "IsSubUnit",
    "NoLookUp",
    "NoOrganisationNumbers",
    "NoRegister",
    "NoSuchFile",
    "NoUnit",
    "NotARegister",
    "NotCompressed",
    "OddRegisterAnswer",
    "Progress",
    "RegisterExtract",
    "RegisterLink",
    "RegisterSilent",
    "RegisterUnavailable",
    "Rejection",
    "RemovedUnit",
    "RoleSource",
    "RolesNotAvailable",
    "Standing",
    "SubUnitFacts",
    "SynthesisOrder",
    "UnitAnswer",
    "UnitFacts",
    "UnitLookUp",
    "connect_look_up",
    "connect_role_source",
    "disconnect_look_up",
    "extract_of_file",
    "facts_of",
    "facts_of_many",
    "fetch_companies",
    "fetch_company",
    "fictitious_extract",
    "find_company",
    "find_facts_on",
    "find_look_up",
    "find_sub_unit",
    "get_company",
    "import_register",
    "is_stale",
    "links_of",
    "list_companies_in",
    "list_facts_history",
    "list_sub_units",
    "read_unit",
    "register_date_in",
    "register_extract",
    "register_standing",
    "roles_in",
    "search_companies",
    "stream_facts",
    "write_register",
]
