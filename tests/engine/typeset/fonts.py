"""Where the tests find the letter fonts: the front-end build's output, or RUNDE_FONT_DIR."""

import os
from pathlib import Path

import pytest

from runde.engine.typeset.api import FontsMissing, check_fonts

_BUILT = Path(__file__).parents[3] / "src" / "runde" / "web" / "assets" / "built" / "fonts"


def font_directory() -> Path:
    """The folder with Inter; fails the test with the cure when it is not there."""
    folder = Path(os.environ.get("RUNDE_FONT_DIR") or _BUILT)
    try:
        check_fonts(folder)
    except FontsMissing as missing:
        pytest.fail(f"{missing} Or set RUNDE_FONT_DIR to a folder that has the three faces.")
    return folder
