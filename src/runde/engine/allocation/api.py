"""The door of the allocation room: which source carries which award, why some are left without, and what would help."""

from runde.engine.allocation.allocate import allocate
from runde.engine.allocation.asked import NO_TERMS, Award, Ceiling, Lock, MinimumShare, Source, Terms
from runde.engine.allocation.control import check_allocation
from runde.engine.allocation.errors import (
    AllocationBroken,
    AllocationRefusal,
    InvalidAward,
    InvalidSource,
    InvalidTerm,
    LocksDoNotFit,
)
from runde.engine.allocation.telling import tell, tell_uncovered, tell_unused
from runde.engine.allocation.told import Allocation, Blocker, Part, Remedy, SourceUse, Uncovered

__all__ = [
    "NO_TERMS",
    "Allocation",
    "AllocationBroken",
    "AllocationRefusal",
    "Award",
    "Blocker",
    "Ceiling",
    "InvalidAward",
    "InvalidSource",
    "InvalidTerm",
    "Lock",
    "LocksDoNotFit",
    "MinimumShare",
    "Part",
    "Remedy",
    "Source",
    "SourceUse",
    "Terms",
    "Uncovered",
    "allocate",
    "check_allocation",
    "tell",
    "tell_uncovered",
    "tell_unused",
]
