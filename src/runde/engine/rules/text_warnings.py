"""What a hand-written text says that the rule itself does not vouch for.

A figure in a placeholder moves with the rule. A figure typed into the text does not, and the letter
could one day say 30 where the check says 25. So each is reported, with the placeholder to use instead.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from runde.engine.rules import wording
from runde.engine.rules.errors import Problem
from runde.engine.rules.model import CheckedRules
from runde.engine.rules.program import CompiledRuleSet
from runde.engine.rules.ruleset import LANGUAGES, RuleSet, Texts
from runde.engine.rules.sentences import Writer
from runde.engine.rules.shape_reading import limit_kind
from runde.engine.rules.shapes import rules_of
from runde.engine.rules.templates import PLACEHOLDER, fixed_placeholders, row_placeholders
from runde.engine.rules.tree import Node, names_in

_SPACES = " .\u00a0\u202f"
_FIGURE = re.compile(rf"(?<![\w/])(?:\d{{1,3}}(?:[{_SPACES}]\d{{3}})+|\d+)(?:,\d+)?(?![\w/])")
_NUMBERED_RULE = re.compile(r"(?:§+|punkt|nr\.|artikkel|article|section) ?$", re.IGNORECASE)
"""What stands before a figure that only says where something is written."""
_NUMERALS = {
    "nb": "to tre fire fem seks sju åtte ni ti femten tjue tretti førti femti seksti sytti åtti nitti hundre tusen",
    "nn": "to tre fire fem seks sju åtte ni ti femten tjue tretti førti femti seksti sytti åtti nitti hundre tusen",
    "en": "two three four five six seven eight nine ten fifteen twenty thirty forty fifty sixty seventy eighty "
    "ninety hundred thousand",
}
_NUMERAL = {
    language: re.compile(rf"\b({'|'.join(words.split())})\b(?= (?:prosent|per cent|kroner))", re.IGNORECASE)
    for language, words in _NUMERALS.items()
}
_LIMIT_WORDS = {
    "minst": "at_least", "mer enn": "more_than", "meir enn": "more_than", "høyst": "at_most", "høgst": "at_most",
    "maks": "at_most", "mindre enn": "less_than", "at least": "at_least", "more than": "more_than",
    "at most": "at_most", "less than": "less_than", "før": "before", "before": "before", "etter": "after",
    "after": "after", "senest": "on_or_before", "seinast": "on_or_before", "tidligst": "on_or_after",
    "tidlegast": "on_or_after",
}  # fmt: skip
"""Words for a limit, and the only kind of limit each can stand beside (or be the opposite of)."""

_OPPOSITE = {
    "at_least": "less_than", "less_than": "at_least", "more_than": "at_most", "at_most": "more_than",
    "before": "on_or_after", "on_or_after": "before", "after": "on_or_before", "on_or_before": "after",
}  # fmt: skip
_WORD_AND_LIMIT = re.compile(rf"\b({'|'.join(_LIMIT_WORDS)}) \{{threshold\}}", re.IGNORECASE)


def text_warnings(ruleset: RuleSet | CompiledRuleSet | CheckedRules) -> tuple[Problem, ...]:
    """Figures and limit words in the texts that do not come from the rule, each with its place.

    Codes: "text_figure" for a figure written into a text, with the placeholder that stands for it as
    suggestion where the rule holds that figure; "text_limit" for a word such as "minst" beside a limit
    that the expression does not have. They are for mending, and stop nothing: a text may name a law.
    """
    return tuple(_warnings(rules_of(ruleset)))


def _warnings(rules: CheckedRules) -> Iterator[Problem]:
    for criterion in rules.ruleset.criteria:
        node = rules.criteria[criterion.slug]
        for field, texts in criterion.texts.items():
            where = f"criteria.{criterion.slug}.texts.{field}"
            yield from _in_texts(rules, node, texts, where, sorted(fixed_placeholders(node)))
    for row in rules.ruleset.amount:
        node = rules.named[row.name]
        yield from _in_texts(
            rules, node, row.label, f"amount.{row.name}.label", sorted(row_placeholders(node))
        )


def _in_texts(
    rules: CheckedRules, node: Node, texts: Texts, where: str, placeholders: list[str]
) -> Iterator[Problem]:
    names = [*placeholders, *(name for name in names_in(node) if name in rules.parameters)]
    for language in LANGUAGES:
        template = texts.get(language, "")
        shown = _figures_of(rules, node, names, language)
        for figure in _figures(template, language):
            yield _figure_problem(figure, shown, f"{where}.{language}")
        yield from _limit_problems(template, node, f"{where}.{language}")


def _figures(template: str, language: str) -> Iterator[str]:
    words = PLACEHOLDER.sub(" ", template)
    for match in _FIGURE.finditer(words):
        if not _NUMBERED_RULE.search(words[: match.start()]):
            yield match[0]
    yield from (match[0] for match in _NUMERAL[language].finditer(words))


def _figures_of(rules: CheckedRules, node: Node, names: list[str], language: str) -> Mapping[str, str]:
    """Each figure the rule itself holds, as digits, and the placeholder that says it."""
    writer = Writer(rules, rules.values_on(date.max))
    found: dict[str, str] = {}
    for name in names:
        for match in _FIGURE.finditer(writer.fixed(name, node, language)):
            found.setdefault(_digits(match[0]), name)
    return found


def _digits(figure: str) -> str:
    plain = re.sub(r"[\s\u00a0\u202f]", "", figure).strip(".").replace(",", ".")
    try:
        return format(wording.trimmed(Decimal(plain)), "f")
    except InvalidOperation:
        return plain


def _figure_problem(figure: str, shown: Mapping[str, str], where: str) -> Problem:
    placeholder = shown.get(_digits(figure))
    return Problem(
        "text_figure",
        f"Teksten har et tall som ikke følger regelen: «{figure}».",
        where,
        expected="et felt i krøllparentes, som fylles ut fra regelen",
        found=figure,
        suggestion=f"{{{placeholder}}}" if placeholder else None,
    )


def _limit_problems(template: str, node: Node, where: str) -> Iterator[Problem]:
    kind = limit_kind(node)
    for match in _WORD_AND_LIMIT.finditer(template):
        said = _LIMIT_WORDS[match[1].lower()]
        if kind is not None and said not in (kind, _OPPOSITE.get(kind)):
            message = f"Teksten sier «{match[1]}», men formelen sier noe annet."
            expected = "et felt som skriver grensen slik formelen har den"
            yield Problem("text_limit", message, where, None, None, expected, match[1], "{limit}")
