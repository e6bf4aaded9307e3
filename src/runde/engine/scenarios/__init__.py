"""The scenarios' door: advisers' own cases, run against a rule set and told row by row."""

from runde.engine.scenarios.outputs import STATES, ScenarioTable, TableRow, as_csv, scenario_table, told
from runde.engine.scenarios.report import (
    CellProblem,
    Deviation,
    ScenarioError,
    ScenarioReport,
    ScenarioRow,
)
from runde.engine.scenarios.running import run_scenarios
from runde.engine.scenarios.sheet import MOST_BYTES, MOST_ROWS
from runde.engine.scenarios.template import scenario_template

__all__ = [
    "MOST_BYTES",
    "MOST_ROWS",
    "STATES",
    "CellProblem",
    "Deviation",
    "ScenarioError",
    "ScenarioReport",
    "ScenarioRow",
    "ScenarioTable",
    "TableRow",
    "as_csv",
    "run_scenarios",
    "scenario_table",
    "scenario_template",
    "told",
]
