"""Letters of appeals and what is like them: written once, kept with the case."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from runde.engine.reference.api import Language, amount_text, date_text, weekday_date_text
from runde.foundation.documents.api import list_documents, seal_documents
from runde.foundation.people.api import Actor, names_of

from ..domain.case_letters import Kind, Wanted, body_of, language_of
from ..domain.words import words
from ..models import Appeal, AppealStep, Decision
from .sealing_letters import OfCase, sealing_of


def appeal_letter_key(subject_id: UUID) -> str:
    """By the step, the demand or the reversal it tells of."""
    return f"appeal_letter:{subject_id}"


def statement_key(step_id: UUID) -> str:
    """The municipality's statement to the appeal body; the party's own letter has the other key."""
    return f"appeal_statement:{step_id}"


def write_letter(
    decision: Decision,
    kind: Kind,
    subject_id: UUID,
    *,
    said: str,
    by: Actor | None,
    at: datetime,
    slots: dict[str, str] | None = None,
    about: tuple[str, ...] = (),
    to_other: str = "",
) -> None:
    """The letter as PDF in the case; `subject_id` is what it tells of. Without `by` the system wrote it."""
    wanted = Wanted(
        kind=kind,
        said=said,
        signed_by=names_of({by.person_id})[by.person_id] if by else "",
        made_at=at,
        made_date=timezone.localdate(at),
        slots=slots or {},
        about=about,
        to_other=to_other,
    )
    sealing = sealing_of(
        of_decision(decision), wanted, key=appeal_letter_key(subject_id), decision=str(decision.id)
    )
    seal_documents([sealing], by=by, at=at)


def write_interim(appeal: Appeal, subject_id: UUID, *, answer_date: date, why: str, at: datetime) -> None:
    """That the answer to an appeal takes longer than said: `why` in sentences, and the new day. The system's own."""
    snapshot, language = appeal.decision.snapshot, language_of(appeal.decision.snapshot)
    first = appeal.steps.order_by("number")[0]
    slots = {
        "came_day": weekday_date_text(date.fromisoformat(first.facts["came"]), language),
        "answer_day": weekday_date_text(answer_date, language),
        "appeal_body": body_of(snapshot, language),
    }
    write_letter(
        appeal.decision,
        "interim",
        subject_id,
        said=why,
        by=None,
        at=at,
        slots=slots,
        to_other=appeal.other_party,
    )


def write_statement(appeal: Appeal, step: AppealStep, *, view: str, by: Actor, at: datetime) -> None:
    """The municipality's view, addressed to the appeal body, with the appeal and the list of what comes with it."""
    decision = appeal.decision
    snapshot, language = decision.snapshot, language_of(decision.snapshot)
    title = words("statement_title", language)
    body = body_of(snapshot, language)
    wanted = Wanted(
        kind="statement",
        said=view,
        signed_by=names_of({by.person_id})[by.person_id],
        made_at=at,
        made_date=timezone.localdate(at),
        slots={"appellant": appeal.other_party or snapshot["applicant"]["company_name"]},
        rows=_rows(appeal, language),
        quoted=appeal.text,
        papers=_papers(decision, language),
        to_other=body[:1].upper() + body[1:],
    )
    sealing = sealing_of(
        of_decision(decision), wanted, key=statement_key(step.id), title=title, decision=str(decision.id)
    )
    seal_documents([sealing], by=by, at=at)


def of_decision(decision: Decision) -> OfCase:
    scheme_id = decision.case.application.scheme_version.scheme_id
    return OfCase(case_id=decision.case_id, scheme_id=scheme_id, facts=decision.snapshot)


def _papers(decision: Decision, language: Language) -> tuple[str, ...]:
    """What stands in the case by now, each with its day."""
    found = list_documents("case", decision.case_id)
    return tuple(
        f"{one.document.title}, {date_text(timezone.localdate(one.document.made_at), language)}"
        for one in found
    )


def _rows(appeal: Appeal, language: Language) -> tuple[tuple[str, str], ...]:
    """In the box: what was decided, when the appeal came, and by when it had to."""
    decision, first = appeal.decision, appeal.steps.order_by("number")[0]
    given = words(
        f"statement_{decision.outcome}", language, amount=amount_text(decision.amount_nok, language)
    )
    came = date_text(date.fromisoformat(first.facts["came"]), language)
    last = date_text(appeal.last_date, language) if appeal.last_date else ""
    rows = (("row.decision", given), ("row.came", came), ("row.last", last))
    return tuple((key, value) for key, value in rows if value)
