"""What every judged row tells, in any SQL dialect: lane, amount, each criterion, each row, each distance."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date

from runde.engine.rules.errors import RuleError
from runde.engine.rules.explaining import measure
from runde.engine.rules.expression_sql import ExpressionWriter
from runde.engine.rules.model import CheckedRules
from runde.engine.rules.value_types import NOK, within


def judged_columns(rules: CheckedRules, writer: ExpressionWriter, on: date) -> dict[str, str]:
    """Lay out every value and criterion in force on the day; the output columns by name, as SQL.

    See `bulk.check_relation` for what they hold.
    """
    rows = {row.name for row in rules.ruleset.amount}
    for name, node in rules.named.items():
        kind = "amount" if name in rows else "derived"
        with placed(f"{kind}.{name}.expression"):
            writer.names[name] = writer.layers.place(writer.write(node), f"v_{name}")
    outcomes: dict[str, str] = {}
    for criterion in rules.ruleset.criteria:
        if criterion.in_force(on):
            with placed(f"criteria.{criterion.slug}.expression"):
                piece = writer.write(rules.criteria[criterion.slug])
            outcomes[criterion.slug] = writer.layers.place(piece, f"c_{criterion.slug}").sql
    gaps = _gaps(rules, writer, outcomes)
    return _verdicts(rules, outcomes, writer.absent(within(0, 2, NOK))) | gaps


@contextmanager
def placed(where: str) -> Iterator[None]:
    """Tell of a dialect's refusal where in the rule set it is."""
    try:
        yield
    except RuleError as error:
        raise error.at(where) from error


def _verdicts(rules: CheckedRules, outcomes: Mapping[str, str], no_amount: str) -> dict[str, str]:
    refusing = {one.slug for one in rules.ruleset.criteria if one.when_not_met == "refuse"}
    refused = " OR ".join(f"NOT {alias}" for slug, alias in outcomes.items() if slug in refusing) or "FALSE"
    rows = [row.name for row in rules.ruleset.amount]
    settled = [f"v_{rows[-1]} IS NOT NULL"] if rows else []
    fulfilled = " AND ".join([*outcomes.values(), *settled]) or "TRUE"
    total = f"CASE WHEN {refused} THEN NULL ELSE v_{rows[-1]} END" if rows else no_amount
    return {
        "lane": f"CASE WHEN {refused} THEN 'red' WHEN {fulfilled} THEN 'green' ELSE 'yellow' END",
        "amount_nok": total,
        **{f"met_{slug}": alias for slug, alias in outcomes.items()},
        **{f"row_{name}": f"v_{name}" for name in rows},
    }


def _gaps(rules: CheckedRules, writer: ExpressionWriter, outcomes: Mapping[str, str]) -> dict[str, str]:
    gaps: dict[str, str] = {}
    for slug, outcome in outcomes.items():
        found = measure(rules.criteria[slug])
        if found is not None and found.fits():
            with placed(f"criteria.{slug}.expression"):
                piece = writer.gap(found)
            column = writer.layers.place(piece, f"g_{slug}").sql
            gaps[f"gap_{slug}"] = f"CASE WHEN NOT {outcome} THEN {column} END"
    return gaps
