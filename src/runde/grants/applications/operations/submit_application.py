from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import cast

from django.db import connection, transaction
from django.utils import timezone

from runde.engine.reference.api import Language
from runde.foundation.companies.api import CompanyFacts, facts_of_many
from runde.foundation.forms.api import Stage, read_answers, written_answers
from runde.foundation.journal.api import Happening, record_many
from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import current_tenant, next_numbers, once

from ..domain.refusals import Incomplete
from ..domain.seal import as_text, seal_over
from ..domain.states import Act, state_after
from ..models import Application
from ..queries.finding import locked, locked_many
from ..queries.sealing import facts_to_seal, sealed_content
from ..signals import application_submitted
from .confirm_by_mail import confirm_by_mail
from .opening import require_open
from .revision import require_revision


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
    Incomplete with a sentence for each answer that lacks, NotOpen, and Conflict when it is sent already.
    """
    authorise(by, "applications.change", application)

    def work() -> dict[str, str]:
        current = locked(application.id)
        state_after(current.state, Act.SUBMIT)
        require_revision(current, expected_revision)
        _submit([current], by=by, at=at)
        return {"application": str(application.id)}

    once(
        operation="applications.submit",
        key=key,
        body={"application": application.id, "by": by.person_id},
        at=at,
        work=work,
    )
    return locked(application.id)


@transaction.atomic
def submit_many(*, applications: Sequence[Application], by: Actor, at: datetime) -> list[Application]:
    """Send several applications by one person who acts for every company, in a fixed number of statements.

    All or none: raises as `submit_application`.
    """
    for application in applications:
        authorise(by, "applications.change", application)
    current = locked_many([application.id for application in applications])
    _submit(current, by=by, at=at)
    return current


def _submit(applications: list[Application], *, by: Actor, at: datetime) -> None:
    for application in applications:
        application.state = state_after(application.state, Act.SUBMIT)
    for call in {application.call_id: application.call for application in applications}.values():
        require_open(call, at)
    for application in applications:
        _require_complete(application)
    _seal(applications, facts_of_many({one.organisation_number for one in applications}), at)
    _store(applications)
    record_many([_submitted(one) for one in applications], by=by.person_id, at=at)
    confirm_by_mail(applications, at=at)
    application_submitted.send(sender=Application, applications=applications, by=by, at=at)


def _require_complete(application: Application) -> None:
    form, language = application.scheme_version.form, cast(Language, application.language)
    raw = written_answers(form, application.answers)
    reading = read_answers(form, raw, require=Stage.SUBMIT, language=language)
    if reading.errors:
        raise Incomplete(reading.errors, application.id)


def _seal(applications: list[Application], companies: Mapping[str, CompanyFacts], at: datetime) -> None:
    year = timezone.localdate(at).year
    numbers = next_numbers("case", year, len(applications))
    for application, number in zip(applications, numbers, strict=True):
        application.submitted_at = at
        application.number = f"{year % 100:02d}/{number}"
        application.facts = facts_to_seal(application, companies.get(application.organisation_number))
        application.seal = seal_over(sealed_content(application))


STORE = """
UPDATE applications_application AS application
SET state = 'submitted', submitted_at = sent.at, number = sent.number, facts = sent.facts::jsonb, seal = sent.seal
FROM unnest(%s::uuid[], %s::timestamptz[], %s::text[], %s::text[], %s::text[]) AS sent(id, at, number, facts, seal)
WHERE application.tenant_id = %s AND application.id = sent.id
"""


def _store(applications: list[Application]) -> None:
    columns: list[list[object]] = [
        [one.id for one in applications],
        [one.submitted_at for one in applications],
        [one.number for one in applications],
        [as_text(one.facts) for one in applications],
        [one.seal for one in applications],
    ]
    with connection.cursor() as cursor:
        cursor.execute(STORE, [*columns, current_tenant()])


def _submitted(application: Application) -> Happening:
    facts = {"number": application.number, "seal": application.seal, "revision": application.revision}
    return Happening("applications.submitted", "application", application.id, facts)
