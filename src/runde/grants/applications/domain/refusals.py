from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from runde.engine.reference.api import format_orgnr
from runde.foundation.trust.api import Conflict, Refused


class Incomplete(Refused):
    """Answers lack or cannot be used. `errors` has a sentence for each question, by slug."""

    code = "incomplete"

    def __init__(self, errors: Mapping[str, str], application_id: UUID | None = None) -> None:
        count = len(errors)
        noun = "ett svar" if count == 1 else f"{count} svar"
        super().__init__(
            f"Søknaden mangler {noun}. {' '.join(errors.values())}",
            errors=dict(errors),
            application=application_id,
        )
        self.errors = dict(errors)


class ChangedMeanwhile(Conflict):
    """Somebody else has saved the application since it was opened. Carries what they wrote.

    `answers` are the stored answers now, `changed` the slugs where they differ from what was to be saved.
    """

    code = "changed_meanwhile"

    def __init__(
        self,
        *,
        answers: Mapping[str, Any],
        changed: list[str],
        revision: int,
        saved_at: datetime,
        saved_by: UUID | None,
    ) -> None:
        super().__init__(
            "Søknaden er endret av noen andre siden du åpnet den. Se på begge svarene og velg hva som skal stå.",
            changed=changed,
            revision=revision,
        )
        self.answers, self.changed, self.revision = dict(answers), changed, revision
        self.saved_at, self.saved_by = saved_at, saved_by


class NotOpen(Refused):
    """The call does not take applications now."""

    code = "not_open"


class NotACompany(Refused):
    """The number is that of a branch; the company it belongs to applies."""

    code = "not_a_company"

    def __init__(self, name: str, branch: str, company: str) -> None:
        super().__init__(
            f"{name} er en underenhet. Det er virksomheten den hører til, som søker: bruk organisasjonsnummeret "
            f"{format_orgnr(company)}.",
            branch=branch,
            organisation_number=company,
        )
