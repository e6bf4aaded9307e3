"""The text bank."""

from __future__ import annotations

from uuid import UUID

from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import NotFound

from ..models import BankText


def list_bank_texts(*, by: Actor, block: str | None = None) -> list[BankText]:
    """The texts of the bank that are not retired, by name. Raises NotAllowed."""
    authorise(by, "letters.read")
    found = BankText.objects.filter(retired_at__isnull=True).order_by("name")
    return list(found.filter(block=block) if block else found)


def get_bank_text(text_id: UUID, *, by: Actor) -> BankText:
    """Raises NotAllowed, NotFound."""
    authorise(by, "letters.read")
    found = BankText.objects.filter(id=text_id, retired_at__isnull=True).first()
    if found is None:
        raise NotFound("Teksten finnes ikke i tekstbanken lenger.")
    return found
