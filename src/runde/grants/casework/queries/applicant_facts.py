"""Everything the applicant's pages are made from, asked once for many cases in a fixed number of statements."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from django.utils import timezone

from runde.foundation.documents.api import Attachment, Version, list_documents
from runde.foundation.forms.api import Stage as Asked
from runde.foundation.notices.api import Notice, list_notices
from runde.grants.applications.api import StageAnswers, list_stage_answers

from ..domain.clock import Expected
from ..domain.state_table import TABLE
from ..models import (
    Appeal,
    Case,
    Decision,
    Delay,
    InformationRequest,
    Message,
    ProvisionalReply,
    ReasonsDemand,
)
from ..money_shown import MoneyState, money_of
from .changes_told import InLine, places_in_line
from .expecting import expected_from, pause_of, usual_durations
from .waiting import delays_of, newest_replies

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the pages about one case are made from, the oldest first where there are several."""

    case: Case
    requests: Sequence[InformationRequest]
    messages: Sequence[Message]
    decision: Decision | None
    letters: Sequence[Version]
    notices: Sequence[Notice]
    demand: ReasonsDemand | None
    appeals: Sequence[Appeal]
    files: Mapping[UUID, tuple[Attachment, ...]]
    money: MoneyState | None
    report: StageAnswers | None
    expected: Expected | None
    reply: ProvisionalReply | None
    delay: Delay | None
    in_line: InLine | None


def gather_many(cases: Sequence[Case], at: datetime) -> list[Gathered]:
    """In the order of the cases, which come with application, call and scheme version at hand. Seventeen statements."""
    ids = [case.id for case in cases]
    requests = _by_case(InformationRequest.objects.filter(case_id__in=ids).order_by("asked_at", "id"))
    messages = _by_case(Message.objects.filter(case_id__in=ids).order_by("sent_at", "id"))
    decisions = _newest_decisions(ids)
    appeals = _grouped(_appeals(ids), lambda one: one.decision.case_id)
    written = [one.id for rows in messages.values() for one in rows]
    files = _files([*written, *(one.id for rows in appeals.values() for one in rows)])
    letters = _grouped(list_documents("case", *ids), lambda one: one.document.subject_id)
    notices = _grouped(list_notices("case", *ids), lambda one: one.subject_id)
    demands = {one.decision_id: one for one in ReasonsDemand.objects.filter(decision__in=decisions.values())}
    money, reports = money_of(ids, at), _reports(cases)
    expected = _expected(cases, requests, timezone.localdate(at))
    replies, delays = newest_replies(ids), delays_of(cases)
    lined = places_in_line([one.id for one in decisions.values()])
    return [
        Gathered(
            case=case,
            requests=requests.get(case.id, ()),
            messages=messages.get(case.id, ()),
            decision=decisions.get(case.id),
            letters=letters.get(case.id, ()),
            notices=notices.get(case.id, ()),
            demand=demands.get(decisions[case.id].id) if case.id in decisions else None,
            appeals=appeals.get(case.id, ()),
            files=files,
            money=money.get(case.id),
            report=reports.get(case.application_id),
            expected=expected.get(case.id),
            reply=replies.get(case.id),
            delay=delays.get(case.id),
            in_line=lined.get(decisions[case.id].id) if case.id in decisions else None,
        )
        for case in cases
    ]


def _newest_decisions(case_ids: Collection[UUID]) -> dict[UUID, Decision]:
    found = Decision.objects.filter(case_id__in=case_ids).select_related("reading", "acceptance")
    return {one.case_id: one for one in found.order_by("case_id", "-number").distinct("case_id")}


def _appeals(case_ids: Collection[UUID]) -> Iterable[Appeal]:
    found = Appeal.objects.filter(decision__case_id__in=case_ids).select_related("decision")
    return found.defer("decision__snapshot").order_by("sent_at", "id")


def _files(subject_ids: Collection[UUID]) -> dict[UUID, tuple[Attachment, ...]]:
    rows = Attachment.objects.filter(subject_kind__in=("message", "appeal"), subject_id__in=subject_ids)
    grouped = _grouped(rows.order_by("made_at", "id"), lambda one: one.subject_id)
    return {subject: tuple(found) for subject, found in grouped.items()}


def _reports(cases: Sequence[Case]) -> dict[UUID, StageAnswers]:
    """By application, what was answered of the report."""
    rows = list_stage_answers(*(case.application for case in cases))
    return {one.application_id: one for one in reversed(rows) if one.stage == Asked.REPORT}


def _expected(
    cases: Sequence[Case], requests: Mapping[UUID, Sequence[InformationRequest]], on: date
) -> dict[UUID, Expected]:
    """For those that are not decided."""
    undecided = [case for case in cases if case.state in TABLE.before("case", "tell_provisionally")]
    durations = usual_durations({case.application.scheme_version.scheme_id for case in undecided})
    return {
        case.id: expected_from(
            case,
            [pause_of(one) for one in requests.get(case.id, ())],
            durations[case.application.scheme_version.scheme_id],
            on=on,
        )
        for case in undecided
    }


def _by_case(rows: Iterable[Row]) -> dict[UUID, list[Row]]:
    return _grouped(rows, lambda one: one.case_id)  # type: ignore[attr-defined]


def _grouped(rows: Iterable[Row], of: Callable[[Row], UUID]) -> dict[UUID, list[Row]]:
    found: dict[UUID, list[Row]] = {}
    for one in rows:
        found.setdefault(of(one), []).append(one)
    return found
