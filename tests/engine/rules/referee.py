"""Random expressions with a third opinion: what each means in exact fractions.

Nothing here uses the code under test. Each expression is a text and a function from a case to its
value, None for unknown.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Any

from hypothesis import strategies as st

Case = Mapping[str, Any]
"""Fact name to Decimal, int, bool, str, date, tuple of codes or None."""


@dataclass(frozen=True)
class Expression:
    text: str
    value: Callable[[Case], Any]

    def __repr__(self) -> str:
        return self.text


def half_away(number: Fraction) -> int:
    size = floor(abs(number) + Fraction(1, 2))
    return size if number >= 0 else -size


def fact(name: str) -> Expression:
    def value(case: Case) -> Any:
        given = case[name]
        if isinstance(given, int | Decimal) and not isinstance(given, bool):
            return Fraction(given)
        return given if given != "" else None

    return Expression(name, value)


def strict(text: str, function: Callable[..., Any], *parts: Expression) -> Expression:
    def value(case: Case) -> Any:
        values = [part.value(case) for part in parts]
        return None if any(one is None for one in values) else function(*values)

    return Expression(text.format(*(part.text for part in parts)), value)


def number(text: str) -> Expression:
    return Expression(text, lambda case: Fraction(text))


def divided(above: Expression, below: Expression, decimals: int, whole_digits: int) -> Expression:
    def value(one: Fraction, other: Fraction) -> Fraction | None:
        if other == 0:
            return None
        units = half_away(one / other * 10**decimals)
        return None if abs(units) >= 10 ** (whole_digits + decimals) else Fraction(units, 10**decimals)

    return strict(f"DIVIDE({{}}, {{}}, {decimals})", value, above, below)


def rounded(part: Expression, decimals: int) -> Expression:
    return strict(
        f"ROUND({{}}, {decimals})",
        lambda one: Fraction(half_away(one * 10**decimals), 10**decimals),
        part,
    )


def stepped(function: str, part: Expression, step_text: str) -> Expression:
    step = Fraction(step_text)
    how: dict[str, Callable[[Fraction], Fraction]] = {
        "ROUND_DOWN": lambda one: floor(one / step) * step,
        "ROUND_UP": lambda one: -floor(-one / step) * step,
        "ROUND_NEAREST": lambda one: half_away(one / step) * step,
    }
    return strict(f"{function}({{}}, {step_text})", how[function], part)


def logic(operator: str, one: Expression, other: Expression) -> Expression:
    decides = operator == "OR"

    def value(case: Case) -> bool | None:
        values = {one.value(case), other.value(case)}
        if decides in values:
            return decides
        return None if None in values else not decides

    return Expression(f"({one.text} {operator} {other.text})", value)


def choice(condition: Expression, then: Expression, otherwise: Expression) -> Expression:
    def value(case: Case) -> Any:
        decided = condition.value(case)
        return None if decided is None else (then if decided else otherwise).value(case)

    text = f"CASE WHEN {condition.text} THEN {then.text} ELSE {otherwise.text} END"
    return Expression(text, value)


def coalesced(one: Expression, other: Expression) -> Expression:
    def value(case: Case) -> Any:
        first = one.value(case)
        return other.value(case) if first is None else first

    return Expression(f"COALESCE({one.text}, {other.text})", value)


COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "=": lambda one, other: one == other,
    "<>": lambda one, other: one != other,
    "<": lambda one, other: one < other,
    "<=": lambda one, other: one <= other,
    ">": lambda one, other: one > other,
    ">=": lambda one, other: one >= other,
}

MONEY_TEXTS = ["0", "0.01", "100", "250", "350.5", "5000", "99999.99", "500000", "1000000", "700000"]
SHARE_TEXTS = ["0", "0.3", "0.2999", "0.30", "0.85", "1", "0.5", "0.0001"]
COUNT_TEXTS = ["0", "1", "2", "10", "250"]
STEPS = ["100", "1", "0.5", "0.01", "250", "1000"]
DAYS = ["2026-03-01", "2020-02-29", "1999-12-31"]


def _pair(parts: st.SearchStrategy[Expression], sign: str) -> st.SearchStrategy[Expression]:
    how = {"+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b}[sign]
    return st.builds(lambda one, other: strict(f"({{}} {sign} {{}})", how, one, other), parts, parts)


def _shared(parts: st.SearchStrategy[Expression], depth: int) -> list[st.SearchStrategy[Expression]]:
    """What every kind of number can be made into."""
    conditions = booleans(depth - 1)
    return [
        _pair(parts, "+"),
        _pair(parts, "-"),
        st.builds(lambda one, other: strict("LEAST({}, {})", min, one, other), parts, parts),
        st.builds(lambda one, other: strict("GREATEST({}, {})", max, one, other), parts, parts),
        st.builds(lambda one: strict("ABS({})", abs, one), parts),
        st.builds(lambda one: strict("-({})", lambda value: -value, one), parts),
        st.builds(rounded, parts, st.integers(0, 4)),
        st.builds(
            stepped,
            st.sampled_from(["ROUND_DOWN", "ROUND_UP", "ROUND_NEAREST"]),
            parts,
            st.sampled_from(STEPS),
        ),
        st.builds(choice, conditions, parts, parts),
        st.builds(coalesced, parts, parts),
    ]


def money(depth: int) -> st.SearchStrategy[Expression]:
    leaves = st.sampled_from([fact("turnover"), fact("before"), *map(number, MONEY_TEXTS)])
    if depth <= 0:
        return leaves
    parts = money(depth - 1)
    product = st.builds(
        lambda one, other: strict("({} * {})", lambda a, b: a * b, one, other), parts, shares(depth - 1)
    )
    per_head = st.builds(
        lambda one, other, d: divided(one, other, d, 13), parts, counts(0), st.integers(0, 4)
    )
    return st.one_of(leaves, product, per_head, *_shared(parts, depth))


def shares(depth: int) -> st.SearchStrategy[Expression]:
    leaves = st.sampled_from([fact("share"), fact("share"), *map(number, SHARE_TEXTS)])
    if depth <= 0:
        return leaves
    amounts = st.sampled_from([fact("turnover"), fact("before")])
    difference = _pair(amounts, "-")
    fall = st.builds(lambda a, b, d: divided(a, b, d, 9), difference, amounts, st.integers(0, 6))
    return st.one_of(leaves, fall, fall, *_shared(shares(depth - 1), depth))


def counts(depth: int) -> st.SearchStrategy[Expression]:
    leaves = st.sampled_from([fact("employees"), fact("employees"), *map(number, COUNT_TEXTS)])
    return leaves if depth <= 0 else st.one_of(leaves, *_shared(counts(depth - 1), depth))


def dates() -> st.SearchStrategy[Expression]:
    written = [Expression(f"DATE '{day}'", lambda case, day=day: date.fromisoformat(day)) for day in DAYS]
    return st.sampled_from([fact("founded"), fact("founded"), *written])


def comparisons(parts: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    def compare(operator: str, one: Expression, other: Expression) -> Expression:
        return strict(f"({{}} {operator} {{}})", COMPARE[operator], one, other)

    def between(one: Expression, low: Expression, high: Expression) -> Expression:
        bounds = logic("AND", compare(">=", one, low), compare("<=", one, high))
        return Expression(f"({one.text} BETWEEN {low.text} AND {high.text})", bounds.value)

    return st.one_of(
        st.builds(compare, st.sampled_from(list(COMPARE)), parts, parts),
        st.builds(between, parts, parts, parts),
    )


def _simple_booleans() -> list[Expression]:
    days = strict(
        "(DAYS_BETWEEN({}, {}) > 365)",
        lambda one, other: (other - one).days > 365,
        fact("founded"),
        Expression("DATE '2026-03-01'", lambda case: date(2026, 3, 1)),
    )
    return [
        fact("bankrupt"),
        Expression("TRUE", lambda case: True),
        strict("({} = 'Moss')", lambda place: place == "Moss", fact("place")),
        strict("({} NOT IN ('Moss', 'Bærum'))", lambda place: place not in ("Moss", "Bærum"), fact("place")),
        strict("({} IN ('I'))", lambda section: section == "I", fact("section")),
        strict("STARTS_WITH({}, 'Mo')", lambda place: place.startswith("Mo"), fact("place")),
        strict("HAS_ANY({}, 'a', 'b')", lambda tags: bool({"a", "b"} & set(tags)), fact("tags")),
        strict("({} IN (0, 1, 250))", lambda count: count in (0, 1, 250), fact("employees")),
        strict("({} = 0.3)", lambda share: share == Fraction(3, 10), fact("share")),
        days,
    ]


def booleans(depth: int) -> st.SearchStrategy[Expression]:
    leaves = st.sampled_from(_simple_booleans())
    if depth <= 0:
        return leaves
    parts = booleans(depth - 1)
    return st.one_of(
        leaves,
        comparisons(money(depth - 1)),
        comparisons(shares(depth - 1)),
        comparisons(counts(depth - 1)),
        comparisons(dates()),
        st.builds(lambda one: strict("(NOT {})", lambda value: not value, one), parts),
        st.builds(logic, st.sampled_from(["AND", "OR"]), parts, parts),
        st.builds(choice, parts, parts, parts),
        st.builds(coalesced, parts, parts),
    )


def _decimals(texts: list[str], places: int, largest: str) -> st.SearchStrategy[Decimal | None]:
    limit = Decimal(largest)
    edges = [
        *map(Decimal, texts),
        limit,
        -limit,
        Decimal("-0.01"),
        Decimal("-350.5") if places < 4 else Decimal(0),
    ]
    return st.one_of(
        st.none(),
        st.sampled_from(edges),
        st.sampled_from(edges),
        st.decimals(-limit, limit, places=places),
        st.integers(-1_000_000, 1_000_000).map(lambda units: Decimal(units).scaleb(-places)),
    )


CASES: st.SearchStrategy[Case] = st.fixed_dictionaries(
    {
        "employees": st.one_of(
            st.none(), st.sampled_from([0, 1, 2, 249, 250, 251]), st.integers(-5, 10**12 - 1)
        ),
        "turnover": _decimals([*MONEY_TEXTS, "699999.99", "700000.01"], 2, "9999999999999.99"),
        "before": _decimals([*MONEY_TEXTS, "1000000", "0"], 2, "9999999999999.99"),
        "share": _decimals([*SHARE_TEXTS, "0.3001"], 4, "999.9999"),
        "founded": st.one_of(
            st.none(),
            st.sampled_from([*map(date.fromisoformat, DAYS), date(2026, 2, 28), date(2025, 3, 1)]),
            st.dates(),
        ),
        "bankrupt": st.sampled_from([None, True, False]),
        "place": st.sampled_from([None, "", "Moss", "moss", "Mo i Rana", "Bærum"]),
        "section": st.sampled_from([None, "I", "S", "Å"]),
        "tags": st.sampled_from([None, (), ("a",), ("c",), ("b", "c")]),
    }
)
