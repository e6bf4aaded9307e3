"""The documents of a case: the application's own, and the letters."""

from __future__ import annotations

from runde.foundation.documents.api import Version, list_documents
from runde.grants.casework.api import Case


def documents_of(case: Case) -> list[Version]:
    """Newest version of each, oldest document first."""
    found = [*list_documents("application", case.application_id), *list_documents("case", case.id)]
    return sorted(found, key=lambda version: version.document.made_at)
