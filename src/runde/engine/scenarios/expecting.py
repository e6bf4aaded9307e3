"""What the adviser expects of a row, and what the rules said, told in the same words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from runde.engine.rules import CriterionResult, Missing, Verdict
from runde.engine.rules.arithmetic import to_decimals
from runde.engine.rules.errors import closest
from runde.engine.rules.model import CheckedRules
from runde.engine.rules.typed_values import field_kind, typed_text
from runde.engine.rules.value_types import NOK, PLAIN, SHARE, Kind, ValueType
from runde.engine.rules.wording import chosen
from runde.engine.scenarios.cells import UnreadableCell, read_amount, read_figure, read_yes_no
from runde.engine.scenarios.columns import Columns
from runde.engine.scenarios.headings import BETWEEN, LANES, NOT_MEASURED, WHY_MISSING, plain
from runde.engine.scenarios.naming import criterion_names, labels_of, names_by_label, slugs_by_name
from runde.engine.scenarios.report import CellProblem, Deviation
from runde.engine.scenarios.sheet import Record

_LANE_OF = {plain(name): lane for lane, names in LANES.items() for name in (lane, *names)}
_DECIMALS = re.compile(r",(\d+)|\.(\d{1,2})(?!\d)")


@dataclass(frozen=True)
class Words:
    """The names a rule set gives its criteria and figures, worked out once for the whole file."""

    rules: CheckedRules

    @cached_property
    def criteria(self) -> dict[str, str]:
        return criterion_names(self.rules)

    @cached_property
    def slugs(self) -> dict[str, str]:
        return slugs_by_name(self.rules)

    @cached_property
    def order(self) -> dict[str, int]:
        return {one.slug: place for place, one in enumerate(self.rules.ruleset.criteria)}

    @cached_property
    def labels(self) -> dict[str, str]:
        return {name: chosen(label, "nb") for name, label in labels_of(self.rules).items()}

    @cached_property
    def labelled(self) -> dict[str, tuple[str, ...]]:
        return names_by_label(labels_of(self.rules))


class _Pair(NamedTuple):
    """What was expected and what came, in one spelling: they agree when the texts are equal."""

    expected: str
    got: str


def compare(
    record: Record, columns: Columns, verdict: Verdict, words: Words
) -> tuple[tuple[Deviation, ...], tuple[CellProblem, ...]]:
    """Where the rules say something else than the row, and expectations that cannot be read.

    Only the columns the file has are compared; an empty cell expects nothing to be there.
    """
    deviations, problems = [], []
    for place, look in _looks(record, columns, verdict, words):
        try:
            expected, got = look(record.cells[place])
        except UnreadableCell as error:
            problems.append(replace(error.problem, row=record.place, column=columns.header[place]))
            continue
        if expected != got:
            deviations.append(Deviation(columns.header[place], expected, got))
    return tuple(deviations), tuple(problems)


def _looks(
    record: Record, columns: Columns, verdict: Verdict, words: Words
) -> list[tuple[int, Callable[[str], _Pair]]]:
    """How to look at each column that holds an expectation, in the file's order."""
    by_part: dict[str, Callable[[str], _Pair]] = {
        "lane": lambda text: _lane(text, verdict),
        "amount": lambda text: _amount(text, verdict),
        "criteria": lambda text: _criteria(text, verdict, words),
        "distances": lambda text: _distances(text, record, columns, verdict, words),
        "missing": lambda text: _missing(text, verdict, words),
    }
    looks = [(place, by_part[part]) for part, place in columns.parts.items() if part in by_part]
    for name, place in columns.figures.items():
        looks.append((place, _figure_look(name, verdict, words)))
    return sorted(looks, key=lambda one: one[0])


def _lane(text: str, verdict: Verdict) -> _Pair:
    lane = _LANE_OF.get(plain(text))
    if lane is None:
        names = [names[0] for names in LANES.values()]
        message = f"«{text[:60]}» er ikke et sted en sak kan komme." if text else "Ruten er tom."
        raise UnreadableCell(
            message, f"{names[0]}, {names[1]} eller {names[2]}", text, closest(text, names) or ""
        )
    return _Pair(LANES[lane][0], LANES[verdict.lane][0])


def _amount(text: str, verdict: Verdict) -> _Pair:
    got = typed_text(verdict.amount_nok, "money")
    expected = typed_text(read_amount(text), "money") if text else ""
    if verdict.lane == "red" and expected == "0":
        return _Pair("", "")
    return _Pair(expected, got)


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(BETWEEN.strip())] if text else []


# -- criteria and distances -----------------------------------------------------------------------


