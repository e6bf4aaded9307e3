"""Bars in two tones: of those that something happens to, how many by this alone and how many by others too."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from .drawing import LINE_HEIGHT, MAIN, ORDERED, Sheet, text_width, wrapped
from .figure import Figure, Words

BAR = 18
GAP = 2  # white between the tones
SWATCH = 12
AFTER = 16
TONES = (("c-main", MAIN), ("c-part-3", ORDERED[2]))


@dataclass(frozen=True)
class TwoToneBar:
    """`first` and `second` are values, `texts` what people read: the first, the second and both together."""

    name: str
    first: Decimal | int
    second: Decimal | int
    texts: tuple[str, str, str]


@dataclass(frozen=True)
class TwoToneBars(Figure):
    """All bars share one scale. `heads` name the two tones; they are written under every bar."""

    identity: str
    words: Words
    name_head: str
    heads: tuple[str, str]
    bars: tuple[TwoToneBar, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.name_head, *self.heads, _("Til sammen"))

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        return tuple((bar.name, *bar.texts) for bar in self.bars)

    def draw(self, sheet: Sheet) -> None:
        longest = max((Decimal(bar.first + bar.second) for bar in self.bars), default=Decimal(0))
        for bar in self.bars:
            self.draw_bar(sheet, bar, Decimal(sheet.width) / longest if longest else Decimal(0))

    def draw_bar(self, sheet: Sheet, bar: TwoToneBar, scale: Decimal) -> None:
        for line in wrapped(bar.name, sheet.width):
            sheet.text(0, sheet.y + 14, line, strong=True)
            sheet.y += LINE_HEIGHT
        sheet.y += 4
        x = Decimal(0)
        for value, (css, fill) in zip((bar.first, bar.second), TONES, strict=True):
            wide = Decimal(value) * scale
            if wide:
                sheet.box(x, sheet.y, max(wide - GAP, Decimal(1)), BAR, css, fill)
            x += wide
        sheet.y += BAR + 4
        self.draw_names(sheet, bar)
        sheet.y += AFTER

    def draw_names(self, sheet: Sheet, bar: TwoToneBar) -> None:
        """Both tones named under the bar, on a line each where the sheet is narrow."""
        x = Decimal(0)
        for head, text, (css, fill) in zip(self.heads, bar.texts[:2], TONES, strict=True):
            words = f"{head}: {text}"
            wide = SWATCH + 6 + text_width(words) + 14
            if x and x + wide > sheet.width:
                x, sheet.y = Decimal(0), sheet.y + LINE_HEIGHT + 2
            sheet.box(x, sheet.y + 2, SWATCH, SWATCH, css, fill)
            sheet.text(x + SWATCH + 6, sheet.y + 13, words)
            x += wide
        sheet.y += LINE_HEIGHT
