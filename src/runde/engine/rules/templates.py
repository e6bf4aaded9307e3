"""The placeholders of a rule set's texts: which there are, and what each stands for.

{threshold} is the figure the expression compares with ({threshold_2} the second, and so on), {list}
the values it accepts, and a parameter's name its value. Those come from the expression itself, so a
public sentence cannot say something else than the check. In the sentences about one case, every named
value may be used as well, with {distance} and {missing}.
"""

import re
from collections.abc import Iterable, Mapping

from runde.engine.rules.errors import Problem, closest
from runde.engine.rules.ruleset import RuleSet, Texts
from runde.engine.rules.tree import Call, Comparison, Literal, Membership, Node, is_constant, walk
from runde.engine.rules.value_types import ValueType

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
PUBLIC = ("requirement",)


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


def fixed_placeholders(node: Node) -> frozenset[str]:
    """The placeholders the expression itself can fill."""
    count = len(thresholds(node))
    names = {"threshold"} if count else set()
    names |= {f"threshold_{number}" for number in range(1, count + 1)}
    return frozenset(names | ({"list"} if accepted_values(node) else set()))


def template_problems(
    ruleset: RuleSet, criteria: Mapping[str, Node], types: Mapping[str, ValueType]
) -> Iterable[Problem]:
    """Placeholders that nothing fills, with the nearest that could."""
    parameters = {parameter.name for parameter in ruleset.parameters}
    for criterion in ruleset.criteria:
        node = criteria.get(criterion.slug)
        if node is None:
            continue
        fixed = fixed_placeholders(node) | parameters
        for kind, texts in criterion.texts.items():
            known = fixed if kind in PUBLIC else fixed | set(types) | {"distance", "missing"}
            yield from _unknown(texts, known, f"criteria.{criterion.slug}.texts.{kind}")
    for row in ruleset.amount:
        yield from _unknown(row.label, parameters, f"amount.{row.name}.label")


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
