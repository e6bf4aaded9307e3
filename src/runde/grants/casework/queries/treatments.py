"""Lists that go to a political body: what is recommended, and what it decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Sum

from runde.foundation.people.api import Actor, authorise, names_of
from runde.foundation.trust.api import NotFound
from runde.grants.schemes.api import Call

from ..models import Case, Proposal, ProposalLine, TreatedLine, Treatment
from .cases import number_key

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class TreatmentRow:
    """One list: to whom, when, how many and how much is recommended."""

    proposal_id: UUID
    body: str
    meeting_date: date
    agenda_reference: str
    protocol: str
    state: str
    count: int
    sum_nok: Decimal


@dataclass(frozen=True, slots=True)
class RecommendedLine:
    """What is recommended for one case, and (`treated`) what the body decided when that is registered."""

    line: ProposalLine
    case: Case
    treated: TreatedLine | None

    @property
    def decided_nok(self) -> Decimal | None:
        """None before it is registered, and for a case that was postponed."""
        if self.treated is None or self.treated.result == TreatedLine.Result.POSTPONED:
            return None
        if self.treated.result == TreatedLine.Result.AS_PROPOSED:
            return self.line.amount_nok
        return self.treated.amount_nok or NOTHING


@dataclass(frozen=True, slots=True)
class TreatmentPage:
    """A list with its lines by case number. `names` by person id."""

    treatment: Treatment
    proposal: Proposal
    call: Call
    lines: tuple[RecommendedLine, ...]
    names: Mapping[UUID, str]

    @property
    def is_waiting(self) -> bool:
        return self.proposal.state == Proposal.State.PENDING

    @property
    def sum_nok(self) -> Decimal:
        return sum((one.line.amount_nok for one in self.lines), NOTHING)

    @property
    def granted(self) -> int:
        return sum(one.line.outcome == "granted" for one in self.lines)


def list_treatments(*, by: Actor) -> list[TreatmentRow]:
    """Every list, the next meeting first. One SQL statement."""
    authorise(by, "casework.list")
    found = Treatment.objects.select_related("proposal").annotate(
        count=Count("proposal__lines"), total=Sum("proposal__lines__amount_nok")
    )
    return [
        TreatmentRow(
            proposal_id=one.proposal_id,
            body=one.body,
            meeting_date=one.meeting_date,
            agenda_reference=one.agenda_reference,
            protocol=one.protocol,
            state=one.proposal.state,
            count=one.count,
            sum_nok=one.total or NOTHING,
        )
        for one in found.order_by("-meeting_date", "id")
    ]


def treatment_page(proposal_id: UUID, *, by: Actor) -> TreatmentPage:
    """Five SQL statements. Raises NotAllowed, NotFound."""
    authorise(by, "casework.list")
    treatment = Treatment.objects.select_related("proposal").filter(proposal_id=proposal_id).first()
    if treatment is None:
        raise NotFound("Vi finner ikke denne lista. Gå til oversikten over politisk behandling.")
    proposal = treatment.proposal
    treated = {one.line_id: one for one in TreatedLine.objects.filter(treatment=treatment)}
    found = ProposalLine.objects.filter(proposal=proposal).select_related("case")
    lines = sorted(found, key=lambda line: number_key(line.case.number))
    people = {one for one in (proposal.prepared_by, treatment.registered_by) if one}
    return TreatmentPage(
        treatment=treatment,
        proposal=proposal,
        call=Call.objects.select_related("scheme_version").get(id=proposal.call_id),
        lines=tuple(RecommendedLine(one, one.case, treated.get(one.id)) for one in lines),
        names=names_of(people),
    )
