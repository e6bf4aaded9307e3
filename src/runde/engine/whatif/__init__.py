"""The what-if's door: a planned scheme and a register, to whom it reaches and what it costs."""

from runde.engine.whatif.design import (
    Assumption,
    AssumptionLine,
    Band,
    Design,
    DesignError,
    PlannedSource,
    TakeUp,
)
from runde.engine.whatif.examples import load_example_plan
from runde.engine.whatif.extract import NotAnExtract
from runde.engine.whatif.likely import AssumedRules, Estimate, Ground, assume
from runde.engine.whatif.reach import (
    Applicants,
    Cell,
    Cost,
    CriterionReach,
    Group,
    NearBand,
    Reach,
    Snapshot,
    SourceReach,
)
from runde.engine.whatif.register import Register, open_register

__all__ = [
    "Applicants",
    "AssumedRules",
    "Assumption",
    "AssumptionLine",
    "Band",
    "Cell",
    "Cost",
    "CriterionReach",
    "Design",
    "DesignError",
    "Estimate",
    "Ground",
    "Group",
    "NearBand",
    "NotAnExtract",
    "PlannedSource",
    "Reach",
    "Register",
    "Snapshot",
    "SourceReach",
    "TakeUp",
    "assume",
    "load_example_plan",
    "open_register",
]
