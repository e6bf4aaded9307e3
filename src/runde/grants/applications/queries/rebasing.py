from __future__ import annotations

from dataclasses import dataclass
from typing import cast
from uuid import UUID

from django.db.models import QuerySet

from runde.engine.reference.api import Language
from runde.foundation.forms.api import FormVersion, chosen, questions_of, rebase_answers
from runde.foundation.people.api import Actor, authorise
from runde.grants.schemes.api import Call, SchemeVersion

from ..models import Application


@dataclass(frozen=True, slots=True)
class AffectedDraft:
    """A draft that would have something to look at. The questions by what people call them; never the answers."""

    application_id: UUID
    organisation_number: str
    company_name: str
    set_aside: tuple[str, ...]
    to_see: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RebasePreview:
    """What moving a call to a version would do to its drafts. What is sent is not touched.

    `added`, `removed` and `changed` are questions of the form, by what people call them.
    """

    drafts: int
    affected: tuple[AffectedDraft, ...]
    sent: int
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]


def preview_rebase(call: Call, to_version: SchemeVersion, *, by: Actor) -> RebasePreview:
    """Who would be affected if the call went on with this version. Stores nothing. Raises NotAllowed."""
    authorise(by, "schemes.manage", call)
    drafts = list(drafts_to_move(call, to_version))
    rows = [_affected(one, to_version.form) for one in drafts]
    added, removed, changed = _questions(call.scheme_version.form, to_version.form)
    return RebasePreview(
        drafts=len(drafts),
        affected=tuple(row for row in rows if row.set_aside or row.to_see),
        sent=Application.objects.filter(call=call, state=Application.State.SUBMITTED).count(),
        added=added,
        removed=removed,
        changed=changed,
    )


def drafts_to_move(call: Call, to_version: SchemeVersion) -> QuerySet[Application]:
    """The call's drafts on another version, with version and form, in the order they were begun."""
    drafts = Application.objects.filter(call=call, state=Application.State.DRAFT)
    other = drafts.exclude(scheme_version=to_version).order_by("started_at", "id")
    return other.select_related("scheme_version__form")


def _affected(draft: Application, form: FormVersion) -> AffectedDraft:
    language = cast(Language, draft.language)
    moved = rebase_answers(draft.scheme_version.form, form, draft.answers, language)
    labels = {one.slug: chosen(one.label, "nb") for one in questions_of(form)}
    return AffectedDraft(
        draft.id,
        draft.organisation_number,
        draft.company_name,
        tuple(one.label for one in moved.set_aside.values()),
        tuple(labels[slug] for slug in moved.to_see),
    )


def _questions(
    old: FormVersion, new: FormVersion
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    before = {one.slug: one for one in questions_of(old)}
    after = {one.slug: one for one in questions_of(new)}
    return (
        tuple(chosen(one.label, "nb") for slug, one in after.items() if slug not in before),
        tuple(chosen(one.label, "nb") for slug, one in before.items() if slug not in after),
        tuple(
            chosen(one.label, "nb") for slug, one in after.items() if slug in before and one != before[slug]
        ),
    )
