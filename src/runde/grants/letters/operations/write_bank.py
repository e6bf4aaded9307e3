from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from runde.engine.reference.api import LANGUAGES
from runde.foundation.journal.api import record
from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import hold

from ..domain.content import LANGUAGE_NAMES, kept_text
from ..domain.kinds import get_kind
from ..domain.refusals import TextRefused
from ..models import BankText
from ..queries.bank import get_bank_text

BANK_KIND = "refusal"
"""A text in the bank may name only the fields every decision letter has."""


@transaction.atomic
def write_bank_text(
    *,
    name: str,
    block: str,
    texts: Mapping[str, str],
    text_id: UUID | None = None,
    by: Actor,
    at: datetime,
) -> BankText:
    """Put a paragraph in the bank, or change one. `texts` by language, as typed, in all three.

    Raises NotAllowed, NotFound, TextRefused.
    """
    authorise(by, "letters.write")
    hold("letter_bank", [name.strip()])
    kept = _kept(texts)
    found = get_bank_text(text_id, by=by) if text_id else None
    _refuse_name(name.strip(), found)
    one = found or BankText(made_at=at, made_by=by.person_id)
    one.name, one.block, one.texts = name.strip(), block, kept
    one.changed_at, one.changed_by = at, by.person_id
    one.save()
    _journal("letters.bank_text_written", one, by, at)
    return one


@transaction.atomic
def retire_bank_text(*, text_id: UUID, by: Actor, at: datetime) -> None:
    """Take a text out of the bank. Templates that have it keep their copy. Raises NotAllowed, NotFound."""
    authorise(by, "letters.write")
    one = get_bank_text(text_id, by=by)
    one.retired_at = at
    one.save(update_fields=["retired_at"])
    _journal("letters.bank_text_retired", one, by, at)


def _kept(texts: Mapping[str, str]) -> dict[str, str]:
    kind = get_kind(BANK_KIND)
    missing = [LANGUAGE_NAMES[one].lower() for one in LANGUAGES if not texts.get(one, "").strip()]
    if missing:
        raise TextRefused(f"Skriv teksten på {' og '.join(missing)} også.")
    return {one: kept_text(texts[one].strip(), kind, frozenset(), one) for one in LANGUAGES}


def _refuse_name(name: str, found: BankText | None) -> None:
    if not name:
        raise TextRefused("Gi teksten et navn, så andre finner den.")
    same = BankText.objects.filter(name=name, retired_at__isnull=True)
    if found is not None:
        same = same.exclude(id=found.id)
    if same.exists():
        raise TextRefused(f"Det finnes allerede en tekst som heter «{name}». Velg et annet navn.")


def _journal(action: str, one: BankText, by: Actor, at: datetime) -> None:
    record(
        action=action,
        subject_kind="letter_bank_text",
        subject_id=one.id,
        by=by.person_id,
        at=at,
        name=one.name,
        texts=one.texts,
    )
