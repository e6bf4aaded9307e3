"""Letters: ours, from facts to an accessible archive PDF, beside bare typst setting the same words."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

import typst
from django.conf import settings

from runde.engine.typeset.api import Letter, Paragraph, render_letter

from .measuring import Figure
from .sample_letter import sample_letter

LETTERS = 60


def letters_per_second() -> list[Figure]:
    """Distinct letters, one thread each way, in turns."""
    fonts = settings.FONT_DIRECTORY
    ours = rival = 0.0
    with tempfile.TemporaryDirectory() as folder:
        bare = _BareTypst(Path(folder), fonts)
        render_letter(sample_letter(0), fonts), bare.set(sample_letter(0), 0)
        for number in range(1, LETTERS + 1):
            letter = sample_letter(number)
            started = time.perf_counter()
            render_letter(letter, fonts)
            between = time.perf_counter()
            bare.set(letter, number)
            ours += between - started
            rival += time.perf_counter() - between
    return [Figure("letters", LETTERS / ours, "letters per second", rival / ours, "bare typst, plain PDF")]


class _BareTypst:
    """One compiler, one source file, no tags, no archive format: the least that gives the same words on paper."""

    def __init__(self, folder: Path, fonts: Path) -> None:
        self._source = folder / "letter.typ"
        self._fonts = fonts

    def set(self, letter: Letter, number: int) -> bytes:
        lines = ['#set text(font: "Inter", lang: "nb", size: 11pt)', f"= Letter {number}"]
        lines += [_escaped(line) for line in _words_of(letter)]
        self._source.write_text("\n\n".join(lines), encoding="utf-8")
        made: bytes = typst.compile(
            str(self._source), font_paths=[str(self._fonts)], ignore_system_fonts=True
        )
        return made


def _words_of(letter: Letter) -> list[str]:
    return [block.text for block in letter.blocks if isinstance(block, Paragraph)] or [letter.heading]


def _escaped(text: str) -> str:
    return "".join(f"\\{sign}" if sign in "\\#$*_`<>@[]~=-+/" else sign for sign in text)
