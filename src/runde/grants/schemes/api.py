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
from .domain.register_facts import register_attributes, register_facts, register_types
from .domain.terms import CallTerms
from .examples import list_example_schemes, load_scheme, load_scheme_rules
from .models import (
    Announcement,
    Call,
    CallExtension,
    CallFunding,
    CallVersionChange,
    FundingSource,
    Scheme,
    SchemeVersion,
    SourceChange,
)
from .operations.add_call_file import add_call_file
from .operations.announcing import is_conditional, refresh_announced_money
from .operations.as_if_published import as_if_published
from .operations.attach_funding import attach_funding
from .operations.change_contact import change_contact
from .operations.change_source import (
    Paper,
    carry_over,
    change_source_amount,
    expect_source,
    withdraw_decided_source,
)
from .operations.create_scheme import create_scheme
from .operations.detach_funding import detach_funding
from .operations.extend_call import extend_call
from .operations.install_example import install_example_scheme
from .operations.invite_company import invite_company
from .operations.move_call import move_call
from .operations.open_call import change_call, open_call
from .operations.publish_call import publish_call
from .operations.publish_version import publish_version
from .operations.register_budget_decision import register_budget_decision, withdraw_source
from .operations.register_source import register_source
from .operations.withdraw_call import withdraw_call
from .queries.announced import PublicBasis, basis_of_announced
from .queries.announcements import (
    announcement_phase,
    find_announcement,
    list_announcements,
    search_announcements,
)
from .queries.calls import (
    Contact,
    call_phase,
    contact_of,
    files_of,
    find_scheme,
    get_call,
    get_call_by_id,
    grace_ends_at,
    list_calls,
)
from .queries.money import MoneyLeft, earmark_fits, list_sources, money_left, sources_of
from .queries.rules import RulesAltered, compiled_rules, public_sentences
from .queries.sources import carried_in, changes_of, get_source
from .queries.words import scheme_name, scheme_name_in_sentence
from .signals import call_extended, call_moved, call_published, call_withdrawn

__all__ = [
    "LANGUAGE_LABELS",
    "TEXT_LABELS",
    "TEXT_LISTS",
    "Announcement",
    "Call",
    "CallExtension",
    "CallFunding",
    "CallRefused",
    "CallTerms",
    "CallVersionChange",
    "Contact",
    "FundingSource",
    "MoneyLeft",
    "Paper",
    "Phase",
    "PublicBasis",
    "RulesAltered",
    "Scheme",
    "SchemeRefused",
    "SchemeVersion",
    "SourceChange",
    "SourceRefused",
    "add_call_file",
    "announcement_phase",
    "as_if_published",
    "attach_funding",
    "basis_of_announced",
    "call_extended",
    "call_moved",
    "call_phase",
    "call_published",
    "call_withdrawn",
    "carried_in",
    "carry_over",
    "change_call",
    "change_contact",
    "change_source_amount",
    "changes_of",
    "compiled_rules",
    "contact_of",
    "create_scheme",
    "detach_funding",
    "earmark_fits",
    "expect_source",
    "extend_call",
    "files_of",
    "find_announcement",
    "find_scheme",
    "fit_problems",
    "get_call",
    "get_call_by_id",
    "get_source",
    "grace_ends_at",
    "install_example_scheme",
    "invite_company",
    "is_conditional",
    "legal_problems",
    "list_announcements",
    "list_calls",
    "list_example_schemes",
    "list_sources",
    "listed",
    "load_scheme",
    "load_scheme_rules",
    "money_left",
    "move_call",
    "open_call",
    "public_sentences",
    "publish_call",
    "publish_version",
    "refresh_announced_money",
    "register_attributes",
    "register_budget_decision",
    "register_facts",
    "register_source",
    "register_types",
    "scheme_name",
    "scheme_name_in_sentence",
    "scheme_problems",
    "search_announcements",
    "sources_of",
    "text_lacks",
    "withdraw_call",
    "withdraw_decided_source",
    "withdraw_source",
]
