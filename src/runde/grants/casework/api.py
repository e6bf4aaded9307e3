"""The door to casework: from a submitted application to a decision with its letter."""

from .domain.judged import CriterionCount, Flow, Judged, LaneSum, Totals
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
    VersionMissing,
    WrongVersion,
)
from .models import (
    Award,
    Case,
    CaseMove,
    Check,
    Decision,
    Impartiality,
    Lane,
    Outcome,
    Proposal,
    ProposalLine,
)
from .operations.approve_proposal import Approved, approve_proposal
from .operations.assign_cases import assign_cases
from .operations.declare_impartiality import declare_impartiality, declare_many_impartial
from .operations.move_cases import Moved, move_cases
from .operations.open_cases import open_cases
from .operations.propose import decide_anew, propose, propose_as_checked
from .operations.read_case import read_case
from .operations.return_proposal import return_proposal
from .operations.run_check import run_check
from .operations.write_letters import letter_key, letter_pdf, write_letters
from .queries.case_page import CasePage, Moment, case_page
from .queries.cases import awards_of, cases_of, find_case_of, get_case, latest_decisions, list_cases
from .queries.funding_preview import (
    FundingPreview,
    SourceShare,
    cases_with_applications,
    funding_preview,
    pending_grants,
)
from .queries.letter_preview import preview_letter
from .queries.move_preview import MovePreview, MoveRow, Stay, preview_move
from .queries.overview import Overview, SourceStanding, overview
from .queries.proposal_list import ProposalRow, list_proposal_rows
from .queries.proposal_page import LineRow, ProposalPage, proposal_page
from .queries.proposals import get_proposal, list_proposals
from .queries.replay import Replay, ReplayRow, replay
from .queries.versions import last_moves, versions_of
from .queries.worklist import (
    Filters,
    LaneCount,
    Row,
    Worklist,
    counts_by_call,
    lane_counts,
    list_case_ids,
    state_counts,
    worklist,
)
from .signals import decisions_made

__all__ = [
    "AlreadyDeclared",
    "AlreadyHandled",
    "Approved",
    "Award",
    "Case",
    "CaseDecided",
    "CaseMove",
    "CasePage",
    "Check",
    "CriterionCount",
    "Decision",
    "Filters",
    "Flow",
    "FundingPreview",
    "GrantStands",
    "HasInterest",
    "Impartiality",
    "Judged",
    "Lane",
    "LaneCount",
    "LaneSum",
    "Line",
    "LineRow",
    "LinesRefused",
    "Moment",
    "MovePreview",
    "MoveRow",
    "Moved",
    "NotDeclared",
    "NothingLeft",
    "Outcome",
    "Overview",
    "Proposal",
    "ProposalLine",
    "ProposalPage",
    "ProposalRow",
    "Reason",
    "Replay",
    "ReplayRow",
    "Row",
    "SourceShare",
    "SourceStanding",
    "Stay",
    "TooLittleMoney",
    "Totals",
    "VersionMissing",
    "Worklist",
    "WrongVersion",
    "approve_proposal",
    "assign_cases",
    "awards_of",
    "case_page",
    "cases_of",
    "cases_with_applications",
    "counts_by_call",
    "decide_anew",
    "decisions_made",
    "declare_impartiality",
    "declare_many_impartial",
    "find_case_of",
    "funding_preview",
    "get_case",
    "get_proposal",
    "get_reason",
    "lane_counts",
    "last_moves",
    "latest_decisions",
    "letter_key",
    "letter_pdf",
    "list_case_ids",
    "list_cases",
    "list_proposal_rows",
    "list_proposals",
    "list_reasons",
    "move_cases",
    "open_cases",
    "overview",
    "pending_grants",
    "preview_letter",
    "preview_move",
    "proposal_page",
    "propose",
    "propose_as_checked",
    "read_case",
    "replay",
    "return_proposal",
    "run_check",
    "seal_over",
    "state_counts",
    "versions_of",
    "worklist",
    "write_letters",
]
