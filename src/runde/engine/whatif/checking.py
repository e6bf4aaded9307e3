"""Is the design sound? Assumptions, take-up and sources held against the rules they belong to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from runde.engine.reference.api import EDITIONS, list_sections
from runde.engine.rules import Fact, Problem, RuleError
from runde.engine.rules.checking import Scope, check_expression
from runde.engine.rules.errors import closest
from runde.engine.rules.model import CheckedRules, admission, check_rules
from runde.engine.rules.tree import Node
from runde.engine.rules.value_types import Kind, ValueType
from runde.engine.whatif.design import Assumption, AssumptionLine, Design, DesignError, PlannedSource, TakeUp
from runde.engine.whatif.extract import BUCKETS
from runde.engine.whatif.register_facts import REGISTER_FACTS

MOST_CRITERIA = 60
MOST_ASSUMPTIONS = 30
MOST_LINES = 100
MOST_BANDS = 50
MOST_SOURCES = 20
LARGEST_NUMBER_OF_EMPLOYEES = 10_000_000
LARGEST_AMOUNT_NOK = Decimal(10) ** 13
_WITHHELD = range(2, 5)
"""A range of employees may not begin here, nor end at the number before: the register withholds 1–4."""
_PLAIN_NUMBER = re.compile(r"-?\d{1,18}(\.\d{1,18})?")


@dataclass(frozen=True, slots=True)
class CheckedDesign:
    """A design found sound. `values` holds, for each assumption by name, each line's typed band values."""

    design: Design
    rules: CheckedRules
    assumptions: Mapping[str, Assumption]
    values: Mapping[str, tuple[tuple[Any, ...], ...]]
    earmarks: tuple[Node | None, ...]
    """The checked earmark of each source, in order; None for money without one."""
    register_facts: Mapping[str, Fact]
    """What earmarks may speak of: the rules' own register facts, and those every extract has."""


def check_design(design: Design) -> CheckedDesign:
    """Raises RuleError for faults in the rules, DesignError for the rest; each lists every problem."""
    rules = check_rules(design.ruleset)
    problems: list[Problem] = []
    problems.extend(_size_problems(design))
    values = _assumed_values(design, rules, problems)
    problems.extend(_take_up_problems(design.take_up))
    facts = _register_facts(rules)
    earmarks = tuple(_source(source, facts, problems) for source in design.sources)
    problems.extend(_repeated((source.name for source in design.sources), "sources"))
    if problems:
        raise DesignError(problems)
    return CheckedDesign(
        design, rules, {one.name: one for one in design.assumptions}, values, earmarks, facts
    )


def _size_problems(design: Design) -> Iterator[Problem]:
    parts = (
        ("criteria", len(design.ruleset.criteria), MOST_CRITERIA, "krav"),
        ("assumptions", len(design.assumptions), MOST_ASSUMPTIONS, "antakelser"),
        ("sources", len(design.sources), MOST_SOURCES, "kilder"),
    )
    for where, count, most, word in parts:
        if count > most:
            message = f"Det er {count} {word}."
            yield Problem("too_many", message, where, expected=f"høyst {most}", found=str(count))


