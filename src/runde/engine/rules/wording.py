"""Figures, dates and distances in words, in bokmål, nynorsk and English."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from runde.engine.rules.arithmetic import EXACT
from runde.engine.rules.ruleset import Texts
from runde.engine.rules.templates import PLACEHOLDER
from runde.engine.rules.tree import Arithmetic, Literal, Name, Negative, Node
from runde.engine.rules.value_types import COUNTED, NOK, PLAIN, SHARE, Kind, ValueType

NBSP = "\u00a0"
MINUS = "\u2212"

_MONTHS_NO = (
    *("januar", "februar", "mars", "april", "mai", "juni"),
    *("juli", "august", "september", "oktober", "november", "desember"),
)
_MONTHS_EN = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_YES_NO = {"nb": ("ja", "nei"), "nn": ("ja", "nei"), "en": ("yes", "no")}
_UNKNOWN = {"nb": "ukjent", "nn": "ukjent", "en": "unknown"}
_JOINING = {
    "or": {"nb": "eller", "nn": "eller", "en": "or"},
    "and": {"nb": "og", "nn": "og", "en": "and"},
}

MANY = Decimal(2)
"""Stands for any number that is not one, where only the word is wanted."""


def chosen(texts: Texts, language: str) -> str:
    """The text in the language, or in bokmål where it is not translated."""
    return texts.get(language) or texts.get("nb", "")


def number(value: Decimal, language: str) -> str:
    """320 000,5 in Norwegian and 320,000.5 in English, with a no-break space and a true minus."""
    grouped = f"{abs(value):,f}"
    if language != "en":
        grouped = grouped.replace(",", NBSP).replace(".", ",")
    return MINUS + grouped if value < 0 else grouped


def trimmed(value: Decimal, fewest: int = 0) -> Decimal:
    """The same value without trailing zeros, but with at least `fewest` decimals."""
    if not fewest and value == (whole := value.to_integral_value()):
        return whole
    decimals = max(fewest, -int(value.normalize(EXACT).as_tuple().exponent))
    return value.quantize(Decimal(1).scaleb(-decimals), context=EXACT)


def money(value: Decimal, language: str) -> str:
    whole = value.to_integral_value()
    shown = number(whole if whole == value else trimmed(value, 2), language)
    return f"NOK{NBSP}{shown}" if language == "en" else f"{shown}{NBSP}kroner"


def percent(share: Decimal, language: str, fewest: int = 0, sign: bool = False) -> str:
    """A share as percent, exact: 0.3 is "30 prosent", 0.2643 is "26,43 prosent"."""
    shown = number(trimmed(share.scaleb(2, EXACT), fewest), language)
    if sign:
        return f"{shown}%" if language == "en" else f"{shown}{NBSP}%"
    return f"{shown}{NBSP}{'per cent' if language == 'en' else 'prosent'}"


def long_date(day: date, language: str) -> str:
    if language == "en":
        return f"{day.day}{NBSP}{_MONTHS_EN[day.month - 1]} {day.year}"
    return f"{day.day}.{NBSP}{_MONTHS_NO[day.month - 1]} {day.year}"


def counted(value: Decimal, unit: str, language: str) -> str:
    shown, word = number(trimmed(value), language), counted_word(value, unit, language)
    return f"{shown}{NBSP}{word}" if word else shown


def counted_word(value: Decimal, unit: str, language: str) -> str:
    """The unit's word for so many of it; empty for a unit that shows as the bare number."""
    words = COUNTED.get(unit)
    return words[language][abs(value) != 1] if words else ""


def joined(items: Sequence[str], language: str, word: str = "or") -> str:
    """a, b eller c; with "and" as the word: a, b og c"""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {_JOINING[word][language]} {items[-1]}"


def shown(value: Any, value_type: ValueType, language: str, fewest: int = 1) -> str:
    """A value in words. `fewest` is the least number of decimals a percentage shows."""
    if value is None:
        return _UNKNOWN[language]
    match value_type.kind:
        case Kind.NUMBER if value_type.unit == NOK:
            return money(value, language)
        case Kind.NUMBER if value_type.unit == SHARE:
            return percent(value, language, fewest)
        case Kind.NUMBER:
            return counted(value, value_type.unit, language)
        case Kind.DATE:
            return long_date(value, language)
        case Kind.BOOLEAN:
            return _YES_NO[language][not value]
        case Kind.CODES:
            return joined([code_name(code, value_type, language) for code in sorted(value)], language)
    return code_name(value, value_type, language)


