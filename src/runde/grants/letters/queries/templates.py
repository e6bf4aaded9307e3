"""Templates and their versions."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import NotFound
from runde.grants.schemes.api import Scheme

from ..models import LetterTemplate, LetterTemplateVersion, LetterUse, TemplateChange

State = LetterTemplateVersion.State
BEING_MADE = (State.DRAFT, State.PENDING, State.APPROVED)


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """A template with what is in use and what is being made."""

    template: LetterTemplate
    in_use: LetterTemplateVersion | None
    being_made: LetterTemplateVersion | None


def list_templates(*, by: Actor) -> list[TemplateRow]:
    """Every template of the tenant, in two statements. Raises NotAllowed."""
    authorise(by, "letters.read")
    templates = list(LetterTemplate.objects.select_related("scheme").order_by("kind", "made_at"))
    versions = LetterTemplateVersion.objects.filter(state__in=[*BEING_MADE, State.IN_USE])
    by_template: dict[UUID, list[LetterTemplateVersion]] = {}
    for version in versions:
        by_template.setdefault(version.template_id, []).append(version)
    return [_row(template, by_template.get(template.id, [])) for template in templates]


def get_template_version(version_id: UUID, *, by: Actor) -> LetterTemplateVersion:
    """With its template and scheme. Raises NotAllowed, NotFound."""
    authorise(by, "letters.read")
    found = LetterTemplateVersion.objects.select_related("template__scheme").filter(id=version_id).first()
    if found is None:
        raise NotFound("Vi finner ikke brevmalen. Gå til lista over brev.")
    return found


def list_template_versions(template_id: UUID, *, by: Actor) -> list[LetterTemplateVersion]:
    """All versions of a template, the newest first."""
    authorise(by, "letters.read")
    found = LetterTemplateVersion.objects.filter(template_id=template_id)
    return list(found.select_related("template__scheme").order_by("-number"))


def list_changes(version_id: UUID) -> list[TemplateChange]:
    """What was changed in a version, the newest first."""
    return list(TemplateChange.objects.filter(version_id=version_id).order_by("-revision"))


def uses_of_version(version_id: UUID, *, most: int = 20) -> tuple[int, list[UUID]]:
    """How many decisions have a letter written from the version, and the cases of the latest of them."""
    uses = LetterUse.objects.filter(version_id=version_id)
    return uses.count(), list(uses.order_by("-used_at", "id").values_list("case_id", flat=True)[:most])


def schemes_without(kind: str) -> list[Scheme]:
    """The schemes that have no template of the kind yet."""
    taken = LetterTemplate.objects.filter(kind=kind, scheme__isnull=False).values_list("scheme_id", flat=True)
    return list(Scheme.objects.exclude(id__in=list(taken)).order_by("slug"))


def lock_version(version_id: UUID) -> LetterTemplateVersion:
    """Held until the transaction ends. Raises NotFound."""
    found = LetterTemplateVersion.objects.select_for_update().filter(id=version_id).first()
    if found is None:
        raise NotFound("Vi finner ikke brevmalen. Gå til lista over brev.")
    return found


def _row(template: LetterTemplate, versions: Collection[LetterTemplateVersion]) -> TemplateRow:
    in_use = next((one for one in versions if one.state == State.IN_USE), None)
    made = next((one for one in versions if one.state in BEING_MADE), None)
    return TemplateRow(template, in_use, made)
