"""Sets a letter: data goes in as JSON, never pasted into markup; the same letter gives the same bytes."""

import json
from collections.abc import Iterable, Iterator, Set
from concurrent.futures import ThreadPoolExecutor
from itertools import repeat
from pathlib import Path

from runde.engine.typeset.compiling import GlyphMissing, TypstSource, compile_pdf, has_glyph
from runde.engine.typeset.errors import TypesettingFailed
from runde.engine.typeset.fonts import check_fonts
from runde.engine.typeset.letter import Chart, Letter
from runde.engine.typeset.logo import check_drawing, check_logo
from runde.engine.typeset.plain_values import plain_values
from runde.engine.typeset.printable import printable, unusual_signs
from runde.engine.typeset.requirements import check_letter

_MOST_RETRIES = 20


def render_letter(letter: Letter, font_directory: Path) -> bytes:
    """The letter as PDF/A-2a and PDF/UA-1.

    Raises a LetterRefusal subclass: FontsMissing, IncompleteLetter, HeadingTooLong, UnprintableText,
    UnsafeLogo, UnknownLetterKind, TypesettingFailed.
    """
    check_fonts(font_directory)
    check_letter(letter)
    check_logo(letter.sender.logo_svg)
    for block in letter.blocks:
        if isinstance(block, Chart):
            check_drawing(block.svg)
    try:
        return _compile(letter, font_directory, frozenset())
    except GlyphMissing:
        return _compile_without_missing(letter, font_directory)


def render_letters(letters: Iterable[Letter], font_directory: Path, *, threads: int = 2) -> Iterator[bytes]:
    """Many letters in the order given, set side by side: the typesetter lets go of the interpreter lock.

    The first letter that is refused raises when its turn comes; the ones before it have been given.
    """
    with ThreadPoolExecutor(threads, thread_name_prefix="typeset") as pool:
        yield from pool.map(render_letter, letters, repeat(font_directory))


def _compile_without_missing(letter: Letter, font_directory: Path) -> bytes:
    text = json.dumps(plain_values(letter, printable), ensure_ascii=False)
    missing = {sign for sign in unusual_signs(text) if not has_glyph(sign, font_directory)}
    for _ in range(_MOST_RETRIES):
        try:
            return _compile(letter, font_directory, missing)
        except GlyphMissing as stumble:
            # A sign may have a glyph alone and none beside its neighbour: then it is written out in this letter.
            missing |= unusual_signs(stumble.signs)
    raise TypesettingFailed("Brevet har tegn som skriften ikke har. Skriv dem med vanlige bokstaver.")


def typst_source(letter: Letter, missing: Set[str] = frozenset()) -> TypstSource:
    """What the typesetter is given for a letter: for whoever wants to hold it against the typesetter alone."""
    logo = letter.sender.logo_svg
    content = plain_values(letter, lambda text: text if text == logo else printable(text, missing))
    return TypstSource(
        f"kinds/{letter.kind}/letter.typ",
        {"letter": json.dumps(content, ensure_ascii=False)},
        int(letter.made_at.timestamp()),
    )


def _compile(letter: Letter, font_directory: Path, missing: Set[str]) -> bytes:
    return compile_pdf(typst_source(letter, missing), font_directory)
