"""The door to approvals: four eyes on one thing, whatever it is."""

from .models import Approval
from .operations import AlreadyDecided, AlreadyPending, OwnWork, approve, ask_approval, return_
from .queries import find_pending, get_latest, list_pending

__all__ = [
    "AlreadyDecided",
    "AlreadyPending",
    "Approval",
    "OwnWork",
    "approve",
    "ask_approval",
    "find_pending",
    "get_latest",
    "list_pending",
    "return_",
]
