"""Edits of a draft's content: content in, changed content out. Nothing is stored and nothing is changed in place.

Each raises DraftRefused with sentences when what was typed cannot be read or the result would not stand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from runde.engine.rules.shapes import Shape
from runde.engine.whatif import Assumption, PlannedSource, TakeUp

from .content import Content


def set_value(content: Content, part: str, name: str, typed: str) -> Content:
    """A value inside a sentence: `part` is the criterion's slug, or "amount"; `name` the Editable's."""
    raise NotImplementedError


def add_criterion(
    content: Content,
    shape: Shape,
    *,
    when_not_met: str = "refuse",
    texts: Mapping[str, Mapping[str, str]] | None = None,
    legal_reference: str = "",
) -> Content:
    """Add a requirement. A register fact the rules do not have yet is brought in from the catalogue."""
    raise NotImplementedError


def remove_criterion(content: Content, slug: str) -> Content:
    raise NotImplementedError


def remove_part(content: Content, kind: str, name: str) -> Content:
    """Remove a fact, parameter, derived value, amount row, question, assumption or source nobody uses."""
    raise NotImplementedError


def set_outcome(content: Content, slug: str, when_not_met: str) -> Content:
    """`when_not_met` is "refuse" or "refer" (to discretion)."""
    raise NotImplementedError


def set_expression(content: Content, kind: str, name: str, expression: str) -> Content:
    """`kind` is "criterion", "derived" or "amount"."""
    raise NotImplementedError


def set_text(content: Content, path: Sequence[str | int], language: str, text: str) -> Content:
    """A text by its path, such as ("texts", "name") or ("rules", "criteria", "revenue_drop", "requirement")."""
    raise NotImplementedError


def set_amount_row(content: Content, name: str, **changes: Any) -> Content:
    raise NotImplementedError


def set_question(content: Content, section: str, question: Mapping[str, Any]) -> Content:
    """Add or replace a question of the form, in a section that is made when it lacks."""
    raise NotImplementedError


def set_slug(content: Content, slug: str) -> Content:
    raise NotImplementedError


def set_assumption(content: Content, assumption: Assumption) -> Content:
    """Add or replace what is assumed for one name."""
    raise NotImplementedError


def set_take_up(content: Content, take_up: TakeUp) -> Content:
    raise NotImplementedError


def set_sources(content: Content, sources: Sequence[PlannedSource]) -> Content:
    raise NotImplementedError
