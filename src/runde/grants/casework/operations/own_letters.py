"""What a set of decisions leaves in the room for letters, and what stops a letter from being sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from runde.grants.letters.api import record_uses

from ..domain.letters import unready
from ..errors import LinesRefused
from ..models import Decision


def keep_own_letters(decisions: Sequence[Decision], at: datetime) -> None:
    """Keep which decisions are written from a template. Raises LinesRefused for a letter that is not finished.

    Letters without own words cost nothing here.
    """
    problems = {one.case.number: " ".join(found) for one in decisions if (found := unready(one.snapshot))}
    if problems:
        number, sentence = next(iter(problems.items()))
        raise LinesRefused(f"Brevet i sak {number} er ikke ferdig. {sentence}", problems=problems)
    record_uses([(one.case_id, one.id, one.snapshot["letter"]) for one in decisions], at)
