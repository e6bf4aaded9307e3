"""What people read: figures in three languages, and sentences that cannot disagree with the check."""

import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runde.engine.rules import CompiledRuleSet, RuleSet, Value, compile_ruleset, load_example, wording

from .conftest import ON, REGISTER


@pytest.mark.parametrize(
    ("amount", "nb", "en"),
    [
        ("117400", "117 400 kroner", "NOK 117,400"),
        ("117400.00", "117 400 kroner", "NOK 117,400"),
        ("0.5", "0,50 kroner", "NOK 0.50"),
        ("-5000", "−5 000 kroner", "NOK −5,000"),
        ("0", "0 kroner", "NOK 0"),
        ("1234567.891", "1 234 567,891 kroner", "NOK 1,234,567.891"),
    ],
)
def test_kroner_in_words(amount: str, nb: str, en: str) -> None:
    assert wording.money(Decimal(amount), "nb").replace("\u00a0", " ") == nb
    assert wording.money(Decimal(amount), "en").replace("\u00a0", " ") == en


@pytest.mark.parametrize(
    ("share", "fewest", "nb"),
    [
        ("0.3", 0, "30 prosent"),
        ("0.45", 1, "45,0 prosent"),
        ("0.2643", 1, "26,43 prosent"),
        ("0", 0, "0 prosent"),
    ],
)
def test_shares_in_words_are_never_rounded(share: str, fewest: int, nb: str) -> None:
    assert wording.percent(Decimal(share), "nb", fewest).replace("\u00a0", " ") == nb


def test_dates_in_words() -> None:
    day = date(2026, 3, 1)
    shown = [wording.long_date(day, language).replace("\u00a0", " ") for language in ("nb", "nn", "en")]
    assert shown == ["1. mars 2026", "1. mars 2026", "1 March 2026"]


RULES: RuleSet = load_example("smittevern", "3103", {"nb": "Moss"})
COMPILED: dict[Decimal, CompiledRuleSet] = {}


def with_threshold(share: Decimal) -> CompiledRuleSet:
    if share not in COMPILED:
        COMPILED[share] = compile_ruleset(RULES.with_parameter("required_drop", share))
    return COMPILED[share]


def figures(sentence: str) -> list[Decimal]:
    plain = sentence.replace("\u00a0", "").replace("−", "-").replace(",", ".")
    return [Decimal(found) for found in re.findall(r"-?\d+(?:\.\d+)?", plain)]


@settings(max_examples=150, deadline=None, database=None)
@given(
    threshold=st.sampled_from(["0.2", "0.25", "0.3", "0.3001", "0.333", "0.5"]).map(Decimal),
    revenue=st.one_of(
        st.sampled_from(["700000", "700000.01", "699999.99", "699900", "750000", "500000"]).map(Decimal),
        st.decimals(0, 1_200_000, places=2),
    ),
)
def test_the_sentence_in_the_letter_agrees_with_the_check(threshold: Decimal, revenue: Decimal) -> None:
    values = {
        "revenue_period": Value(revenue, *REGISTER),
        "revenue_comparison": Value(Decimal(1_000_000), *REGISTER),
    }
    rules = with_threshold(threshold)
    result = rules.check(values, ON).criterion("revenue_drop")
    fall, required, *gap = figures(result.texts["nb"]["reason"])
    assert (result.outcome == "met") is (fall >= required)
    assert required == threshold * 100
    assert gap == ([] if result.outcome == "met" else [required - fall])
    assert figures(rules.requirements(ON)["revenue_drop"]) == [required]
    assert figures(result.texts["nn"]["reason"]) == [fall, required, *gap]
