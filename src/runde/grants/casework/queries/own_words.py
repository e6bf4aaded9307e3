"""What one person has written in cases, for that person to see again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ..models import Appeal, Case, Message


@dataclass(frozen=True, slots=True)
class OwnWords:
    """A message or an appeal the person wrote. `kind` is "message" or "appeal"; `sent_at` is None for a draft."""

    kind: str
    application_id: UUID
    case_number: str
    text: str
    begun_at: datetime
    sent_at: datetime | None


def list_own_words(person_id: UUID) -> list[OwnWords]:
    """In this tenant, as applicant, the oldest first. Two statements."""
    messages = Message.objects.filter(written_by=person_id, from_applicant=True).select_related("case")
    appeals = Appeal.objects.filter(written_by=person_id, other_party="").select_related("decision__case")
    found = [
        *(_words("message", one, one.case) for one in messages),
        *(_words("appeal", one, one.decision.case) for one in appeals),
    ]
    return sorted(found, key=lambda one: one.begun_at)


def _words(kind: str, one: Message | Appeal, case: Case) -> OwnWords:
    return OwnWords(kind, case.application_id, case.number, one.text, one.begun_at, one.sent_at)
