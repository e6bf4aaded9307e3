"""The door to forms: make and publish questions, read answers, show them again."""

from .domain.definition import Section
from .domain.definition_checks import Types
from .domain.editing import (
    FormEditRefused,
    add_question,
    add_section,
    change_question,
    change_section,
    move_question,
    move_section,
    remove_question,
    remove_section,
    set_checks,
)
from .domain.question import Json, Posted, Question, Raw, ShownTable, Stage, chosen
from .domain.reading import Reading, ShownAnswer, ShownSection
from .domain.rebasing import Rebased, SetAside
from .models import BankQuestion, FormVersion
from .operations.bank import put_in_bank, retire_from_bank
from .operations.publish_form import FormRefused, publish_form
from .queries.answering import (
    FormAltered,
    definition_problems,
    fact_types_in,
    fact_types_of,
    form_of,
    hidden_questions,
    questions_in,
    questions_of,
    raw_of,
    read_answers,
    rebase_answers,
    references_in,
    sections_of,
    shown_answer,
    shown_answers,
    typed,
    written_answers,
)
from .queries.bank import get_from_bank, list_bank

__all__ = [
    "BankQuestion",
    "FormAltered",
    "FormEditRefused",
    "FormRefused",
    "FormVersion",
    "Json",
    "Posted",
    "Question",
    "Raw",
    "Reading",
    "Rebased",
    "Section",
    "SetAside",
    "ShownAnswer",
    "ShownSection",
    "ShownTable",
    "Stage",
    "Types",
    "add_question",
    "add_section",
    "change_question",
    "change_section",
    "chosen",
    "definition_problems",
    "fact_types_in",
    "fact_types_of",
    "form_of",
    "get_from_bank",
    "hidden_questions",
    "list_bank",
    "move_question",
    "move_section",
    "publish_form",
    "put_in_bank",
    "questions_in",
    "questions_of",
    "raw_of",
    "read_answers",
    "rebase_answers",
    "references_in",
    "remove_question",
    "remove_section",
    "retire_from_bank",
    "sections_of",
    "set_checks",
    "shown_answer",
    "shown_answers",
    "typed",
    "written_answers",
]
