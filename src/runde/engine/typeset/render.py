"""Sets a letter: data goes in as JSON, never pasted into markup; the same letter gives the same bytes."""

import json
import re
import threading
from pathlib import Path
from typing import Any

import typst

from runde.engine.typeset.errors import TypesettingFailed
from runde.engine.typeset.fonts import check_fonts
from runde.engine.typeset.letter import Letter
from runde.engine.typeset.logo import check_logo
from runde.engine.typeset.plain_values import plain_values
from runde.engine.typeset.printable import is_plain_script, printable
from runde.engine.typeset.requirements import check_letter

_ROOM = Path(__file__).parent
_STANDARDS: Any = ["a-2a", "ua-1"]
_MOST_RETRIES = 25
_NO_GLYPH = re.compile(r"the text `\"(.*)\"` could not be displayed", re.DOTALL)

# A compiler shared by two threads raises "Already borrowed"; one per thread and font folder does not.
_of_thread = threading.local()
_without_glyph: set[str] = set()


def render_letter(letter: Letter, font_directory: Path) -> bytes:
    """The letter as PDF/A-2a and PDF/UA-1.

    Raises a LetterRefusal subclass: FontsMissing, IncompleteLetter, HeadingTooLong, UnprintableText,
    UnsafeLogo, UnknownLetterKind, TypesettingFailed.
    """
    check_fonts(font_directory)
    check_letter(letter)
    check_logo(letter.sender.logo_svg)
    for _ in range(_MOST_RETRIES):
        try:
            return _compile(letter, font_directory)
        except typst.TypstError as error:
            _learn_missing_glyph(error)
    _learn_unusual_scripts(letter)
    try:
        return _compile(letter, font_directory)
    except typst.TypstError as error:
        raise TypesettingFailed(f"Brevet kunne ikke settes: {error}") from error


def _compile(letter: Letter, font_directory: Path) -> bytes:
    logo = letter.sender.logo_svg
    content = plain_values(letter, lambda text: text if text == logo else printable(text, _without_glyph))
    pdf = _compiler(font_directory).compile(
        input=str(_ROOM / "kinds" / letter.kind / "letter.typ"),
        format="pdf",
        sys_inputs={"letter": json.dumps(content, ensure_ascii=False)},
        pdf_standards=_STANDARDS,
        timestamp=int(letter.made_at.timestamp()),
    )
    if not isinstance(pdf, bytes):
        raise TypesettingFailed("Brevet ble ikke til én PDF.")
    return pdf


def _compiler(font_directory: Path) -> typst.Compiler:
    compilers: dict[Path, typst.Compiler] = _of_thread.__dict__.setdefault("compilers", {})
    if font_directory not in compilers:
        compilers[font_directory] = typst.Compiler(
            str(_ROOM / "templates" / "parts.typ"),
            root=str(_ROOM),
            font_paths=[str(font_directory)],
            ignore_system_fonts=True,
        )
    return compilers[font_directory]


def _learn_missing_glyph(error: typst.TypstError) -> None:
    match = _NO_GLYPH.search(str(error))
    if match is None:
        raise TypesettingFailed(f"Brevet kunne ikke settes: {error}") from error
    _without_glyph.update(sign for sign in match[1] if not sign.isascii())


def _learn_unusual_scripts(letter: Letter) -> None:
    text = json.dumps(plain_values(letter, str), ensure_ascii=False)
    _without_glyph.update(sign for sign in text if not is_plain_script(sign))
