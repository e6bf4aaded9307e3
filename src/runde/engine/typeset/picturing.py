"""The pages of a letter as pictures, for looking at while one writes. What is sent is the PDF of the same source."""

from pathlib import Path
from typing import Any

import typst

from runde.engine.typeset.compiling import ROOM, compiler_for
from runde.engine.typeset.errors import TypesettingFailed
from runde.engine.typeset.fonts import check_fonts
from runde.engine.typeset.letter import Letter
from runde.engine.typeset.render import typst_source
from runde.engine.typeset.requirements import check_letter

PIXELS_PER_INCH = 110


def render_pages(
    letter: Letter, font_directory: Path, *, pixels_per_inch: int = PIXELS_PER_INCH
) -> list[bytes]:
    """One PNG for each page. Raises as `render_letter`; a sign without a glyph is shown as a box."""
    check_fonts(font_directory)
    check_letter(letter)
    source = typst_source(letter)
    try:
        pages: Any = compiler_for(font_directory).compile(
            input=str(ROOM / source.template),
            format="png",
            ppi=pixels_per_inch,
            sys_inputs=source.inputs,
            timestamp=source.timestamp,
        )
    except typst.TypstError as error:
        raise TypesettingFailed(f"Brevet kunne ikke vises: {error}") from error
    return [pages] if isinstance(pages, bytes) else list(pages)
