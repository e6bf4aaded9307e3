"""A case as somebody has it open: what every part of its pages is made from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from django.http import QueryDict

from runde.grants.casework.api import CaseClock, CasePage, Following, case_clock
from runde.web.entrance import Request
from runde.web.officer.weighing import Typed

Place = Literal["main", "side", "documents", "dialog", "history"]
"""Where a part stands: in one of the two columns of "Sak", or on a page of its own beside it."""


@dataclass(frozen=True)
class Opened:
    """`typed` and `said` are there when a form is shown again with what is to be mended (`said`: `<name>_error`)."""

    request: Request
    page: CasePage
    following: Following
    per: str = ""
    """The day an auditor looks back to, as in the address."""
    typed: Typed | None = None
    said: QueryDict | None = None

    @property
    def slug(self) -> str:
        return self.request.tenant.slug

    @cached_property
    def clock(self) -> CaseClock:
        """Asked once for the bar and the part about it. Two statements."""
        return case_clock(self.page.case, self.request.at)


Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a case's pages, shown by `officer/case/<name>.html`, which reads its facts as `part`.

    `facts` gives None when there is nothing to show. Fields under "errors" stand in the summary on top of the page.
    """

    name: str
    place: Place
    facts: Callable[[Opened], Facts | None]

    @property
    def template(self) -> str:
        return f"officer/case/{self.name}.html"
