"""Before and after: an open dot, a line and a filled dot for each row, with the difference at the right."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from .drawing import FOCUS, LINE_HEIGHT, MAIN, QUIET, Length, Sheet, text_width, wrapped
from .figure import Figure, Words

MARGIN = 9
AFTER = 16
DOT = 7


@dataclass(frozen=True)
class Pair:
    """A value before and after; None when withheld. Texts in the order before, after, difference."""

    name: str
    before: Decimal | int | None
    after: Decimal | int | None
    texts: tuple[str, str, str]

    @property
    def values(self) -> tuple[Decimal | int, ...]:
        return tuple(one for one in (self.before, self.after) if one is not None)


@dataclass(frozen=True)
class PairedDots(Figure):
    """All rows share one scale from zero. `heads` name before and after."""

    identity: str
    words: Words
    name_head: str
    heads: tuple[str, str]
    pairs: tuple[Pair, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.name_head, *self.heads, _("Forskjell"))

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        return tuple((pair.name, *pair.texts) for pair in self.pairs)

    def draw(self, sheet: Sheet) -> None:
        top = max((Decimal(one) for pair in self.pairs for one in pair.values), default=Decimal(0))
        scale = (sheet.width - 2 * MARGIN) / top if top else Decimal(0)
        for pair in self.pairs:
            self.draw_pair(sheet, pair, scale)

    def draw_pair(self, sheet: Sheet, pair: Pair, scale: Decimal) -> None:
        before, after, difference = pair.texts
        room = sheet.width - text_width(difference) - 16
        sheet.text(sheet.width, sheet.y + 14, difference, anchor="end", strong=True)
        for line in wrapped(pair.name, room):
            sheet.text(0, sheet.y + 14, line)
            sheet.y += LINE_HEIGHT
        y = sheet.y + DOT + 4
        sheet.line(MARGIN, y, sheet.width - MARGIN, y, css="c-ground", stroke="#E2EAED", thick=2)
        draw_dots(sheet, pair, y, scale)
        sheet.y = y + DOT + 2
        for line in wrapped(f"{self.heads[0]}: {before} · {self.heads[1]}: {after}", sheet.width):
            sheet.text(0, sheet.y + 14, line, quiet=True)
            sheet.y += LINE_HEIGHT
        sheet.y += AFTER


def draw_dots(sheet: Sheet, pair: Pair, y: Decimal, scale: Decimal) -> None:
    """The filled dot is now, the open one was before; where both stand together the filled one fills the ring."""
    places = [MARGIN + Decimal(one) * scale for one in pair.values]
    if len(places) == 2:  # noqa: PLR2004 - both are known
        sheet.line(places[0], y, places[1], y, css="c-span", stroke=QUIET, thick=3)
    if pair.after is not None:
        sheet.add("circle", {"cx": places[-1], "cy": y, "r": DOT, "class": "c-focus", "fill": FOCUS})
    if pair.before is not None:
        ring: dict[str, str | Length] = {"fill": "none", "class": "c-main-line", "stroke": MAIN}
        sheet.add("circle", {"cx": places[0], "cy": y, "r": DOT, "stroke-width": 2, **ring})
