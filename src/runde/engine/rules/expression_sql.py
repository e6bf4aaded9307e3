"""What every SQL dialect shares: layers of columns, three-valued logic and choice.

Whatever would have to be written twice (an operand tested for NULL and then used) is first put in a
column of its own, in a layer below. So the text grows with the expression and never faster. How
numbers, dates and texts are written is each dialect's own.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from runde.engine.rules.explaining import Measure
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
)
from runde.engine.rules.value_types import Kind, ValueType
from runde.engine.rules.widths import common_type


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of SQL and the highest layer whose columns it reads."""

    sql: str
    layer: int = 0
    atomic: bool = False


@dataclass(slots=True)
class Layers:
    """Columns by layer; layer 0 holds the facts, and each layer reads the one below.

    `fence` ends each layer's query in the dialects that would else fold the layers into one another,
    and so write out again what the layers are there to write once.
    """

    columns: list[dict[str, str]] = field(default_factory=lambda: [{}])
    count: int = 0
    fence: str = ""

    def place(self, piece: Piece, alias: str) -> Piece:
        """Give the piece a column of its own."""
        layer = piece.layer + 1
        while len(self.columns) <= layer:
            self.columns.append({})
        self.columns[layer][alias] = piece.sql
        return Piece(alias, layer, True)

    def hoist(self, piece: Piece) -> Piece:
        """The piece itself when it is a column or a literal, else a column made of it."""
        if piece.atomic:
            return piece
        self.count += 1
        return self.place(piece, f"t{self.count}")

    def select(self, source: str, outputs: Mapping[str, str]) -> str:
        """The whole query: `outputs` (alias to SQL) over all the layers over `source`.

        Everything in it is written by this module from a checked tree or quoted, so nothing a user
        typed reaches the text as SQL.
        """
        inner = f"SELECT {_columns(self.columns[0])} FROM {source}{self.fence}"  # noqa: S608
        for number, layer in enumerate(self.columns[1:]):
            inner = f"SELECT *, {_columns(layer)} FROM ({inner}) AS l{number}{self.fence}"  # noqa: S608
        return f"SELECT {_columns(outputs)} FROM ({inner}) AS judged"  # noqa: S608


def _columns(columns: Mapping[str, str]) -> str:
    return ", ".join(f"{sql} AS {alias}" for alias, sql in columns.items())


def join(template: str, *pieces: Piece) -> Piece:
    """The template filled in, on the layer of its highest piece."""
    sql = template.format(*(piece.sql for piece in pieces))
    return Piece(sql, max((piece.layer for piece in pieces), default=0))


class ExpressionWriter(ABC):
    """Writes expressions over named pieces. `names` holds facts, parameters and values so far."""

    def __init__(self, layers: Layers, names: Mapping[str, Piece]) -> None:
        self.layers = layers
        self.names = dict(names)

    def write(self, node: Node) -> Piece:
        match node:
            case Literal(value=value):
                typed = node.type if node.type.kind is Kind.NUMBER else None
                return Piece(self.constant(value, typed), atomic=True)
            case Name(name=name):
                return self.names[name]
            case Negative(operand=operand):
                return join("-({})", self.write(operand))
            case Arithmetic():
                return self.arithmetic(node)
            case Comparison(operator=operator, left=left, right=right):
                return join(f"({{}} {operator} {{}})", *self.alike((left, right)))
            case Logic(operator=operator, parts=parts):
                pieces = [self.write(part) for part in parts]
                return join("(" + f" {operator.upper()} ".join(["{}"] * len(pieces)) + ")", *pieces)
            case Not(operand=operand):
                return join("(NOT {})", self.write(operand))
            case Membership(operand=operand, values=values):
                operand_piece, *members = self.alike((operand, *values))
                return join("({} IN (" + ", ".join(["{}"] * len(members)) + "))", operand_piece, *members)
            case Choice():
                return self._choice(node)
            case Call():
                return self.call(node)
        raise TypeError(f"no SQL for {type(node).__name__}")

    @abstractmethod
    def constant(self, value: Any, value_type: ValueType | None = None) -> str:
        """A literal. Numbers are typed decimals; give the type to fix scale and width."""

    @abstractmethod
    def type_name(self, value_type: ValueType) -> str:
        """What the dialect calls the type."""

    @abstractmethod
    def arithmetic(self, node: Arithmetic) -> Piece: ...

    @abstractmethod
    def call(self, node: Call) -> Piece: ...

    @abstractmethod
    def cast(self, node: Node, value_type: ValueType) -> Piece:
        """The number `node` as exactly the decimal type wanted."""

    @abstractmethod
    def gap(self, found: Measure) -> Piece:
        """How far the measured value is from its limit, in its own unit; dates in days."""

    def absent(self, value_type: ValueType) -> str:
        """A typed unknown."""
        return f"CAST(NULL AS {self.type_name(value_type)})"

    def alike(self, nodes: Sequence[Node]) -> list[Piece]:
        """The nodes brought to one common type."""
        if nodes[0].type.kind is not Kind.NUMBER:
            return [self.write(node) for node in nodes]
        common = common_type(nodes)
        return [self.cast(node, common) for node in nodes]

    def _choice(self, node: Choice) -> Piece:
        values = self.alike((*(value for _, value in node.branches), node.default))
        pieces: list[Piece] = []
        template = "CASE"
        for (condition, _), value in zip(node.branches, values, strict=False):
            when = self.layers.hoist(self.write(condition))
            pieces += [when, when, value]
            template += " WHEN {} IS NULL THEN NULL WHEN {} THEN {}"
        return join(template + " ELSE {} END", *pieces, values[-1])

    # -- functions that every dialect has --------------------------------------------------------

    def extreme(self, node: Call) -> Piece:
        """LEAST or GREATEST, unknown as soon as one of the values is: SQL's own skip what is missing."""
        pieces = [self.layers.hoist(piece) for piece in self.alike(node.arguments)]
        missing = " OR ".join(["{} IS NULL"] * len(pieces))
        values = ", ".join(["{}"] * len(pieces))
        template = f"CASE WHEN {missing} THEN NULL ELSE {node.function}({values}) END"
        if node.type.kind is Kind.NUMBER:
            template = f"CAST({template} AS {self.type_name(node.type)})"
        return join(template, *pieces, *pieces)

    def coalesce(self, node: Call) -> Piece:
        pieces = self.alike(node.arguments)
        return join("COALESCE(" + ", ".join(["{}"] * len(pieces)) + ")", *pieces)

    def absolute(self, node: Call) -> Piece:
        return join("ABS({})", self.write(node.arguments[0]))
