"""A draft's money, how many are expected to apply, and what is assumed, as fields and as words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.urls import reverse

from runde.engine.reference.api import date_text, number_text
from runde.engine.rules import RuleSet, references_in
from runde.engine.rules.typed_values import field_kind, unit_word
from runde.engine.rules.value_types import ValueType
from runde.engine.whatif import Assumption, AssumptionLine, Band, Design
from runde.grants.designs.api import Content, compiled_of, design_of
from runde.web.components.fields import Choice, Field
from runde.web.components.tables import Cell, Column, Row, Table
from runde.web.designer.sentences import Typed
from runde.web.designer.trees import industry_names
from runde.web.designer.typed import percent_text, shown_value

ESTIMATES = (("low", "Lavt anslag"), ("middle", "Middels anslag"), ("high", "Høyt anslag"))
SECTIONS_ONLY = re.compile(r"nace_section IN \(((?:'[A-Z]'(?:, )?)+)\)|nace_section = '([A-Z])'")
NO_BREAK_SPACE = "\u00a0"
ASKED = ("answer", "aid_ledger", "earlier_awards", "assumption")


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One source of money: name, amount and what it may go to."""

    name: Field
    amount: Field
    industries: tuple[Choice, ...]
    chosen: tuple[str, ...]
    earmark_name: str
    kept_name: str
    kept: str

    @property
    def goes_to(self) -> str:
        if self.chosen:
            names = industry_names()
            return f"Bare {', '.join(names.get(code, code) for code in self.chosen)}"
        return f"Bare når {self.kept}" if self.kept else "Alle som får støtte"


@dataclass(frozen=True, slots=True)
class Assumed:
    """What is assumed of one thing, in words."""

    label: str
    source: str
    table: Table
    url: str


@dataclass(frozen=True, slots=True)
class NotAssumed:
    label: str
    url: str


def source_rows(content: Content, typed: Typed) -> tuple[SourceRow, ...]:
    """The sources, and one empty row for the next."""
    given = content["sources"]
    count = max(len(given), _rows_typed(typed)) + 1
    return tuple(_source_row(given[row] if row < len(given) else {}, row, typed) for row in range(count))


def _rows_typed(typed: Typed) -> int:
    rows = [
        int(name.removeprefix("name-")) for name, value in typed.values.items() if _is_row(name) and value
    ]
    return max(rows, default=-1) + 1


def _is_row(name: str) -> bool:
    return bool(re.fullmatch(r"name-\d{1,2}", name))


def _source_row(source: Mapping[str, Any], row: int, typed: Typed) -> SourceRow:
    name, amount = f"name-{row}", f"amount-{row}"
    chosen, kept = split_earmark(str(source.get("earmark", "")))
    shown = number_text(Decimal(source["amount_nok"])) if source else ""
    number = row + 1
    return SourceRow(
        Field(
            name,
            f"Kilde {number}",
            value=typed.values.get(name, str(source.get("name", ""))),
            error=typed.error(name),
            optional=not source,
            answer="m",
        ),
        Field(
            amount,
            f"Beløp fra kilde {number}",
            kind="money",
            value=typed.values.get(amount, shown),
            error=typed.error(amount),
            optional=not source,
        ),
        tuple(Choice(code, text) for code, text in industry_names().items() if code.isalpha()),
        chosen,
        f"earmark-{row}",
        f"kept-{row}",
        kept,
    )


def split_earmark(earmark: str) -> tuple[tuple[str, ...], str]:
    """Industries when that is all it says; otherwise the expression as it is."""
    found = SECTIONS_ONLY.fullmatch(earmark.strip())
    if found is None:
        return (), earmark.strip()
    return tuple(re.findall(r"[A-Z]", found[1] or found[2])), ""


def take_up_fields(content: Content, typed: Typed) -> tuple[Field, ...]:
    given = content["take_up"]
    return tuple(
        Field(
            name,
            label,
            kind="percent",
            value=typed.values.get(name, percent_text(given[name]) if name in given else ""),
            error=typed.error(name),
        )
        for name, label in ESTIMATES
    )


