"""What the applicant is shown of what came before a decision and what it waits for."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce

from ..models import Decision, ReserveEntry

State = ReserveEntry.State
IN_LINE = (State.WAITING, State.UP)


@dataclass(frozen=True, slots=True)
class InLine:
    """A place on the reserve list now: 1 is next. `is_up`: the money reaches, and a new decision is on its way."""

    place: int
    amount_nok: Decimal
    is_up: bool


@dataclass(frozen=True, slots=True)
class ToldChange:
    """`told` is the letter's own word for it. `waits_for` names the money a conditional grant waits for, and
    `expected_date` is when it should be decided. `body_reference` is the appeal body's, for a decision that carries
    out its word.
    """

    told: str = ""
    before_nok: Decimal | None = None
    waits_for: str = ""
    expected_date: date | None = None
    in_line: InLine | None = None
    is_final: bool = False
    body_reference: str = ""

    @property
    def is_conditional(self) -> bool:
        return self.told == "conditional"


UNCHANGED = ToldChange()


def change_told(decision: Decision, in_line: InLine | None, *, is_final: bool) -> ToldChange:
    """From what is frozen with the decision, and its place in the line as it is now."""
    change, final = decision.snapshot.get("change") or {}, decision.snapshot.get("final") or {}
    before, day = change.get("before_nok"), change.get("expected_date")
    return ToldChange(
        told=change.get("told", ""),
        before_nok=Decimal(before) if before is not None else None,
        waits_for=change.get("source_name", "") if decision.is_conditional else "",
        expected_date=date.fromisoformat(day) if day else None,
        in_line=in_line,
        is_final=is_final,
        body_reference=final.get("reference", ""),
    )


def places_in_line(decision_ids: Collection[UUID]) -> dict[UUID, InLine]:
    """By decision, for those whose place still counts. One statement."""
    ahead = ReserveEntry.objects.filter(
        call_id=OuterRef("call_id"), rank__lt=OuterRef("rank"), state__in=IN_LINE
    )
    counted = ahead.order_by().values("call_id").annotate(many=Count("id")).values("many")
    found = ReserveEntry.objects.filter(decision_id__in=list(decision_ids), state__in=IN_LINE)
    rows = found.annotate(ahead=Coalesce(Subquery(counted, output_field=IntegerField()), 0))
    return {one.decision_id: InLine(one.ahead + 1, one.amount_nok, one.state == State.UP) for one in rows}
