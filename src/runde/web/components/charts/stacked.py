"""One bar per source, in ordered parts: paid, committed, proposed, free. Undecided parts are hatched."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from .drawing import LINE_HEIGHT, ORDERED, QUIET, Sheet, text_width
from .figure import Figure, Words

BAR = 28
GAP = 2  # white between parts: neighbours differ too little in tone to do without
SWATCH = 12
AFTER = 20


@dataclass(frozen=True)
class Part:
    """A part of a bar. `tentative` money is not decided and is drawn hatched; the word says so too."""

    name: str
    value: Decimal | int
    text: str
    tentative: bool = False


@dataclass(frozen=True)
class StackedBar:
    name: str
    total: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class StackedBars(Figure):
    """All bars share one scale. Every bar has the same parts in the same order, at most four."""

    identity: str
    words: Words
    name_head: str
    bars: tuple[StackedBar, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        names = tuple(part.name for part in self.bars[0].parts) if self.bars else ()
        return (self.name_head, *names, _("Til sammen"))

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        return tuple((bar.name, *(part_text(part) for part in bar.parts), bar.total) for bar in self.bars)

    def draw(self, sheet: Sheet) -> None:
        sheet.elements.append(hatch(self.identity + str(sheet.width)))
        longest = max((total_of(bar) for bar in self.bars), default=Decimal(0))
        for bar in self.bars:
            self.draw_bar(sheet, bar, longest)

    def draw_bar(self, sheet: Sheet, bar: StackedBar, longest: Decimal) -> None:
        sheet.text(0, sheet.y + 14, bar.name, strong=True)
        sheet.text(sheet.width, sheet.y + 14, bar.total, anchor="end")
        sheet.y += LINE_HEIGHT + 4
        x = Decimal(0)
        for place, part in enumerate(bar.parts):
            wide = Decimal(part.value) / longest * sheet.width if longest else Decimal(0)
            if wide:
                self.draw_part(sheet, x, sheet.y, max(wide - GAP, Decimal(1)), BAR, place, part)
            x += wide
        sheet.y += BAR + 8
        self.draw_names(sheet, bar)
        sheet.y += AFTER

    def draw_part(
        self, sheet: Sheet, x: Decimal, y: Decimal, wide: Decimal, high: int, place: int, part: Part
    ) -> None:
        sheet.box(x, y, wide, high, f"c-part-{place + 1}", ORDERED[place])
        if part.tentative:
            sheet.box(x, y, wide, high, "c-hatch", f"url(#{self.identity}{sheet.width}-hatch)")
        if place == len(ORDERED) - 1 or part.tentative:
            sheet.add(
                "rect",
                {
                    "x": x,
                    "y": y,
                    "width": wide,
                    "height": high,
                    "fill": "none",
                    "stroke": QUIET,
                    "class": "c-frame",
                },
            )

    def draw_names(self, sheet: Sheet, bar: StackedBar) -> None:
        """Each part named right under its bar, with its colour; a new line when the sheet is full."""
        x = Decimal(0)
        for place, part in enumerate(bar.parts):
            if not part.value:
                continue
            words = f"{part.name} {part_text(part)}"
            wide = SWATCH + 6 + text_width(words) + 14
            if x and x + wide > sheet.width:
                x, sheet.y = Decimal(0), sheet.y + LINE_HEIGHT + 2
            self.draw_part(sheet, x, sheet.y + 2, Decimal(SWATCH), SWATCH, place, part)
            sheet.text(x + SWATCH + 6, sheet.y + 13, words)
            x += wide
        sheet.y += LINE_HEIGHT


def total_of(bar: StackedBar) -> Decimal:
    return sum((Decimal(part.value) for part in bar.parts), Decimal(0))


def part_text(part: Part) -> str:
    return f"{part.text} ({_('ikke vedtatt')})" if part.tentative else part.text


def hatch(identity: str) -> str:
    return (
        f'<defs><pattern id="{identity}-hatch" width="7" height="7" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><line x1="0" y1="0" x2="0" y2="7" class="c-hatching" '
        f'stroke="#FFFFFF" stroke-width="4"/></pattern></defs>'
    )
