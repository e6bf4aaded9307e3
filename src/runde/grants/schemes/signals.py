"""What this room announces, inside the transaction it happens in.

`version_published`: `version`, `by`, `at`.
`call_published` and `call_withdrawn`: `call`, `by`, `at`. `call_extended`: also `extension` (CallExtension).
`call_moved`: also `change` (CallVersionChange); drafts have not followed yet.
"""

from __future__ import annotations

from django.dispatch import Signal

version_published = Signal()
call_published = Signal()
call_withdrawn = Signal()
call_extended = Signal()
call_moved = Signal()
