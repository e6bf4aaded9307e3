"""Everything about one case, asked for when a page needs it and then kept: each page pays for what it shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from runde.engine.rules import Verdict
from runde.foundation.documents.api import Version, list_documents
from runde.foundation.journal.api import PastEvent, events_of
from runde.foundation.notices.api import Notice, list_notices
from runde.foundation.people.api import Actor, Role, authorise, may, names_of, names_with_holders
from runde.foundation.trust.api import NotAllowed, NotFound, Refused
from runde.grants.applications.api import Application

from ..domain.history import words_for
from ..domain.openness import Openness
from ..domain.overrides import Override, overrides_in
from ..domain.reasons import Reason, list_reasons
from ..errors import HasInterest
from ..models import (
    Acceptance,
    Award,
    Case,
    Check,
    Decision,
    DecisionReading,
    Impartiality,
    InformationRequest,
    InternalNote,
    Message,
    ProposalLine,
    ReasonsDemand,
)
from ..permissions import has_interest
from .openness import openness_of


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of the case's history; `who` is empty when the system itself acted."""

    at: datetime
    what: str
    who: str


class CasePage:
    """The case with its checks, who has said what of their impartiality, and what has been decided.

    With `as_of` it is the case as it was then: only what had happened. Every part is one statement or none, the first
    time somebody reads it.
    """

    def __init__(self, case: Case, *, by: Actor, at: datetime, as_of: datetime | None = None) -> None:
        self.case, self.by, self.at, self.as_of = case, by, at, as_of
        self.application: Application = case.application
        self.age_days = ((as_of or at) - case.opened_at).days

    @cached_property
    def declarations(self) -> tuple[Impartiality, ...]:
        spoken = [one for one in self.case.declarations.all() if self._was(one.declared_at)]
        return tuple(sorted(spoken, key=lambda one: (one.declared_at, one.id)))

    @cached_property
    def my_word(self) -> Impartiality | None:
        """A declared interest wins over everything said before."""
        mine = [one for one in self.declarations if one.person_id == self.by.person_id]
        return next((one for one in mine if not one.is_impartial), mine[0] if mine else None)

    @cached_property
    def checks(self) -> tuple[Check, ...]:
        """Newest first. Raises Refused when there was none yet: the case was not there."""
        found = tuple(one for one in self.case.checks.order_by("-number") if self._was(one.ran_at))
        if not found:
            raise Refused("Saken fantes ikke den dagen. Velg en senere dag.")
        return found

    @cached_property
    def check(self) -> Check:
        """After a decision, the one it rests on: the case as it was when it was decided."""
        if not self.decisions:
            return self.checks[0]
        return next(check for check in self.checks if check.id == self.decisions[0].check_run_id)

    @cached_property
    def verdict(self) -> Verdict:
        return Verdict.from_dict(self.check.verdict)

    @cached_property
    def overrides(self) -> tuple[Override, ...]:
        """What officers have set in the check shown."""
        return overrides_in(self.check.overrides)

    @cached_property
    def lines(self) -> tuple[ProposalLine, ...]:
        found = self.case.proposal_lines.select_related("proposal").order_by("proposal__prepared_at")
        return tuple(one for one in found if self._was(one.proposal.prepared_at))

    @cached_property
    def open_line(self) -> ProposalLine | None:
        return next((line for line in self.lines if line.is_open), None)

    @cached_property
    def decisions(self) -> tuple[Decision, ...]:
        """Newest first, each with its reading, acceptance and demand for reasons; snapshots come when asked for."""
        found = self.case.decisions.select_related("reading", "acceptance", "reasons_demand").defer(
            "snapshot"
        )
        return tuple(one for one in found.order_by("-number") if self._was(one.decided_at))

    def reading_of(self, decision: Decision) -> DecisionReading | None:
        """Of one of `decisions`. Asks nothing."""
        found: DecisionReading | None = getattr(decision, "reading", None)
        return found if found and self._was(found.read_at) else None

    def acceptance_of(self, decision: Decision) -> Acceptance | None:
        """Of one of `decisions`. Asks nothing."""
        found: Acceptance | None = getattr(decision, "acceptance", None)
        return found if found and self._was(found.answered_at) else None

    @property
    def reasons_demands(self) -> list[ReasonsDemand]:
        """Those that wait for an answer. Asks nothing but for the decisions."""
        found = (getattr(one, "reasons_demand", None) for one in self.decisions)
        return [one for one in found if one is not None and one.answered_at is None]

    @cached_property
    def awards(self) -> tuple[Award, ...]:
        return tuple(Award.objects.filter(decision__in=self.decisions).order_by("id"))

    @cached_property
    def documents(self) -> tuple[Version, ...]:
        case = self.case
        found = list_documents("case", case.id) + list_documents("application", case.application_id)
        return tuple(one for one in found if self._was(one.made_at))

    @cached_property
    def notices(self) -> tuple[Notice, ...]:
        return tuple(list_notices("case", self.case.id))

    @cached_property
    def notes(self) -> tuple[InternalNote, ...]:
        """Newest first."""
        found = self.case.notes.order_by("-written_at", "-id")
        return tuple(one for one in found if self._was(one.written_at))

    @cached_property
    def openness(self) -> Openness:
        return openness_of([self.case.id], at=self.as_of or self.at)[self.case.id]

    @cached_property
    def events(self) -> tuple[PastEvent, ...]:
        """From the journal, newest first."""
        case = self.case
        found = events_of([("case", case.id), ("application", case.application_id)])
        return tuple(one for one in found if self._was(one.at))

    @cached_property
    def history(self) -> tuple[Moment, ...]:
        """The events that have words for people."""
        told = [(event, words) for event in self.events if (words := words_for(event))]
        names = self.names_with(event.actor_id for event, _ in told if event.actor_id)
        return tuple(
            Moment(event.at, words, names.get(event.actor_id, "") if event.actor_id else "")
            for event, words in told
        )

    @property
    def names(self) -> dict[UUID, str]:
        """Of those who have to do with the case's weighing."""
        return self._named[0]

    @property
    def approvers(self) -> str:
        """Who else may approve: "Per Strand, Tor Bakken"."""
        names, holders = self._named
        return ", ".join(sorted(names[one] for one in holders if one != self.by.person_id))

    @cached_property
    def _named(self) -> tuple[dict[UUID, str], frozenset[UUID]]:
        people = {one.person_id for one in self.declarations}
        people |= {line.proposal.prepared_by for line in self.lines} | {self.application.applicant_id}
        people |= {person for one in self.decisions for person in (one.prepared_by, one.decided_by)}
        people |= {one.by for one in self.overrides}
        people |= {self.case.assigned_to} if self.case.assigned_to else set()
        return names_with_holders(people, Role.APPROVER, on=timezone.localdate(self.at))

    def names_with(self, people: Iterable[UUID]) -> dict[UUID, str]:
        """Those, and these others: asked for only when somebody is new."""
        lacking = {one for one in people if one not in self.names}
        return {**self.names, **names_of(lacking)} if lacking else self.names

    @property
    def assigned_to(self) -> str:
        return self.names.get(self.case.assigned_to, "") if self.case.assigned_to else ""

    @property
    def is_live(self) -> bool:
        """The case as it is, not as it was."""
        return self.as_of is None

    @property
    def may_propose(self) -> bool:
        return self.is_live and may(self.by, "casework.propose", self.case) and self._is_open

    @property
    def may_set(self) -> bool:
        """Whether the viewer may set figures in it."""
        return (
            self.is_live
            and may(self.by, "casework.check", self.case)
            and self._is_open
            and not self.decisions
        )

    @property
    def may_note(self) -> bool:
        return self.is_live and may(self.by, "casework.note", self.case)

    @property
    def grant_reasons(self) -> tuple[Reason, ...]:
        return tuple(list_reasons("granted", self.case.lane))

    @property
    def refusal_reasons(self) -> tuple[Reason, ...]:
        return tuple(list_reasons("refused", self.case.lane))

    @property
    def unread(self) -> int:
        """Messages from the applicant that nobody here has marked as read."""
        return int(getattr(self.case, "unread", 0))

    @property
    def newest_unread_at(self) -> datetime | None:
        return getattr(self.case, "newest_unread_at", None)

    @property
    def waiting_since(self) -> datetime | None:
        """Since when the clock stands still because the applicant has not answered."""
        return getattr(self.case, "waiting_since", None)

    @property
    def _is_open(self) -> bool:
        return self.case.state == Case.State.OPEN

    def _was(self, at: datetime) -> bool:
        return self.as_of is None or at <= self.as_of


