from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from runde.engine.whatif import Design, Reach

from ..domain.content import Content


def design_of(content: Content) -> Design:
    """The content as the what-if takes it. Raises RuleError listing every problem."""
    raise NotImplementedError


def reach_of(content: Content, on: date, municipalities: Sequence[str] = ()) -> Reach:
    """Whom the content reaches and what it costs, in the register as last imported; () is the whole register.

    A draft that does not say how many will apply is reckoned as if all who can get support apply.
    Raises RuleError listing every problem; NoRegister when no register has been read in.
    """
    raise NotImplementedError
