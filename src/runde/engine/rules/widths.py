"""How types combine: units that go together, scales that add up, sizes that still fit."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import islice

from runde.engine.rules.errors import Problem, RuleError, closest
from runde.engine.rules.tree import Literal, Name, Node
from runde.engine.rules.value_types import (
    LARGEST_SCALE,
    LARGEST_UNITS,
    NOK,
    NORWEGIAN_KIND,
    PLAIN,
    SHARE,
    Kind,
    ValueType,
)
from runde.engine.rules.writing import written


def require_kind(node: Node, kind: Kind, beside: str) -> None:
    """Refuse a node of another kind than the operator or function `beside` takes."""
    if node.type.kind is not kind:
        expected, found = NORWEGIAN_KIND[kind], node.type.described()
        message = f"{beside} trenger {expected}, men her står {found}."
        suggestion = as_kind(node, kind)
        raise RuleError(Problem("type", message, "", node.start, node.end, expected, found, suggestion))


def as_kind(node: Node, kind: Kind) -> str | None:
    """What was likely meant, when a value of another kind stands where `kind` is wanted."""
    match node, kind:
        case Literal(value=str(text)), Kind.NUMBER if _NUMBER.fullmatch(text):
            return text.replace(",", ".")
        case Literal(value=str(text)), Kind.DATE if _DATE.fullmatch(text):
            return f"DATE '{text}'"
        case Literal(value=Decimal() as number), Kind.TEXT:
            return f"'{number:f}'"
        case Name(name=name), Kind.BOOLEAN:
            return _QUESTIONS[node.type.kind].format(name)
        case Name(name=name), Kind.NUMBER if node.type.kind is Kind.BOOLEAN:
            return f"CASE WHEN {name} THEN 1 ELSE 0 END"
        case Name(name=name), Kind.NUMBER if node.type.kind is Kind.DATE:
            return f"DAYS_BETWEEN({name}, DATE '2026-01-31')"
    return None


_NUMBER = re.compile(r"-?\d{1,18}([.,]\d{1,8})?", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_QUESTIONS = {
    Kind.NUMBER: "{} >= 1",
    Kind.TEXT: "{} = 'tekst'",
    Kind.DATE: "{} < DATE '2026-01-31'",
    Kind.CODES: "HAS_ANY({}, 'kode')",
}


def require_comparable(left: Node, right: Node, operator: str) -> None:
    """Refuse a comparison between different kinds or units, or with a code that does not exist."""
    span = (min(left.start, right.start), max(left.end, right.end))
    kind, other = left.type.kind, right.type.kind
    ordered = operator not in ("=", "<>", "IN")
    if kind is not other:
        message = f"{left.type.described()} kan ikke sammenlignes med {right.type.described()}."
        expected, found = left.type.described(), right.type.described()
        suggestion = as_kind(right, kind) or as_kind(left, other)
        if kind is Kind.CODES and other is Kind.TEXT and operator == "=":
            suggestion = _without_order(left, right, kind)
        raise RuleError(Problem("type", _capital(message), "", *span, expected, found, suggestion))
    if kind is Kind.CODES or (ordered and kind in (Kind.TEXT, Kind.BOOLEAN)):
        message = f"{left.type.described()} kan ikke sammenlignes med {operator}."
        expected, suggestion = "= eller IN", _without_order(left, right, kind)
        found = left.type.described()
        raise RuleError(Problem("type", _capital(message), "", *span, expected, found, suggestion))
    if kind is Kind.NUMBER:
        common_unit(left, right)
    _require_known_code(left, right)
    _require_known_code(right, left)


def _without_order(left: Node, right: Node, kind: Kind) -> str:
    wanted = "HAS_ANY({}, {})" if kind is Kind.CODES else "{} = {}"
    return wanted.format(written(left), written(right))


def _require_known_code(fact: Node, literal: Node) -> None:
    if isinstance(literal, Literal) and fact.type.codes:
        require_code(str(literal.value), fact.type, literal)


def require_code(code: str, value_type: ValueType, at: Node) -> None:
    """Refuse a code that the fact's code list does not hold."""
    if value_type.codes and code not in value_type.codes:
        raise RuleError(
            Problem(
                "unknown_code",
                f"Koden «{code[:40]}» finnes ikke i kodelista.",
                "",
                at.start,
                at.end,
                "en av " + ", ".join([*islice(value_type.codes, 5), *["…"][: len(value_type.codes) > 5]]),
                code[:40],
                _closest_code(code, value_type),
            )
        )


