"""What a draft's content says in words: its requirements, its calculation, what is assumed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from runde.engine.reference.api import date_text, number_text
from runde.engine.rules import CompiledRuleSet, Editable, RuleSet, amount_parts
from runde.engine.whatif import Assumption, AssumptionLine, Band
from runde.grants.designs.api import Content, compiled_of, design_of, digest_of

from .amounts import NO_BREAK_SPACE, distance_text, listed, section_name
from .keeping import Kept

MOST_KEPT = 64
FULL_STOP = "."


@dataclass(frozen=True)
class Assumed:
    """One assumption in words: what it is about, for whom what is assumed, and where it comes from."""

    name: str
    label: str
    lines: tuple[tuple[str, str], ...]
    source: str


@dataclass(frozen=True)
class Planned:
    """`requirements` are public sentences by criterion, for those in force; `amount` rows in order, by name;
    `take_up` low, middle and high.
    """

    title: str
    requirements: dict[str, str]
    numbers: dict[str, int]
    labels: dict[str, str]
    amount: dict[str, str]
    assumptions: tuple[Assumed, ...]
    take_up: tuple[str, str, str]
    says_take_up: bool

    def requirement(self, slug: str) -> str:
        return self.requirements.get(slug, slug)

    def number(self, slug: str) -> int:
        return self.numbers.get(slug, 0)

    def label(self, name: str) -> str:
        return self.labels.get(name, name)


_plans: Kept[tuple[str, date], Planned] = Kept(MOST_KEPT)


def plan(content: Content, on: date) -> Planned:
    """Kept a while by content and day. Raises RuleError for content that cannot stand."""
    return _plans.get((digest_of(content), on), lambda: _plan(content, on))


def _plan(content: Content, on: date) -> Planned:
    design = design_of(content)
    compiled = compiled_of(content)
    labels = _labels(design.ruleset)
    low, middle, high = (percent(share) for share in design.take_up.shares())
    return Planned(
        title=str(content["texts"].get("name", {}).get("nb", "") or design.ruleset.title.get("nb", "")),
        requirements=compiled.requirements(on, "nb"),
        numbers={one.slug: place for place, one in enumerate(design.ruleset.criteria, 1)},
        labels=labels,
        amount=_amount_lines(compiled, on),
        assumptions=tuple(_assumed(one, compiled, labels) for one in design.assumptions),
        take_up=(low, middle, high),
        says_take_up=bool(content["take_up"]),
    )


def _labels(ruleset: RuleSet) -> dict[str, str]:
    labels = {one.name: one.label for one in ruleset.facts}
    labels |= {one.name: one.label for one in ruleset.derived}
    return {name: label.get("nb", name) for name, label in labels.items()}


def _amount_lines(compiled: CompiledRuleSet, on: date) -> dict[str, str]:
    """Each row of the calculation by name: its words, and the figures the words leave out."""
    lines = {}
    for line in amount_parts(compiled, on):
        words = "".join(part if isinstance(part, str) else _shown(part) for part in line.parts)
        more = ", ".join(_shown(part) for part in line.more)
        lines[line.name] = f"{words} ({more})" if more else words
    return lines


def _shown(part: Editable) -> str:
    return part.shown or f"{part.value} {part.unit}".strip()


def _assumed(assumption: Assumption, compiled: CompiledRuleSet, labels: dict[str, str]) -> Assumed:
    value_type = compiled.rules.types.get(assumption.name)
    unit = value_type.unit if value_type else ""
    lines = tuple(
        (
            _who(line, is_rest=any(one.sections for one in assumption.lines[:place])),
            ", ".join(_band(band, unit) for band in line.bands),
        )
        for place, line in enumerate(assumption.lines)
    )
    as_of = f" ({date_text(assumption.as_of)})" if assumption.as_of else ""
    label = labels.get(assumption.name, assumption.name)
    return Assumed(assumption.name, label, lines, f"{assumption.source.rstrip(FULL_STOP)}{as_of}.")


def _who(line: AssumptionLine, *, is_rest: bool) -> str:
    """ "Overnatting og servering med minst 20 ansatte"; the first line that fits a company is the one used."""
    every = "Andre næringer" if is_rest else "Alle næringer"
    return (
        listed([section_name(letter) for letter in line.sections]) if line.sections else every
    ) + _employees(line)


def _employees(line: AssumptionLine) -> str:
    if line.employees_from is None and line.employees_to is None:
        return ""
    if line.employees_to == 0:
        return " uten ansatte"
    if line.employees_to is None:
        return f" med minst {line.employees_from} ansatte"
    if line.employees_from is None:
        return f" med høyst {line.employees_to} ansatte"
    return f" med {line.employees_from} til {line.employees_to} ansatte"


def _band(band: Band, unit: str) -> str:
    """ "20 % har 35 prosent" """
    share = percent(band.share).removesuffix("prosent")
    return f"{share}%{NO_BREAK_SPACE}har {_value(band.value, unit)}"


def _value(value: str, unit: str) -> str:
    if value in ("true", "false"):
        return "ja" if value == "true" else "nei"
    if not value.replace(".", "", 1).lstrip("-").isdigit():
        return value
    if unit == "share":
        return percent(Decimal(value))
    return distance_text(Decimal(value), unit)


def percent(share: Decimal) -> str:
    """ "45 prosent", "12,5 prosent" """
    hundredths = share * 100
    decimals = 0 if hundredths % 1 == 0 else 1
    return f"{number_text(hundredths, decimals=decimals)}{NO_BREAK_SPACE}prosent"
