"""The content of a scheme as one piece of plain data: what a draft holds, a file carries and the shelf shows."""

from __future__ import annotations

from typing import Any

FORMAT = "runde-scheme/1"
Content = dict[str, Any]
