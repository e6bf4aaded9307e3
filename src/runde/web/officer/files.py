"""Files that hang on something in a case, with how far their control has come."""

from __future__ import annotations

from django.urls import reverse

from runde.foundation.documents.api import Attachment

FILE_STATES = {
    "received": "Ikke kontrollert ennå",
    "checked": "Ikke kontrollert for virus ennå",
    "scanned": "Kontrollert for virus",
    "refused": "Avvist",
    "infected": "Inneholder virus",
}


def files_of(files: tuple[Attachment, ...], slug: str) -> list[dict[str, str]]:
    """What may not be served has no address."""
    return [
        {
            "name": one.name,
            "state": FILE_STATES[one.state],
            "url": reverse("attachment", args=[slug, one.id]) if one.state in ("checked", "scanned") else "",
        }
        for one in files
    ]
