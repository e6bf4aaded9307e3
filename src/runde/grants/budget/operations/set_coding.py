from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from runde.foundation.journal.api import record
from runde.foundation.people.api import Actor, authorise

from ..errors import CodingRefused
from ..models import Coding

PLACES = ("giver", "available", "committed", "in_bank_file", "paid")
CODE = re.compile(r"[0-9A-Za-zÆØÅæøå./-]{1,20}")


@transaction.atomic
def set_coding(
    *,
    accounts: Mapping[str, str],
    function: str,
    valid_from: date,
    by: Actor,
    at: datetime,
    responsibility: str = "",
    project: str = "",
    projects: Mapping[UUID, str] | None = None,
    vat_code: str = "",
) -> Coding:
    """Say how the books are coded in the municipality's own accounts, from a day. Raises CodingRefused."""
    authorise(by, "budget.code")
    known = {place: _code(accounts.get(place, ""), f"account_{place}", needed=True) for place in PLACES}
    coding = Coding.objects.create(
        valid_from=valid_from,
        accounts=known,
        function=_code(function, "function", needed=True),
        responsibility=_code(responsibility, "responsibility"),
        project=_code(project, "project"),
        projects={
            str(source): _code(code, "project") for source, code in (projects or {}).items() if code.strip()
        },
        vat_code=_code(vat_code, "vat_code"),
        set_by=by.person_id,
        set_at=at,
    )
    record(
        action="budget.coding_set",
        subject_kind="coding",
        subject_id=coding.id,
        by=by.person_id,
        at=at,
        valid_from=valid_from,
        accounts=known,
        function=coding.function,
    )
    return coding


def _code(text: str, field: str, *, needed: bool = False) -> str:
    code = text.strip()
    if not code and not needed:
        return ""
    if not CODE.fullmatch(code):
        raise CodingRefused("Skriv koden med tall og bokstaver, høyst 20 tegn.", field=field)
    return code
