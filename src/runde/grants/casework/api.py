"""The door to casework: from a submitted application to a decision with its letter."""

from .domain.lines import Line
from .domain.reasons import Reason, get_reason, list_reasons
from .domain.snapshot import seal_over
from .errors import (
    AlreadyDeclared,
    AlreadyHandled,
    CaseDecided,
    GrantStands,
    HasInterest,
    LinesRefused,
    NotDeclared,
    NothingLeft,
    TooLittleMoney,
)
from .models import Award, Case, Check, Decision, Impartiality, Lane, Outcome, Proposal, ProposalLine
from .operations.approve_proposal import Approved, approve_proposal
from .operations.declare_impartiality import declare_impartiality, declare_many_impartial
from .operations.open_cases import open_cases
from .operations.propose import decide_anew, propose, propose_as_checked
from .operations.return_proposal import return_proposal
from .operations.run_check import run_check
from .operations.write_letters import letter_key, letter_pdf, write_letters
from .queries.cases import awards_of, cases_of, find_case_of, get_case, latest_decisions, list_cases
from .queries.proposals import get_proposal, list_proposals
from .signals import decisions_made

__all__ = [
    "AlreadyDeclared",
    "AlreadyHandled",
    "Approved",
    "Award",
    "Case",
    "CaseDecided",
    "Check",
    "Decision",
    "GrantStands",
    "HasInterest",
    "Impartiality",
    "Lane",
    "Line",
    "LinesRefused",
    "NotDeclared",
    "NothingLeft",
    "Outcome",
    "Proposal",
    "ProposalLine",
    "Reason",
    "TooLittleMoney",
    "approve_proposal",
    "awards_of",
    "cases_of",
    "decide_anew",
    "decisions_made",
    "declare_impartiality",
    "declare_many_impartial",
    "find_case_of",
    "get_case",
    "get_proposal",
    "get_reason",
    "latest_decisions",
    "letter_key",
    "letter_pdf",
    "list_cases",
    "list_proposals",
    "list_reasons",
    "open_cases",
    "propose",
    "propose_as_checked",
    "return_proposal",
    "run_check",
    "seal_over",
    "write_letters",
]
