from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from runde.foundation.journal.api import record
from runde.foundation.people.api import Actor, authorise

from ..domain.state_table import TABLE
from ..errors import CaseDecided
from ..models import Check
from ..queries.cases import lock_cases
from .judging import basis_of, keep_check


def run_check(*, case_id: UUID, by: Actor, at: datetime, with_register_now: bool = False) -> Check:
    """Judge the case again: by what was sealed, or by the register as it is now. The old check is kept.

    By the version the case is judged by: the sealed one, or the one it was moved to. What officers have set stands.
    A proposal that rests on the old check leaves the case out when it is approved. Raises NotFound, CaseDecided,
    VersionMissing.
    """
    with transaction.atomic():
        [case] = lock_cases([case_id])
        authorise(by, "casework.check", case)
        if not TABLE.fits("case", "check", case.state) or case.decisions.exists():
            raise CaseDecided("Saken er avgjort. Skal den vurderes på nytt, må det lages et nytt vedtak.")
        basis = basis_of(case, with_register_now=with_register_now)
        check = keep_check(basis, basis.standing, at)
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
