"""The type checker: from a syntax tree to a checked tree, or a problem that says where and why."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from hashlib import blake2b

from sqlglot import exp

from runde.engine.rules import calls
from runde.engine.rules.errors import Problem, RuleError, closest
from runde.engine.rules.parsing import parse
from runde.engine.rules.tree import (
    Arithmetic,
    Call,
    Choice,
    Comparison,
    Literal,
    Logic,
    Membership,
    Name,
    Negative,
    Node,
    Not,
    is_constant,
)
from runde.engine.rules.value_types import BOOLEAN, DATE, TEXT, Kind, ValueType
from runde.engine.rules.widths import (
    common_type,
    fitted,
    product_type,
    require_comparable,
    require_kind,
    sum_type,
)

MOST_MEMBERS = 200


@dataclass(frozen=True, slots=True)
class _Known:
    """What a checked expression rests on. `codes` stands for the code list, which a type's equality leaves out."""

    name: str
    type: ValueType
    constant: bool
    codes: bytes


class Scope:
    """The names an expression may use, with their types, and which of them are parameters."""

    def __init__(self, types: Mapping[str, ValueType], parameters: frozenset[str] = frozenset()) -> None:
        self.types = dict(types)
        self.parameters = parameters
        self._known: dict[str, _Known] = {}

    def add(self, name: str, value_type: ValueType) -> None:
        """A name that later expressions may use."""
        self.types[name] = value_type

    def known(self, name: str) -> _Known:
        if name not in self._known:
            value_type = self.types[name]
            listed = [(code, *texts.items()) for code, texts in value_type.codes.items()]
            codes = blake2b(repr(listed).encode(), digest_size=16).digest() if listed else b""
            self._known[name] = _Known(name, value_type, name in self.parameters, codes)
        return self._known[name]


def check_expression(text: str, scope: Scope) -> Node:
    """Parse and check one expression. Raises RuleError with the position of the fault.

    A sound expression is remembered with the types it was checked against, so that a rule set with one
    value changed is checked again in the time the change takes.
    """
    tree, names = _parsed(text)
    if all(name in scope.types for name in names):
        return _remembered(text, tuple(scope.known(name) for name in names))
    return _checked(tree, text, scope)


def names_written(text: str) -> tuple[str, ...]:
    """The names an expression mentions, whether or not they are known. Raises RuleError for what cannot be read."""
    return _parsed(text)[1]


@lru_cache(maxsize=4096)
def _parsed(text: str) -> tuple[exp.Expression, tuple[str, ...]]:
    """The syntax tree, read only from here on, and the names in it."""
    tree = parse(text)
    return tree, tuple(dict.fromkeys(str(column.name) for column in tree.find_all(exp.Column)))


@lru_cache(maxsize=1024)
def _remembered(text: str, known: tuple[_Known, ...]) -> Node:
    types = {one.name: one.type for one in known}
    constants = frozenset(one.name for one in known if one.constant)
    return _checked(_parsed(text)[0], text, Scope(types, constants))


def _checked(tree: exp.Expression, text: str, scope: Scope) -> Node:
    try:
        return _Checker(scope, len(text)).node(tree)
    except RecursionError as error:
        raise RuleError(Problem("too_deep", "Uttrykket har for mange nivåer.")) from error


_COMPARISONS: dict[type[exp.Expression], str] = {
    exp.EQ: "=",
    exp.NEQ: "<>",
    exp.LT: "<",
    exp.LTE: "<=",
    exp.GT: ">",
    exp.GTE: ">=",
}
_ARITHMETIC: dict[type[exp.Expression], str] = {exp.Add: "+", exp.Sub: "-", exp.Mul: "*"}


