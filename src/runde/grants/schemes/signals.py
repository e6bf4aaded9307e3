"""What this room announces, inside the transaction it happens in.

`version_published`: `version`, `by`, `at`.
"""

from __future__ import annotations

from django.dispatch import Signal

version_published = Signal()
