from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from runde.foundation.people.api import Actor
from runde.foundation.trust.api import Refused

from ..errors import NotReady, WrongStage
from ..models import Panel
from ..queries.panels import lock_panel
from ..queries.sheets import handed_in_ids
from .assigning import open_scores
from .leading import authorise_leader


def close_scoring(*, panel_id: UUID, reason: str, by: Actor, at: datetime) -> Panel:
    """Open the scores before all are in, with the reason written. What is not handed in does not count, and a case
    nobody has scored is not ranked. Raises NotAllowed, LeaderHasInterest, WrongStage, Refused, NotReady.
    """
    if not reason.strip():
        raise Refused("Skriv hvorfor du avslutter før alle har levert.")
    with transaction.atomic():
        panel = lock_panel(panel_id)
        authorise_leader(panel, by)
        if panel.state != Panel.State.SCORING:
            raise WrongStage("Vurderingen er ikke i gang. Last siden på nytt.")
        if not handed_in_ids(panel):
            raise NotReady("Ingen har levert poeng ennå.")
        open_scores(panel, reason.strip()[:500], by, at)
    return panel
