from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from runde.foundation.journal.api import Happening, record_many
from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import Refused

from ..errors import AlreadyDeclared
from ..models import Case, Impartiality
from ..queries.cases import declarations_by, lock_cases
from .pass_on import pass_on


def declare_impartiality(
    *, case_id: UUID, is_impartial: bool, reason: str = "", by: Actor, at: datetime
) -> None:
    """Say, before working on a case, whether one may. An interest needs a reason and is never taken back.

    A case that was theirs goes elsewhere by itself. Saying the same again changes nothing. Raises AlreadyDeclared
    when an interest stands.
    """
    authorise(by, "casework.declare")
    if not is_impartial and not reason.strip():
        raise Refused(
            "Skriv hvorfor du ikke kan behandle saken, for eksempel at du eier en del av virksomheten."
        )
    with transaction.atomic():
        [case] = lock_cases([case_id])
        standing = declarations_by([by.person_id], [case.id]).get((case.id, by.person_id))
        if standing is False and is_impartial:
            raise AlreadyDeclared("Du har meldt fra om at du ikke kan behandle saken. Det kan ikke endres.")
        if standing is not is_impartial:
            _declare([case], is_impartial, reason.strip(), by, at)
            if not is_impartial:
                pass_on(case, by, at)


def declare_many_impartial(*, case_ids: Collection[UUID], by: Actor, at: datetime) -> None:
    """One person says of many cases at once that they may work on them; cases they have spoken of are left alone."""
    authorise(by, "casework.declare")
    with transaction.atomic():
        declare_missing(lock_cases(case_ids), by, at)


def declare_missing(cases: Collection[Case], by: Actor, at: datetime) -> None:
    """For cases already held: write the person's word for those they have not spoken of."""
    spoken = declarations_by([by.person_id], [case.id for case in cases])
    _declare([case for case in cases if (case.id, by.person_id) not in spoken], True, "", by, at)


def _declare(cases: Collection[Case], is_impartial: bool, reason: str, by: Actor, at: datetime) -> None:
    Impartiality.objects.bulk_create(
        Impartiality(
            case=case, person_id=by.person_id, is_impartial=is_impartial, reason=reason[:300], declared_at=at
        )
        for case in cases
    )
    facts = {"is_impartial": is_impartial, "reason": reason}
    record_many(
        [Happening("casework.declared", "case", case.id, facts) for case in cases], by=by.person_id, at=at
    )
