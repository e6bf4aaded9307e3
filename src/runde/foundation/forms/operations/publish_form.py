from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from runde.foundation.journal.api import record
from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import Refused, hold

from ..domain.definition import digest_of
from ..domain.definition_checks import Types, problems_in
from ..domain.expression_checks import with_known
from ..models import FormVersion


class FormRefused(Refused):
    """The definition has mistakes; `facts["problems"]` lists them."""

    code = "form_refused"


@transaction.atomic
def publish_form(
    *, slug: str, definition: Any, by: Actor, at: datetime, known_types: Types | None = None
) -> FormVersion:
    """Make the next version of a form; the same definition as the newest gives that one back.

    `known_types` are the register facts that conditions may use, with their types; those that are used are written
    into the version. Raises FormRefused listing every mistake in the definition.
    """
    authorise(by, "forms.publish")
    problems = problems_in(definition, known_types)
    if problems:
        raise FormRefused("Skjemaet kan ikke brukes. " + " ".join(problems), problems=problems)
    definition = with_known(definition, known_types or {})
    hold("form", [slug])
    digest = digest_of(definition)
    newest = FormVersion.objects.filter(slug=slug).order_by("-number").first()
    if newest is not None and newest.digest == digest:
        return newest
    return _publish(slug, definition, digest, by=by, at=at)


def _publish(slug: str, definition: Any, digest: str, *, by: Actor, at: datetime) -> FormVersion:
    last = FormVersion.objects.filter(slug=slug).aggregate(last=Max("number"))["last"] or 0
    form = FormVersion.objects.create(
        slug=slug, number=last + 1, definition=definition, digest=digest, made_at=at
    )
    record(
        action="forms.published",
        subject_kind="form",
        subject_id=form.id,
        by=by.person_id,
        at=at,
        slug=slug,
        number=form.number,
        digest=digest,
    )
    return form
