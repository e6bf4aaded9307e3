from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from runde.foundation.journal.api import record
from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import Conflict, Refused, current_tenant

from ..domain.values import REGISTER_FACTS
from ..models import Application

LONGEST_COMMENT = 1_000
BESIDE_RULES = frozenset({"name", "address"})
"""What the register says of a company that no rule looks at, and that may be wrong all the same."""

STORE = """
UPDATE applications_application SET disputes = (disputes - %(fact)s) || %(said)s::jsonb, revision = revision + 1
WHERE tenant_id = %(tenant)s AND id = %(id)s AND state = 'draft'
RETURNING disputes, revision
"""


@transaction.atomic
def dispute_fact(
    *, application: Application, fact: str, comment: str, by: Actor, at: datetime
) -> Application:
    """Say that something the register says is wrong, and what is right; an empty comment takes it back.

    It changes neither the register nor what the rules see: it is sealed with the application, for whoever judges it.
    Raises NotAllowed, Refused for a fact there is not or too long a comment, and Conflict when it is sent.
    """
    authorise(by, "applications.change", application)
    said = {fact: _dispute(application, fact, comment, by, at)} if _tidied(comment) else {}
    _require_fact(fact)
    with connection.cursor() as cursor:
        facts: dict[str, Any] = {
            "fact": fact,
            "said": json.dumps(said),
            "tenant": current_tenant(),
            "id": application.id,
        }
        cursor.execute(STORE, facts)
        row = cursor.fetchone()
    if row is None:
        raise Conflict("Søknaden er sendt eller trukket og kan ikke endres.")
    application.disputes, application.revision = (
        json.loads(row[0]) if isinstance(row[0], str) else row[0],
        row[1],
    )
    record(
        action="applications.fact_disputed" if said else "applications.dispute_taken_back",
        subject_kind="application",
        subject_id=application.id,
        by=by.person_id,
        at=at,
        fact=fact,
    )
    return application


def _dispute(application: Application, fact: str, comment: str, by: Actor, at: datetime) -> dict[str, object]:
    seen = application.facts_seen.get(fact, {})
    return {
        "said": seen.get("value"),
        "comment": _tidied(comment),
        "by": str(by.person_id),
        "at": at.isoformat(),
    }


def _tidied(comment: str) -> str:
    tidied = comment.strip()
    if len(tidied) > LONGEST_COMMENT:
        raise Refused(f"Forklaringen kan ha høyst {LONGEST_COMMENT} tegn. Kort den ned.")
    return tidied


def _require_fact(fact: str) -> None:
    if fact not in REGISTER_FACTS and fact not in BESIDE_RULES:
        raise Refused("Vi henter ikke denne opplysningen fra Enhetsregisteret.")
