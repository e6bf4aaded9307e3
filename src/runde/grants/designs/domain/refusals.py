from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from runde.foundation.trust.api import Conflict, Refused


class DraftRefused(Refused):
    """What was written cannot stand in a draft; `problems` has a sentence for each fault."""

    code = "draft_refused"

    def __init__(self, problems: Sequence[str], lead: str = "Endringen er ikke lagret.") -> None:
        super().__init__(" ".join([lead, *problems]), problems=list(problems))
        self.problems = tuple(problems)


class NotReady(DraftRefused):
    """The draft lacks something before it can be published; `problems` lists all of it."""

    code = "not_ready"

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(problems, lead="Kladden kan ikke publiseres ennå.")


class InUse(DraftRefused):
    """A part that others use cannot be removed; each sentence says what uses it."""

    code = "in_use"


class FileRefused(DraftRefused):
    """The file is not a scheme we can read; each sentence says where and what."""

    code = "scheme_file_refused"

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(problems, lead="Fila kan ikke brukes.")


class ChangedMeanwhile(Conflict):
    """Somebody has changed the draft since it was read: `what` they did, who and when. Nothing was saved."""

    code = "draft_changed_meanwhile"

    def __init__(
        self, sentence: str, *, revision: int, by: UUID | None, at: datetime | None, what: Sequence[str]
    ) -> None:
        super().__init__(sentence, revision=revision, by=by, at=at, what=list(what))
        self.revision, self.by, self.at, self.what = revision, by, at, tuple(what)
