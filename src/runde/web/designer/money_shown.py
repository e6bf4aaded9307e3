"""A draft's money, how many are expected to apply, and what is assumed, as fields and as words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.urls import reverse

from runde.engine.reference.api import date_text, number_text
from runde.engine.rules import CompiledRuleSet, RuleSet, references_in
from runde.engine.whatif import Assumption, AssumptionLine, Design
from runde.grants.designs.api import Content, compiled_of, design_of
from runde.web.components.fields import Choice, Field
from runde.web.designer.sentences import Typed
from runde.web.designer.trees import industry_names
from runde.web.designer.typed import percent_text, shown_value

ESTIMATES = (("low", "Lavt anslag"), ("middle", "Middels anslag"), ("high", "Høyt anslag"))
SECTIONS_ONLY = re.compile(r"nace_section IN \(((?:'[A-Z]'(?:, )?)+)\)|nace_section = '([A-Z])'")
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
    lines: tuple[str, ...]
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
            tuple(lines_in_words(one, compiled)),
            reverse("assumption", args=[slug, draft_id, one.name]),
        )
        for one in design.assumptions
    )


def labels_of(ruleset: RuleSet) -> dict[str, str]:
    facts = {one.name: one.label["nb"] for one in ruleset.facts}
    return facts | {one.name: one.label["nb"] for one in ruleset.derived}


def lines_in_words(assumption: Assumption, compiled: CompiledRuleSet) -> Iterator[str]:
    """ "Overnattings- og serveringsvirksomhet, 5–19 ansatte: 40 % har 240 000, 60 % har 420 000" """
    value_type = compiled.rules.types[assumption.name]
    for line in assumption.lines:
        bands = ", ".join(
            f"{percent_text(band.share)} % har {shown_value(band.value, value_type)}"
            f"{' %' if value_type.unit == 'share' else ''}"
            for band in line.bands
        )
        yield f"{whom(line)}: {bands}"


def whom(line: AssumptionLine) -> str:
    names = industry_names()
    said = ", ".join(names.get(code, code).removeprefix(f"{code} ") for code in line.sections)
    return f"{said or 'Alle andre næringer'}{size_text(line)}"


def size_text(line: AssumptionLine) -> str:
    low, high = line.employees_from, line.employees_to
    if low is None and high is None:
        return ""
    if high is None:
        return f", {low} ansatte eller flere"
    if not low:
        return ", ingen ansatte" if high == 0 else f", høyst {high} ansatte"
    return f", {low}–{high} ansatte"


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