def code_name(code: str, value_type: ValueType, language: str) -> str:
    return chosen(value_type.codes.get(code, {}), language) or code


def filled(template: str, fill: Callable[[str], str]) -> str:
    """The template with each placeholder replaced by what `fill` gives for its name."""
    return PLACEHOLDER.sub(lambda match: fill(match.group(1)), template)


# -- distances ------------------------------------------------------------------------------------

_AT_LIMIT = {"nb": "akkurat på grensen", "nn": "akkurat på grensa", "en": "exactly at the limit"}
_LATE = {
    "nb": ("for tidlig", "for sent"),
    "nn": ("for tidleg", "for seint"),
    "en": ("too early", "too late"),
}
_TOO_FEW = {"nb": ("for lite", "for få"), "nn": ("for lite", "for få"), "en": ("short", "short")}
_TOO_MANY = {"nb": ("for mye", "for mange"), "nn": ("for mykje", "for mange"), "en": ("too many", "too many")}
_LACKS = {"nb": "mangler {}", "nn": "manglar {}", "en": "{} short"}
_TOO_MUCH = {"nb": "{} for mye", "nn": "{} for mykje", "en": "{} too much"}
_POINTS = {"nb": "prosentpoeng", "nn": "prosentpoeng", "en": "percentage points"}


def distance_sentence(gap: Decimal, unit: str, low: bool, is_date: bool, language: str) -> str:
    """How far a value is from the limit: "mangler 3,6 prosentpoeng", "17 dager for sent"."""
    if not gap:
        return _AT_LIMIT[language]
    if is_date:
        return f"{counted(gap, 'days', language)} {_LATE[language][not low]}"
    if unit in COUNTED:
        many = gap != 1
        return f"{counted(gap, unit, language)} {(_TOO_FEW if low else _TOO_MANY)[language][many]}"
    return (_LACKS if low else _TOO_MUCH)[language].format(_measured(gap, unit, language))


def _measured(gap: Decimal, unit: str, language: str) -> str:
    if unit == SHARE:
        return f"{number(trimmed(gap.scaleb(2, EXACT)), language)}{NBSP}{_POINTS[language]}"
    return money(gap, language) if unit == NOK else number(trimmed(gap), language)


# -- workings -------------------------------------------------------------------------------------

_SIGNS = {"+": "+", "-": MINUS, "*": "×"}
_RANK = {"+": 1, "-": 1, "*": 2}


def workings(node: Node, value_of: Callable[[str], Any], language: str) -> str:
    """The sum with its figures, "320 000 × 45,0 % × 85 %"; empty for anything but plain arithmetic."""
    if not isinstance(node, Arithmetic):
        return ""
    return _term(node, value_of, language) or ""


def _term(node: Node, value_of: Callable[[str], Any], language: str) -> str | None:
    if isinstance(node, Arithmetic):
        left = _bracketed(node.left, node, False, value_of, language)
        right = _bracketed(node.right, node, True, value_of, language)
        return None if left is None or right is None else f"{left} {_SIGNS[node.operator]} {right}"
    if isinstance(node, Negative):
        inner = _term(node.operand, value_of, language)
        return None if inner is None else f"{MINUS}({inner})"
    if not isinstance(node, Literal | Name):
        return None
    value = node.value if isinstance(node, Literal) else value_of(node.name)
    return None if value is None else _figure(value, node, language)


def _bracketed(
    part: Node, parent: Arithmetic, on_right: bool, value_of: Callable[[str], Any], language: str
) -> str | None:
    text = _term(part, value_of, language)
    if text is None or not isinstance(part, Arithmetic):
        return text
    looser = _RANK[part.operator] < _RANK[parent.operator]
    return f"({text})" if looser or (on_right and parent.operator == "-") else text


def _figure(value: Decimal, node: Literal | Name, language: str) -> str:
    if node.type.unit == SHARE:
        constant = isinstance(node, Literal) or node.constant
        return percent(value, language, 0 if constant else 1, sign=True)
    shown_value = trimmed(value, 2) if trimmed(value).as_tuple().exponent else trimmed(value)
    return number(shown_value if node.type.unit != PLAIN else trimmed(value), language)
