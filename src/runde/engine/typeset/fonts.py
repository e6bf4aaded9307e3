"""The faces the letters are set in. A missing face is only a warning to the typesetter: we refuse."""

from functools import cache
from pathlib import Path

import typst

from runde.engine.typeset.errors import FontsMissing

FAMILY = "Inter"
_FACES = {400: "Regular", 600: "SemiBold", 700: "Bold"}


@cache
def check_fonts(font_directory: Path) -> None:
    """Raises FontsMissing unless the folder has Inter Regular, SemiBold and Bold. Asked once per folder."""
    found = _weights(font_directory) if font_directory.is_dir() else set()
    missing = [name for weight, name in _FACES.items() if weight not in found]
    if missing:
        raise FontsMissing(
            f"Mangler skriften {FAMILY} {', '.join(missing)} (TTF) i {font_directory}. "
            "Bygg front-end-filene (make setup), eller pek på en mappe som har dem."
        )


def _weights(font_directory: Path) -> set[int]:
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(font_directory)]
    )
    return {int(face.weight) for face in fonts.fonts() if face.family == FAMILY and face.style == "normal"}
