"""One case's letter as it will be sent, for the one who changes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from runde.engine.typeset.api import Letter
from runde.foundation.people.api import Actor, authorise
from runde.grants.letters.api import LetterEdit, standing_edits

from ..domain.letter_rules import LetterBlock, blocks_of
from ..domain.letters import letter_of, unready
from ..domain.lines import Standing, as_checked
from ..models import Case
from .cases import get_case
from .letter_preview import line_of, snapshot_of

BEFORE_SENDING = (Case.State.OPEN, Case.State.PROPOSED)


@dataclass(frozen=True, slots=True)
class LetterPage:
    """The letter with what may be changed in it. `lost` are changes whose paragraph the letter no longer has."""

    case: Case
    kind: str
    language: str
    letter: Letter
    blocks: tuple[LetterBlock, ...]
    edits: tuple[LetterEdit, ...]
    lost: tuple[LetterEdit, ...]
    unready: tuple[str, ...]
    is_overridden: bool
    snapshot: Mapping[str, Any]


def letter_page(*, case_id: UUID, by: Actor, at: datetime) -> LetterPage:
    """The letter from the open proposal, or from what the rules alone lead to.

    Raises NotAllowed, NotFound, and Refused when the case must be weighed by a person first.
    """
    case = get_case(case_id)
    authorise(by, "casework.read", case)
    line = line_of(case)
    snapshot = snapshot_of(line, by, at)
    edits = tuple(standing_edits([case.id]).get(case.id, ()))
    is_overridden = _is_overridden(case, line.outcome, line.amount_nok)
    blocks = blocks_of(snapshot, _places(edits), is_overridden=is_overridden)
    shown = {(sentence.place) for block in blocks for sentence in block.sentences if sentence.place}
    return LetterPage(
        case=case,
        kind=snapshot["letter"]["kind"],
        language=snapshot["letter"]["language"],
        letter=letter_of(snapshot),
        blocks=blocks,
        edits=edits,
        lost=tuple(edit for edit in edits if str(edit.place) not in shown and edit.old),
        unready=unready(snapshot),
        is_overridden=is_overridden,
        snapshot=snapshot,
    )


def _is_overridden(case: Case, outcome: str, amount_nok: object) -> bool:
    """Whether a person has weighed the case, or set another result than the rules give."""
    checked = as_checked(case.id, Standing(case.lane, case.recommended_nok))
    return checked is None or (checked.outcome, checked.amount_nok) != (outcome, amount_nok)


def _places(edits: tuple[LetterEdit, ...]) -> Mapping[tuple[str, str, str], str]:
    return {(edit.block, edit.old, edit.new): str(edit.place) for edit in edits}
