from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from runde.foundation.journal.api import record
from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import NotFound
from runde.grants.schemes.api import Call

from ..domain.criteria import Criterion, Scale, as_rows, problems_with
from ..errors import NotReady, SetUpRefused, WrongStage
from ..models import Panel
from ..queries.panels import find_panel_of, lock_panel


@dataclass(frozen=True, slots=True)
class SetUp:
    """What a panel scores by. `per_case` None: every assessor scores every case."""

    criteria: tuple[Criterion, ...]
    scale: Scale
    tie_rule: str
    discuss_from: Decimal
    score_by_date: date
    per_case: int | None = None

    def problems(self, today: date) -> dict[str, str]:
        """Field name to a sentence that says how to mend it; empty when all holds."""
        problems = problems_with(self.criteria, self.scale)
        if self.tie_rule not in Panel.TieRule.values:
            problems["tie_rule"] = "Velg hva som avgjør når søknader får like mange poeng."
        width = self.scale.highest - self.scale.lowest
        if not self.discuss_from.is_finite() or not 0 < self.discuss_from <= width:
            problems["discuss_from"] = f"Skriv et tall over 0 og høyst {width}, som er hele skalaen."
        if self.score_by_date < today:
            problems["score_by_date"] = "Fristen må være i dag eller senere."
        if self.per_case is not None and self.per_case < 1:
            problems["per_case"] = (
                "Minst én må vurdere hver søknad. La feltet stå tomt hvis alle skal vurdere alle."
            )
        return problems


def make_panel(*, call_id: UUID, set_up: SetUp, by: Actor, at: datetime) -> Panel:
    """Set up the panel of a call with a deadline; who makes it leads it.

    Raises NotAllowed, SetUpRefused, NotReady, WrongStage when the call has one already.
    """
    authorise(by, "panels.lead")
    call = Call.objects.filter(id=call_id).first()
    if call is None:
        raise NotFound("Vi finner ikke utlysningen. Gå tilbake og velg den fra lista.")
    if call.kind == Call.Kind.RUNNING:
        raise NotReady(
            "En løpende utlysning kan ikke rangeres: søknadene avgjøres etter hvert som de kommer."
        )
    _refuse(set_up, at)
    with transaction.atomic():
        if find_panel_of(call_id):
            raise WrongStage("Utlysningen har allerede et panel.")
        panel = Panel(call=call, led_by=by.person_id, made_at=at)
        _write(panel, set_up)
        _tell("panels.made", panel, by, at)
    return panel


def change_panel(*, panel_id: UUID, set_up: SetUp, by: Actor, at: datetime) -> Panel:
    """Until the scoring starts: after that nobody changes what the points are given by. Raises WrongStage."""
    authorise(by, "panels.lead")
    _refuse(set_up, at)
    with transaction.atomic():
        panel = lock_panel(panel_id)
        if panel.state != Panel.State.PREPARING:
            raise WrongStage("Vurderingen har begynt. Kriteriene kan ikke endres nå.")
        _write(panel, set_up)
        _tell("panels.changed", panel, by, at)
    return panel


def _refuse(set_up: SetUp, at: datetime) -> None:
    problems = set_up.problems(timezone.localdate(at))
    if problems:
        raise SetUpRefused(next(iter(problems.values())), problems=problems)


def _write(panel: Panel, set_up: SetUp) -> None:
    panel.criteria = as_rows(set_up.criteria)
    panel.lowest, panel.highest = set_up.scale.lowest, set_up.scale.highest
    panel.tie_rule, panel.discuss_from = set_up.tie_rule, set_up.discuss_from
    panel.per_case, panel.score_by_date = set_up.per_case, set_up.score_by_date
    panel.save()


def _tell(action: str, panel: Panel, by: Actor, at: datetime) -> None:
    record(
        action=action,
        subject_kind="panel",
        subject_id=panel.id,
        by=by.person_id,
        at=at,
        criteria=panel.criteria,
        scale=[panel.lowest, panel.highest],
        tie_rule=panel.tie_rule,
        score_by_date=panel.score_by_date,
    )
