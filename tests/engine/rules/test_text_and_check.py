"""Proof that sentence, letter, check, bulk check and distance cannot disagree: all follow one expression.

For every kind of limit and every kind of number or date, the figure is moved the way an adviser moves
it: by typing in the sentence. What the sentence, the letter and the distance then say is read back as
figures and compared with plain Python, and with the register query.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import duckdb
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from runde.engine.rules import (
    CompiledRuleSet,
    RuleSet,
    Shape,
    Value,
    check_relation,
    compile_ruleset,
    last_criterion,
    load_example,
    new_criterion,
    open_connection,
    templates,  # the one part swapped to prove that the test can fail
    text_warnings,
    with_criterion,
    with_value,
)

from .conftest import FACTS, ON


@dataclass(frozen=True)
class Limit:
    """What a kind of limit means, told here without the code under test."""

    holds: Callable[[Any, Any], bool]
    words: Mapping[str, str]


LIMITS = {
    "at_least": Limit(lambda one, limit: one >= limit, {"nb": "minst", "nn": "minst", "en": "at least"}),
    "more_than": Limit(
        lambda one, limit: one > limit, {"nb": "mer enn", "nn": "meir enn", "en": "more than"}
    ),
    "at_most": Limit(lambda one, limit: one <= limit, {"nb": "høyst", "nn": "høgst", "en": "at most"}),
    "less_than": Limit(
        lambda one, limit: one < limit, {"nb": "mindre enn", "nn": "mindre enn", "en": "less than"}
    ),
    "before": Limit(lambda one, limit: one < limit, {"nb": "før", "nn": "før", "en": "before"}),
    "on_or_before": Limit(
        lambda one, limit: one <= limit, {"nb": "senest", "nn": "seinast", "en": "no later than"}
    ),
    "after": Limit(lambda one, limit: one > limit, {"nb": "etter", "nn": "etter", "en": "after"}),
    "on_or_after": Limit(
        lambda one, limit: one >= limit, {"nb": "tidligst", "nn": "tidlegast", "en": "no earlier than"}
    ),
}
DATED = ("before", "on_or_before", "after", "on_or_after")
COLUMNS = {"employees": "BIGINT", "turnover": "DECIMAL(18,2)", "share": "DECIMAL(9,4)", "founded": "DATE"}
FIGURES = {"employees": (0, 300), "turnover": (2, 500_000_00), "share": (4, 10_000)}
MONTHS = ("jan", "feb", "mar", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "des")


def typed(value: Any, name: str) -> str:
    """The value as an adviser types it."""
    if isinstance(value, date):
        return f"{value.day}.{value.month}.{value.year}"
    return str(value * 100 if name == "share" else value).replace(".", ",")


def read_back(sentence: str) -> list[Any]:
    """Every figure and date a Norwegian sentence holds; per cent as a share."""
    plain = sentence.replace("\u00a0", " ").replace("−", "-")
    found: list[Any] = []
    pattern = r"(-?\d{1,3}(?: \d{3})+(?:,\d+)?|-?\d+(?:,\d+)?)(?:\. ([a-z]+) (\d{4})| (prosent))?"
    for figure, month, year, per_cent in re.findall(pattern, plain):
        if year:
            found.append(date(int(year), MONTHS.index(month[:3]) + 1, int(figure)))
        else:
            number = Decimal(figure.replace(" ", "").replace(",", "."))
            found.append(number / 100 if per_cent else number)
    return found


def agrees(rules: RuleSet, kind: str, name: str, limit: Any, values: list[Any]) -> None:
    """Fails unless everything the rule says and does fits the limit it was given."""
    compiled, slug = compile_ruleset(rules), last_criterion(rules).slug
    for language, word in LIMITS[kind].words.items():
        assert f"{word} " in compiled.requirements(ON, language)[slug].replace("\u00a0", " ")
    assert read_back(compiled.requirements(ON)[slug]) == [limit]
    bulk = in_bulk(compiled, slug, name, values)
    for value, (met, gap) in zip(values, bulk, strict=True):
        result = compiled.check({name: Value(value)}, ON).criterion(slug)
        expected = LIMITS[kind].holds(value, limit)
        assert (result.outcome == "met") is met is expected
        letter = read_back(result.texts["nb"]["reason"])
        assert letter[:2] == [value, limit]
        assert word_of(kind) in result.texts["nb"]["reason"]
        if expected:
            assert (len(letter), gap, result.distance) == (2, None, None)
            continue
        assert result.distance is not None
        whole = name in ("employees", "founded")
        distance = abs(value - limit)
        apart = Decimal(distance.days) if isinstance(distance, timedelta) else Decimal(distance)
        apart += int(whole and kind in ("more_than", "less_than", "before", "after"))
        assert result.distance.gap == gap == apart
        said = letter[2:]
        assert said == ([apart] if apart else [])


def word_of(kind: str) -> str:
    return LIMITS[kind].words["nb"]


def in_bulk(compiled: CompiledRuleSet, slug: str, name: str, values: list[Any]) -> list[tuple[bool, Any]]:
    with open_connection(threads=1) as connection:
        fill(connection, name, values)
        relation = check_relation(connection, compiled, "cases", ON, carry=["number"])
        rows = relation.project(f"number, met_{slug}, gap_{slug}").fetchall()
    return [(met, gap) for _, met, gap in sorted(rows)]


def fill(connection: duckdb.DuckDBPyConnection, name: str, values: list[Any]) -> None:
    connection.execute(f"CREATE TABLE cases (number INTEGER, {name} {COLUMNS[name]})")
    connection.executemany("INSERT INTO cases VALUES (?, ?)", [list(pair) for pair in enumerate(values)])


def started(kind: str, name: str) -> RuleSet:
    """A rule set whose one criterion has some other limit, to be moved."""
    first = "2001-02-03" if name == "founded" else "1"
    empty = RuleSet("bevis", "1", {"nb": "Bevis"}, FACTS, ())
    return new_criterion(empty, Shape(kind, name, (first,)), when_not_met="refuse")


def numbers(name: str) -> st.SearchStrategy[Decimal]:
    places, most = FIGURES[name]
    return st.integers(0, most).map(lambda units: Decimal(units).scaleb(-places))


@st.composite
def moves(draw: st.DrawFn) -> tuple[str, str, Any, list[Any]]:
    kind = draw(st.sampled_from(list(LIMITS)))
    if kind in DATED:
        days = st.dates(date(1990, 1, 1), date(2030, 12, 31))
        limit: Any = draw(days)
        near = [limit, limit - timedelta(1), limit + timedelta(1)]
        return kind, "founded", limit, [*near, *draw(st.lists(days, max_size=3))]
    name = draw(st.sampled_from(list(FIGURES)))
    step = Decimal(1).scaleb(-FIGURES[name][0])
    limit = draw(numbers(name).filter(bool))
    return kind, name, limit, [limit, limit - step, limit + step, *draw(st.lists(numbers(name), max_size=3))]


@settings(max_examples=60, deadline=None, database=None, phases=[Phase.generate])
@given(moves())
def test_moving_a_limit_moves_sentence_letter_check_bulk_and_distance(
    move: tuple[str, str, Any, list[Any]],
) -> None:
    kind, name, limit, values = move
    rules = started(kind, name)
    moved = with_value(rules, last_criterion(rules).slug, "threshold", typed(limit, name))
    agrees(moved, kind, name, limit, values)


def test_a_text_with_a_figure_of_its_own_is_caught_by_both() -> None:
    rules = started("at_least", "share")
    slug = last_criterion(rules).slug
    texts = {
        "requirement": {"nb": "Andelen må være minst 30 prosent."},
        "not_met": {"nb": "Andel er {share}. Kravet er minst 30 prosent: {distance}."},
    }
    rules = with_value(with_criterion(rules, slug, texts=texts), slug, "threshold", "30")
    assert {one.code for one in text_warnings(rules)} == {"text_figure"}
    assert {one.suggestion for one in text_warnings(rules)} == {"{threshold}"}
    moved = with_value(rules, slug, "threshold", "25")
    with pytest.raises(AssertionError):
        agrees(moved, "at_least", "share", Decimal("0.25"), [Decimal("0.2")])


def test_the_proof_fails_when_texts_are_filled_from_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    values = [Decimal(4), Decimal(5), Decimal(6)]
    rules = with_value(started("at_least", "employees"), "employees_at_least", "threshold", "5")
    agrees(rules, "at_least", "employees", Decimal(5), values)
    monkeypatch.setattr(templates, "limit_kind", lambda node: "more_than")
    with pytest.raises(AssertionError):
        agrees(rules, "at_least", "employees", Decimal(5), values)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Minst {threshold}.", []),
        ("Fallet må være {limit}.", []),
        ("Se § 3 og punkt 4. Det gjelder {threshold}.", []),
        ("Minst 30 prosent.", ["text_figure"]),
        ("Minst tretti prosent.", ["text_figure"]),
        ("Minst 30 prosent og 5 000 kroner.", ["text_figure", "text_figure"]),
        ("Høyst {threshold}.", ["text_limit"]),
        ("Mer enn {threshold}.", ["text_limit"]),
        ("Er fallet mindre enn {threshold}, sier vi nei.", []),
    ],
)
def test_what_a_text_says_on_its_own_is_reported(text: str, codes: list[str]) -> None:
    rules = load_example("smittevern", "3103")
    criterion = next(one for one in rules.criteria if one.slug == "revenue_drop")
    changed = with_criterion(rules, "revenue_drop", texts={**criterion.texts, "not_met": {"nb": text}})
    found = text_warnings(changed)
    assert [one.code for one in found] == codes
    assert all(one.where == "criteria.revenue_drop.texts.not_met.nb" for one in found)


def test_the_example_says_nothing_on_its_own() -> None:
    assert text_warnings(load_example("smittevern")) == ()


def test_a_list_in_the_sentence_is_the_list_in_the_check(smittevern: CompiledRuleSet) -> None:
    codes = smittevern.rules.facts["nace_section"].codes
    rules = with_value(smittevern.ruleset, "industry", "list", "F, 79")
    rules = replace(rules, version="2")
    compiled = compile_ruleset(rules)
    sentence = compiled.requirements(ON)["industry"]
    for code, names in codes.items():
        values = {"nace_section": Value(code), "nace_code": Value("41.000")}
        met = compiled.check(values, ON).criterion("industry").outcome == "met"
        assert met is (names["nb"] in sentence)