def _repeated(names: Iterable[str], where: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            message = f"«{name}» står to ganger."
            yield Problem("duplicate", message, f"{where}.{name}", expected="hvert navn én gang")
        seen.add(name)


# -- assumptions ------------------------------------------------------------------------------------


def _assumed_values(
    design: Design, rules: CheckedRules, problems: list[Problem]
) -> dict[str, tuple[tuple[Any, ...], ...]]:
    problems.extend(_repeated((one.name for one in design.assumptions), "assumptions"))
    values: dict[str, tuple[tuple[Any, ...], ...]] = {}
    for assumption in design.assumptions:
        where = f"assumptions.{assumption.name}"
        found = list(_about_problems(assumption, rules, where))
        problems.extend(found)
        problems.extend(_line_problems(assumption, where))
        if not found:
            value_type = rules.types[assumption.name]
            values[assumption.name] = tuple(
                tuple(_band_values(line, value_type, f"{where}.lines[{number}]", problems))
                for number, line in enumerate(assumption.lines, start=1)
            )
    return values


def _about_problems(assumption: Assumption, rules: CheckedRules, where: str) -> Iterator[Problem]:
    """Whether this is something one may assume at all."""
    name = assumption.name
    fact = rules.facts.get(name)
    derived = {one.name for one in rules.ruleset.derived}
    if fact is None and name not in derived:
        possible = sorted(open_names(rules))
        message = f"Ordningen har ingen opplysning eller utregnet verdi som heter «{name[:60]}»."
        yield Problem(
            "unknown_name",
            message,
            where,
            expected="et av navnene " + ", ".join(possible) if possible else None,
            found=name[:60],
            suggestion=closest(name, possible),
        )
    elif fact is not None and fact.source == "register":
        message = f"«{name}» står i registeret, så den kan ikke antas."
        yield Problem("register_fact", message, where, expected="en opplysning registeret ikke har")
    elif fact is None and not any(
        rules.facts[leaf].source != "register" for leaf in rules.facts_behind([name])
    ):
        message = f"«{name}» regnes ut av registeret alene, så den kan ikke antas."
        yield Problem("register_fact", message, where, expected="en verdi registeret ikke gir")
    if not assumption.source.strip():
        message = "Antakelsen mangler kilde."
        yield Problem("source", message, f"{where}.source", expected="hvor tallene kommer fra, i klartekst")


def open_names(rules: CheckedRules) -> set[str]:
    """Everything an assumption may be about."""
    facts = {name for name, fact in rules.facts.items() if fact.source != "register"}
    derived = {one.name for one in rules.ruleset.derived}
    return facts | {name for name in derived if rules.facts_behind([name]) & facts}


def _line_problems(assumption: Assumption, where: str) -> Iterator[Problem]:
    if not 1 <= len(assumption.lines) <= MOST_LINES:
        message = f"Antakelsen har {len(assumption.lines)} linjer."
        yield Problem("lines", message, where, expected=f"1 til {MOST_LINES} linjer")
    for number, line in enumerate(assumption.lines, start=1):
        place = f"{where}.lines[{number}]"
        yield from _section_problems(line, place)
        yield from _employee_problems(line, place)
        yield from _share_problems(line, place)


def _section_problems(line: AssumptionLine, where: str) -> Iterator[Problem]:
    known = {found.letter for edition in EDITIONS for found in list_sections(edition)}
    for section in line.sections:
        if section not in known:
            message = f"«{section[:20]}» er ikke et næringsområde."
            yield Problem("unknown_code", message, f"{where}.sections", expected="en bokstav fra A til V")


def _employee_problems(line: AssumptionLine, where: str) -> Iterator[Problem]:
    low, high = line.employees_from, line.employees_to
    for field, bound in (("employees_from", low), ("employees_to", high)):
        if bound is not None and not 0 <= bound <= LARGEST_NUMBER_OF_EMPLOYEES:
            message = f"«{bound}» er ikke et antall ansatte."
            yield Problem("employees", message, f"{where}.{field}", expected="et helt tall fra 0")
    if low is not None and high is not None and low > high:
        message = f"Linjen går fra {low} til {high} ansatte."
        yield Problem("employees", message, where, expected="et fra-tall som er minst")
    if low in _WITHHELD or (high is not None and high + 1 in _WITHHELD):
        message = "Registeret oppgir ikke antall ansatte mellom 1 og 4, så linjen kan ikke dele dem."
        yield Problem("employees", message, where, expected="fra 0, 1 eller 5, og til 0, 4 eller mer")


def _share_problems(line: AssumptionLine, where: str) -> Iterator[Problem]:
    if not 1 <= len(line.bands) <= MOST_BANDS:
        message = f"Linjen har {len(line.bands)} verdier."
        yield Problem("bands", message, where, expected=f"1 til {MOST_BANDS} verdier")
        return
    shares = [band.share for band in line.bands]
    if not all(share.is_finite() and 0 <= share <= 1 and share * BUCKETS % 1 == 0 for share in shares):
        message = "En andel kan ikke brukes."
        expected = "0 til 1 med høyst tre desimaler, der 0,4 er 40 prosent"
        yield Problem("share", message, f"{where}.bands", expected=expected)
        return
    total = sum(shares, Decimal(0))
    if total != 1:
        percent = format((total * 100).normalize(), "f").replace(".", ",")
        message = f"Andelene blir {percent} prosent til sammen."
        yield Problem("shares", message, f"{where}.bands", expected="100 prosent", found=str(total))


def _band_values(
    line: AssumptionLine, value_type: ValueType, where: str, problems: list[Problem]
) -> Iterator[Any]:
    for number, band in enumerate(line.bands, start=1):
        value = typed_value(band.value, value_type)
        if value is None:
            place = f"{where}.bands[{number}].value"
            problems.append(_value_problem(band.value, value_type, place))
        yield value


def typed_value(text: str, value_type: ValueType) -> Any:
    """The value written as in rules JSON, or None when it is not one of the type."""
    match value_type.kind:
        case Kind.NUMBER:
            return _number(text, value_type)
        case Kind.BOOLEAN:
            return {"true": True, "false": False}.get(text)
        case Kind.DATE:
            return _day(text)
        case Kind.CODES:
            codes = frozenset(part.strip() for part in text.split(","))
            return codes if codes and all(_is_code(code, value_type) for code in codes) else None
    return text if _is_code(text, value_type) else None


def _number(text: str, value_type: ValueType) -> Any:
    try:
        return admission(value_type, "")(Decimal(text)) if _PLAIN_NUMBER.fullmatch(text) else None
    except InvalidOperation:
        return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def _is_code(text: str, value_type: ValueType) -> bool:
    return 0 < len(text) <= 100 and "\x00" not in text and (not value_type.codes or text in value_type.codes)


def _value_problem(text: str, value_type: ValueType, where: str) -> Problem:
    message = f"«{text[:40]}» kan ikke brukes som {value_type.described()}."
    expected = {
        Kind.BOOLEAN: "true eller false",
        Kind.DATE: "en dato skrevet åååå-mm-dd",
        Kind.NUMBER: f'et tall med høyst {value_type.scale} desimaler og punktum, som "0.45"',
    }.get(value_type.kind, "en kode fra lista" if value_type.codes else "en tekst")
    suggestion = closest(text, value_type.codes) if value_type.codes else None
    if value_type.kind is Kind.NUMBER and typed_value(text.replace(",", "."), value_type) is not None:
        suggestion = text.replace(",", ".")
    return Problem("value", message, where, expected=expected, found=text[:40], suggestion=suggestion)


# -- take-up and money ------------------------------------------------------------------------------


def _take_up_problems(take_up: TakeUp) -> Iterator[Problem]:
    shares = take_up.shares()
    if not all(share.is_finite() and 0 <= share <= 1 for share in shares):
        message = "Hvor stor del som søker, må være en andel."
        yield Problem("share", message, "take_up", expected="0 til 1, der 0,5 er halvparten")
    elif not shares[0] <= shares[1] <= shares[2]:
        message = "Anslagene over hvor mange som søker, står ikke i rekkefølge."
        yield Problem("order", message, "take_up", expected="lav, middels og høy, det minste først")


def _register_facts(rules: CheckedRules) -> dict[str, Fact]:
    own = {name: fact for name, fact in rules.facts.items() if fact.source == "register"}
    taken = rules.types
    return {name: fact for name, fact in REGISTER_FACTS.items() if name not in taken} | own


def _source(source: PlannedSource, facts: Mapping[str, Fact], problems: list[Problem]) -> Node | None:
    where = f"sources.{source.name}" if source.name else "sources"
    if not source.name.strip():
        problems.append(Problem("name", "En kilde mangler navn.", "sources", expected="et navn"))
    amount = source.amount_nok
    if not amount.is_finite() or not 0 <= amount < LARGEST_AMOUNT_NOK or amount * 100 % 1:
        expected = "kroner fra 0 og oppover, med høyst to desimaler"
        problems.append(
            Problem("amount", "Beløpet kan ikke brukes.", f"{where}.amount_nok", expected=expected)
        )
    if not source.earmark.strip():
        return None
    scope = Scope({name: fact.value_type for name, fact in facts.items()})
    try:
        node = check_expression(source.earmark, scope)
    except RuleError as error:
        problems.extend(error.at(f"{where}.earmark").problems)
        return None
    if node.type.kind is not Kind.BOOLEAN:
        message = f"En øremerking må gi ja eller nei, men dette gir {node.type.described()}."
        problems.append(Problem("type", message, f"{where}.earmark", node.start, node.end, "ja/nei"))
    return node
