"""The likely amount in words: how much, what it rests on, and what it cannot pass."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from runde.engine.reference.api import Language, amount_text, date_text, number_text, share_text
from runde.engine.rules import CompiledRuleSet, Verdict
from runde.web.components.facts import SumRow
from runde.web.public.estimates import Estimate, Ground
from runde.web.verdicts import sum_rows

BETWEEN = "–"


@dataclass(frozen=True)
class Likely:
    """`text` is a sentence without its full stop; `rows` the calculation when the amount is known."""

    text: str = ""
    rows: list[SumRow] = field(default_factory=list)
    grounds: list[str] = field(default_factory=list)
    limits: str = ""
    caution: str = ""

    @property
    def is_estimate(self) -> bool:
        return bool(self.grounds)


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
    amount = range_text(estimated.low_nok, estimated.high_nok, language)
    return Likely(
        _("Omtrent %(amount)s") % {"amount": amount},
        grounds=[ground_text(one, rules, language) for one in estimated.grounds],
        limits=limits,
        caution=_("Noen virksomheter som ligner, oppfyller ikke kravene.")
        if estimated.others_refused
        else "",
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


@lru_cache(maxsize=20_000)
def ground_text(ground: Ground, rules: CompiledRuleSet, language: Language) -> str:
    """ "Fall i omsetning: 35,0 prosent–60,0 prosent. Kilde: Statistisk sentralbyrå, 1. mars 2026." """
    label = _label(ground.name, rules, language)
    low, high = (value_text(one, ground.name, rules, language) for one in (ground.low, ground.high))
    between = low if low == high else _("fra %(low)s til %(high)s") % {"low": low, "high": high}
    source = f"{ground.source}, {date_text(ground.as_of, language)}" if ground.as_of else ground.source
    words = _("%(label)s: %(between)s. Kilde: %(source)s")
    return words % {"label": label, "between": between, "source": source}


def _label(name: str, rules: CompiledRuleSet, language: Language) -> str:
    ruleset = rules.ruleset
    labels = {one.name: one.label for one in ruleset.facts} | {one.name: one.label for one in ruleset.derived}
    return labels[name].get(language) or labels[name]["nb"]


def value_text(value: Any, name: str, rules: CompiledRuleSet, language: Language) -> str:
    """An assumed value in words, after the type of what it is assumed for."""
    made = rules.rules.types[name]
    if isinstance(value, bool):
        return _("ja") if value else _("nei")
    if isinstance(value, date):
        return date_text(value, language)
    if isinstance(value, Decimal):
        return _number(value, made.unit, language)
    return ", ".join(_code(one, made.codes, language) for one in _codes(value))


def _number(value: Decimal, unit: str, language: Language) -> str:
    if unit == "nok":
        return amount_text(value, language)
    if unit == "share":
        return share_text(value, language)
    decimals = max(0, -int(value.normalize().as_tuple().exponent))
    return number_text(value, language, decimals)


def _codes(value: Any) -> list[str]:
    return sorted(value) if isinstance(value, frozenset) else [str(value)]


def _code(code: str, codes: Any, language: Language) -> str:
    texts = codes.get(code, {})
    return str(texts.get(language) or texts.get("nb") or code)
