from __future__ import annotations

from collections.abc import Sequence

from ..domain.refusals import ChangedMeanwhile
from ..models import Application


def require_revision(application: Application, expected: int | None, changed: Sequence[str] = ()) -> None:
    """Raise ChangedMeanwhile, with what the other wrote, unless this is the revision that was looked at."""
    if expected is None or application.revision == expected:
        return
    raise ChangedMeanwhile(
        answers=application.answers,
        changed=list(changed),
        revision=application.revision,
        saved_at=application.saved_at,
        saved_by=application.saved_by,
    )
