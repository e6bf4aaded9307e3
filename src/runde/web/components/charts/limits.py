"""Bars against a limit: what something costs and what there is money for. What goes over is lit and said."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from .drawing import FOCUS, LINE_HEIGHT, MAIN, ORDERED, QUIET, Sheet, text_width, wrapped
from .figure import Figure, Words

BAR = 18
AFTER = 14
OVERHANG = 4  # how far the limit's line reaches above and below the bar


@dataclass(frozen=True)
class LimitBar:
    """A value with its own limit, None for none. `texts` fill the table's columns after the name.

    `low` and `high` draw a span around the value, for an estimate. `note` is read under the bar.
    """

    name: str
    value: Decimal | int
    note: str
    texts: tuple[str, ...]
    limit: Decimal | int | None = None
    low: Decimal | int | None = None
    high: Decimal | int | None = None

    @property
    def furthest(self) -> Decimal:
        return max(Decimal(one) for one in (self.value, self.limit, self.high) if one is not None)


@dataclass(frozen=True)
class LimitBars(Figure):
    """All bars share one scale. `limit_text` is written above the first bar's line when all have the same limit."""

    identity: str
    words: Words
    heads: tuple[str, ...]
    bars: tuple[LimitBar, ...]
    limit_text: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        return self.heads

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        return tuple((bar.name, *bar.texts) for bar in self.bars)

    def draw(self, sheet: Sheet) -> None:
        furthest = max((bar.furthest for bar in self.bars), default=Decimal(0))
        scale = Decimal(sheet.width - 4) / furthest if furthest else Decimal(0)
        if self.limit_text and self.bars and self.bars[0].limit is not None:
            self.draw_limit_text(sheet, Decimal(self.bars[0].limit) * scale)
        for bar in self.bars:
            draw_bar(sheet, bar, scale)

    def draw_limit_text(self, sheet: Sheet, x: Decimal) -> None:
        """Right above the line it names, moved in where it would leave the sheet."""
        wide = text_width(self.limit_text)
        start = min(max(x - wide / 2, Decimal(0)), max(sheet.width - wide, Decimal(0)))
        sheet.text(start, sheet.y + 14, self.limit_text)
        sheet.y += LINE_HEIGHT + 4


def draw_bar(sheet: Sheet, bar: LimitBar, scale: Decimal) -> None:
    for line in wrapped(bar.name, sheet.width):
        sheet.text(0, sheet.y + 14, line, strong=True)
        sheet.y += LINE_HEIGHT
    sheet.y += OVERHANG + 2
    value = Decimal(bar.value)
    limit = value if bar.limit is None else Decimal(bar.limit)
    if value < limit:  # what is left
        sheet.box(0, sheet.y, limit * scale, BAR, "c-part-4", ORDERED[3])
    sheet.box(0, sheet.y, max(min(value, limit) * scale, Decimal(1)), BAR, "c-main", MAIN)
    if value > limit:
        sheet.box(limit * scale, sheet.y, (value - limit) * scale, BAR, "c-focus", FOCUS)
    draw_span(sheet, bar, scale)
    if bar.limit is not None:
        x = Decimal(bar.limit) * scale + 1
        sheet.line(x, sheet.y - OVERHANG, x, sheet.y + BAR + OVERHANG, css="c-limit", stroke=QUIET, thick=3)
    sheet.y += BAR + OVERHANG
    for line in wrapped(bar.note, sheet.width):
        sheet.text(0, sheet.y + 14, line)
        sheet.y += LINE_HEIGHT
    sheet.y += AFTER


def draw_span(sheet: Sheet, bar: LimitBar, scale: Decimal) -> None:
    """From the low to the high estimate, under the bar, with a stop at each end."""
    if bar.low is None or bar.high is None:
        return
    left, right, y = Decimal(bar.low) * scale + 1, Decimal(bar.high) * scale + 1, sheet.y + BAR + 4
    sheet.line(left, y, right, y, css="c-span", stroke=QUIET, thick=2)
    for x in (left, right):
        sheet.line(x, y - 4, x, y + 4, css="c-span", stroke=QUIET, thick=2)
    sheet.y += OVERHANG
