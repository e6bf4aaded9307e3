"""The door of the typesetting room: compose a letter from facts, set it as PDF."""

from runde.engine.typeset.decision_blocks import appeal_last_date
from runde.engine.typeset.errors import (
    BrokenTextFile,
    FontsMissing,
    HeadingTooLong,
    IncompleteLetter,
    LetterRefusal,
    MissingSlot,
    TypesettingFailed,
    UnknownLetterKind,
    UnknownSlot,
    UnknownText,
    UnprintableText,
    UnsafeLogo,
)
from runde.engine.typeset.facts import (
    AnswerGroup,
    Contact,
    Criterion,
    DecisionFacts,
    DeMinimisAid,
    GrantFacts,
    Person,
    ReceiptFacts,
    RefusalFacts,
)
from runde.engine.typeset.fonts import check_fonts
from runde.engine.typeset.kinds.council.compose import council_paper
from runde.engine.typeset.kinds.council.facts import AssumptionFacts, CouncilFacts
from runde.engine.typeset.kinds.grant.compose import grant_letter
from runde.engine.typeset.kinds.receipt.compose import receipt_letter
from runde.engine.typeset.kinds.refusal.compose import refusal_letter
from runde.engine.typeset.letter import (
    Block,
    Chart,
    Criteria,
    CriterionRow,
    Fact,
    Grid,
    Letter,
    Paragraph,
    Recipient,
    Section,
    Sender,
    Signatures,
    Steps,
    Summary,
    Table,
)
from runde.engine.typeset.logo import check_logo
from runde.engine.typeset.render import render_letter, render_letters
from runde.engine.typeset.requirements import LONGEST_HEADING, list_kinds
from runde.engine.typeset.texts import FixedText, Texts, check_texts, fixed_text

__all__ = [
    "AnswerGroup",
    "AssumptionFacts",
    "Block",
    "BrokenTextFile",
    "Chart",
    "Contact",
    "CouncilFacts",
    "Criteria",
    "Criterion",
    "CriterionRow",
    "DeMinimisAid",
    "DecisionFacts",
    "Fact",
    "FixedText",
    "FontsMissing",
    "GrantFacts",
    "Grid",
    "HeadingTooLong",
    "IncompleteLetter",
    "LONGEST_HEADING",
    "Letter",
    "LetterRefusal",
    "MissingSlot",
    "Paragraph",
    "Person",
    "ReceiptFacts",
    "Recipient",
    "RefusalFacts",
    "Section",
    "Sender",
    "Signatures",
    "Steps",
    "Summary",
    "Table",
    "Texts",
    "TypesettingFailed",
    "UnknownLetterKind",
    "UnknownSlot",
    "UnknownText",
    "UnprintableText",
    "UnsafeLogo",
    "appeal_last_date",
    "check_fonts",
    "check_logo",
    "check_texts",
    "council_paper",
    "fixed_text",
    "grant_letter",
    "list_kinds",
    "receipt_letter",
    "refusal_letter",
    "render_letter",
    "render_letters",
]
