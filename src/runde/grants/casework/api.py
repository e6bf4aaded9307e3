"""The door to casework: from a submitted application to a decision with its letter."""

from .domain.appeal_period import AppealPeriod
from .domain.appeal_states import APPEALS, AppealEvent, AppealState
from .domain.changed import percent_text
from .domain.clock import Expected
from .domain.delay_reasons import DelayReason, list_delay_reasons, why_later
from .domain.deviating import Why, get_why, list_departure_reasons, list_deviation_reasons
from .domain.final import is_final
from .domain.judged import CriterionCount, Flow, Judged, LaneSum, Totals
from .domain.letter_rules import LetterBlock, Sentence
from .domain.letters import letter_of
from .domain.lines import Deviation, Line
from .domain.openness import Access, Openness
from .domain.overrides import (
    SET_BY_OFFICER,
    Override,
    Settable,
    overrides_in,
    settable_figures,
    settable_in,
    used_in,
)
from .domain.reasons import Reason, get_reason, list_reasons
from .domain.reversal_states import GROUND_WORDS, REVERSALS, Ground, ReversalEvent, ReversalState
from .domain.settling import Terms
from .domain.snapshot import seal_over
from .domain.stages import NextActor, Stage
from .domain.states import Effect, Step, Thing, UnknownStep
from .errors import (
    AlreadyDeclared,
    AlreadyHandled,
    CaseDecided,
    FinalDecision,
    ForTheBoard,
    GrantStands,
    HasInterest,
    LinesRefused,
    NotDeclared,
    NothingLeft,
    NotToHarm,
    NotWaiting,
    StageMissing,
    TookPart,
    TooLittleMoney,
    TooOld,
    Unsaid,
    VersionMissing,
    WrongFigure,
    WrongVersion,
)
from .models import (
    Acceptance,
    Appeal,
    AppealStep,
    Award,
    BatchOrder,
    BulkAct,
    Case,
    CaseMove,
    Check,
    Decision,
    DecisionReading,
    Delay,
    Impartiality,
    InformationRequest,
    InternalNote,
    Lane,
    Message,
    MunicipalityOfficer,
    OpennessMark,
    Outcome,
    Proposal,
    ProposalLine,
    ProvisionalReply,
    ReasonsDemand,
    ReserveEntry,
    Reversal,
    SavedView,
    Selection,
    SetAside,
    Suspension,
    TreatedLine,
    Treatment,
)
from .money_shown import AccountState, MoneyState, show_money_by
from .operations.answer_dates import set_answer_by
from .operations.answer_grant import accept_grant, decline_grant, lapse_grant
from .operations.appeal import draft_appeal, register_appeal, save_appeal, send_appeal
from .operations.appeal_letters import appeal_letter_key
from .operations.appeal_money import may_win, set_aside_for_appeal
from .operations.approve_proposal import Approved, approve_proposal
from .operations.assign_cases import assign_cases, share_by_municipality, share_evenly
from .operations.carry_out_order import carry_out_order
from .operations.choose_cases import choose_cases
from .operations.correspond import (
    ask_information,
    close_request,
    draft_message,
    read_messages,
    save_message,
    send_message,
)
from .operations.declare_impartiality import declare_impartiality, declare_many_impartial
from .operations.demand_reasons import demand_reasons, give_reasons
from .operations.edit_letter import edit_letter, keep_lost_edit, undo_letter_edit
from .operations.export_list import export_list
from .operations.hold_cases import hold_cases, resume_cases
from .operations.keep_view import delete_view, keep_view
from .operations.laying import How, ToBoard
from .operations.mark_openness import mark_openness
from .operations.move_cases import Moved, move_cases
from .operations.open_cases import open_cases
from .operations.order_batch import ONE_REQUEST, ask_again_for_orders, order_batch
from .operations.override_value import override_value, withdraw_override
from .operations.propose import decide_anew, propose, propose_as_checked, propose_changes
from .operations.propose_short import propose_short
from .operations.provisional import tell_waiting
from .operations.read_case import read_case
from .operations.read_decision import confirm_reading
from .operations.reassess_appeal import (
    answer_rest,
    forward_appeal,
    give_back_appeal,
    propose_after_body,
    register_body_outcome,
    take_appeal,
    uphold_appeal,
)
from .operations.receive_appeal import (
    LATE_GROUNDS,
    LateGround,
    ask_appeal_correction,
    contest_dismissal,
    correct_appeal,
    dismiss_appeal,
    go_on_with_appeal,
    hear_late_appeal,
    reinstate_appeal,
    withdraw_appeal,
)
from .operations.register_treatment import Treated, register_treatment
from .operations.reserve_next import propose_from_reserve
from .operations.return_proposal import return_proposal
from .operations.reverse_decision import (
    comment_reversal,
    drop_reversal,
    go_on_with_reversal,
    notify_reversal,
    open_reversal,
    propose_reversal,
)
from .operations.run_check import run_check
from .operations.sample import open_sample
from .operations.say_delay import say_delay, say_delay_of_call
from .operations.settle_budget import propose_settlement
from .operations.suspend_decision import answer_suspension, ask_suspension
from .operations.tell_letters_made import tell_letters_made
from .operations.tell_unread import tell_unread
from .operations.telling_of_cases import News, tell_applicant
from .operations.top_up import propose_top_up
from .operations.undo_bulk import undo_bulk
from .operations.write_letters import decision_letter, letter_key, letter_pdf, write_letters
from .operations.write_note import write_note
from .queries.appeal_page import (
    AppealPage,
    HeldMoney,
    PartysAppeal,
    ReversalPage,
    appeal_letters,
    appeal_page,
    partys_appeal,
    reversal_page,
    reversals_of,
)
from .queries.appealing import (
    AppealRow,
    appeal_period_of,
    list_appeals,
    list_second_looks,
    reversals_to_comment,
    set_aside_by_source,
    set_aside_for,
    suspended,
    took_part,
)
from .queries.applicant_view import (
    ApplicantView,
    Later,
    ShownAppeal,
    ShownDecision,
    ShownMessage,
    ShownReport,
    Task,
    applicant_view,
    applicant_views,
)
from .queries.batching import near_ceiling, reasons_apart
from .queries.case_page import CasePage, Moment, case_page, case_to_read
from .queries.cases import awards_of, cases_of, find_case_of, get_case, latest_decisions, list_cases
from .queries.changes_told import InLine, ToldChange
from .queries.chosen import (
    find_bulk_act,
    find_selection,
    list_municipalities_of,
    list_views,
    officers_by_municipality,
)
from .queries.earlier_support import EarlierSupport, earlier_support
from .queries.expecting import expected_answer
from .queries.fairness import RoundFairness, list_treated, round_fairness
from .queries.following import Following, contacts_of, find_account, following
from .queries.funding_preview import (
    FundingPreview,
    SourceShare,
    cases_with_applications,
    funding_preview,
    pending_grants,
    ready_grants,
)
from .queries.letter_page import LetterPage, letter_page
from .queries.letter_preview import preview_letter
from .queries.letters_made import LettersMade, letters_made
from .queries.move_preview import MovePreview, MoveRow, Stay, preview_move
from .queries.neighbours import neighbour_of
from .queries.openness import openness_of
from .queries.orders import get_batch_order
from .queries.overview import Overview, SourceStanding, overview
from .queries.own_words import OwnWords, list_own_words
from .queries.promising import PromisePreview, preview_promise, ready_cases
from .queries.proposal_list import ProposalRow, list_proposal_rows
from .queries.proposal_page import LineRow, ProposalPage, proposal_page
from .queries.proposals import get_proposal, list_proposals
from .queries.public_awards import PublicAward, PublicAwards, public_awards
from .queries.public_letter import public_letter_pdf
from .queries.replay import Replay, ReplayRow, replay
from .queries.replay_decision import Replayed, find_decisions, is_case, replay_decision
from .queries.reserve_list import ReserveList, ReserveRow, reserve_list
from .queries.settling import SettlementPreview, Waiting, list_waiting, preview_settlement
from .queries.shortage import WayOut, ways_out
from .queries.similar_cases import SimilarCases, case_features, similar_cases
from .queries.tallies import LaneCount, Tallies, counts_by_call, lane_counts, state_counts, tallies
from .queries.topping_up import TopUpPreview, TopUpTerms, preview_top_up
from .queries.treatments import RecommendedLine, TreatmentPage, TreatmentRow, list_treatments, treatment_page
from .queries.unlike_batch import Unlike, unlike_in_batch
from .queries.versions import last_moves, versions_of
from .queries.waiting import CaseClock, DelayReach, Lateness, case_clock, delay_reach, lateness_by_call
from .queries.ways_on import effect_of, may_step, ways_on
from .queries.worklist import Filters, Order, Row, Worklist, list_case_ids, next_case, worklist
from .signals import decisions_made, grant_accepted

