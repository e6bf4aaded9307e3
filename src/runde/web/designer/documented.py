"""A scheme's documentation: what it asks, knows, demands and pays, told from the rules themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from runde.engine.rules import CriterionText, FactText, RuleDocument, describe
from runde.grants.designs.api import Content, ruleset_of
from runde.web.components.facts import Fact
from runde.web.components.tables import Cell, Column, Row, Table
from runde.web.designer.asking.overview import ShownPart, shown_parts

LETTER = {"met": "Oppfylt", "not_met": "Ikke oppfylt", "unknown": "Mangler svar"}
SHOWN_TEXTS = (
    ("summary", "Kort om ordningen"),
    ("purpose", "Formål"),
    ("who", "Hvem kan søke"),
    ("how_much", "Hvor mye"),
)


@dataclass(frozen=True, slots=True)
class ShownRequirement:
    """A requirement with everything made from it."""

    number: int
    requirement: str
    outcome: str
    letter: tuple[tuple[str, str], ...]
    asks: tuple[str, ...]
    expression: str
    reference: str


@dataclass(frozen=True, slots=True)
class Documented:
    texts: tuple[Fact, ...]
    requirements: tuple[ShownRequirement, ...]
    amount: Table
    facts: Table
    figures: Table
    sections: tuple[ShownPart, ...]
    warnings: tuple[str, ...]


def document_of(content: Content, on: date) -> Documented:
    told = describe(ruleset_of(content), on)
    return Documented(
        texts=tuple(shown_texts(content["texts"])),
        requirements=tuple(_requirement(number, one) for number, one in enumerate(told.criteria, 1)),
        amount=amount_table(told),
        facts=facts_table(told.facts),
        figures=figures_table(told),
        sections=shown_parts(content),
        warnings=tuple(one.message for one in told.warnings),
    )


def shown_texts(texts: Mapping[str, Mapping[str, str]]) -> list[Fact]:
    found = [(label, texts.get(name, {}).get("nb", "")) for name, label in SHOWN_TEXTS]
    return [Fact(label, text) for label, text in found if text]


def _requirement(number: int, one: CriterionText) -> ShownRequirement:
    return ShownRequirement(
        number,
        one.requirement,
        one.outcome,
        tuple((LETTER[outcome], text) for outcome, text in one.letter if text),
        one.asks,
        one.expression,
        one.legal_reference,
    )


def amount_table(told: RuleDocument) -> Table:
    columns = (Column("Rad"), Column("Slag"), Column("Formel"), Column("Brevet"))
    rows = tuple(
        Row(
            (
                Cell(row.label),
                Cell(row.kind),
                Cell(row.expression),
                Cell("Vises" if row.in_letter else "Bare internt"),
            )
        )
        for row in told.amount
    )
    return Table("Beregningen", columns, rows, hide_caption=True)


def facts_table(facts: tuple[FactText, ...]) -> Table:
    columns = (Column("Opplysning"), Column("Slag"), Column("Hvor den kommer fra"), Column("Offentlig"))
    rows = tuple(
        Row(
            (
                Cell(one.label),
                Cell(one.type, note=one.unit),
                Cell(one.source, note=one.asked),
                Cell("Nei" if one.private else "Ja"),
            )
        )
        for one in facts
    )
    return Table("Opplysninger", columns, rows, hide_caption=True)


def figures_table(told: RuleDocument) -> Table:
    columns = (Column("Verdi"), Column("Nå"), Column("Bestemt i"))
    rows = tuple(
        Row((Cell(one.label), Cell(one.value or "Ikke satt"), Cell(one.source or "Ikke oppgitt")))
        for one in told.parameters
    )
    return Table("Verdier", columns, rows, hide_caption=True)
