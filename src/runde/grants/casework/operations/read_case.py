from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from runde.foundation.journal.api import record_reading
from runde.foundation.people.api import Actor

from ..models import Case
from ..queries.case_page import CasePage, case_page


def read_case(*, case_id: UUID | Case, by: Actor, at: datetime, as_of: datetime | None = None) -> CasePage:
    """The pages of a case for a person to read, and a line in the journal that they did. Raises as `case_page`."""
    page = case_page(case_id, by=by, at=at, as_of=as_of)
    with transaction.atomic(savepoint=False):
        record_reading(subject_kind="case", subject_id=page.case.id, by=by.person_id, at=at)
    return page
