"""Everything an officer needs about one appeal, or about changing a decision without one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from runde.foundation.documents.api import Attachment, Version, list_documents
from runde.foundation.people.api import Actor, authorise, may, names_of
from runde.foundation.trust.api import NotFound
from runde.grants.schemes.api import FundingSource

from ..domain.appeal_states import OFFICER, PARTY, AppealEvent, events_in
from ..domain.case_letters import body_of
from ..domain.reversal_states import OFFICER as REVERSER
from ..domain.reversal_states import REVERSALS
from ..models import Appeal, AppealStep, Case, Decision, Reversal, SetAside, Suspension
from .appealing import took_part
from .cases import get_case

LETTER = "appeal_letter:"
STATEMENT = "appeal_statement:"


@dataclass(frozen=True, slots=True)
class HeldMoney:
    """What one source holds for the appeal now."""

    source: str
    amount_nok: Decimal


@dataclass(frozen=True, slots=True)
class AppealPage:
    """The appeal with what it is about and what has happened. `events` are those the reader may do now.

    `is_barred`: the reader took part in the decision, and only reads. `letters` by the id of the step they tell of;
    `statements` are those to the appeal body.
    """

    appeal: Appeal
    case: Case
    decision: Decision
    in_force: Decision
    steps: tuple[AppealStep, ...]
    suspension: Suspension | None
    held: tuple[HeldMoney, ...]
    letters: Mapping[UUID, Version]
    statements: Mapping[UUID, Version]
    files: tuple[Attachment, ...]
    names: Mapping[UUID, str]
    body: str
    events: tuple[AppealEvent, ...]
    may_act: bool
    is_barred: bool

    @property
    def held_nok(self) -> Decimal:
        return sum((one.amount_nok for one in self.held), Decimal(0))


@dataclass(frozen=True, slots=True)
class ReversalPage:
    """A reversal with its decision. `events` are those the reader may do now."""

    reversal: Reversal
    case: Case
    decision: Decision
    letter: Version | None
    names: Mapping[UUID, str]
    events: tuple[str, ...]


def appeal_page(appeal_id: UUID, *, by: Actor) -> AppealPage:
    """At most fourteen statements. Raises NotFound, NotAllowed."""
    appeal = Appeal.objects.select_related("decision").filter(id=appeal_id, sent_at__isnull=False).first()
    if appeal is None:
        raise NotFound("Vi finner ikke klagen. Gå til lista over klager og åpne den derfra.")
    case = get_case(appeal.decision.case_id)
    authorise(by, "casework.read", case)
    steps = tuple(appeal.steps.order_by("number"))
    is_barred = by.person_id in took_part(appeal.decision)
    may_act = may(by, "casework.appeals", case) and not is_barred
    documents = list_documents("case", case.id)
    people = {one.by for one in steps if one.by} | {appeal.written_by, appeal.decision.decided_by}
    people |= {appeal.decision.prepared_by} | ({appeal.reassessor} if appeal.reassessor else set())
    return AppealPage(
        appeal=appeal,
        case=case,
        decision=appeal.decision,
        in_force=case.decisions.order_by("-number")[0],
        steps=steps,
        suspension=Suspension.objects.filter(appeal=appeal).first(),
        held=_held(appeal),
        letters=_keyed(documents, LETTER),
        statements=_keyed(documents, STATEMENT),
        files=tuple(Attachment.objects.filter(subject_id=appeal.id).order_by("made_at", "id")),
        names=names_of(people),
        body=body_of(appeal.decision.snapshot, "nb"),
        events=events_in(appeal.state, OFFICER) if may_act else (),
        may_act=may_act,
        is_barred=is_barred,
    )


def reversal_page(reversal_id: UUID, *, by: Actor) -> ReversalPage:
    """Raises NotFound, NotAllowed."""
    reversal = Reversal.objects.select_related("decision").filter(id=reversal_id).first()
    if reversal is None:
        raise NotFound("Vi finner ikke vurderingen. Gå tilbake til saken og åpne den derfra.")
    case = get_case(reversal.decision.case_id)
    authorise(by, "casework.read", case)
    people = {reversal.opened_by, reversal.notified_by, reversal.commented_by, reversal.ended_by} - {None}
    can = may(by, "casework.correspond", case)
    ways = [one.event for one in REVERSALS.ways_on("reversal", reversal.state) if one.who == REVERSER]
    return ReversalPage(
        reversal=reversal,
        case=case,
        decision=reversal.decision,
        letter=_letters(case.id).get(reversal.id),
        names=names_of({one for one in people if one}),
        events=tuple(ways) if can else (),
    )


def appeal_letters(case_id: UUID) -> Mapping[UUID, Version]:
    """The letters about appeals, reasons and reversals in the case, by what they tell of. Two statements at most."""
    return _letters(case_id)


def reversals_of(case_id: UUID) -> list[Reversal]:
    """The case's, newest first."""
    return list(Reversal.objects.filter(decision__case_id=case_id).order_by("-opened_at"))


def _held(appeal: Appeal) -> tuple[HeldMoney, ...]:
    held = list(SetAside.objects.filter(appeal=appeal, ended_at__isnull=True).order_by("source_id"))
    names = dict(
        FundingSource.objects.filter(id__in=[one.source_id for one in held]).values_list("id", "name")
    )
    return tuple(HeldMoney(names.get(one.source_id, ""), one.amount_nok) for one in held)


def _letters(case_id: UUID) -> Mapping[UUID, Version]:
    return _keyed(list_documents("case", case_id), LETTER)


def _keyed(documents: Iterable[Version], prefix: str) -> Mapping[UUID, Version]:
    """Those of one sort, by what they tell of."""
    found = [one for one in documents if one.document.key.startswith(prefix)]
    return {UUID(one.document.key.removeprefix(prefix)): one for one in found}


@dataclass(frozen=True, slots=True)
class PartysAppeal:
    """An appeal as the party may see it: not the officers' own words, only what was sent to the party.

    `told` are the steps with words the party got, `letters` by the step. `waits` when they have asked to wait.
    """

    appeal: Appeal
    told: tuple[AppealStep, ...]
    letters: Mapping[UUID, Version]
    suspension: Suspension | None
    body: str
    events: tuple[AppealEvent, ...]


TOLD_TO_PARTY = frozenset(
    {"send", "send_late", "dismiss", "ask_correction", "forward"}
    | {"body_kept", "body_changed", "body_annulled", "body_dismissed"}
    | {"wait_granted", "wait_refused", "contest", "correct", "told_waiting"}
)


def partys_appeal(appeal_id: UUID, *, of_case: UUID, by: Actor) -> PartysAppeal:
    """A sent appeal in the case. Raises NotFound, NotAllowed."""
    theirs = Appeal.objects.filter(id=appeal_id, decision__case_id=of_case, sent_at__isnull=False)
    appeal = theirs.select_related("decision__case__application").first()
    if appeal is None:
        raise NotFound("Vi finner ikke klagen. Gå tilbake til saken og åpne den derfra.")
    case = appeal.decision.case
    authorise(by, "casework.follow", case)
    steps = appeal.steps.order_by("number")
    is_theirs = not appeal.other_party and may(by, "casework.commit", case)
    return PartysAppeal(
        appeal=appeal,
        told=tuple(one for one in steps if one.event in TOLD_TO_PARTY),
        letters=_letters(case.id),
        suspension=Suspension.objects.filter(appeal=appeal).first(),
        body=body_of(appeal.decision.snapshot, case.application.language),
        events=events_in(appeal.state, PARTY) if is_theirs else (),
    )
