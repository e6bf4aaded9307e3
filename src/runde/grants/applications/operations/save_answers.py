from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.db import transaction

from runde.engine.reference.api import Language
from runde.foundation.forms.api import Raw, Reading, read_answers
from runde.foundation.journal.api import record
from runde.foundation.people.api import Actor, authorise

from ..domain.merging import merged
from ..domain.states import Act, state_after
from ..models import Application
from ..queries.finding import locked
from .revision import require_revision


@dataclass(frozen=True, slots=True)
class Saved:
    """The application as stored, and the reading: answers that could not be read are in `reading.errors`.

    Such an answer is not stored; what stood there before stays.
    """

    application: Application
    reading: Reading


@transaction.atomic
def save_answers(
    *,
    application: Application,
    raw: Mapping[str, Raw],
    expected_revision: int,
    by: Actor,
    at: datetime,
    asked: Collection[str] | None = None,
) -> Saved:
    """Store what was typed on a page. `asked` names the page's questions; without it, those in `raw`.

    A question that was asked and left empty is emptied. Raises ChangedMeanwhile, with what the other wrote, when
    somebody has saved since `expected_revision`, unless both wrote the same.
    """
    authorise(by, "applications.change", application)
    page = set(raw) if asked is None else set(asked)
    current = locked(application.id)
    state_after(current.state, Act.SAVE)
    language = cast(Language, current.language)
    form = current.scheme_version.form
    reading = read_answers(form, raw, require=False, language=language, asked=page)
    answers = merged(current.answers, reading, page)
    changed = sorted(slug for slug in page if answers.get(slug) != current.answers.get(slug))
    if not changed:
        return Saved(current, reading)
    require_revision(current, expected_revision, changed)
    _store(current, answers, changed, by=by, at=at)
    return Saved(current, reading)


def _store(
    application: Application, answers: dict[str, Any], changed: list[str], *, by: Actor, at: datetime
) -> None:
    application.answers, application.revision = answers, application.revision + 1
    application.saved_at, application.saved_by = at, by.person_id
    application.save(update_fields=["answers", "revision", "saved_at", "saved_by"])
    record(
        action="applications.saved",
        subject_kind="application",
        subject_id=application.id,
        by=by.person_id,
        at=at,
        revision=application.revision,
        changed=changed,
    )
