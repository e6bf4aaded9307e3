from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from runde.engine.reference.api import amount_text
from runde.foundation.journal.api import record
from runde.foundation.people.api import Actor
from runde.foundation.trust.api import Refused

from ..domain.line import Effect
from ..errors import LineTooLow, NotReady, RankingChanged
from ..models import CutLine, Panel
from ..queries.panels import lock_panel
from ..queries.ranking import LinePreview, Standings, frozen_rows, preview_line, standings
from .leading import authorise_leader
from .score import refuse_if_proposed


def choose_line(
    *, panel_id: UUID, way: str, value: Decimal, digest: str, reason: str = "", by: Actor, at: datetime
) -> CutLine:
    """Draw the line in the ranking the leader has seen (`digest`). Never below what the decided money carries.

    Cases that lie far apart must have been discussed first. Raises NotAllowed, LeaderHasInterest, StillBlind,
    RankingChanged, NotReady, LineTooLow, WrongStage.
    """
    if way not in CutLine.Way.values or not value.is_finite() or value <= 0:
        raise Refused("Velg hvordan linja skal trekkes, og skriv et tall over 0.")
    with transaction.atomic():
        panel = lock_panel(panel_id)
        authorise_leader(panel, by)
        refuse_if_proposed(panel)
        found = standings(panel, by=by)
        if found.digest != digest:
            raise RankingChanged(
                "Rangeringen er endret siden du så den. Se over på nytt før du trekker linja."
            )
        shown = preview_line(found, way, value, by=by, at=at)
        effect = _ready_effect(found, shown)
        return _draw(panel, found, (shown, effect), reason, by, at)


def _ready_effect(found: Standings, shown: LinePreview) -> Effect:
    """Raises NotReady, LineTooLow."""
    if found.to_discuss:
        numbers = ", ".join(one.entry.number for one in found.to_discuss)
        raise NotReady(f"Panelet er uenig om {numbers}. Drøft dem og skriv hva dere kom fram til først.")
    if shown.missing:
        raise NotReady(f"Sett beløp på {', '.join(shown.missing)} først.")
    if shown.above == 0 or shown.effect is None:
        raise LineTooLow("Ingen søknader kommer over denne linja. Velg en annen.")
    if not shown.can_be_drawn:
        short = shown.short or f"Pengene rekker ikke. Det mangler {amount_text(shown.effect.short_nok)}."
        raise LineTooLow(f"{short} Pengene rekker til de {shown.carried} første.")
    return shown.effect


def _draw(
    panel: Panel, found: Standings, choice: tuple[LinePreview, Effect], reason: str, by: Actor, at: datetime
) -> CutLine:
    shown, effect = choice
    line = CutLine.objects.create(
        panel=panel,
        number=panel.lines.count() + 1,
        way=shown.way,
        value=shown.value,
        above=shown.above,
        sum_nok=effect.sum_nok,
        money_nok=effect.money_nok,
        ranking=frozen_rows(found.ranking.ranked),
        ranking_digest=found.digest,
        reason=reason.strip()[:500],
        chosen_by=by.person_id,
        chosen_at=at,
    )
    record(
        action="panels.line_drawn",
        subject_kind="panel",
        subject_id=panel.id,
        by=by.person_id,
        at=at,
        way=line.way,
        value=line.value,
        above=line.above,
        sum_nok=line.sum_nok,
        ranking=line.ranking_digest,
        reason=line.reason,
    )
    return line