def _closest_code(code: str, value_type: ValueType) -> str | None:
    labels = {text: key for key, texts in value_type.codes.items() for text in texts.values()}
    near = closest(code, value_type.codes) or closest(code, labels)
    return labels.get(near, near) if near else None


def common_unit(left: Node, right: Node) -> str:
    """The unit two numbers share; a bare number takes the other's. Refuses kroner beside a count."""
    units = {left.type.unit, right.type.unit} - {PLAIN}
    if len(units) > 1:
        first, second = left.type.described(), right.type.described()
        message = f"{first} og {second} kan ikke legges sammen eller sammenlignes."
        span = (min(left.start, right.start), max(left.end, right.end))
        together = {left.type.unit, right.type.unit} == {NOK, SHARE}
        suggestion = f"{written(left)} * {written(right)}" if together else None
        raise RuleError(Problem("unit", _capital(message), "", *span, first, second, suggestion))
    return units.pop() if units else PLAIN


def _capital(message: str) -> str:
    return message[0].upper() + message[1:]


def _unlike(first: Node, other: Node) -> RuleError:
    expected, found = first.type.described(), other.type.described()
    message = f"Verdiene må være av samme slag. Den første er {expected}, men her står {found}."
    suggestion = as_kind(other, first.type.kind)
    return RuleError(Problem("type", message, "", other.start, other.end, expected, found, suggestion))


def common_type(nodes: Sequence[Node]) -> ValueType:
    """The type that holds any of the nodes: for CASE, COALESCE, LEAST, GREATEST and comparisons."""
    first = nodes[0]
    for other in nodes[1:]:
        if other.type.kind is not first.type.kind:
            raise _unlike(first, other)
    if first.type.kind is not Kind.NUMBER:
        return first.type
    units = [common_unit(one, other) for one in nodes for other in nodes]
    scale = max(node.type.scale for node in nodes)
    ranges = [node.type.range_at(scale) for node in nodes]
    low, high = min(low for low, _ in ranges), max(high for _, high in ranges)
    return ValueType(Kind.NUMBER, scale, low, high, next((unit for unit in units if unit), PLAIN))


def sum_type(left: Node, right: Node, operator: str) -> ValueType:
    common = common_type((left, right))
    (low, high), (other_low, other_high) = (side.type.range_at(common.scale) for side in (left, right))
    if operator == "-":
        other_low, other_high = -other_high, -other_low
    return replace(common, low=low + other_low, high=high + other_high)


def extreme_type(function: str, nodes: Sequence[Node]) -> ValueType:
    """The type of LEAST or GREATEST: no higher than the lowest ceiling, no lower than the highest floor."""
    common = common_type(nodes)
    pick = min if function == "LEAST" else max
    ranges = [node.type.range_at(common.scale) for node in nodes]
    return replace(common, low=pick(low for low, _ in ranges), high=pick(high for _, high in ranges))


def product_type(left: Node, right: Node) -> ValueType:
    one, other = left.type, right.type
    corners = [a * b for a in (one.low, one.high) for b in (other.low, other.high)]
    scale = one.scale + other.scale
    return ValueType(Kind.NUMBER, scale, min(corners), max(corners), _product_unit(left, right))


def _product_unit(left: Node, right: Node) -> str:
    units = (left.type.unit, right.type.unit)
    if units == (NOK, NOK):
        message = "Kroner kan ikke ganges med kroner."
        raise RuleError(
            Problem(
                "unit",
                message,
                "",
                left.start,
                right.end,
                "et tall eller en andel",
                "kroner",
                f"{written(left)} + {written(right)}",
            )
        )
    if NOK in units:
        return NOK
    return SHARE if units == (SHARE, SHARE) else PLAIN


def fitted(value_type: ValueType, span: tuple[int, int]) -> ValueType:
    """The type itself, when its largest value fits in 38 digits. Refuses it otherwise."""
    if value_type.bound > LARGEST_UNITS or value_type.scale > LARGEST_SCALE:
        message = (
            "Svaret kan få flere sifre enn vi kan regne nøyaktig med. Rund av et mellomsvar med ROUND(…, 2)."
        )
        raise RuleError(Problem("too_large", message, "", *span))
    return value_type
