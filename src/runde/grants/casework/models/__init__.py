"""What casework keeps: the way to a decision, and what follows after an application was sent."""

from .appealing import Appeal, AppealStep, ReasonsDemand, Reversal, SetAside, Suspension
from .board import TreatedLine, Treatment
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
from .evidence import FrozenPart
from .filing import InternalNote, OpennessMark
from .following import Acceptance, DecisionReading, InformationRequest, Message
from .ordering import BatchOrder
from .reserve import ReserveEntry
from .waiting import Delay, ProvisionalReply
from .worklist import BulkAct, MunicipalityOfficer, SavedView, Selection, Tally

__all__ = [
    "Acceptance",
    "Appeal",
    "AppealStep",
    "Award",
    "BatchOrder",
    "BulkAct",
    "Case",
    "CaseMove",
    "Check",
    "Decision",
    "DecisionReading",
    "Delay",
    "FrozenPart",
    "Impartiality",
    "InformationRequest",
    "InternalNote",
    "Lane",
    "Message",
    "MunicipalityOfficer",
    "OpennessMark",
    "Outcome",
    "Proposal",
    "ProposalLine",
    "ProvisionalReply",
    "ReasonsDemand",
    "ReserveEntry",
    "Reversal",
    "SavedView",
    "Selection",
    "SetAside",
    "Suspension",
    "Tally",
    "TreatedLine",
    "Treatment",
]
