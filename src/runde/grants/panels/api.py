"""The door to panels: several score the same applications blind, and the ranking becomes a proposal."""

from .domain.criteria import Criterion, Scale
from .domain.line import Effect
from .domain.ranking import Entry, Ranked, Ranking, lot
from .domain.scoring import Score
from .domain.wording import points_text
from .errors import (
    LeaderHasInterest,
    LineTooLow,
    NotReady,
    RankingChanged,
    ScoresRefused,
    SetUpRefused,
    StillBlind,
    WrongStage,
)
from .models import Assessor, Assignment, CutLine, Discussion, Panel, PanelCase, RankedProposal, Sheet
from .operations.choose_line import choose_line
from .operations.close_scoring import close_scoring
from .operations.discuss import note_discussion, set_amount
from .operations.invite import invite_assessor, remove_assessor
from .operations.propose_ranking import propose_ranking
from .operations.score import declare, hand_in, save_draft
from .operations.set_up import SetUp, change_panel, make_panel
from .operations.start_scoring import not_ready, rankable, start_scoring
from .queries.assessing import MyCase, MyPanel, SheetPage, my_panels, sheet_page, word_of
from .queries.case_scores import CaseScores, PanelStanding, case_scores, panel_standing
from .queries.panels import (
    Progress,
    active_assessors,
    criteria_of,
    find_panel_of,
    get_assignment,
    get_panel,
    list_panels,
    progress,
    scale_of,
)
from .queries.ranking import LinePreview, Standings, preview_line, standings
from .queries.sheets import ShownSheet, visible_sheets

__all__ = [
    "Assessor",
    "Assignment",
    "CaseScores",
    "Criterion",
    "CutLine",
    "Discussion",
    "Effect",
    "Entry",
    "LeaderHasInterest",
    "LinePreview",
    "LineTooLow",
    "MyCase",
    "MyPanel",
    "NotReady",
    "Panel",
    "PanelCase",
    "PanelStanding",
    "Progress",
    "Ranked",
    "RankedProposal",
    "Ranking",
    "RankingChanged",
    "Scale",
    "Score",
    "ScoresRefused",
    "SetUp",
    "SetUpRefused",
    "Sheet",
    "SheetPage",
    "ShownSheet",
    "Standings",
    "StillBlind",
    "WrongStage",
    "active_assessors",
    "case_scores",
    "change_panel",
    "choose_line",
    "close_scoring",
    "criteria_of",
    "declare",
    "find_panel_of",
    "get_assignment",
    "get_panel",
    "hand_in",
    "invite_assessor",
    "list_panels",
    "lot",
    "make_panel",
    "my_panels",
    "not_ready",
    "note_discussion",
    "panel_standing",
    "points_text",
    "preview_line",
    "progress",
    "propose_ranking",
    "rankable",
    "remove_assessor",
    "save_draft",
    "scale_of",
    "set_amount",
    "sheet_page",
    "standings",
    "start_scoring",
    "visible_sheets",
    "word_of",
]