class _Checker:
    def __init__(self, scope: Scope, length: int) -> None:
        self._scope = scope
        self._length = length

    def node(self, tree: exp.Expression) -> Node:
        if type(tree) in _COMPARISONS:
            return self._comparison(tree)
        if type(tree) in _ARITHMETIC:
            return self._arithmetic(tree)
        handler = _HANDLERS.get(type(tree))
        if handler is not None:
            return handler(self, tree)
        call = calls.name_and_arguments(tree)
        if call is None:
            raise self._problem("not_allowed", "Denne skrivemåten er ikke med i språket.", self._span(tree))
        return self._call(tree, *call)

    def _problem(
        self,
        code: str,
        message: str,
        span: tuple[int, int],
        expected: str | None = None,
        found: str | None = None,
        suggestion: str | None = None,
    ) -> RuleError:
        return RuleError(Problem(code, message, "", *span, expected, found, suggestion))

    def _span(self, tree: exp.Expression) -> tuple[int, int]:
        starts = [part.meta["start"] for part in tree.walk() if "start" in part.meta]
        ends = [part.meta["end"] for part in tree.walk() if "end" in part.meta]
        return (min(starts), max(ends) + 1) if starts else (0, self._length)

    # -- leaves ---------------------------------------------------------------------------------

    def _name(self, tree: exp.Expression) -> Node:
        span, name = self._span(tree), str(tree.name)
        value_type = self._scope.types.get(name)
        if value_type is None:
            raise self._problem(
                "unknown_name",
                f"Vi kjenner ingen opplysning som heter «{name[:60]}».",
                span,
                "navnet på en opplysning, parameter eller utregnet verdi",
                name[:60],
                closest(name, self._scope.types),
            )
        return Name(value_type, *span, name, name in self._scope.parameters)

    def _literal(self, tree: exp.Expression) -> Node:
        span = self._span(tree)
        if tree.is_string:
            return Literal(TEXT, *span, str(tree.this))
        value = Decimal(str(tree.this))
        scale = max(0, -int(value.as_tuple().exponent))
        units = int(value.scaleb(scale))
        return Literal(ValueType(Kind.NUMBER, scale, units, units), *span, value)

    def _boolean(self, tree: exp.Expression) -> Node:
        return Literal(BOOLEAN, *self._span(tree), bool(tree.this))

    def _date(self, tree: exp.Expression) -> Node:
        span, text = self._span(tree), str(tree.this.name)
        is_date_literal = tree.this.is_string and tree.args["to"].this == exp.DataType.Type.DATE
        try:
            value = date.fromisoformat(text if is_date_literal and len(text) == 10 else "")
        except ValueError as error:
            message = f"«{text[:40]}» er ikke en dato."
            raise self._problem("date", message, span, "DATE 'åååå-mm-dd'", text[:40]) from error
        return Literal(DATE, *span, value)

    # -- operators ------------------------------------------------------------------------------

    def _paren(self, tree: exp.Expression) -> Node:
        return self.node(tree.this)

    def _negative(self, tree: exp.Expression) -> Node:
        operand = self._of_kind(tree.this, Kind.NUMBER, "-")
        opposite = replace(operand.type, low=-operand.type.high, high=-operand.type.low)
        if isinstance(operand, Literal):
            return Literal(opposite, max(0, operand.start - 1), operand.end, -operand.value)
        return Negative(opposite, operand.start, operand.end, operand)

    def _of_kind(self, tree: exp.Expression, kind: Kind, beside: str) -> Node:
        node = self.node(tree)
        require_kind(node, kind, beside)
        return node

    def _arithmetic(self, tree: exp.Expression) -> Node:
        operator = _ARITHMETIC[type(tree)]
        left = self._of_kind(tree.this, Kind.NUMBER, operator)
        right = self._of_kind(tree.expression, Kind.NUMBER, operator)
        span = (left.start, right.end)
        result = product_type(left, right) if operator == "*" else sum_type(left, right, operator)
        return Arithmetic(fitted(result, span), *span, operator, left, right)

    def _comparison(self, tree: exp.Expression) -> Node:
        operator = _COMPARISONS[type(tree)]
        return self._compare(operator, self.node(tree.this), self.node(tree.expression))

    def _compare(self, operator: str, left: Node, right: Node) -> Node:
        require_comparable(left, right, operator)
        span = (min(left.start, right.start), max(left.end, right.end))
        if left.type.kind is Kind.NUMBER:
            fitted(common_type((left, right)), span)
        return Comparison(BOOLEAN, *span, operator, left, right)

    def _between(self, tree: exp.Expression) -> Node:
        operand = self.node(tree.this)
        low = self._compare(">=", operand, self.node(tree.args["low"]))
        high = self._compare("<=", operand, self.node(tree.args["high"]))
        return Logic(BOOLEAN, low.start, high.end, "and", (low, high))

    def _logic(self, tree: exp.Expression) -> Node:
        operator = "and" if isinstance(tree, exp.And) else "or"
        parts: list[Node] = []
        for side in (tree.this, tree.expression):
            part = self._of_kind(side, Kind.BOOLEAN, operator.upper())
            same = isinstance(part, Logic) and part.operator == operator
            parts.extend(part.parts if isinstance(part, Logic) and same else (part,))
        return Logic(BOOLEAN, parts[0].start, parts[-1].end, operator, tuple(parts))

    def _not(self, tree: exp.Expression) -> Node:
        operand = self._of_kind(tree.this, Kind.BOOLEAN, "NOT")
        return Not(BOOLEAN, operand.start, operand.end, operand)

    def _membership(self, tree: exp.Expression) -> Node:
        operand, span = self.node(tree.this), self._span(tree)
        listed = tree.expressions
        if not listed or tree.args.get("query") or len(listed) > MOST_MEMBERS:
            message = f"IN trenger en liste med 1–{MOST_MEMBERS} verdier i parentes."
            raise self._problem("membership", message, span, "IN ('a', 'b')")
        values = tuple(self.node(item) for item in listed)
        for value in values:
            if not is_constant(value):
                at = (value.start, value.end)
                raise self._problem("membership", "En liste i IN kan bare ha faste verdier.", at)
            require_comparable(operand, value, "IN")
        if operand.type.kind is Kind.NUMBER:
            fitted(common_type((operand, *values)), span)
        return Membership(BOOLEAN, *span, operand, values)

    def _choice(self, tree: exp.Expression) -> Node:
        span = self._span(tree)
        if tree.this is not None or tree.args.get("default") is None:
            message = "CASE må skrives CASE WHEN vilkår THEN verdi ELSE verdi END, med ELSE."
            raise self._problem("choice", message, span, "ELSE")
        branches = tuple(
            (self._of_kind(branch.this, Kind.BOOLEAN, "WHEN"), self.node(branch.args["true"]))
            for branch in tree.args["ifs"]
        )
        default = self.node(tree.args["default"])
        result = common_type((*(value for _, value in branches), default))
        return Choice(fitted(result, span), *span, branches, default)

    def _call(self, tree: exp.Expression, function: str, arguments: list[exp.Expression]) -> Node:
        nodes = tuple(self.node(argument) for argument in arguments)
        span = (nodes[0].start, nodes[-1].end) if nodes else self._span(tree)
        result = calls.result_type(function, nodes, span)
        return Call(fitted(result, span), *span, function, nodes)


_HANDLERS: dict[type[exp.Expression], Callable[[_Checker, exp.Expression], Node]] = {
    exp.Column: _Checker._name,
    exp.Literal: _Checker._literal,
    exp.Boolean: _Checker._boolean,
    exp.Cast: _Checker._date,
    exp.Paren: _Checker._paren,
    exp.Neg: _Checker._negative,
    exp.Between: _Checker._between,
    exp.And: _Checker._logic,
    exp.Or: _Checker._logic,
    exp.Not: _Checker._not,
    exp.In: _Checker._membership,
    exp.Case: _Checker._choice,
}
