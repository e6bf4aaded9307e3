from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from runde.engine.reference.api import LANGUAGES, Language
from runde.foundation.journal.api import record
from runde.foundation.people.api import Actor
from runde.grants.casework.api import Case, Line, Proposal, propose

from ..domain.line import amount_of
from ..domain.ranking import Ranked
from ..domain.wording import words_for
from ..errors import NotReady, RankingChanged
from ..models import CutLine, RankedProposal
from ..queries.panels import criteria_of, lock_panel, scale_of
from ..queries.ranking import Standings, standings
from .leading import authorise_leader
from .score import refuse_if_proposed

GRANTED, REFUSED = "ranked_above_line", "ranked_below_line"


def propose_ranking(
    *,
    panel_id: UUID,
    by: Actor,
    at: datetime,
    declares_impartial: bool = False,
    keeps_reserve: bool = False,
) -> Proposal:
    """Lay the ranking before an approver as one proposal: granted above the line, refused below.

    With `keeps_reserve` those below are put on the reserve list in the order of the ranking.

    Cases nobody scored, and cases no longer open, are not in it. `declares_impartial` is the officer's word for all the
    cases. Raises NotAllowed, LeaderHasInterest, NotReady without a line, RankingChanged when the line was drawn in
    another ranking, WrongStage, and as `casework.propose`.
    """
    with transaction.atomic():
        panel = lock_panel(panel_id)
        authorise_leader(panel, by)
        refuse_if_proposed(panel)
        found = standings(panel, by=by)
        line = _line_of(found)
        proposal = propose(
            lines=proposed_lines(found, line, keeps_reserve=keeps_reserve),
            by=by,
            at=at,
            declares_impartial=declares_impartial,
        )
        RankedProposal.objects.create(line=line, proposal=proposal, made_by=by.person_id, made_at=at)
        record(
            action="panels.proposed",
            subject_kind="panel",
            subject_id=panel.id,
            by=by.person_id,
            at=at,
            proposal=proposal.id,
            line=line.id,
        )
    return proposal


def _line_of(found: Standings) -> CutLine:
    if found.line is None:
        raise NotReady("Trekk linja i rangeringen først.")
    if not found.line_holds:
        raise RankingChanged("Rangeringen er endret siden linja ble trukket. Trekk linja på nytt.")
    return found.line


def proposed_lines(found: Standings, line: CutLine, *, keeps_reserve: bool = False) -> list[Line]:
    """What the ranking leads to, case by case, in the order of the ranking."""
    return [
        _proposed(found, one, line.above, keeps_reserve)
        for one in found.ranking.ranked
        if _is_open(found, one)
    ]


def _is_open(found: Standings, one: Ranked) -> bool:
    return found.cases[one.entry.case_id].case.state == Case.State.OPEN


def _proposed(found: Standings, one: Ranked, above: int, keeps_reserve: bool) -> Line:
    panel, case = found.panel, found.cases[one.entry.case_id].case
    language, placed = _language(case.application.language), (len(found.ranking.ranked), above)
    words = words_for(one, criteria_of(panel), scale_of(panel), placed, panel.tie_rule, language)
    if one.place <= above:
        return Line(case.id, "granted", GRANTED, amount_of(one), words)
    waits = keeps_reserve and one.entry.amount_nok is not None
    return Line(
        case.id,
        "refused",
        REFUSED,
        None,
        words,
        reserve_rank=one.place - above if waits else None,
        reserve_nok=one.entry.amount_nok if waits else None,
    )


def _language(code: str) -> Language:
    return code if code in LANGUAGES else "nb"
