"""A letter as data: who to whom, a heading, and blocks in reading order."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from runde.engine.reference.api import Language


@dataclass(frozen=True, slots=True)
class Sender:
    """The authority. `logo_svg` is the municipality's own drawing as SVG text, or None for its name alone."""

    name: str
    logo_svg: str | None = None
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recipient:
    """The party, with address lines (also its organisation number, when wanted)."""

    name: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and its value: a line of the short box, the calculation or the answers."""

    label: str
    value: str
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text without a heading, such as the line of context under the result."""

    type: ClassVar[str] = "paragraph"
    text: str


@dataclass(frozen=True, slots=True)
class Summary:
    """The box "Kort fortalt"."""

    type: ClassVar[str] = "summary"
    title: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Steps:
    """Numbered things to do."""

    type: ClassVar[str] = "steps"
    title: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of label and value under a heading; `columns` are the two column headings."""

    type: ClassVar[str] = "table"
    title: str
    columns: tuple[str, str]
    facts: tuple[Fact, ...]
    values_are_figures: bool = True


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """One criterion as the letter shows it: what was asked, what was found, the verdict in words.

    `is_met` False makes the verdict stand out.
    """

    requirement: str
    found: str
    verdict: str
    is_met: bool


@dataclass(frozen=True, slots=True)
class Criteria:
    """Every criterion with its outcome."""

    type: ClassVar[str] = "criteria"
    caption: str
    columns: tuple[str, str, str]
    rows: tuple[CriterionRow, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, paragraphs and bulleted items, in that order. `name` tells kinds and tests what it is."""

    type: ClassVar[str] = "section"
    name: str
    title: str
    paragraphs: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    is_quiet: bool = False


@dataclass(frozen=True, slots=True)
class Signatures:
    """Who prepared and who decided, and the sentence on electronic approval."""

    type: ClassVar[str] = "signatures"
    title: str
    lines: tuple[str, ...]
    statement: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of any number of columns: the first has words, the others figures."""

    type: ClassVar[str] = "grid"
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing with its finding, what is measured, and the table behind it.

    `svg` is a plain drawing without scripts, styles or outside references; `alt` says what it shows.
    """

    type: ClassVar[str] = "chart"
    name: str
    finding: str
    measure: str
    svg: str
    alt: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    source: str


Block = Paragraph | Summary | Steps | Table | Criteria | Section | Signatures | Grid | Chart


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter ready to be set.

    `kind` is the name of a folder in `kinds`; `made_at` (aware) becomes the PDF's time, so that the same
    letter gives the same bytes; `text_ids` are the fixed texts used, for the case file; `mark` is printed on
    every page (for example that the letter is made-up demonstration data).
    """

    kind: str
    language: Language
    sender: Sender
    recipient: Recipient
    letter_date: date
    made_at: datetime
    heading: str
    blocks: tuple[Block, ...]
    case_number: str | None = None
    mark: str | None = None
    text_ids: tuple[str, ...] = ()
