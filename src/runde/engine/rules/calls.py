"""The functions of the rule language: what each takes and what it gives."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from sqlglot import exp

from runde.engine.rules.errors import Problem, RuleError
from runde.engine.rules.tree import Literal, Node
from runde.engine.rules.value_types import BOOLEAN, LARGEST_UNITS, NOK, PLAIN, SHARE, Kind, ValueType, within
from runde.engine.rules.widths import common_type, extreme_type, require_code, require_kind

Span = tuple[int, int]

MOST_DECIMALS = 8
LARGEST_STEP = 1_000_000


def name_and_arguments(tree: exp.Expression) -> tuple[str, list[exp.Expression]] | None:
    """A call's name and arguments, whichever class the parser chose for it; None for anything else."""
    match tree:
        case exp.Anonymous():
            return str(tree.this).upper(), list(tree.expressions)
        case exp.Least() | exp.Greatest() | exp.Coalesce():
            return type(tree).__name__.upper(), [tree.this, *tree.expressions]
        case exp.Abs():
            return "ABS", [tree.this]
        case exp.Round():
            return "ROUND", _present(tree.this, tree.args.get("decimals"))
        case exp.StartsWith():
            return "STARTS_WITH", _present(tree.this, tree.expression)
    return None


def _present(*trees: exp.Expression | None) -> list[exp.Expression]:
    return [tree for tree in trees if tree is not None]


def result_type(function: str, arguments: tuple[Node, ...], span: Span) -> ValueType:
    """The type of a call. Raises RuleError when the arguments are of the wrong number or kind."""
    usage, fewest, most, rule = _FUNCTIONS[function]
    if not fewest <= len(arguments) <= most:
        message = f"{function} skal skrives {usage}."
        raise RuleError(Problem("arguments", message, "", *span, expected=usage))
    return rule(function, arguments)


def _extreme(function: str, arguments: tuple[Node, ...]) -> ValueType:
    if arguments[0].type.kind is not Kind.DATE:
        require_kind(arguments[0], Kind.NUMBER, function)
        return extreme_type(function, arguments)
    return common_type(arguments)


def _fallback(function: str, arguments: tuple[Node, ...]) -> ValueType:
    if arguments[0].type.kind is Kind.CODES:
        require_kind(arguments[0], Kind.TEXT, function)
    return common_type(arguments)


def _absolute(function: str, arguments: tuple[Node, ...]) -> ValueType:
    require_kind(arguments[0], Kind.NUMBER, function)
    value_type = arguments[0].type
    crosses = value_type.low < 0 < value_type.high
    low = 0 if crosses else min(abs(value_type.low), abs(value_type.high))
    return replace(value_type, low=low, high=value_type.bound)


def _quotient(function: str, arguments: tuple[Node, ...]) -> ValueType:
    above, below, _ = arguments
    require_kind(above, Kind.NUMBER, function)
    require_kind(below, Kind.NUMBER, function)
    decimals = whole_literal(arguments[2], function)
    smallest_below = abs(int(below.value.scaleb(below.type.scale))) if isinstance(below, Literal) else 1
    units = above.type.bound * 10 ** (decimals + below.type.scale)
    bound = units // max(1, smallest_below) // 10**above.type.scale + 1
    _require_exact_division(above, below, decimals)
    unit = _quotient_unit(above, below)
    return within(min(bound, largest_quotient(unit, decimals)), decimals, unit)


def largest_quotient(unit: str, decimals: int) -> int:
    """Quotients beyond this, in units of the last decimal, are unknown: nearly nothing was divided by.

    Without the limit, one division would use up the digits that a formula has to spend.
    """
    return int(10 ** ((9 if unit == SHARE else 13) + decimals) - 1)


def _require_exact_division(above: Node, below: Node, decimals: int) -> None:
    """The bulk engine divides whole numbers of at most 38 digits; both must fit when widened."""
    shift = decimals + below.type.scale - above.type.scale
    top = above.type.bound * 10 ** max(0, shift)
    bottom = below.type.bound * 10 ** max(0, -shift)
    if 2 * top + bottom > LARGEST_UNITS or bottom * 2 > LARGEST_UNITS:
        message = "Tallene som deles, kan få for mange sifre. Rund av telleren med ROUND(…, 2)."
        raise RuleError(Problem("too_large", message, "", above.start, below.end))


def _quotient_unit(above: Node, below: Node) -> str:
    one, other = above.type.unit, below.type.unit
    if one == other and one != PLAIN:
        return SHARE
    if one == NOK or (one == SHARE and other == PLAIN):
        return one
    return PLAIN


