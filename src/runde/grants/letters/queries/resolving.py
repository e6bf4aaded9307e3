"""Which words the letters of a batch are written with: asked once for the batch, never for each letter."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q
from django.utils import timezone

from runde.engine.reference.api import Language
from runde.engine.typeset.api import AS_FIXED, Wording

from ..domain.content import own_paragraphs, own_texts, wording_of
from ..domain.freezing import Part, letter_part
from ..domain.kinds import get_kind
from ..models import LetterEdit, LetterTemplateVersion, LetterUse

Key = tuple[str, Language]


@dataclass(slots=True)
class LetterWords:
    """The templates in use for a scheme and what officers changed in single letters, read for a whole batch."""

    versions: Mapping[str, LetterTemplateVersion]
    edits: Mapping[UUID, list[LetterEdit]]
    _parts: dict[Key, Part] = field(default_factory=dict)

    def part(
        self, *, kind: str, language: Language, case_id: UUID, fields: Mapping[str, str] | None = None
    ) -> Part:
        """What the evidence keeps of one letter, see `domain.freezing`. Letters alike share their words."""
        part = self._parts.get((kind, language)) or self._made(kind, language)
        edits = self.edits.get(case_id)
        if not edits and not fields:
            return part
        told = [_told(edit) for edit in edits or () if edit.language == language]
        return {**part, "edits": told, "fields": dict(fields or {})}

    def _made(self, kind: str, language: Language) -> Part:
        version = self.versions.get(kind)
        part = letter_part(kind=kind, language=language)
        if version is not None:
            part = letter_part(
                kind=kind,
                language=language,
                template={"version": str(version.id), "number": version.number, "digest": version.digest},
                texts=own_texts(version.content, language),
                added=own_paragraphs(version.content, language),
            )
        self._parts[kind, language] = part
        return part


def words_for(*, scheme_id: UUID, case_ids: Collection[UUID]) -> LetterWords:
    """The words for letters of a scheme: its own templates before those for all schemes. Two statements."""
    return LetterWords(in_use_by_kind(scheme_id), standing_edits(case_ids))


def in_use_by_kind(scheme_id: UUID) -> dict[str, LetterTemplateVersion]:
    """The version in use of each kind: the scheme's own, else the one for all schemes."""
    wanted = Q(template__scheme_id=scheme_id) | Q(template__scheme__isnull=True)
    found = LetterTemplateVersion.objects.filter(wanted, state=LetterTemplateVersion.State.IN_USE)
    versions: dict[str, LetterTemplateVersion] = {}
    for version in found.select_related("template"):
        kind = version.template.kind
        if kind not in versions or version.template.scheme_id is not None:
            versions[kind] = version
    return versions


def standing_edits(case_ids: Collection[UUID]) -> dict[UUID, list[LetterEdit]]:
    """What counts now of what officers changed in these cases' letters, in the order it was first written."""
    newest: dict[tuple[UUID, UUID], LetterEdit] = {}
    for edit in LetterEdit.objects.filter(case_id__in=case_ids).order_by("made_at", "id"):
        newest[edit.case_id, edit.place] = edit
    found: dict[UUID, list[LetterEdit]] = {}
    for edit in newest.values():
        if not edit.is_undone:
            found.setdefault(edit.case_id, []).append(edit)
    return found


def own_wording(*, kind: str, language: Language, scheme_id: UUID, at: datetime) -> Wording:
    """The municipality's words for a letter that is no decision, as they were in use at that moment.

    A version in use is never changed, so a letter that is made later says what it would have said then.
    """
    version = _standing_at(kind, scheme_id, at)
    if version is None:
        return AS_FIXED
    on = timezone.localdate(at)
    return wording_of(version.content, get_kind(kind), language, on, f"template:{version.id}")


def _standing_at(kind: str, scheme_id: UUID, at: datetime) -> LetterTemplateVersion | None:
    wanted = Q(template__scheme_id=scheme_id) | Q(template__scheme__isnull=True)
    stood = Q(replaced_at__isnull=True) | Q(replaced_at__gt=at)
    found = LetterTemplateVersion.objects.filter(wanted, stood, template__kind=kind, in_use_at__lte=at)
    by_scheme = found.select_related("template").order_by(F("template__scheme_id").asc(nulls_last=True))
    return by_scheme.first()


def record_uses(uses: Collection[tuple[UUID, UUID, Part]], at: datetime) -> None:
    """Keep which decisions were written from a template: (case, decision, frozen part). Those without are passed by."""
    LetterUse.objects.bulk_create(
        [
            LetterUse(
                version_id=part["template"]["version"],
                case_id=case_id,
                decision_id=decision_id,
                language=part["language"],
                used_at=at,
            )
            for case_id, decision_id, part in uses
            if part["template"]
        ],
        batch_size=1000,
    )


def _told(edit: LetterEdit) -> dict[str, str]:
    return {
        "block": edit.block,
        "old": edit.old,
        "new": edit.new,
        "by": str(edit.made_by),
        "at": edit.made_at.isoformat(),
    }
