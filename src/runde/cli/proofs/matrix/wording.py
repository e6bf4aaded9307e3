"""A town's own words in its letters: a template in use, one being written, a text in the bank, a letter changed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from runde.grants.casework.api import edit_letter
from runde.grants.letters.api import (
    approve_template,
    ask_template_approval,
    start_template,
    take_from_bank,
    take_in_use,
    write_bank_text,
)

from ..region import Town


def word_letters(town: Town, at: datetime) -> None:
    """In the town's fence, before anything is decided: the letters are written with it."""
    officer, manager = town.actor("officer", at), town.actor("manager", at)
    texts = dict.fromkeys(("nb", "nn", "en"), f"{town.mark} «virksomhet».")
    kept = write_bank_text(name=f"Hilsen fra {town.mark}", block="steps", texts=texts, by=officer, at=at)
    version = start_template(kind="grant", scheme=None, by=officer, at=at)
    take_from_bank(version_id=version.id, block="steps", bank_id=kept.id, by=officer, at=at)
    ask_template_approval(version_id=version.id, by=officer, at=at)
    approve_template(version_id=version.id, by=manager, at=at)
    take_in_use(version_id=version.id, by=officer, at=at)
    start_template(kind="refusal", scheme=None, by=officer, at=at)


def change_letter(town: Town, case_id: UUID, at: datetime) -> None:
    """In the town's fence: a paragraph in one letter that is not sent."""
    officer = town.actor("officer", at)
    edit_letter(case_id=case_id, block="steps", old="", new=f"{town.mark} ringer.", by=officer, at=at)