def assumed(content: Content, slug: str, draft_id: UUID) -> tuple[Assumed, ...]:
    design = design_of(content)
    compiled, labels = compiled_of(content), labels_of(design.ruleset)
    return tuple(
        Assumed(
            labels.get(one.name, one.name),
            f"{one.source} ({date_text(one.as_of)})" if one.as_of else one.source,
            _lines_table(one, labels.get(one.name, one.name), compiled.rules.types[one.name]),
            reverse("assumption", args=[slug, draft_id, one.name]),
        )
        for one in design.assumptions
    )


def labels_of(ruleset: RuleSet) -> dict[str, str]:
    facts = {one.name: one.label["nb"] for one in ruleset.facts}
    return facts | {one.name: one.label["nb"] for one in ruleset.derived}


def _lines_table(assumption: Assumption, label: str, value_type: ValueType) -> Table:
    """A row for each line; the first that fits a company is the one used, so the rest of them stand last."""
    rows = []
    for place, line in enumerate(assumption.lines):
        is_rest = any(one.sections for one in assumption.lines[:place])
        bands = ", ".join(band_text(band, value_type) for band in line.bands)
        rows.append(Row((Cell(industries_text(line, is_rest=is_rest)), Cell(size_text(line)), Cell(bands))))
    columns = (Column("Næring"), Column("Ansatte"), Column("Fordeling"))
    return Table(f"Det vi antar om «{label}»", columns, tuple(rows), hide_caption=True)


def band_text(band: Band, value_type: ValueType) -> str:
    """ "40 % har 240 000 kroner", with breaks only where they do no harm"""
    share = f"{percent_text(band.share)}{NO_BREAK_SPACE}%{NO_BREAK_SPACE}har"
    return f"{share} {value_text(band.value, value_type)}"


def value_text(value: str, value_type: ValueType) -> str:
    """A value with its unit: "240 000 kroner", "5 prosent", "12 ansatte", "ja"."""
    shown = shown_value(value, value_type).replace(" ", NO_BREAK_SPACE)
    kind = field_kind(value_type)
    if kind not in ("share", "money", "integer", "decimal"):
        return shown
    unit = unit_word(Decimal(value), value_type, "nb")
    return f"{shown}{NO_BREAK_SPACE}{unit}" if unit else shown


def industries_text(line: AssumptionLine, *, is_rest: bool) -> str:
    names = industry_names()
    said = [names.get(code, code).removeprefix(f"{code} ") for code in line.sections]
    return "; ".join(said) or ("Alle andre" if is_rest else "Alle")


def size_text(line: AssumptionLine) -> str:
    """ "5–19", "20 eller flere", "ingen"; "alle" when it does not matter."""
    low, high = line.employees_from, line.employees_to
    if low is None and high is None:
        return "Alle"
    if high is None:
        return f"{low} eller flere"
    if not low:
        return "Ingen" if high == 0 else f"Høyst {high}"
    return str(low) if low == high else f"{low}–{high}"


def assumption_choices(content: Content, slug: str, draft_id: UUID) -> tuple[NotAssumed, ...]:
    """What no register tells and nothing is assumed of, directly or through a value worked out from it."""
    design = design_of(content)
    covered = covered_by_assumptions(design)
    return tuple(
        NotAssumed(fact.label["nb"], reverse("assumption", args=[slug, draft_id, fact.name]))
        for fact in design.ruleset.facts
        if fact.source in ASKED and fact.name not in covered and fact.name in _in_use(design)
    )


def covered_by_assumptions(design: Design) -> set[str]:
    """Facts with an assumption, and facts used only to work out a value that has one."""
    named = {one.name for one in design.assumptions}
    users: dict[str, set[str]] = {}
    for one in references_in(design.ruleset):
        if one.to_kind in ("fact", "derived") and one.through == "expression":
            users.setdefault(one.to_name, set()).add(one.from_name)
    through = {name for name, found in users.items() if found and found <= named}
    return named | through


def _in_use(design: Design) -> set[str]:
    return {one.to_name for one in references_in(design.ruleset) if one.to_kind == "fact"}
