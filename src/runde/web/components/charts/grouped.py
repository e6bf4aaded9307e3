"""Bars in groups under a heading each, all on one scale: how far off those are who just miss each rule."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from .bars import Bar, draw_bar
from .drawing import LINE_HEIGHT, Sheet, text_width, wrapped
from .figure import Figure, Words

AFTER = 12
WIDEST_NAMES = 240


@dataclass(frozen=True)
class BarGroup:
    name: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class GroupedBars(Figure):
    """`heads` name the group, the bar and the value."""

    identity: str
    words: Words
    heads: tuple[str, str, str]
    groups: tuple[BarGroup, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        return self.heads

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        return tuple((group.name, bar.name, bar.text) for group in self.groups for bar in group.bars)

    @property
    def description(self) -> str:
        return f"{self.words.measure}. {'; '.join(said(group) for group in self.groups)}."

    def draw(self, sheet: Sheet) -> None:
        bars = [bar for group in self.groups for bar in group.bars]
        longest = max((Decimal(bar.value) for bar in bars), default=Decimal(0))
        names = (
            min(max((text_width(bar.name) for bar in bars), default=Decimal(0)), Decimal(WIDEST_NAMES)) + 12
        )
        values = max((text_width(bar.text) for bar in bars), default=Decimal(0)) + 8
        names = min(names, sheet.width / Decimal(2))
        scale = (sheet.width - names - values) / longest if longest else Decimal(0)
        for group in self.groups:
            draw_group(sheet, group, names, scale)


def draw_group(sheet: Sheet, group: BarGroup, names: Decimal, scale: Decimal) -> None:
    for line in wrapped(group.name, sheet.width):
        sheet.text(0, sheet.y + 14, line, strong=True)
        sheet.y += LINE_HEIGHT
    sheet.y += 6
    for bar in group.bars:
        draw_bar(sheet, bar, names, Decimal(bar.value) * scale)
    sheet.y += AFTER


def said(group: BarGroup) -> str:
    return f"{group.name}: {', '.join(f'{bar.name} {bar.text}' for bar in group.bars)}"
