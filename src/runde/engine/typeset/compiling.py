"""The typesetter itself: one compiler per thread and font folder, and the question whether a sign has a glyph."""

import re
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typst

from runde.engine.typeset.errors import TypesettingFailed

ROOM = Path(__file__).parent
STANDARDS: Any = ["a-2a", "ua-1"]
_NO_GLYPH = re.compile(r"the text `\"(.*)\"` could not be displayed", re.DOTALL)

# A compiler shared by two threads raises "Already borrowed"; one per thread and font folder does not.
_of_thread = threading.local()
_has_glyph: dict[tuple[Path, str], bool] = {}


class GlyphMissing(Exception):
    """The typesetter found no glyph; `signs` is the text it stumbled on."""

    def __init__(self, signs: str) -> None:
        super().__init__(signs)
        self.signs = signs


@dataclass(frozen=True, slots=True)
class TypstSource:
    """A template in this room (its path from here), what is put into it, and the time of making in Unix seconds."""

    template: str
    inputs: dict[str, str]
    timestamp: int


def compile_pdf(source: TypstSource, font_directory: Path) -> bytes:
    """The PDF of a template in this room. Raises GlyphMissing or TypesettingFailed."""
    try:
        pdf = compiler_for(font_directory).compile(
            input=str(ROOM / source.template),
            format="pdf",
            sys_inputs=source.inputs,
            pdf_standards=STANDARDS,
            timestamp=source.timestamp,
        )
    except typst.TypstError as error:
        missing = _NO_GLYPH.search(str(error))
        if missing is not None:
            raise GlyphMissing(missing[1]) from error
        raise TypesettingFailed(f"Brevet kunne ikke settes: {error}") from error
    if not isinstance(pdf, bytes):
        raise TypesettingFailed("Brevet ble ikke til én PDF.")
    return pdf


def has_glyph(sign: str, font_directory: Path) -> bool:
    """Whether the sign can be shown: asked once for each sign, so the answer never depends on which letter asked."""
    key = (font_directory, sign)
    if key not in _has_glyph:
        try:
            compile_pdf(TypstSource("templates/probe.typ", {"sign": sign}, 0), font_directory)
        except (GlyphMissing, TypesettingFailed):
            _has_glyph[key] = False
        else:
            _has_glyph[key] = True
    return _has_glyph[key]


def compiler_for(font_directory: Path) -> typst.Compiler:
    """This thread's own for the font folder, kept warm."""
    compilers: dict[Path, typst.Compiler] = _of_thread.__dict__.setdefault("compilers", {})
    if font_directory not in compilers:
        compilers[font_directory] = typst.Compiler(
            str(ROOM / "templates" / "parts.typ"),
            root=str(ROOM),
            font_paths=[str(font_directory)],
            ignore_system_fonts=True,
        )
    return compilers[font_directory]
