"""A small SVG sheet. Only attributes and classes are written: our content policy blocks `style`."""

from __future__ import annotations

from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

Length = Decimal | int

TEXT_SIZE = 14
LINE_HEIGHT = 18
# Inter's mean letter is a little over half as wide as its size; a generous guess keeps labels apart.
LETTER_WIDTH = Decimal("0.57")

TEXT = "#202D34"
QUIET = "#545F65"
AXIS = "#717A7F"
MAIN = "#14506B"
FOCUS = "#B8531F"
ORDERED = ("#0B2A38", "#2E637B", "#8FB0BF", "#E2EAED")


def text_width(text: str, size: int = TEXT_SIZE) -> Decimal:
    """A guess in pixels; the browser's own measure is not known on the server."""
    return len(text) * size * LETTER_WIDTH


def wrapped(text: str, width: Length) -> list[str]:
    """The words in lines that fit the width; a word longer than the line keeps a line of its own."""
    lines: list[str] = []
    for word in text.split():
        if lines and text_width(f"{lines[-1]} {word}") <= width:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    return lines


def length(value: Length) -> str:
    """At most one decimal, so that snapshots stay readable."""
    return f"{Decimal(value):.1f}".removesuffix(".0")


class Sheet:
    """Collects elements from the top down; `y` is where the next one goes."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.y = Decimal(0)
        self.elements: list[str] = []

    def add(self, name: str, attributes: dict[str, str | Length], content: str | None = None) -> None:
        written = "".join(f" {key}={quoteattr(as_text(value))}" for key, value in attributes.items())
        self.elements.append(
            f"<{name}{written}/>" if content is None else f"<{name}{written}>{content}</{name}>"
        )

    def text(
        self,
        x: Length,
        y: Length,
        words: str,
        *,
        anchor: str = "start",
        quiet: bool = False,
        strong: bool = False,
    ) -> None:
        attributes: dict[str, str | Length] = {"x": x, "y": y, "font-size": TEXT_SIZE}
        attributes |= {"class": "c-quiet", "fill": QUIET} if quiet else {"class": "c-text", "fill": TEXT}
        if anchor != "start":
            attributes["text-anchor"] = anchor
        if strong:
            attributes["font-weight"] = 600
        self.add("text", attributes, escape(words))

    def box(self, x: Length, y: Length, width: Length, height: Length, css: str, fill: str) -> None:
        self.add("rect", {"x": x, "y": y, "width": width, "height": height, "class": css, "fill": fill})

    def line(
        self,
        x1: Length,
        y1: Length,
        x2: Length,
        y2: Length,
        *,
        css: str = "c-axis",
        stroke: str = AXIS,
        thick: Length = 1,
    ) -> None:
        self.add(
            "line",
            {"x1": x1, "y1": y1, "x2": x2, "y2": y2, "class": css, "stroke": stroke, "stroke-width": thick},
        )

    def finished(self, identity: str, title: str, description: str) -> str:
        """The whole drawing with its title and description for those who do not see it."""
        height = length(self.y)
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {self.width} {height}" '
            f'width="{self.width}" height="{height}" aria-labelledby="{identity}-title {identity}-desc">'
            f'<title id="{identity}-title">{escape(title)}</title>'
            f'<desc id="{identity}-desc">{escape(description)}</desc>'
        )
        return head + "".join(self.elements) + "</svg>"


def as_text(value: str | Length) -> str:
    return value if isinstance(value, str) else length(value)
