"""Drafts follow their call to another version of its form. Every answer goes along or is set aside; none is lost."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any, cast

from django.db import connection, transaction

from runde.engine.reference.api import Language
from runde.foundation.forms.api import (
    FormVersion,
    Rebased,
    Stage,
    questions_of,
    read_answers,
    rebase_answers,
    written_answers,
)
from runde.foundation.journal.api import Happening, record_many
from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import current_tenant
from runde.grants.schemes.api import Call, SchemeVersion

from ..models import AnswerChange, Application
from ..queries.rebasing import drafts_to_move
from .tell_of_form import tell_of_form


@transaction.atomic
def rebase_drafts(*, call: Call, to_version: SchemeVersion, by: Actor, at: datetime) -> list[Application]:
    """Move every draft of the call that is on another version; gives those moved. Doing it again moves none.

    Runs by itself when a call is moved. Those with an answer set aside or a question to look at get a mail. Raises
    NotAllowed.
    """
    authorise(by, "schemes.manage", call)
    drafts = list(drafts_to_move(call, to_version).select_for_update(of=("self",)))
    changes = [_move(draft, to_version, at) for draft in drafts]
    _store(drafts)
    AnswerChange.objects.bulk_create(changes, batch_size=1000)
    record_many([_moved(one) for one in drafts], by=by.person_id, at=at)
    tell_of_form([one for one in drafts if one.to_see or one.set_aside], to_version, at=at)
    return drafts


def _move(draft: Application, to_version: SchemeVersion, at: datetime) -> AnswerChange:
    """Change the draft in memory, and give its line of history."""
    language, before = cast(Language, draft.language), draft.answers
    old, new = draft.scheme_version.form, to_version.form
    moved = rebase_answers(old, new, before, language)
    back = _back_from_aside(draft.set_aside, moved, new, language)
    draft.answers = moved.kept | back
    draft.set_aside = _aside(draft, moved, back, new)
    draft.to_see = _to_see(draft, moved, back, new)
    draft.unread = {slug: raw for slug, raw in draft.unread.items() if slug in _slugs(new)}
    draft.scheme_version, draft.revision = to_version, draft.revision + 1
    return AnswerChange(
        application=draft,
        stage=Stage.SUBMIT,
        revision=draft.revision,
        changed=_changed(before, draft.answers),
        by=None,
        at=at,
    )


def _back_from_aside(
    aside: Mapping[str, Any], moved: Rebased, form: FormVersion, language: Language
) -> dict[str, Any]:
    """Answers set aside before whose question has come back, when it takes them just as they were."""
    types = {one.slug: one.type for one in questions_of(form)}
    candidates = {
        slug: one["value"]
        for slug, one in aside.items()
        if slug not in moved.kept
        and slug not in moved.set_aside
        and one["type"]
        and types.get(slug) == one["type"]
    }
    raw = written_answers(form, candidates)
    reading = read_answers(form, raw, require=None, language=language, asked=set(candidates))
    return {slug: value for slug, value in candidates.items() if reading.values.get(slug) == value}


def _aside(draft: Application, moved: Rebased, back: Mapping[str, Any], form: FormVersion) -> dict[str, Any]:
    aside = {slug: one for slug, one in draft.set_aside.items() if slug not in back}
    for slug, one in moved.set_aside.items():
        aside[slug] = {**asdict(one), **_typed(aside.get(slug))}
    for slug, raw in draft.unread.items():
        if slug not in _slugs(form):
            known = aside.get(slug, {"label": slug, "text": "", "type": "", "value": None})
            aside[slug] = {**known, "typed": raw}
    return aside


def _typed(known: Mapping[str, Any] | None) -> dict[str, Any]:
    return {"typed": known["typed"]} if known and "typed" in known else {}


def _to_see(draft: Application, moved: Rebased, back: Mapping[str, Any], form: FormVersion) -> list[str]:
    wanted = {*draft.to_see, *moved.to_see, *back}
    return [one.slug for one in questions_of(form) if one.slug in wanted]


def _changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    slugs = sorted(before.keys() | after.keys())
    pairs = {slug: (before.get(slug), after.get(slug)) for slug in slugs}
    return {slug: pair for slug, pair in pairs.items() if pair[0] != pair[1]}


def _slugs(form: FormVersion) -> set[str]:
    return {one.slug for one in questions_of(form)}


STORE = """
UPDATE applications_application AS draft
SET answers = moved.answers::jsonb, set_aside = moved.aside::jsonb, to_see = moved.to_see::jsonb,
    unread = moved.unread::jsonb, revision = moved.revision, scheme_version_id = moved.version
FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::text[], %s::text[], %s::int[], %s::uuid[])
    AS moved(id, answers, aside, to_see, unread, revision, version)
WHERE draft.tenant_id = %s AND draft.id = moved.id
"""


def _store(drafts: list[Application]) -> None:
    columns: list[list[object]] = [
        [one.id for one in drafts],
        [json.dumps(one.answers) for one in drafts],
        [json.dumps(one.set_aside) for one in drafts],
        [json.dumps(one.to_see) for one in drafts],
        [json.dumps(one.unread) for one in drafts],
        [one.revision for one in drafts],
        [one.scheme_version_id for one in drafts],
    ]
    if drafts:
        with connection.cursor() as cursor:
            cursor.execute(STORE, [*columns, current_tenant()])


def _moved(draft: Application) -> Happening:
    facts = {
        "to_version": draft.scheme_version_id,
        "set_aside": len(draft.set_aside),
        "to_see": len(draft.to_see),
    }
    return Happening("applications.moved_to_version", "application", draft.id, facts)
