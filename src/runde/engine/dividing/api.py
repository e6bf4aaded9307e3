"""The door of the dividing room: ways to divide a call's money, their effect, and both in words."""

from runde.engine.dividing.divide import Division, Share, Why, divide
from runde.engine.dividing.effects import Effect, GroupEffect, Option, compare, effect_of
from runde.engine.dividing.errors import (
    DividingRefusal,
    FloorsBeyondBudget,
    InvalidMethod,
    InvalidNeed,
    MissingFact,
)
from runde.engine.dividing.needs import (
    AtTheLine,
    Band,
    FirstCome,
    FixedAmount,
    Method,
    Need,
    ProportionalCut,
    RankedByPoints,
    Sharing,
    TemplateSum,
    whole_kroner,
)
from runde.engine.dividing.telling import REMAINDER_RULE, WHY, tell_effect, tell_method

__all__ = [
    "REMAINDER_RULE",
    "WHY",
    "AtTheLine",
    "Band",
    "DividingRefusal",
    "Division",
    "Effect",
    "FirstCome",
    "FixedAmount",
    "FloorsBeyondBudget",
    "GroupEffect",
    "InvalidMethod",
    "InvalidNeed",
    "Method",
    "MissingFact",
    "Need",
    "Option",
    "ProportionalCut",
    "RankedByPoints",
    "Share",
    "Sharing",
    "TemplateSum",
    "Why",
    "compare",
    "divide",
    "effect_of",
    "tell_effect",
    "tell_method",
    "whole_kroner",
]
