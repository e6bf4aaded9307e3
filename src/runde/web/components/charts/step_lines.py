"""Money over time as steps from zero, with a flat line for the frame and a band for what is expected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from .drawing import AXIS, FOCUS, LINE_HEIGHT, MAIN, QUIET, Sheet, length, text_width
from .figure import Figure, Words

HEIGHT = 220
TOP = 16
STROKES = (("c-main-line", MAIN), ("c-focus-line", FOCUS))
APART = LINE_HEIGHT
BAND = "#BCCDD5"
SWATCH = 18


@dataclass(frozen=True)
class Level:
    """From this day the value is this."""

    day: date
    value: Decimal | int
    text: str


@dataclass(frozen=True)
class Series:
    """Levels in order of day; at least one."""

    name: str
    levels: tuple[Level, ...]


@dataclass(frozen=True)
class Forecast:
    """What is expected on the last day, as a span."""

    name: str
    low: Decimal | int
    high: Decimal | int
    text: str


@dataclass(frozen=True)
class StepLines(Figure):
    """At most two series. `day_texts` names the first and last day under the axis."""

    identity: str
    words: Words
    first_day: date
    last_day: date
    day_texts: tuple[str, str]
    series: tuple[Series, ...]
    frame: Level | None = None
    frame_name: str = ""
    forecast: Forecast | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        return (_("Dato"), *(one.name for one in self.series))

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        days = sorted({level.day for one in self.series for level in one.levels})
        return tuple((f"{day:%d.%m.%Y}", *(level_text(one, day) for one in self.series)) for day in days)

    @property
    def top(self) -> Decimal:
        values = [level.value for one in self.series for level in one.levels]
        values += [self.frame.value] if self.frame else []
        values += [self.forecast.high] if self.forecast else []
        return max((Decimal(value) for value in values), default=Decimal(1)) or Decimal(1)

    def draw(self, sheet: Sheet) -> None:
        plot = Plot(sheet, self)
        if self.forecast:
            plot.band(self.forecast)
        if self.frame:
            plot.flat(self.frame, self.frame_name)
        for one, (css, stroke) in zip(self.series, STROKES, strict=False):
            plot.steps(one, css, stroke)
        plot.end_names()
        plot.axis()


class Plot:
    """The drawing area: days to the right, values upwards from zero."""

    def __init__(self, sheet: Sheet, figure: StepLines) -> None:
        self.sheet = sheet
        self.figure = figure
        self.names: list[tuple[Decimal, str, str, str]] = []
        self.right = Decimal(sheet.width) - self.names_width()

    def names_width(self) -> Decimal:
        """Room for the names at the right; on a narrow sheet the names go below instead."""
        longest = max((text_width(text) for text in self.name_texts()), default=Decimal(0))
        return longest + 12 if self.sheet.width > 480 else Decimal(4)

    def name_texts(self) -> list[str]:
        texts = [f"{one.name} {one.levels[-1].text}" for one in self.figure.series]
        if self.figure.frame:
            texts.append(frame_words(self.figure.frame, self.figure.frame_name))
        if self.figure.forecast:
            texts.append(f"{self.figure.forecast.name} {self.figure.forecast.text}")
        return texts

    def x(self, day: date) -> Decimal:
        days = Decimal((self.figure.last_day - self.figure.first_day).days or 1)
        return Decimal((day - self.figure.first_day).days) / days * self.right

    def y(self, value: Decimal | int) -> Decimal:
        return TOP + (1 - Decimal(value) / self.figure.top) * HEIGHT

    def steps(self, one: Series, css: str, stroke: str) -> None:
        first = one.levels[0]
        path = [f"M{length(self.x(first.day))} {length(self.y(0))}"]
        for level in one.levels:
            path.append(f"H{length(self.x(level.day))}V{length(self.y(level.value))}")
        path.append(f"H{length(self.right)}")
        self.sheet.add(
            "path", {"d": "".join(path), "fill": "none", "class": css, "stroke": stroke, "stroke-width": 3}
        )
        words = f"{one.name} {one.levels[-1].text}"
        self.names.append((self.y(one.levels[-1].value), words, css, stroke))

    def flat(self, frame: Level, name: str) -> None:
        y = self.y(frame.value)
        self.sheet.line(0, y, self.right, y, css="c-axis", stroke=QUIET, thick=2)
        self.names.append((y, frame_words(frame, name), "c-axis", QUIET))

    def band(self, forecast: Forecast) -> None:
        last = max((one.levels[-1] for one in self.figure.series), key=lambda level: level.day)
        start = f"{length(self.x(last.day))},{length(self.y(last.value))}"
        end = length(self.right)
        points = f"{start} {end},{length(self.y(forecast.high))} {end},{length(self.y(forecast.low))}"
        self.sheet.add("polygon", {"points": points, "class": "c-band", "fill": BAND})
        middle = (Decimal(forecast.low) + Decimal(forecast.high)) / 2
        words = f"{forecast.name} {forecast.text}"
        self.names.append((self.y(middle), words, "c-band-line", BAND))

    def end_names(self) -> None:
        """Each line named where it ends, pushed apart; listed below where there is no room beside."""
        below = self.sheet.width <= 480
        y = Decimal(TOP + HEIGHT + LINE_HEIGHT + 6) if below else Decimal(0)
        for place, text, css, stroke in sorted(self.names):
            y = y + APART if below else max(place + 5, y + APART)
            if below:
                self.sheet.line(0, y - 5, SWATCH, y - 5, css=css, stroke=stroke, thick=4)
            self.sheet.text(SWATCH + 8 if below else self.right + 8, y, text)
        self.sheet.y = max(Decimal(TOP + HEIGHT + LINE_HEIGHT + 8), y + 8)

    def axis(self) -> None:
        self.sheet.line(0, self.y(0), self.right, self.y(0), stroke=AXIS)
        first, last = self.figure.day_texts
        self.sheet.text(0, TOP + HEIGHT + LINE_HEIGHT, first, quiet=True)
        self.sheet.text(self.right, TOP + HEIGHT + LINE_HEIGHT, last, anchor="end", quiet=True)


def frame_words(frame: Level, name: str) -> str:
    return f"{name or _('Ramme')} {frame.text}"


def level_text(one: Series, day: date) -> str:
    """The value that held on the day; empty before the first level."""
    held = [level.text for level in one.levels if level.day <= day]
    return held[-1] if held else ""
