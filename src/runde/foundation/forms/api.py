"""The door to forms: publish questions, read answers, show them again."""

from .domain.question import Json, Question, Raw, chosen
from .domain.reading import Reading, ShownAnswer, ShownSection
from .models import FormVersion
from .operations.publish_form import FormRefused, publish_form
from .queries import (
    FormAltered,
    definition_problems,
    fact_types_in,
    fact_types_of,
    form_of,
    questions_in,
    questions_of,
    read_answers,
    sections_of,
    shown_answers,
    typed,
    written_answers,
)

__all__ = [
    "FormAltered",
    "FormRefused",
    "FormVersion",
    "Json",
    "Question",
    "Raw",
    "Reading",
    "ShownAnswer",
    "ShownSection",
    "chosen",
    "definition_problems",
    "fact_types_in",
    "fact_types_of",
    "form_of",
    "publish_form",
    "questions_in",
    "questions_of",
    "read_answers",
    "sections_of",
    "shown_answers",
    "typed",
    "written_answers",
]
