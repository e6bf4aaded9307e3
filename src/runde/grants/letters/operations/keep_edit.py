from __future__ import annotations

from datetime import datetime
from uuid import UUID

from runde.foundation.trust.api import new_id

from ..domain.patterns import pattern_of
from ..domain.typed import cleaned
from ..models import LetterEdit

LONGEST = 3000


def keep_edit(
    *,
    case_id: UUID,
    scheme_id: UUID,
    kind: str,
    language: str,
    company: str,
    block: str,
    old: str,
    new: str,
    place: UUID | None = None,
    is_undone: bool = False,
    by: UUID,
    at: datetime,
) -> LetterEdit:
    """Keep what somebody changed in one letter. Who may, and whether the case is open for it, casework has asked.

    `place` is the earlier edit's when it is changed or undone. Raises TextRefused.
    """
    return LetterEdit.objects.create(
        case_id=case_id,
        place=place or new_id(),
        scheme_id=scheme_id,
        kind=kind,
        language=language,
        block=block,
        old=old,
        new=cleaned(new, longest=LONGEST),
        pattern=pattern_of(old, company),
        is_undone=is_undone,
        made_at=at,
        made_by=by,
    )