__all__ = [
    "BatchOrder",
    "DelayReach",
    "ONE_REQUEST",
    "ask_again_for_orders",
    "carry_out_order",
    "delay_reach",
    "get_batch_order",
    "order_batch",
    "tell_letters_made",
    "Thing",
    "list_second_looks",
    "RecommendedLine",
    "TreatmentPage",
    "TreatmentRow",
    "export_list",
    "list_treatments",
    "ready_cases",
    "treatment_page",
    "round_fairness",
    "list_treated",
    "RoundFairness",
    "PartysAppeal",
    "partys_appeal",
    "reversals_to_comment",
    "Terms",
    "How",
    "ToBoard",
    "propose_changes",
    "Treated",
    "register_treatment",
    "propose_from_reserve",
    "propose_settlement",
    "propose_top_up",
    "reserve_list",
    "SettlementPreview",
    "Waiting",
    "list_waiting",
    "preview_settlement",
    "TopUpPreview",
    "TopUpTerms",
    "preview_top_up",
    "FinalDecision",
    "is_final",
    "InLine",
    "ToldChange",
    "ForTheBoard",
    "ReserveEntry",
    "ReserveList",
    "ReserveRow",
    "Treatment",
    "TreatedLine",
    "applicant_views",
    "Later",
    "AppealPage",
    "HeldMoney",
    "ReversalPage",
    "appeal_letters",
    "appeal_page",
    "reversal_page",
    "reversals_of",
    "replay_decision",
    "is_case",
    "find_decisions",
    "Replayed",
    "LetterPage",
    "letter_page",
    "LettersMade",
    "letters_made",
    "public_awards",
    "PublicAward",
    "PublicAwards",
    "public_letter_pdf",
    "edit_letter",
    "keep_lost_edit",
    "undo_letter_edit",
    "unlike_in_batch",
    "LetterBlock",
    "Sentence",
    "letter_of",
    "similar_cases",
    "case_features",
    "SimilarCases",
    "list_deviation_reasons",
    "list_departure_reasons",
    "get_why",
    "Why",
    "Deviation",
    "CaseClock",
    "DelayReason",
    "Delay",
    "Effect",
    "Lateness",
    "ProvisionalReply",
    "Step",
    "UnknownStep",
    "Unlike",
    "case_clock",
    "effect_of",
    "lateness_by_call",
    "list_delay_reasons",
    "may_step",
    "say_delay",
    "say_delay_of_call",
    "tell_unread",
    "tell_waiting",
    "ways_on",
    "why_later",
    "APPEALS",
    "AppealEvent",
    "AppealState",
    "AppealStep",
    "GROUND_WORDS",
    "Ground",
    "LATE_GROUNDS",
    "LateGround",
    "NotToHarm",
    "REVERSALS",
    "ReasonsDemand",
    "Reversal",
    "ReversalEvent",
    "ReversalState",
    "SetAside",
    "Suspension",
    "TookPart",
    "TooOld",
    "answer_rest",
    "answer_suspension",
    "appeal_letter_key",
    "ask_appeal_correction",
    "ask_suspension",
    "comment_reversal",
    "contest_dismissal",
    "correct_appeal",
    "demand_reasons",
    "dismiss_appeal",
    "drop_reversal",
    "forward_appeal",
    "give_back_appeal",
    "give_reasons",
    "go_on_with_appeal",
    "go_on_with_reversal",
    "hear_late_appeal",
    "may_win",
    "notify_reversal",
    "open_reversal",
    "propose_after_body",
    "propose_reversal",
    "register_appeal",
    "register_body_outcome",
    "reinstate_appeal",
    "set_aside_by_source",
    "set_aside_for",
    "set_aside_for_appeal",
    "suspended",
    "take_appeal",
    "took_part",
    "uphold_appeal",
    "withdraw_appeal",
    "Acceptance",
    "Access",
    "AccountState",
    "AlreadyDeclared",
    "AlreadyHandled",
    "Appeal",
    "AppealPeriod",
    "AppealRow",
    "ApplicantView",
    "Approved",
    "Award",
    "BulkAct",
    "Case",
    "CaseDecided",
    "CaseMove",
    "CasePage",
    "Check",
    "CriterionCount",
    "Decision",
    "DecisionReading",
    "EarlierSupport",
    "Expected",
    "Filters",
    "Flow",
    "Following",
    "FundingPreview",
    "GrantStands",
    "HasInterest",
    "Impartiality",
    "InformationRequest",
    "InternalNote",
    "Judged",
    "Lane",
    "LaneCount",
    "LaneSum",
    "Line",
    "LineRow",
    "LinesRefused",
    "Message",
    "Moment",
    "MoneyState",
    "MovePreview",
    "MoveRow",
    "Moved",
    "MunicipalityOfficer",
    "News",
    "NextActor",
    "NotDeclared",
    "NotWaiting",
    "NothingLeft",
    "Order",
    "Openness",
    "OpennessMark",
    "Outcome",
    "Override",
    "Overview",
    "OwnWords",
    "PromisePreview",
    "Proposal",
    "ProposalLine",
    "ProposalPage",
    "ProposalRow",
    "Reason",
    "Replay",
    "ReplayRow",
    "Row",
    "SET_BY_OFFICER",
    "SavedView",
    "Selection",
    "ShownAppeal",
    "ShownDecision",
    "ShownMessage",
    "ShownReport",
    "Settable",
    "SourceShare",
    "SourceStanding",
    "Stage",
    "StageMissing",
    "Stay",
    "Tallies",
    "Task",
    "TooLittleMoney",
    "Totals",
    "Unsaid",
    "VersionMissing",
    "Worklist",
    "WrongFigure",
    "WrongVersion",
    "accept_grant",
    "appeal_period_of",
    "applicant_view",
    "approve_proposal",
    "ask_information",
    "assign_cases",
    "awards_of",
    "case_page",
    "case_to_read",
    "cases_of",
    "cases_with_applications",
    "choose_cases",
    "close_request",
    "confirm_reading",
    "contacts_of",
    "counts_by_call",
    "decide_anew",
    "decision_letter",
    "decisions_made",
    "declare_impartiality",
    "declare_many_impartial",
    "decline_grant",
    "delete_view",
    "draft_appeal",
    "draft_message",
    "earlier_support",
    "expected_answer",
    "find_account",
    "find_bulk_act",
    "find_case_of",
    "find_selection",
    "following",
    "funding_preview",
    "get_case",
    "get_proposal",
    "get_reason",
    "grant_accepted",
    "hold_cases",
    "keep_view",
    "lane_counts",
    "lapse_grant",
    "list_municipalities_of",
    "last_moves",
    "latest_decisions",
    "letter_key",
    "letter_pdf",
    "list_appeals",
    "list_case_ids",
    "list_cases",
    "list_own_words",
    "list_proposal_rows",
    "list_proposals",
    "list_reasons",
    "list_views",
    "mark_openness",
    "neighbour_of",
    "move_cases",
    "next_case",
    "officers_by_municipality",
    "open_cases",
    "openness_of",
    "override_value",
    "overrides_in",
    "overview",
    "pending_grants",
    "percent_text",
    "preview_letter",
    "preview_move",
    "preview_promise",
    "proposal_page",
    "propose",
    "propose_as_checked",
    "read_case",
    "read_messages",
    "ready_grants",
    "replay",
    "resume_cases",
    "return_proposal",
    "run_check",
    "near_ceiling",
    "open_sample",
    "reasons_apart",
    "WayOut",
    "ways_out",
    "propose_short",
    "save_appeal",
    "save_message",
    "seal_over",
    "send_appeal",
    "send_message",
    "settable_figures",
    "settable_in",
    "set_answer_by",
    "share_by_municipality",
    "share_evenly",
    "show_money_by",
    "state_counts",
    "tallies",
    "tell_applicant",
    "undo_bulk",
    "used_in",
    "versions_of",
    "withdraw_override",
    "worklist",
    "write_letters",
    "write_note",
]
