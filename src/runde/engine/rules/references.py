"""Who uses whom inside a rule set, so that nothing in use can vanish unseen."""

from collections.abc import Iterator
from dataclasses import dataclass

from runde.engine.rules.errors import Problem, RuleError
from runde.engine.rules.model import CheckedRules
from runde.engine.rules.program import CompiledRuleSet
from runde.engine.rules.ruleset import RuleSet, Texts
from runde.engine.rules.shapes import rules_of
from runde.engine.rules.templates import PLACEHOLDER
from runde.engine.rules.tree import Node, names_in

KIND_WORDS = {
    "criterion": "kravet",
    "derived": "den utregnede verdien",
    "amount": "raden",
    "fact": "opplysningen",
    "parameter": "parameteren",
}


@dataclass(frozen=True, slots=True)
class Reference:
    """One part using another. Kinds: criterion, derived, amount → fact, parameter, derived, amount.

    `through` is "expression", "text" (a placeholder) or "applies_to".
    """

    from_kind: str
    from_name: str
    to_kind: str
    to_name: str
    through: str = "expression"


def references_in(ruleset: RuleSet | CompiledRuleSet | CheckedRules) -> tuple[Reference, ...]:
    """Every reference in the rule set, each once, in the order written."""
    return tuple(dict.fromkeys(_references(rules_of(ruleset))))


def users_of(
    ruleset: RuleSet | CompiledRuleSet | CheckedRules, kind: str, name: str
) -> tuple[Reference, ...]:
    """The references to one part; empty when nothing uses it."""
    return tuple(one for one in references_in(ruleset) if (one.to_kind, one.to_name) == (kind, name))


def refuse_when_used(ruleset: RuleSet, kind: str, name: str) -> None:
    """Raises RuleError that names every user of the part."""
    users = dict.fromkeys((one.from_kind, one.from_name) for one in users_of(ruleset, kind, name))
    if users:
        listed = ", ".join(f"{KIND_WORDS[user_kind]} «{user}»" for user_kind, user in users)
        message = f"{KIND_WORDS[kind].capitalize()} «{name}» er i bruk i {listed}."
        raise RuleError(
            Problem("in_use", message, expected="at det som bruker den, endres eller slettes først")
        )


def _references(rules: CheckedRules) -> Iterator[Reference]:
    ruleset = rules.ruleset
    for derived in ruleset.derived:
        yield from _in_expression(rules, "derived", derived.name, rules.named[derived.name])
    for row in ruleset.amount:
        yield from _in_expression(rules, "amount", row.name, rules.named[row.name])
        if row.applies_to is not None:
            yield Reference("amount", row.name, "amount", row.applies_to, "applies_to")
        yield from _in_texts(rules, "amount", row.name, row.label)
    for criterion in ruleset.criteria:
        yield from _in_expression(rules, "criterion", criterion.slug, rules.criteria[criterion.slug])
        for texts in criterion.texts.values():
            yield from _in_texts(rules, "criterion", criterion.slug, texts)


def _in_expression(rules: CheckedRules, kind: str, name: str, node: Node) -> Iterator[Reference]:
    for used in names_in(node):
        yield Reference(kind, name, kind_of(rules, used), used)


def _in_texts(rules: CheckedRules, kind: str, name: str, texts: Texts) -> Iterator[Reference]:
    for text in texts.values():
        for used in PLACEHOLDER.findall(text):
            if used in rules.types:
                yield Reference(kind, name, kind_of(rules, used), used, "text")


def kind_of(rules: CheckedRules, name: str) -> str:
    """What a name in an expression is: fact, parameter, derived or amount."""
    if name in rules.facts:
        return "fact"
    if name in rules.parameters:
        return "parameter"
    return "derived" if any(one.name == name for one in rules.ruleset.derived) else "amount"
