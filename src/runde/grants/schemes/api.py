"""The door to schemes, calls and their money."""

from .domain.content import (
    LANGUAGE_LABELS,
    TEXT_LABELS,
    TEXT_LISTS,
    fit_problems,
    legal_problems,
    listed,
    scheme_problems,
    text_lacks,
)
from .domain.phases import Phase
from .domain.refusals import CallRefused, SchemeRefused, SourceRefused
from .domain.register_facts import register_attributes, register_facts
from .examples import list_example_schemes, load_scheme, load_scheme_rules
from .models import Announcement, Call, CallFunding, FundingSource, Scheme, SchemeVersion
from .operations.attach_funding import attach_funding
from .operations.create_scheme import create_scheme
from .operations.install_example import install_example_scheme
from .operations.open_call import open_call
from .operations.publish_call import is_conditional, publish_call, withdraw_call
from .operations.publish_version import publish_version
from .operations.register_budget_decision import register_budget_decision, withdraw_source
from .operations.register_source import register_source
from .queries.announced import PublicBasis, basis_of_announced
from .queries.calls import (
    call_phase,
    find_announcement,
    find_scheme,
    get_call,
    list_announcements,
    list_calls,
)
from .queries.money import earmark_fits, list_sources, sources_of
from .queries.rules import RulesAltered, compiled_rules, public_sentences
from .queries.words import scheme_name, scheme_name_in_sentence

__all__ = [
    "LANGUAGE_LABELS",
    "TEXT_LABELS",
    "TEXT_LISTS",
    "Announcement",
    "Call",
    "CallFunding",
    "CallRefused",
    "FundingSource",
    "Phase",
    "PublicBasis",
    "RulesAltered",
    "Scheme",
    "SchemeRefused",
    "SchemeVersion",
    "SourceRefused",
    "attach_funding",
    "basis_of_announced",
    "call_phase",
    "compiled_rules",
    "create_scheme",
    "earmark_fits",
    "find_announcement",
    "find_scheme",
    "fit_problems",
    "get_call",
    "install_example_scheme",
    "is_conditional",
    "legal_problems",
    "list_announcements",
    "list_calls",
    "list_example_schemes",
    "list_sources",
    "listed",
    "load_scheme",
    "load_scheme_rules",
    "open_call",
    "public_sentences",
    "publish_call",
    "publish_version",
    "register_attributes",
    "register_budget_decision",
    "register_facts",
    "register_source",
    "scheme_name",
    "scheme_name_in_sentence",
    "scheme_problems",
    "sources_of",
    "text_lacks",
    "withdraw_call",
    "withdraw_source",
]
