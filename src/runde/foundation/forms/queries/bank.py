from __future__ import annotations

from uuid import UUID

from runde.engine.reference.api import sort_key
from runde.foundation.trust.api import NotFound

from ..models import BankQuestion

SEARCHED = ("label", "help")


def list_bank(search: str = "") -> list[BankQuestion]:
    """The region's questions, one's own too, in Norwegian order; those whose words hold every word of `search`."""
    wanted = search.casefold().split()
    found = [one for one in BankQuestion.objects.all() if all(word in _words_of(one) for word in wanted)]
    return sorted(
        found, key=lambda one: (sort_key(one.question["label"]["nb"]), sort_key(one.tenant_name), one.id)
    )


def get_from_bank(bank_id: UUID) -> BankQuestion:
    """Raises NotFound when it has been taken away."""
    found = BankQuestion.objects.filter(id=bank_id).first()
    if found is None:
        raise NotFound(
            "Spørsmålet ligger ikke lenger i spørsmålsbanken. Den som la det der, kan ha tatt det bort."
        )
    return found


def _words_of(one: BankQuestion) -> str:
    """Everything a person may look for it by, in every language."""
    texts = [text for field in SEARCHED for text in one.question.get(field, {}).values()]
    return " ".join([*texts, one.slug, one.tenant_name]).casefold()