def _rounded(function: str, arguments: tuple[Node, ...]) -> ValueType:
    require_kind(arguments[0], Kind.NUMBER, function)
    value_type, decimals = arguments[0].type, whole_literal(arguments[1], function)
    if decimals >= value_type.scale:
        return value_type
    step = 10 ** (value_type.scale - decimals)
    low, high = value_type.low // step - 1, value_type.high // step + 1
    return replace(value_type, scale=decimals, low=low, high=high)


def _stepped(function: str, arguments: tuple[Node, ...]) -> ValueType:
    require_kind(arguments[0], Kind.NUMBER, function)
    step = step_literal(arguments[1], function)
    value_type = arguments[0].type
    scale = max(0, -int(step.as_tuple().exponent))
    widest = max(scale, value_type.scale)
    low, high = value_type.range_at(widest)
    most = int(step.scaleb(widest))
    if value_type.bound * 200 > LARGEST_UNITS:
        message = "Tallet som rundes av, kan få for mange sifre. Rund av et mellomsvar med ROUND(…, 2)."
        raise RuleError(Problem("too_large", message, "", arguments[0].start, arguments[0].end))
    shrink = 10 ** (widest - scale)
    low, high = (low - most) // shrink - 1, (high + most) // shrink + 1
    return replace(value_type, scale=scale, low=low, high=high)


def whole_literal(node: Node, function: str) -> int:
    """The number of decimals written as the last argument: a whole number from 0 to 8."""
    whole = isinstance(node, Literal) and node.type.kind is Kind.NUMBER and node.type.scale == 0
    if not whole or not 0 <= int(node.value) <= MOST_DECIMALS:  # type: ignore[attr-defined]
        expected = f"et helt tall fra 0 til {MOST_DECIMALS}"
        message = f"{function} trenger antall desimaler som {expected}."
        raise RuleError(Problem("arguments", message, "", node.start, node.end, expected))
    return int(node.value)  # type: ignore[attr-defined]


def step_literal(node: Node, function: str) -> Decimal:
    """The step written as the last argument of a rounding function, such as 100 for whole hundreds."""
    is_number = isinstance(node, Literal) and node.type.kind is Kind.NUMBER
    if not is_number or not 0 < node.value <= LARGEST_STEP or node.type.scale > 2:  # type: ignore[attr-defined]
        expected = "et positivt tall som 100, skrevet rett inn"
        message = f"{function} trenger {expected}."
        raise RuleError(Problem("arguments", message, "", node.start, node.end, expected))
    return Decimal(node.value)  # type: ignore[attr-defined]


def _prefix(function: str, arguments: tuple[Node, ...]) -> ValueType:
    require_kind(arguments[0], Kind.TEXT, function)
    for argument in arguments[1:]:
        _text_literal(argument, function)
    return BOOLEAN


def _any_code(function: str, arguments: tuple[Node, ...]) -> ValueType:
    require_kind(arguments[0], Kind.CODES, function)
    for argument in arguments[1:]:
        require_code(_text_literal(argument, function), arguments[0].type, argument)
    return BOOLEAN


def _text_literal(node: Node, function: str) -> str:
    require_kind(node, Kind.TEXT, function)
    if not isinstance(node, Literal):
        message = f"{function} trenger teksten skrevet rett inn, i enkle anførselstegn."
        raise RuleError(Problem("arguments", message, "", node.start, node.end, "'tekst'"))
    return str(node.value)


def _days(function: str, arguments: tuple[Node, ...]) -> ValueType:
    for argument in arguments:
        require_kind(argument, Kind.DATE, function)
    return within(4_000_000, unit="days")


_Rule = Callable[[str, tuple[Node, ...]], ValueType]

_FUNCTIONS: dict[str, tuple[str, int, int, _Rule]] = {
    "ABS": ("ABS(tall)", 1, 1, _absolute),
    "COALESCE": ("COALESCE(opplysning, verdi hvis den mangler)", 2, 10, _fallback),
    "DAYS_BETWEEN": ("DAYS_BETWEEN(fra, til)", 2, 2, _days),
    "DIVIDE": ("DIVIDE(teller, nevner, desimaler)", 3, 3, _quotient),
    "GREATEST": ("GREATEST(a, b)", 2, 20, _extreme),
    "HAS_ANY": ("HAS_ANY(koder, 'a', 'b')", 2, 200, _any_code),
    "LEAST": ("LEAST(a, b)", 2, 20, _extreme),
    "ROUND": ("ROUND(tall, desimaler)", 2, 2, _rounded),
    "ROUND_DOWN": ("ROUND_DOWN(tall, steg)", 2, 2, _stepped),
    "ROUND_NEAREST": ("ROUND_NEAREST(tall, steg)", 2, 2, _stepped),
    "ROUND_UP": ("ROUND_UP(tall, steg)", 2, 2, _stepped),
    "STARTS_WITH": ("STARTS_WITH(tekst, 'begynnelse')", 2, 2, _prefix),
}
