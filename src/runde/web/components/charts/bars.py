"""Horizontal bars: how many or how much per group. Sorted by whoever asks, from zero, value at the end."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from .drawing import FOCUS, LINE_HEIGHT, MAIN, Sheet, text_width, wrapped
from .figure import Figure, Words

BAR = 22
GAP = 10
PHONE_WIDTH = 480
WIDEST_NAMES = 220


@dataclass(frozen=True)
class Bar:
    """One group. `text` is the value as people read it; `focus` lights the one the finding is about.

    `more` is read in the table only, under the figure's `more_heads`.
    """

    name: str
    value: Decimal | int
    text: str
    focus: bool = False
    more: tuple[str, ...] = ()


@dataclass(frozen=True)
class HorizontalBars(Figure):
    identity: str
    words: Words
    name_head: str
    value_head: str
    bars: tuple[Bar, ...]
    more_heads: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.name_head, self.value_head, *self.more_heads)

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        return tuple((bar.name, bar.text, *bar.more) for bar in self.bars)

    def draw(self, sheet: Sheet) -> None:
        narrow = sheet.width < PHONE_WIDTH
        names = Decimal(0) if narrow else self.names_width()
        values = max((text_width(bar.text) for bar in self.bars), default=Decimal(0)) + 8
        room = sheet.width - names - values
        for bar in self.bars:
            draw_bar(sheet, bar, names, self.share(bar) * room)

    def names_width(self) -> Decimal:
        longest = max((text_width(bar.name) for bar in self.bars), default=Decimal(0))
        return min(longest, Decimal(WIDEST_NAMES)) + 12

    def share(self, bar: Bar) -> Decimal:
        longest = max(Decimal(one.value) for one in self.bars)
        return Decimal(bar.value) / longest if longest else Decimal(0)


def draw_bar(sheet: Sheet, bar: Bar, names: Decimal, long: Decimal) -> None:
    """The name stands left of the bar, or above it where the sheet is narrow."""
    lines = wrapped(bar.name, names - 12 if names else sheet.width)
    top = sheet.y
    for number, line in enumerate(lines):
        sheet.text(0, top + LINE_HEIGHT * number + (14 if not names else 16), line)
    above = LINE_HEIGHT * len(lines) + 2
    start = top + above if not names else top
    css, fill = ("c-focus", FOCUS) if bar.focus else ("c-main", MAIN)
    sheet.box(names, start, max(long, Decimal(1)), BAR, css, fill)
    sheet.text(names + max(long, Decimal(1)) + 6, start + 16, bar.text, strong=bar.focus)
    sheet.y = max(start + BAR, top + above) + GAP
