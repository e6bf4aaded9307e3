from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from runde.engine.rules import Verdict
from runde.foundation.journal.api import Happening, record_many
from runde.foundation.trust.api import insert_rows
from runde.grants.applications.api import Application, assess_many

from ..domain.lanes import reason_line
from ..domain.listed import municipality_in, ordinal_of
from ..models import Case, Check


def open_cases(*, applications: Sequence[Application], at: datetime) -> list[Case]:
    """Open a case for each application that has just been submitted, and run its first check.

    The system itself acts: the applicant has submitted, nobody has weighed anything yet.
    """
    with transaction.atomic(savepoint=False):
        checks = [
            _first_check(application, assessment.verdict, at)
            for application, assessment in zip(applications, assess_many(applications, at), strict=True)
        ]
        insert_rows([check.case for check in checks])
        insert_rows(checks)
        record_many([_opened(check) for check in checks], by=None, at=at)
    return [check.case for check in checks]


def _first_check(application: Application, verdict: Verdict, at: datetime) -> Check:
    case = Case(
        application=application,
        call_id=application.call_id,
        number=application.number,
        ordinal=ordinal_of(application.number),
        company_name=application.company_name,
        organisation_number=application.organisation_number,
        municipality_number=municipality_in(application.facts),
        answer_by_date=application.call.answer_by_date,
        lane=verdict.lane,
        reason=reason_line(verdict),
        recommended_nok=verdict.amount_nok,
        opened_at=at,
    )
    return Check(case=case, number=1, rules_digest=verdict.digest, verdict=verdict.to_dict(), ran_at=at)


def _opened(check: Check) -> Happening:
    case = check.case
    facts = {
        "number": case.number,
        "application": case.application_id,
        "check": check.id,
        "rules_digest": check.rules_digest,
        "lane": case.lane,
        "recommended_nok": case.recommended_nok,
    }
    return Happening("casework.opened", "case", case.id, facts)
