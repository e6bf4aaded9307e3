"""What casework keeps: the way to a decision, and what follows after an application was sent."""

from .deciding import (
    Award,
    Case,
    CaseMove,
    Check,
    Decision,
    Impartiality,
    Lane,
    Outcome,
    Proposal,
    ProposalLine,
)
from .following import Acceptance, Appeal, DecisionReading, InformationRequest, Message

__all__ = [
    "Acceptance",
    "Appeal",
    "Award",
    "Case",
    "CaseMove",
    "Check",
    "Decision",
    "DecisionReading",
    "Impartiality",
    "InformationRequest",
    "Lane",
    "Message",
    "Outcome",
    "Proposal",
    "ProposalLine",
]
