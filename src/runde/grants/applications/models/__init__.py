"""Applications and what belongs to them."""

from .answering import AnswerChange, Participant, StageAnswers
from .application import Application, Sheet
from .beginning import Beginning, DraftRemnant

__all__ = [
    "AnswerChange",
    "Application",
    "Beginning",
    "DraftRemnant",
    "Participant",
    "Sheet",
    "StageAnswers",
]
