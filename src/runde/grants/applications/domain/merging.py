from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from runde.foundation.forms.api import Reading


def merged(stored: Mapping[str, Any], reading: Reading, page: Collection[str]) -> dict[str, Any]:
    """Stored answers with a page's over them: emptied where left empty, as before where unreadable."""
    kept = {slug: value for slug, value in stored.items() if slug not in page or slug in reading.errors}
    read = {slug: value for slug, value in reading.values.items() if slug not in reading.errors}
    return kept | read
