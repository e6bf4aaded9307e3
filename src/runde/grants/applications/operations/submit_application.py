from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from runde.foundation.companies.api import CompanyFacts, facts_of_many
from runde.foundation.documents.api import Attachment, seal_attachments
from runde.foundation.journal.api import Happening, record_many
from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import current_tenant, next_numbers, once, rows_as_json

from ..domain.refusals import Incomplete
from ..domain.register import known_facts
from ..domain.seal import seal_over
from ..domain.states import Act, state_after
from ..domain.values import register_values, to_plain
from ..models import Application
from ..queries.attachments import KIND, having_files
from ..queries.completeness import missing_with
from ..queries.finding import locked, locked_many
from ..queries.sealing import facts_to_seal, sealed_content
from ..signals import application_submitted
from .confirm_by_mail import confirm_by_mail
from .files import file_answers, strange_among
from .opening import require_sendable
from .revision import require_revision

RegisterState = Application.RegisterState


@transaction.atomic
def submit_application(
    *,
    application: Application,
    key: str,
    by: Actor,
    at: datetime,
    expected_revision: int | None = None,
) -> Application:
    """Send the application: seal it, give it a case number, confirm by mail. The same `key` again changes nothing.

    `expected_revision` is what the person has looked over. Raises ChangedMeanwhile when it is no longer that,
    Incomplete with a sentence for each answer that lacks, NotOpen, NotAllowed for who only fills in, and Conflict
    when it is sent already or has a file with a virus.
    """
    authorise(by, "applications.submit", application)
    sent: list[Application] = []

    def work() -> dict[str, str]:
        current = locked(application.id)
        state_after(current.state, Act.SUBMIT)
        require_revision(current, expected_revision)
        _submit([current], by=by, at=at)
        sent.append(current)
        return {"application": str(application.id)}

    once(
        operation="applications.submit",
        key=key,
        body={"application": application.id, "by": by.person_id},
        at=at,
        work=work,
    )
    return sent[0] if sent else locked(application.id)


@transaction.atomic
def submit_many(*, applications: Sequence[Application], by: Actor, at: datetime) -> list[Application]:
    """Send several applications by one person who acts for every company.

    In a fixed number of statements, but for those with files. All or none: raises as `submit_application`.
    """
    for application in applications:
        authorise(by, "applications.submit", application)
    current = locked_many([application.id for application in applications])
    _submit(current, by=by, at=at)
    return current


def _submit(applications: list[Application], *, by: Actor, at: datetime) -> None:
    for application in applications:
        application.state = state_after(application.state, Act.SUBMIT)
        require_sendable(application, at)
    companies = facts_of_many({one.organisation_number for one in applications})
    for application in applications:
        _require_complete(application, companies.get(application.organisation_number))
    files = _seal_files(applications, at)
    _seal(applications, companies, files, at)
    _store(applications)
    record_many([_submitted(one) for one in applications], by=by.person_id, at=at)
    confirm_by_mail(applications, at=at)
    application_submitted.send(sender=Application, applications=applications, by=by, at=at)


def _require_complete(application: Application, company: CompanyFacts | None) -> None:
    errors = missing_with(application, known_facts(to_plain(register_values(company))))
    if errors:
        raise Incomplete(errors, application.id)


def _seal_files(applications: list[Application], at: datetime) -> dict[UUID, list[Attachment]]:
    """The files of each application that has any, which stand from now on. Every file answer names one of them."""
    ids = [one.id for one in applications]
    having = having_files(ids) if len(ids) > 1 else set(ids)
    files = {
        one.id: seal_attachments(subject_kind=KIND, subject_id=one.id, at=at)
        for one in applications
        if one.id in having
    }
    for application in applications:
        named = file_answers(application)
        lost = strange_among(application, named, {str(one.id) for one in files.get(application.id, ())})
        if lost:
            raise Incomplete(lost, application.id)
    return files


def _seal(
    applications: list[Application],
    companies: Mapping[str, CompanyFacts],
    files: Mapping[UUID, list[Attachment]],
    at: datetime,
) -> None:
    year = timezone.localdate(at).year
    numbers = next_numbers("case", year, len(applications))
    for application, number in zip(applications, numbers, strict=True):
        company = companies.get(application.organisation_number)
        application.submitted_at = at
        application.number = f"{year % 100:02d}/{number}"
        application.register_state = RegisterState.KNOWN if company else RegisterState.PENDING
        application.facts = facts_to_seal(application, company, files.get(application.id, []))
        application.seal = seal_over(sealed_content(application))


STORE = """
UPDATE applications_application AS application
SET state = 'submitted', submitted_at = sent.submitted_at, number = sent.number, facts = sent.facts, seal = sent.seal,
    register_state = sent.register_state
FROM json_to_recordset(%s::json)
    AS sent(id uuid, submitted_at timestamptz, number text, facts jsonb, seal text, register_state text)
WHERE application.tenant_id = %s AND application.id = sent.id
"""
STORED = ("id", "submitted_at", "number", "facts", "seal", "register_state")


def _store(applications: list[Application]) -> None:
    sent = [{name: getattr(one, name) for name in STORED} for one in applications]
    with connection.cursor() as cursor:
        cursor.execute(STORE, [rows_as_json(sent), current_tenant()])


def _submitted(application: Application) -> Happening:
    facts = {"number": application.number, "seal": application.seal, "revision": application.revision}
    return Happening("applications.submitted", "application", application.id, facts)
