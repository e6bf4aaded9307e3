"""Own value against others: a line from the least to the most, a tick at the middle, a dot for one's own."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from .drawing import AXIS, FOCUS, LINE_HEIGHT, QUIET, Sheet, text_width
from .figure import Figure, Words

ROW = 34
AFTER = 14


@dataclass(frozen=True)
class Range:
    """Least, middle and most among the others, and one's own; texts in the order least, middle, most, own."""

    name: str
    least: Decimal | int
    middle: Decimal | int
    most: Decimal | int
    own: Decimal | int
    texts: tuple[str, str, str, str]


@dataclass(frozen=True)
class DotRanges(Figure):
    identity: str
    words: Words
    name_head: str
    own_head: str
    ranges: tuple[Range, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.name_head, _("Lavest"), _("Midten"), _("Høyest"), self.own_head)

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        return tuple((one.name, *one.texts) for one in self.ranges)

    def draw(self, sheet: Sheet) -> None:
        top = max((Decimal(max(one.most, one.own)) for one in self.ranges), default=Decimal(1)) or Decimal(1)
        for one in self.ranges:
            self.draw_range(sheet, one, (sheet.width - 16) / top)

    def draw_range(self, sheet: Sheet, one: Range, scale: Decimal) -> None:
        left, middle, right, own = (
            8 + Decimal(v) * scale for v in (one.least, one.middle, one.most, one.own)
        )
        least, mid, most, mine = one.texts
        sheet.text(0, sheet.y + 14, f"{one.name}: {self.own_head} {mine}", strong=True)
        y = sheet.y + LINE_HEIGHT + 14
        sheet.line(8, y, sheet.width - 8, y, css="c-ground", stroke="#E2EAED", thick=2)
        sheet.line(left, y, right, y, css="c-span", stroke=AXIS, thick=4)
        sheet.line(middle, y - 8, middle, y + 8, css="c-span", stroke=QUIET, thick=2)
        sheet.add("circle", {"cx": own, "cy": y, "r": 8, "class": "c-focus", "fill": FOCUS})
        sheet.y = y + 10
        draw_ends(
            sheet,
            (left, middle, right),
            (f"{_('lavest')} {least}", f"{_('midten')} {mid}", f"{_('høyest')} {most}"),
        )
        sheet.y += ROW - LINE_HEIGHT + AFTER


def draw_ends(sheet: Sheet, places: tuple[Decimal, Decimal, Decimal], texts: tuple[str, str, str]) -> None:
    """The three words under their places, pushed apart where they would meet."""
    widths = [text_width(text) for text in texts]
    xs = [place - wide / 2 for place, wide in zip(places, widths, strict=True)]
    xs[0] = max(Decimal(0), xs[0])
    for at in (1, 2):
        xs[at] = max(xs[at], xs[at - 1] + widths[at - 1] + 8)
    xs[2] = min(xs[2], sheet.width - widths[2])
    for at in (1, 0):
        xs[at] = min(xs[at], xs[at + 1] - widths[at] - 8)
    for x, text in zip(xs, texts, strict=True):
        sheet.text(max(x, Decimal(0)), sheet.y + 14, text, quiet=True)
