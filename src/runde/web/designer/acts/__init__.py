"""What a press in the draft means: from what a form sent to changed content. Nothing is saved here.

An act is one function named in `ACTS`. A new kind of press is a new function.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from runde.grants.designs.api import Content
from runde.web.designer.acts.examples import change_example, change_legal
from runde.web.designer.acts.money import change_assumption, change_sources, change_take_up, drop_assumption
from runde.web.designer.acts.rules import (
    change_formula,
    change_reference,
    change_sentence,
    drop_criterion,
    drop_row,
)
from runde.web.designer.acts.sent import Refusal, Sent, problem_sentence, refused_by_rules
from runde.web.designer.acts.texts import add_text, change_address, change_texts, drop_text

ACTS: Mapping[str, Callable[[Sent], Content]] = {
    "sentence": change_sentence,
    "formula": change_formula,
    "reference": change_reference,
    "drop_criterion": drop_criterion,
    "drop_row": drop_row,
    "texts": change_texts,
    "add_text": add_text,
    "drop_text": drop_text,
    "address": change_address,
    "legal": change_legal,
    "example": change_example,
    "take_up": change_take_up,
    "sources": change_sources,
    "assumption": change_assumption,
    "drop_assumption": drop_assumption,
}

__all__ = ["ACTS", "Refusal", "Sent", "problem_sentence", "refused_by_rules"]
