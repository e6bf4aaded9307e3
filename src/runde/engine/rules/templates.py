"""The placeholders of a rule set's texts: which there are, and what each stands for.

{threshold} is the figure the expression compares with ({threshold_2} the second, and so on), {list}
the values it accepts, and a parameter's name its value. {limit} is the figure with the word for how it
limits, "minst 30 prosent", so that not even "minst" can stand where the check says "mer enn". Those come
from the expression itself, so a public sentence cannot say something else than the check. In the
sentences about one case, every named value may be used as well, with {distance} and {missing}. In the
label of an amount row, {figure} is the figure written in the row's own expression ({figure_2} the second).
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from runde.engine.rules.errors import Problem, closest
from runde.engine.rules.phrases import limit_texts
from runde.engine.rules.ruleset import RuleSet, Texts
from runde.engine.rules.shape_reading import limit_kind
from runde.engine.rules.tree import (
    Arithmetic,
    Call,
    Comparison,
    Literal,
    Membership,
    Node,
    children,
    is_constant,
    walk,
)
from runde.engine.rules.value_types import Kind, ValueType

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
PUBLIC = ("requirement",)
LIMIT = "limit"


def thresholds(node: Node) -> tuple[tuple[Node, ValueType], ...]:
    """The fixed figures compared with, in order, each with the type of what it is compared to."""
    found: list[tuple[Node, ValueType]] = []
    for part in walk(node):
        if isinstance(part, Comparison):
            if is_constant(part.right):
                found.append((part.right, part.left.type))
            elif is_constant(part.left):
                found.append((part.left, part.right.type))
    return tuple(found)


def accepted_values(node: Node) -> tuple[tuple[Node, ValueType], ...]:
    """The values listed in IN, HAS_ANY and STARTS_WITH, each with the type of the fact."""
    found: list[tuple[Node, ValueType]] = []
    for part in walk(node):
        if isinstance(part, Membership):
            found.extend((value, part.operand.type) for value in part.values)
        elif isinstance(part, Call) and part.function in ("HAS_ANY", "STARTS_WITH"):
            fact = part.arguments[0].type
            found.extend((value, fact) for value in part.arguments[1:] if isinstance(value, Literal))
    return tuple(found)


def row_figures(node: Node) -> tuple[tuple[Node, ValueType], ...]:
    """The figures written in an amount row's expression, in order, each with the type beside it.

    Left out are numbers of decimals, which are a way of counting and no figure of the scheme.
    """
    return tuple(_figures(node, node.type))


def _figures(node: Node, beside: ValueType) -> Iterator[tuple[Node, ValueType]]:
    if isinstance(node, Literal) and node.type.kind is Kind.NUMBER:
        yield node, beside
    parts = children(node)
    if isinstance(node, Call) and node.function in ("DIVIDE", "ROUND"):
        parts = parts[:-1]
    for part in parts:
        yield from _figures(part, _beside(part, node, beside))


def _beside(part: Node, parent: Node, beside: ValueType) -> ValueType:
    """What a bare number counts: kroner beside kroner, a plain factor in a product."""
    if isinstance(parent, Comparison | Membership):
        return children(parent)[0].type
    plain = isinstance(parent, Arithmetic) and parent.operator == "*"
    plain = plain or (isinstance(parent, Call) and parent.function == "DIVIDE")
    return part.type if plain else beside


def numbered(word: str, count: int) -> frozenset[str]:
    """word, word_1, word_2 … for so many of them."""
    names = {f"{word}_{number}" for number in range(1, count + 1)}
    return frozenset(names | {word}) if count else frozenset()


def row_placeholders(node: Node) -> frozenset[str]:
    """The placeholders an amount row's own expression can fill in its label."""
    return numbered("figure", len(row_figures(node)))


def fixed_placeholders(node: Node) -> frozenset[str]:
    """The placeholders the expression itself can fill."""
    listed = frozenset({"list"}) if accepted_values(node) else frozenset[str]()
    limit = frozenset({LIMIT}) if limit_kind(node) else frozenset[str]()
    return numbered("threshold", len(thresholds(node))) | listed | limit


def expanded(template: str, node: Node, language: str) -> str:
    """The template with {limit} written out as the words and placeholders it stands for."""
    kind = limit_kind(node)
    if kind is None or f"{{{LIMIT}}}" not in template:
        return template
    texts = limit_texts(kind)
    return template.replace(f"{{{LIMIT}}}", texts.get(language) or texts["nb"])


def constant_behind(name: str, node: Node) -> tuple[Node, ValueType] | None:
    """The constant that a placeholder such as "threshold_2" or "figure" points at in an expression."""
    word, _, number = name.partition("_")
    listed: tuple[tuple[Node, ValueType], ...] = ()
    if name in fixed_placeholders(node) and word == "threshold":
        listed = thresholds(node)
    elif name in row_placeholders(node):
        listed = row_figures(node)
    return listed[int(number or 1) - 1] if listed else None


def template_problems(
    ruleset: RuleSet,
    criteria: Mapping[str, Node],
    named: Mapping[str, Node],
    types: Mapping[str, ValueType],
) -> Iterable[Problem]:
    """Placeholders that nothing fills, with the nearest that could."""
    parameters = {parameter.name for parameter in ruleset.parameters}
    for criterion in ruleset.criteria:
        node = criteria.get(criterion.slug)
        if node is None:
            continue
        fixed = fixed_placeholders(node).union(parameters)
        for kind, texts in criterion.texts.items():
            known = fixed if kind in PUBLIC else fixed.union(types, ("distance", "missing"))
            yield from _unknown(texts, known, f"criteria.{criterion.slug}.texts.{kind}")
    for row in ruleset.amount:
        if row.name in named:
            usable = row_placeholders(named[row.name]).union(parameters)
            yield from _unknown(row.label, usable, f"amount.{row.name}.label")


def _unknown(texts: Texts, known: frozenset[str] | set[str], where: str) -> Iterable[Problem]:
    for language, text in texts.items():
        for name in PLACEHOLDER.findall(text):
            if name not in known:
                expected = "en av " + ", ".join(f"{{{one}}}" for one in sorted(known)) if known else None
                message = f"Teksten har et felt vi ikke kan fylle ut: {{{name}}}."
                suggestion = closest(name, known)
                yield Problem(
                    "placeholder", message, f"{where}.{language}", None, None, expected, name, suggestion
                )
        if re.search(r"[{}]", PLACEHOLDER.sub("", text)):
            message = "Teksten har en krøllparentes uten par."
            yield Problem("placeholder", message, f"{where}.{language}")
