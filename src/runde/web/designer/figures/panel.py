"""The panel beside a draft: whom it reaches and what it costs, before anything is saved for good."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from runde.engine.rules import RuleError
from runde.grants.designs.api import Draft
from runde.web.entrance import Request

from .finding import Finding, finding_of
from .reckoning import reckon
from .scope import Places, Scope, places_of, read_scope


@dataclass(frozen=True)
class Panel:
    """Everything the panel's template reads. Without `finding`, `problems` tell why."""

    draft: Draft
    scope: Scope
    places: Places
    finding: Finding | None
    problems: tuple[str, ...] = ()


def panel_facts(draft: Draft, request: Request) -> dict[str, Any]:
    """Context for `designer/figures/panel.html`: {"panel": Panel}.

    Which companies are counted is read from `omrade` and `kommuner`, in the address or in the form that was
    sent. With "panel_oob" true in the context the panel replaces the one on the page, wherever the answer lands.
    """
    on = timezone.localdate(request.at)
    places = places_of(request.tenant)
    scope = read_scope(request.POST if "omrade" in request.POST else request.GET, places, on)
    try:
        reach = reckon(draft.content, on, scope.municipalities)
    except RuleError as error:
        problems = tuple(str(problem.message) for problem in error.problems)
        return {"panel": Panel(draft, scope, places, None, problems)}
    return {"panel": Panel(draft, scope, places, finding_of(reach, scope))}
