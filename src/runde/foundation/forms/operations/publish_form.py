from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from runde.foundation.journal.api import record
from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import Refused, hold

from ..domain.definition import digest_of
from ..domain.definition_checks import BadForm, read_definition
from ..models import FormVersion


class FormRefused(Refused):
    """The definition has mistakes; `facts["problems"]` lists them."""

    code = "form_refused"


@transaction.atomic
def publish_form(*, slug: str, definition: Any, by: Actor, at: datetime) -> FormVersion:
    """Make the next version of a form; the same definition as the newest gives that one back.

    Raises FormRefused listing every mistake in the definition.
    """
    authorise(by, "forms.publish")
    try:
        read_definition(definition)
    except BadForm as error:
        raise FormRefused(
            "Skjemaet kan ikke brukes. " + " ".join(error.problems), problems=error.problems
        ) from error
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
