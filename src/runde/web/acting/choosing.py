"""The company a person acts for just now, shown at the top of every page until another is chosen."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

KEY = "acting_for"


def choose(request: HttpRequest, organisation_number: str, name: str) -> None:
    request.session[KEY] = {"orgnr": organisation_number, "name": name}


def forget(request: HttpRequest) -> None:
    request.session.pop(KEY, None)


def chosen_number(request: HttpRequest) -> str:
    """Empty when none is chosen. Says what to show first, never what the person may do."""
    return str(_chosen(request).get("orgnr", ""))


def shown_on_top(request: HttpRequest) -> dict[str, Any]:
    """What the page's header says; nothing for visitors and for those with a role in the municipality."""
    actor = getattr(request, "actor", None)
    chosen = _chosen(request) if actor and not actor.roles and actor.only is None else {}
    if not actor or not actor.acts_for(chosen.get("orgnr", "")):
        return {}
    return {"acting_for": chosen["name"], "switch_url": reverse("companies")}


def _chosen(request: HttpRequest) -> dict[str, str]:
    return dict(request.session.get(KEY) or {}) if hasattr(request, "session") else {}
