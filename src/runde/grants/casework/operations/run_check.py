from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from runde.foundation.journal.api import record
from runde.foundation.people.api import Actor, authorise
from runde.grants.applications.api import Application, values_of_many
from runde.grants.schemes.api import compiled_rules

from ..domain.lanes import reason_line
from ..domain.state_table import TABLE
from ..errors import CaseDecided
from ..models import Check
from ..queries.cases import lock_cases
from ..queries.versions import versions_of


def run_check(*, case_id: UUID, by: Actor, at: datetime, with_register_now: bool = False) -> Check:
    """Judge the case again: by what was sealed, or by the register as it is now. The old check is kept.

    By the version the case is judged by: the sealed one, or the one it was moved to. A proposal that rests on the
    old check leaves the case out when it is approved. Raises NotFound, CaseDecided, VersionMissing.
    """
    with transaction.atomic():
        [case] = lock_cases([case_id])
        authorise(by, "casework.check", case)
        if not TABLE.fits("case", "check", case.state) or case.decisions.exists():
            raise CaseDecided("Saken er avgjort. Skal den vurderes på nytt, må det lages et nytt vedtak.")
        application = Application.objects.get(id=case.application_id)
        [values] = values_of_many([application], with_register_now=with_register_now)
        rules = compiled_rules(versions_of([case])[case.id])
        verdict = rules.check(values, timezone.localdate(at))
        check = Check.objects.create(
            case=case,
            number=case.checks.count() + 1,
            rules_digest=verdict.digest,
            verdict=verdict.to_dict(),
            ran_at=at,
            with_register_now=with_register_now,
        )
        case.lane, case.reason, case.recommended_nok = verdict.lane, reason_line(verdict), verdict.amount_nok
        case.save(update_fields=["lane", "reason", "recommended_nok"])
        record(
            action="casework.checked",
            subject_kind="case",
            subject_id=case.id,
            by=by.person_id,
            at=at,
            check=check.id,
            rules_digest=check.rules_digest,
            lane=case.lane,
            recommended_nok=case.recommended_nok,
        )
    return check
