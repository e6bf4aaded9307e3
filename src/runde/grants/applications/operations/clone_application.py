from __future__ import annotations

from datetime import datetime
from typing import cast

from django.db import transaction

from runde.engine.reference.api import Language
from runde.foundation.forms.api import questions_of, rebase_answers
from runde.foundation.journal.api import record
from runde.foundation.people.api import Actor, authorise
from runde.grants.schemes.api import Call

from ..models import Application
from .filling_in import Brought, fill_in
from .start_application import start_application

NOT_COPIED = frozenset({"file", "declaration"})
"""Files lie with the application they were handed in with, and a declaration is given each time."""


@transaction.atomic
def clone_application(*, source: Application, call: Call, by: Actor, at: datetime) -> Application:
    """Begin an application to a call with the answers of an earlier one by the same company, moved to the call's form.

    Every answer that came along is to be looked at again (`to_see`). Raises as `start_application`.
    """
    authorise(by, "applications.export", source)
    language = cast(Language, source.language)
    draft = start_application(
        call=call,
        organisation_number=source.organisation_number,
        by=by,
        at=at,
        language=language,
        typed_name=source.company_name,
    )
    old = source.scheme_version.form
    left = {one.slug for one in questions_of(old) if one.type in NOT_COPIED}
    answers = {slug: value for slug, value in source.answers.items() if slug not in left}
    moved = rebase_answers(old, draft.scheme_version.form, answers, language)
    to_see = tuple(dict.fromkeys([*moved.kept, *moved.to_see]))
    draft = fill_in(draft, Brought(moved.kept, moved.set_aside, to_see), by=by, at=at)
    Application.objects.filter(id=draft.id).update(cloned_from=source.id)
    draft.cloned_from = source.id
    record(
        action="applications.cloned",
        subject_kind="application",
        subject_id=draft.id,
        by=by.person_id,
        at=at,
        source=source.id,
    )
    return draft
