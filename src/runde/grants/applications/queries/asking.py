from __future__ import annotations

from runde.foundation.forms.api import Question, Stage, questions_of

from ..domain.register import known_facts, still_asked
from ..models import Application


def asked_questions(application: Application, stage: Stage = Stage.SUBMIT) -> tuple[Question, ...]:
    """The questions to ask at a stage, in order: those about a fact the register knows are left out.

    A draft's register is what the applicant was last shown (`facts_seen`), a sent one's what lies under its seal.
    Conditions are not looked at: see `forms.hidden_questions`.
    """
    known = known_facts(register_of(application))
    return still_asked(questions_of(application.scheme_version.form, stage), known)


def register_of(application: Application) -> dict[str, dict[str, object]]:
    """The register facts the application stands on, as stored."""
    stored: dict[str, dict[str, object]] = (
        application.facts["register"] if application.seal else application.facts_seen
    )
    return stored
