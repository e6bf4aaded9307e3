"""What every letter in a case that is no decision goes through: the municipality's words, the PDF, the seal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings

from runde.engine.typeset.api import render_letter
from runde.foundation.documents.api import Document, Sealing
from runde.grants.letters.api import own_wording

from ..domain.case_letters import Wanted, language_of, letter_for, template_of
from ..domain.words import words
from .write_letters import MEDIA_TYPE


@dataclass(frozen=True, slots=True, kw_only=True)
class OfCase:
    """The case a letter belongs to: its id, its scheme, and `facts` in the shape of a decision's snapshot."""

    case_id: UUID
    scheme_id: UUID
    facts: Mapping[str, Any]


def sealing_of(of: OfCase, wanted: Wanted, *, key: str, title: str = "", **data: str) -> Sealing:
    """The letter as PDF, ready to be kept. Its words are those in use at the moment it tells of.

    So the same facts give the same bytes, also when a job makes it later. Raises LetterRefusal.
    """
    language, number = language_of(of.facts), of.facts["outcome"]["case_number"]
    wording = own_wording(
        kind=template_of(wanted.kind), language=language, scheme_id=of.scheme_id, at=wanted.made_at
    )
    letter = letter_for(of.facts, wanted, wording=wording, is_demo=settings.DEMO)
    return Sealing(
        kind=Document.Kind.LETTER,
        title=title or letter.heading,
        subject_kind="case",
        subject_id=of.case_id,
        content=render_letter(letter, settings.FONT_DIRECTORY),
        media_type=MEDIA_TYPE,
        file_name=f"{words(_file(wanted), language, number=number.replace('/', '-'))}.pdf",
        key=key,
        data={**data, "kind": wanted.kind, "wording": wording.source},
    )


def _file(wanted: Wanted) -> str:
    return "statement_file" if wanted.kind == "statement" else "appeal_letter_file"
