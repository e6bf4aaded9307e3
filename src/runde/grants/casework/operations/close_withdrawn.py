from __future__ import annotations

from datetime import datetime

from django.db import transaction

from runde.foundation.journal.api import record
from runde.foundation.people.api import Actor
from runde.grants.applications.api import Application

from ..domain.state_table import TABLE
from ..errors import CaseDecided
from ..models import Case
from .correspond import end_requests


def close_withdrawn(*, application: Application, by: Actor, at: datetime) -> None:
    """End the work on an application that is taken back; a proposal it stands in will leave it out.

    Raises CaseDecided when there is a decision: then the answer stands.
    """
    with transaction.atomic():
        case = Case.objects.select_for_update().filter(application=application).first()
        if case is None:
            return
        if not TABLE.fits("case", "withdraw", case.state) or case.decisions.exists():
            raise CaseDecided(
                "Søknaden er allerede avgjort, og kan ikke trekkes. Svar på vedtaket i saken i stedet."
            )
        case.state = TABLE.after("case", "withdraw", case.state)
        case.save(update_fields=["state"])
        end_requests([case.id], by, at)
        record(action="casework.withdrawn", subject_kind="case", subject_id=case.id, by=by.person_id, at=at)
