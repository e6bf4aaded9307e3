"""The likely amount in words: how much, what it rests on, and what it cannot pass."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from runde.engine.reference.api import Language, amount_text, date_text, number_text, share_text
from runde.engine.rules import CompiledRuleSet, Verdict
from runde.engine.whatif import Estimate, Ground
from runde.web.components.facts import SumRow
from runde.web.verdicts import sum_rows

BETWEEN = "–"


@dataclass(frozen=True)
class Likely:
    """`text` is a sentence without its full stop; `rows` the calculation when the amount is known.

    `assumed` says what an estimate rests on, `sources` where that is from; both empty for a known amount.
    """

    text: str = ""
    rows: list[SumRow] = field(default_factory=list)
    assumed: str = ""
    sources: str = ""
    limits: str = ""
    caution: str = ""


def likely_amount(
    verdict: Verdict, estimated: Estimate | None, rules: CompiledRuleSet, language: Language
) -> Likely:
    """Known, within a range by stated assumptions, or depending on the answers."""
    if not verdict.rows:
        return Likely()
    if verdict.amount_nok is not None:
        text = _("Omtrent %(amount)s") % {"amount": amount_text(verdict.amount_nok, language)}
        return Likely(text, sum_rows(verdict, language))
    limits = _limits(rules, verdict.on, language)
    if estimated is None:
        return Likely(_("Beløpet avhenger av svarene deres"), limits=limits)
    return replace(_of_estimate(estimated, rules, language), limits=limits)


@lru_cache(maxsize=20_000)
def _of_estimate(estimated: Estimate, rules: CompiledRuleSet, language: Language) -> Likely:
    amount = range_text(estimated.low_nok, estimated.high_nok, language)
    things = "; ".join(_assumed(one, rules, language) for one in estimated.grounds)
    sources = dict.fromkeys(_source(one, language) for one in estimated.grounds)
    return Likely(
        _("Omtrent %(amount)s") % {"amount": amount},
        assumed=_("Anslag til dere har svart. Vi har regnet med %(things)s.") % {"things": things},
        sources=_("Kilde: %(sources)s") % {"sources": "; ".join(sources)},
        caution=_("Med andre tall kan dere falle utenfor kravene.") if estimated.others_refused else "",
    )


@lru_cache(maxsize=10_000)
def _limits(rules: CompiledRuleSet, on: date, language: Language) -> str:
    """What the rules say the amount cannot pass, in their own words; the same for every company."""
    caps = [row for row in rules.check({}, on).rows if row.kind == "cap" and not row.audit_only]
    return " ".join(f"{row.texts[language]['label']}." for row in caps)


def range_text(low_nok: Decimal, high_nok: Decimal, language: Language) -> str:
    """ "80 000–120 000 kroner"; one amount when both ends are the same."""
    low, high = amount_text(low_nok, language), amount_text(high_nok, language)
    if low_nok == high_nok:
        return low
    if language == "en":
        return f"{low}{BETWEEN}{_bare(high_nok, language)}"
    return f"{_bare(low_nok, language)}{BETWEEN}{high}"


def _bare(amount_nok: Decimal, language: Language) -> str:
    return number_text(amount_nok, language, 0 if amount_nok == amount_nok.to_integral_value() else 2)


def _source(ground: Ground, language: Language) -> str:
    text = ground.source.rstrip(" .")
    return f"{text}, {date_text(ground.as_of, language)}" if ground.as_of else text


def _assumed(ground: Ground, rules: CompiledRuleSet, language: Language) -> str:
    """ "fall i omsetning: 35–60 prosent" """
    label = _label(ground.name, rules, language)
    return f"{label[:1].lower()}{label[1:]}: {between_text(ground, rules, language)}"


def between_text(ground: Ground, rules: CompiledRuleSet, language: Language) -> str:
    """The lowest and the highest assumed value in words, after the type of what it is assumed for."""
    made, low, high = rules.rules.types[ground.name], ground.low, ground.high
    if isinstance(low, bool):
        words = [_("ja") if one else _("nei") for one in dict.fromkeys((high, low))]
        return _either(words)
    if isinstance(low, date):
        return _joined(date_text(low, language), date_text(high, language))
    if isinstance(low, Decimal):
        return _numbers(low, high, made.unit, language)
    return _either(dict.fromkeys(_code(one, made.codes, language) for one in (low, high)))


def _either(words: Iterable[str]) -> str:
    return f" {_('eller')} ".join(words)


def _numbers(low: Decimal, high: Decimal, unit: str, language: Language) -> str:
    if unit == "nok":
        return range_text(low, high, language)
    if unit == "share":
        decimals = max(_decimals(low * 100), _decimals(high * 100))
        last = share_text(high, language, decimals=decimals)
        return last if low == high else f"{number_text(low * 100, language, decimals)}{BETWEEN}{last}"
    return _joined(*(number_text(one, language, _decimals(one)) for one in (low, high)))


def _decimals(value: Decimal) -> int:
    return max(0, -int(value.normalize().as_tuple().exponent))


def _joined(low: str, high: str) -> str:
    return low if low == high else f"{low}{BETWEEN}{high}"


def _label(name: str, rules: CompiledRuleSet, language: Language) -> str:
    ruleset = rules.ruleset
    labels = {one.name: one.label for one in ruleset.facts} | {one.name: one.label for one in ruleset.derived}
    return labels[name].get(language) or labels[name]["nb"]


def _code(value: Any, codes: Any, language: Language) -> str:
    picked = sorted(value) if isinstance(value, frozenset) else [str(value)]
    texts = [codes.get(one, {}) for one in picked]
    named = [
        str(text.get(language) or text.get("nb") or one) for text, one in zip(texts, picked, strict=True)
    ]
    return ", ".join(named)
