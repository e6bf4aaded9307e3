"""The door to letters: the municipality's own wording of every kind, and what is changed in single letters.

Composing stands in `engine.typeset`; what a decision letter is made from, casework knows.
"""

from .domain.content import (
    FORMAT,
    LANGUAGE_NAMES,
    Content,
    digest_of,
    empty_content,
    fallbacks_of,
    lacks_of,
    own_paragraphs,
    own_texts,
    wording_of,
)
from .domain.fields import Field, Piece, fields_of, from_typed, pieces, samples, to_typed
from .domain.freezing import letter_part, wording_in
from .domain.kinds import Block, LetterKind, decision_kind, get_kind, list_kinds, standard_text
from .domain.reading import Remark, remarks_on
from .domain.refusals import (
    ChangedMeanwhile,
    LockedText,
    OwnText,
    TemplateNotReady,
    TextRefused,
    UnknownKind,
    WrongState,
)
from .domain.sample import SampleFrame, sample_letter
from .models import BankText, LetterEdit, LetterTemplate, LetterTemplateVersion, LetterUse, TemplateChange
from .operations.approve_template import (
    approve_template,
    ask_template_approval,
    back_to_standard,
    return_template,
    take_in_use,
)
from .operations.keep_edit import keep_edit
from .operations.write_bank import retire_bank_text, write_bank_text
from .operations.write_template import (
    discard_template,
    remove_paragraph,
    start_template,
    take_from_bank,
    write_paragraph,
    write_text,
)
from .queries.bank import get_bank_text, list_bank_texts
from .queries.reporting import ChangedText, ChangeReport, most_changed
from .queries.resolving import (
    LetterWords,
    in_use_by_kind,
    own_wording,
    record_uses,
    standing_edits,
    words_for,
)
from .queries.templates import (
    TemplateRow,
    get_template_version,
    list_changes,
    list_template_versions,
    list_templates,
    schemes_without,
    uses_of_version,
)

__all__ = [
    "SampleFrame",
    "sample_letter",
    "BankText",
    "Block",
    "ChangeReport",
    "ChangedMeanwhile",
    "ChangedText",
    "Content",
    "FORMAT",
    "Field",
    "LANGUAGE_NAMES",
    "LetterEdit",
    "LetterKind",
    "LetterTemplate",
    "LetterTemplateVersion",
    "LetterUse",
    "LetterWords",
    "LockedText",
    "OwnText",
    "Piece",
    "Remark",
    "TemplateChange",
    "TemplateNotReady",
    "TemplateRow",
    "TextRefused",
    "UnknownKind",
    "WrongState",
    "approve_template",
    "ask_template_approval",
    "back_to_standard",
    "decision_kind",
    "digest_of",
    "discard_template",
    "empty_content",
    "fallbacks_of",
    "fields_of",
    "from_typed",
    "get_bank_text",
    "get_kind",
    "get_template_version",
    "in_use_by_kind",
    "keep_edit",
    "lacks_of",
    "letter_part",
    "list_bank_texts",
    "list_changes",
    "list_kinds",
    "list_template_versions",
    "list_templates",
    "most_changed",
    "own_paragraphs",
    "own_texts",
    "own_wording",
    "pieces",
    "record_uses",
    "remarks_on",
    "remove_paragraph",
    "retire_bank_text",
    "return_template",
    "samples",
    "schemes_without",
    "standard_text",
    "standing_edits",
    "start_template",
    "take_from_bank",
    "take_in_use",
    "to_typed",
    "uses_of_version",
    "wording_in",
    "wording_of",
    "words_for",
    "write_bank_text",
    "write_paragraph",
    "write_text",
]