def case_page(case_id: UUID | Case, *, by: Actor, at: datetime, as_of: datetime | None = None) -> CasePage:
    """The pages of a case, as it is or as it was. Raises NotFound, NotAllowed, HasInterest.

    Two statements, and one for each part that is read. A caller who has the case from `case_to_read` hands it in.
    Reading a case leaves a trace: pages call `read_case`, which writes it.
    """
    case = case_id if isinstance(case_id, Case) else case_to_read(case_id)
    _refuse_interest(case, by)
    return CasePage(case, by=by, at=at, as_of=as_of)


def case_to_read(case_id: UUID) -> Case:
    """The case with its application, version, form and call, and every declaration made in it. Two statements.

    Nothing of it may be shown before the reader's own word is known. Raises NotFound.
    """
    new = Message.objects.filter(
        case=OuterRef("pk"), from_applicant=True, sent_at__isnull=False, read_at=None
    )
    waiting = InformationRequest.objects.filter(case=OuterRef("pk"), answered_at=None, closed_at=None)
    counted = new.order_by().values("case").annotate(found=Count("id")).values("found")
    found = (
        Case.objects.filter(id=case_id)
        .select_related("application__call", "application__scheme_version__form")
        .prefetch_related("declarations")
        .annotate(
            unread=Coalesce(Subquery(counted), 0),
            waiting_since=Subquery(waiting.order_by("asked_at").values("asked_at")[:1]),
            newest_unread_at=Subquery(new.order_by("-sent_at").values("sent_at")[:1]),
        )
        .first()
    )
    if found is None:
        raise NotFound("Vi finner ikke saken. Gå tilbake til lista og åpne den derfra.")
    return found


def _refuse_interest(case: Case, by: Actor) -> None:
    try:
        authorise(by, "casework.read", case)
    except NotAllowed:
        if has_interest(by, case):
            raise HasInterest(
                "Du har meldt fra om at du ikke kan behandle denne saken. En annen må ta den."
            ) from None
        raise