def _criteria(text: str, verdict: Verdict, words: Words) -> _Pair:
    expected = sorted(_slugs(text, words), key=words.order.__getitem__)
    got = [result.slug for result in verdict.not_met]
    return _Pair(_named(expected, words), _named(got, words))


def _slugs(text: str, words: Words) -> list[str]:
    return [_slug(part, words) for part in _parts(text)]


def _slug(text: str, words: Words) -> str:
    slug = words.slugs.get(plain(text))
    if slug is None:
        message = f"Ordningen har ikke et krav som heter «{text[:60]}»."
        expected = "et av " + ", ".join(words.criteria.values())
        raise UnreadableCell(message, expected, text, closest(text, words.criteria.values()) or "")
    return slug


def _named(slugs: Sequence[str], words: Words) -> str:
    return BETWEEN.join(words.criteria[slug] for slug in slugs)


def _distances(text: str, record: Record, columns: Columns, verdict: Verdict, words: Words) -> _Pair:
    """In the order of the rules; the criteria's own column says which distance belongs to which."""
    expected = _parts(text)
    if "criteria" in columns.parts:
        slugs = [words.slugs.get(plain(one)) for one in _parts(record.cells[columns.parts["criteria"]])]
        if None in slugs:
            return _Pair("", "")  # that column has told it already
        expected = _in_order_of_rules(expected, [slug for slug in slugs if slug], words)
    got = [_distance(result) for result in verdict.not_met]
    return _Pair(BETWEEN.join(expected), BETWEEN.join(got))


def _in_order_of_rules(distances: list[str], slugs: list[str], words: Words) -> list[str]:
    if len(slugs) != len(distances):
        message = f"Det er {len(slugs)} krav, men {len(distances)} avstander."
        expected = (
            f"en for hvert krav, med «{BETWEEN.strip()}» mellom og «{NOT_MEASURED}» der den ikke kan måles"
        )
        raise UnreadableCell(message, expected)
    paired = sorted(zip(slugs, distances, strict=True), key=lambda pair: words.order[pair[0]])
    return [distance for _, distance in paired]


def _distance(result: CriterionResult) -> str:
    return " ".join(result.distance.sentence("nb").split()) if result.distance else NOT_MEASURED


# -- what is missing ------------------------------------------------------------------------------


def _missing(text: str, verdict: Verdict, words: Words) -> _Pair:
    expected = sorted(_missing_name(part, words) for part in _parts(text))
    got = sorted(_told(one) for one in verdict.missing)
    return _Pair(BETWEEN.join(expected), BETWEEN.join(got))


def _told(missing: Missing) -> str:
    return chosen(missing.label, "nb") + WHY_MISSING[missing.why]


def _missing_name(text: str, words: Words) -> str:
    why = next((end for end in WHY_MISSING.values() if end and text.endswith(end.strip())), "")
    bare = text.removesuffix(why.strip()).strip() if why else text
    names = words.labelled.get(plain(bare))
    if names is None:
        message = f"Ordningen har ingen opplysning som heter «{bare[:60]}»."
        raise UnreadableCell(message, found=text, suggestion=closest(bare, words.labels.values()) or "")
    return words.labels[names[0]] + why


# -- figures on the way ---------------------------------------------------------------------------


def _figure_look(name: str, verdict: Verdict, words: Words) -> Callable[[str], _Pair]:
    return lambda text: _figure(text, words.rules.types[name], _value_of(name, verdict))


def _value_of(name: str, verdict: Verdict) -> Any:
    for row in verdict.rows:
        if row.name == name:
            return row.value
    used = (value for result in verdict.criteria for value in result.values)
    return next((value.value for value in used if value.name == name), None)


def _figure(text: str, value_type: ValueType, value: Any) -> _Pair:
    """Compared with as many decimals as the adviser has written."""
    if not text:
        return _Pair("", _spelt(value, value_type))
    if value_type.kind is Kind.TEXT:
        return _Pair(text, _spelt(value, value_type))
    if value_type.kind is Kind.BOOLEAN:
        return _Pair(_spelt(read_yes_no(text), value_type), _spelt(value, value_type))
    if isinstance(value, Decimal):
        value = to_decimals(value, _decimals(text) + (2 if value_type.unit == SHARE else 0))
    finer = replace(value_type, unit=PLAIN, scale=8) if value_type.unit == NOK else value_type
    return _Pair(_spelt(read_figure(finer, text), value_type), _spelt(value, value_type))


def _decimals(text: str) -> int:
    found = _DECIMALS.search(text)
    return len(found[1] or found[2]) if found else 0


def _spelt(value: Any, value_type: ValueType) -> str:
    sign = " %" if value is not None and value_type.unit == SHARE else ""
    return typed_text(value, field_kind(value_type)) + sign
