"""The installation's secret: from the environment, or made once and kept in a file only its owner reads."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def secret_key(var: Path) -> str:
    given = os.environ.get("RUNDE_SECRET_KEY")
    if given:
        return given
    kept = var / "secret-key"
    if kept.exists():
        return kept.read_text(encoding="utf-8")
    var.mkdir(parents=True, exist_ok=True)
    made = secrets.token_urlsafe(50)
    try:
        with open(os.open(kept, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
            file.write(made)
    except FileExistsError:
        return kept.read_text(encoding="utf-8")
    return made
