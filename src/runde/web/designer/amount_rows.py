"""New rows of the calculation without syntax: a fixed amount, a share of something, a deduction, a cap, a rounding."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from runde.engine.rules import NOK, AmountRow, DatedValue, Parameter, RuleSet
from runde.grants.designs.api import (
    Content,
    add_parameter,
    compiled_of,
    remove_part,
    ruleset_of,
    set_amount_row,
)
from runde.web.designer.acts.sent import Refusal

Texts = Mapping[str, str]
TOTAL = "grant_nok"
TOTAL_LABEL = {"nb": "Tilskudd", "nn": "Tilskot", "en": "Grant"}
MOST_ROWS = 40


@dataclass(frozen=True, slots=True)
class RowShape:
    """`asks` is the kind of field its figure is typed in; `expression` is given what came before and the figure."""

    words: str
    figure: str
    kind: str
    asks: str
    label: Texts
    figure_label: Texts
    expression: Callable[[str, str], str]
    needs_before: bool = True


SHAPES: Mapping[str, RowShape] = {
    "fixed": RowShape(
        "Et fast beløp til alle",
        "Hvor mye får hver?",
        "base",
        "money",
        {"nb": "Fast beløp: {%s}", "nn": "Fast beløp: {%s}", "en": "Fixed amount: {%s}"},
        {"nb": "Fast beløp", "nn": "Fast beløp", "en": "Fixed amount"},
        lambda before, figure: figure,
        needs_before=False,
    ),
    "share": RowShape(
        "En andel av noe søkeren oppgir",
        "Hvor stor andel dekker dere?",
        "subtotal",
        "share",
        {
            "nb": "Vi dekker {%s} av kostnadene",
            "nn": "Vi dekkjer {%s} av kostnadene",
            "en": "We cover {%s} of the costs",
        },
        {"nb": "Andel vi dekker", "nn": "Del vi dekkjer", "en": "Share covered"},
        lambda before, figure: f"ROUND_DOWN({before} * {figure}, 1)",
        needs_before=False,
    ),
    "deduction": RowShape(
        "Et trekk, som en egenandel",
        "Hvor mye trekker dere fra?",
        "subtotal",
        "money",
        {"nb": "Etter trekk på {%s}", "nn": "Etter trekk på {%s}", "en": "After a deduction of {%s}"},
        {"nb": "Trekk", "nn": "Trekk", "en": "Deduction"},
        lambda before, figure: f"GREATEST({before} - {figure}, 0)",
    ),
    "cap": RowShape(
        "Et høyeste beløp",
        "Hva er det meste én kan få?",
        "cap",
        "money",
        {"nb": "Høyeste tilskudd er {%s}", "nn": "Høgaste tilskot er {%s}", "en": "The highest grant is {%s}"},
        {"nb": "Høyeste tilskudd", "nn": "Høgaste tilskot", "en": "Highest grant"},
        lambda before, figure: f"LEAST({before}, {figure})",
    ),
    "rounding": RowShape(
        "Avrunding nedover",
        "Til hele hvor mange kroner?",
        "rounding",
        "money",
        {
            "nb": "Rundet ned til hele {figure}",
            "nn": "Runda ned til heile {figure}",
            "en": "Rounded down to whole {figure}",
        },
        {},
        lambda before, figure: f"ROUND_DOWN({before}, {figure})",
    ),
}  # fmt: skip


def bases(content: Content) -> dict[str, str]:
    """What a share can be taken of: everything in kroner that the applicant tells or the rules work out."""
    compiled = compiled_of(content)
    ruleset, types = compiled.ruleset, compiled.rules.types
    parts = {one.name: one.label["nb"] for one in ruleset.facts} | {
        one.name: one.label["nb"] for one in ruleset.derived
    }
    return {name: label for name, label in parts.items() if types[name].unit == NOK}


def offered(content: Content) -> dict[str, RowShape]:
    """The kinds that make sense now: a cap needs something to cap."""
    has_rows = bool(content["rules"].get("amount"))
    return {name: one for name, one in SHAPES.items() if one.needs_before != (not has_rows)}


def with_row(content: Content, name: str, figure: Decimal, base: str) -> Content:
    """The calculation with one more row just before the total, which from then on is that row's."""
    shape, rules = SHAPES[name], ruleset_of(content)
    slug = _free(f"row_{name}", rules)
    before = base if not shape.needs_before else _last(rules)
    written = format(figure, "f")
    label = dict(shape.label)
    if shape.figure_label:
        written = f"{slug}_figure"
        content = add_parameter(
            content, Parameter(written, shape.asks, shape.figure_label, (DatedValue(figure),))
        )
        label = {language: text.replace("%s", written) for language, text in label.items()}
    applies_to = before if shape.kind in ("cap", "rounding") else None
    row = AmountRow(slug, shape.kind, shape.expression(before, written), label, applies_to)
    return _with_total(set_amount_row(content, row) if rules.amount else content, row, rules)


def _with_total(content: Content, row: AmountRow, before: RuleSet) -> Content:
    if before.amount:
        return set_amount_row(content, replace(before.amount[-1], expression=row.name))
    total = AmountRow(TOTAL, "total", row.name, TOTAL_LABEL)
    rules = ruleset_of(content)
    both = replace(rules, amount=(row, total))
    return {**content, "rules": RuleSet.from_dict(both.to_dict()).to_dict()}


def _last(rules: RuleSet) -> str:
    """The row the total gives today."""
    total = rules.amount[-1]
    names = {row.name for row in rules.amount}
    return total.expression if total.expression in names else rules.amount[-2].name


def _free(name: str, rules: RuleSet) -> str:
    parts = (*rules.facts, *rules.derived, *rules.amount, *rules.parameters)
    taken = {getattr(one, "name", "") for one in parts}
    numbered = [name, *(f"{name}_{number}" for number in range(2, MOST_ROWS))]
    free = [one for one in numbered if one not in taken and f"{one}_figure" not in taken]
    if not free:
        raise Refusal({"figure": ["Beregningen har for mange rader. Slett en først."]})
    return free[0]


def without_row(content: Content, name: str) -> Content:
    """The calculation without a row; when it was the total's, the total is the row's before it."""
    rules = ruleset_of(content)
    names = [row.name for row in rules.amount]
    if name not in names or rules.amount[names.index(name)].kind == "total":
        raise Refusal({f"amount:{name}": ["Denne raden kan ikke slettes."]})
    place, total = names.index(name), rules.amount[-1]
    if total.expression == name and place:
        row = rules.amount[place]
        content = set_amount_row(content, replace(total, expression=row.applies_to or names[place - 1]))
    return remove_part(content, "amount", name)
