# ruff: noqa: S608 - only names of our own tables are put into statements
"""One save of one sheet in one statement: the answers as they shall stand, and the line of history beside them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection

from runde.foundation.trust.api import current_tenant, new_id

from ..domain.saving import Turn, forgotten
from ..models import Application, Sheet, StageAnswers

Kept = TypeVar("Kept", bound=Sheet)


@dataclass(frozen=True, slots=True)
class Keeping:
    """What one save writes. `extra` are further columns of the sheet, as plain data."""

    application_id: UUID
    stage: str
    answers: Mapping[str, Any]
    unread: Mapping[str, Any]
    changed: Mapping[str, tuple[Any, Any]]
    not_kept: Mapping[str, Any]
    turn: Turn
    by: UUID | None
    at: datetime
    extra: Mapping[str, Any] = field(default_factory=dict)


STORE = """
WITH kept AS (
    UPDATE {table} SET answers = %(answers)s, unread = %(unread)s, revision = revision + 1, saved_at = %(at)s,
        saved_by = %(by)s, turns = (turns - %(forgotten)s::text[]) || %(turn)s::jsonb {extra}
    WHERE tenant_id = %(tenant)s AND id = %(id)s AND revision = %(revision)s AND {is_open} AND {is_newest}
    RETURNING revision
)
INSERT INTO applications_answerchange
    (id, tenant_id, application_id, stage, revision, changed, not_kept, by, at, page)
SELECT %(change)s, %(tenant)s, %(application)s, %(stage)s, kept.revision, %(changed)s, %(not_kept)s, %(by)s, %(at)s,
    %(page)s
FROM kept RETURNING revision
"""
COUNT = """
UPDATE {table} SET turns = (turns - %(forgotten)s::text[]) || %(turn)s::jsonb
WHERE tenant_id = %(tenant)s AND id = %(id)s AND {is_open} AND {is_newest}
"""
IS_NEWEST = "coalesce((turns->>%(page)s)::bigint, -1) <= %(number)s"
IS_OPEN: Mapping[type[Sheet], str] = {
    Application: "state = 'draft' AND scheme_version_id = %(version)s",
    StageAnswers: "seal = ''",
}


def store(sheet: Kept, keeping: Keeping) -> Kept | None:
    """Write it, unless the sheet has been saved, sent or moved since it was read: then None, and nothing is written."""
    facts = _facts(sheet, keeping.turn) | {
        "answers": json.dumps(keeping.answers),
        "unread": json.dumps(keeping.unread),
        "at": keeping.at,
        "by": keeping.by,
        "revision": sheet.revision,
        "change": new_id(),
        "application": keeping.application_id,
        "stage": keeping.stage,
        "changed": json.dumps(keeping.changed),
        "not_kept": json.dumps(keeping.not_kept),
        **{name: json.dumps(value) for name, value in keeping.extra.items()},
    }
    extra = "".join(f", {name} = %({name})s" for name in keeping.extra)
    with connection.cursor() as cursor:
        cursor.execute(_filled(STORE, sheet, extra=extra), facts)
        row = cursor.fetchone()
    return _as_stored(sheet, keeping, row[0]) if row else None


def count_turn(sheet: Sheet, turn: Turn) -> None:
    """Remember that this save has been taken in, though it changed nothing: an older one may still be under way."""
    if not turn.is_counted or sheet.turns.get(turn.page) == turn.number:
        return
    with connection.cursor() as cursor:
        cursor.execute(_filled(COUNT, sheet), _facts(sheet, turn))


def _filled(statement: str, sheet: Sheet, *, extra: str = "") -> str:
    return statement.format(
        table=sheet._meta.db_table, is_open=IS_OPEN[type(sheet)], is_newest=IS_NEWEST, extra=extra
    )


def _facts(sheet: Sheet, turn: Turn) -> dict[str, Any]:
    number = turn.number if turn.is_counted else None
    return {
        "tenant": current_tenant(),
        "id": sheet.id,
        "version": sheet.scheme_version_id if isinstance(sheet, Application) else None,
        "forgotten": forgotten(sheet.turns, turn.page),
        "turn": json.dumps({turn.page: number} if number is not None else {}),
        "page": turn.page,
        "number": number if number is not None else 2**62,
    }


def _as_stored(sheet: Kept, keeping: Keeping, revision: int) -> Kept:
    stored = copy(sheet)
    stored.answers, stored.unread, stored.revision = dict(keeping.answers), dict(keeping.unread), revision
    stored.saved_at, stored.saved_by = keeping.at, keeping.by
    if keeping.turn.is_counted:
        stored.turns = {**sheet.turns, keeping.turn.page: keeping.turn.number}
    for name, value in keeping.extra.items():
        setattr(stored, name, value)
    return stored
