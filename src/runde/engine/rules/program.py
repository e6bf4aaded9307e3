"""A rule set made ready to run on one case at a time."""

from bisect import bisect_right
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cached_property

from runde.engine.rules.errors import Problem, RuleError
from runde.engine.rules.judging import Case, Program
from runde.engine.rules.model import CheckedRules, check_rules
from runde.engine.rules.ruleset import RuleSet, Value
from runde.engine.rules.steps import Step, steps_of
from runde.engine.rules.verdict import Verdict


def compile_ruleset(ruleset: RuleSet) -> "CompiledRuleSet":
    """Check the rule set and make it ready. Raises RuleError listing every problem in it."""
    return CompiledRuleSet(check_rules(ruleset))


def problems_in(ruleset: RuleSet) -> tuple[Problem, ...]:
    """Every problem in the rule set's names, expressions and texts; empty when it is sound."""
    try:
        check_rules(ruleset)
    except RuleError as error:
        return error.problems
    return ()


class CompiledRuleSet:
    """A rule set ready to judge cases. Keep it: compiling takes milliseconds, judging microseconds."""

    def __init__(self, rules: CheckedRules) -> None:
        self.rules = rules
        self.ruleset = rules.ruleset
        self._breaks = _days_of_change(rules.ruleset)
        self._programs: dict[int, Program] = {}

    @cached_property
    def digest(self) -> str:
        return self.ruleset.digest

    def check(
        self, values: Mapping[str, Value], on: date, overrides: Mapping[str, Value] | None = None
    ) -> Verdict:
        """Judge one case by the criteria and figures in force on a day.

        Facts that are not in `values`, or have no value, are unknown; extra values are ignored. `overrides` are
        what a person has set in place of facts, derived values and rows, by name: what rests on them follows, and
        each row that is set says what the rules alone give. Raises RuleError for a value of the wrong Python type,
        for a parameter without a value, and for an override that the rules have no name or no room for.
        """
        return Case(self._program(on), values, overrides).verdict(self.digest, on)

    def steps(self, values: Mapping[str, Value], on: date, slug: str) -> tuple[Step, ...]:
        """Every part of a criterion's expression with its value in this case, innermost first."""
        return steps_of(self.rules.criteria[slug], Case(self._program(on), values).part)

    def steps_behind(self, values: Mapping[str, Value], on: date, name: str) -> tuple[Step, ...]:
        """The same for the expression behind a derived value or a row of the amount."""
        return steps_of(self.rules.named[name], Case(self._program(on), values).part)

    def requirements(self, on: date, language: str = "nb") -> dict[str, str]:
        """The public sentence of each criterion in force, by slug."""
        program = self._program(on)
        return {
            item.criterion.slug: program.writer.requirement(item.criterion.slug, language)
            for item in program.criteria
        }

    def _program(self, on: date) -> Program:
        place = bisect_right(self._breaks, on)
        if place not in self._programs:
            self._programs[place] = Program(self.rules, on)
        return self._programs[place]


def _days_of_change(ruleset: RuleSet) -> list[date]:
    days = {criterion.valid_from for criterion in ruleset.criteria}
    days |= {one.valid_to + timedelta(days=1) for one in ruleset.criteria if one.valid_to}
    days |= {dated.valid_from for parameter in ruleset.parameters for dated in parameter.values}
    return sorted(day for day in days if day is not None)
