"""Provisional replies: when no decision comes in time, the applicant is told why, and when to expect it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from runde.engine.reference.api import date_text
from runde.foundation.journal.api import Happening, record_many
from runde.grants.schemes.api import Call, FundingSource, sources_of

from ..domain.delay_reasons import own_reason, why_later
from ..domain.state_table import TABLE
from ..domain.waiting import Waiting, day_to_tell, due_on
from ..domain.words import as_language
from ..models import Case, Delay, ProvisionalReply
from ..queries.expecting import expected_from, usual_durations
from ..queries.waiting import delays_of, newest_replies, owed_word
from .deadlines import move_deadlines
from .telling_of_cases import News, tell_applicants
from .waiting_letters import queue_waiting_letters

BATCH = 500


def tell_waiting(*, at: datetime) -> int:
    """Tell every applicant who is owed word how long it takes; gives how many were told. Harmless to run again.

    The system itself acts. Cases whose applicant has been asked and not answered are left alone. Deadlines are moved by
    what the clock has stood still for on the way.
    """
    told = 0
    for case_ids in _in_batches():
        with transaction.atomic():
            move_deadlines(case_ids, at)
            told += _tell(_held(case_ids), at)
    return told


def _in_batches() -> Iterator[Sequence[UUID]]:
    undecided = Case.objects.filter(
        state__in=TABLE.before("case", "tell_provisionally"), decisions__isnull=True
    )
    return _cut(list(undecided.order_by("id").values_list("id", flat=True)))


def _cut(case_ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    for start in range(0, len(case_ids), BATCH):
        yield case_ids[start : start + BATCH]


def _held(case_ids: Sequence[UUID]) -> list[Case]:
    """Those still undecided, held until the transaction ends: none is told to wait in the moment it is decided."""
    held = Case.objects.select_for_update(of=("self",)).filter(
        id__in=case_ids, state__in=TABLE.before("case", "tell_provisionally"), decisions__isnull=True
    )
    return list(held.select_related("application__call", "application__scheme_version").order_by("id"))


def _tell(cases: Sequence[Case], at: datetime) -> int:
    today = timezone.localdate(at)
    before = newest_replies([case.id for case in cases])
    owed = owed_word(cases, before, on=today)
    if not owed:
        return 0
    delays, money = delays_of([case for case, _ in owed]), _money_decided(owed)
    durations = usual_durations({case.application.scheme_version.scheme_id for case, _ in owed})
    replies = [
        _reply(
            case,
            waiting,
            delays.get(case.id),
            durations[case.application.scheme_version.scheme_id],
            money[case.call_id],
            at,
        )
        for case, waiting in owed
    ]
    ProvisionalReply.objects.bulk_create(replies)
    record_many([_happened(one) for one in replies], by=None, at=at)
    tell_applicants([(one.case, _news(one)) for one in replies], at=at)
    queue_waiting_letters([one.id for one in replies], at)
    return len(replies)


def _reply(
    case: Case,
    waiting: Waiting,
    delay: Delay | None,
    durations: Sequence[int],
    money_decided: bool,
    at: datetime,
) -> ProvisionalReply:
    today = timezone.localdate(at)
    expected = expected_from(case, waiting.pauses, durations, on=today)
    likely = [delay.expected_date] if delay else []
    told, reason = waiting.told, own_reason(case.state, money_decided=money_decided)
    return ProvisionalReply(
        case=case,
        number=told.number + 1 if told else 1,
        due_date=due_on(waiting, on=today),
        expected_date=day_to_tell(
            likely=[*likely, expected.date, expected.answer_by_date], on=today, told=told
        ),
        reason_code=delay.reason_code if delay else reason,
        reason_text=delay.reason_text if delay else "",
        made_at=at,
    )


def _money_decided(owed: Sequence[tuple[Case, Waiting]]) -> Mapping[UUID, bool]:
    """By call, whether any of its money is decided."""
    calls = Call.objects.in_bulk({case.call_id for case, _ in owed})
    return {
        call_id: any(source.state == FundingSource.State.DECIDED for source in sources_of(call))
        for call_id, call in calls.items()
    }


def _happened(reply: ProvisionalReply) -> Happening:
    facts = {
        "number": reply.number,
        "due_date": reply.due_date,
        "expected_date": reply.expected_date,
        "reason_code": reply.reason_code,
    }
    return Happening("casework.told_provisionally", "case", reply.case_id, facts)


def _news(reply: ProvisionalReply) -> News:
    language = as_language(reply.case.application.language)
    return News(
        key=f"provisional:{reply.case_id}:{reply.number}",
        sentence="provisional" if reply.number == 1 else "delayed",
        slots={
            "why": why_later(reply.reason_code, reply.reason_text, language),
            "day": date_text(reply.expected_date, language),
            "sent": _sent(reply.case, language),
        },
        has_letter=True,
    )


def _sent(case: Case, language: str) -> str:
    sent: date = timezone.localdate(case.application.submitted_at or case.opened_at)
    return date_text(sent, as_language(language))
