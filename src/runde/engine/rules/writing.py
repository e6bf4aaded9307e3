"""A checked tree written as an expression again: for showing its parts one by one."""

from datetime import date
from decimal import Decimal

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


def written(node: Node) -> str:
    """The expression a tree stands for, with brackets around every compound part."""
    match node:
        case Literal(value=value):
            return literal_text(value)
        case Name(name=name):
            return name
        case Negative(operand=operand):
            return f"-{_inside(operand)}"
        case Not(operand=operand):
            return f"NOT {_inside(operand)}"
        case Arithmetic(operator=operator, left=left, right=right):
            return f"{_inside(left)} {operator} {_inside(right)}"
        case Comparison(operator=operator, left=left, right=right):
            return f"{_inside(left)} {operator} {_inside(right)}"
        case Logic(operator=operator, parts=parts):
            return f" {operator.upper()} ".join(_inside(part) for part in parts)
        case Membership(operand=operand, values=values):
            return f"{_inside(operand)} IN ({', '.join(written(value) for value in values)})"
        case Choice(branches=branches, default=default):
            cases = " ".join(f"WHEN {written(when)} THEN {written(then)}" for when, then in branches)
            return f"CASE {cases} ELSE {written(default)} END"
        case Call(function=function, arguments=arguments):
            return f"{function}({', '.join(written(argument) for argument in arguments)})"
    raise TypeError(f"no text for {type(node).__name__}")


def _inside(node: Node) -> str:
    whole = isinstance(node, Literal | Name | Call | Choice)
    return written(node) if whole else f"({written(node)})"


def literal_text(value: str | bool | Decimal | date) -> str:
    """A value as an expression writes it."""
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case str():
            return "'" + value.replace("'", "''") + "'"
        case Decimal():
            return format(value, "f")
    return f"DATE '{value.isoformat()}'"
