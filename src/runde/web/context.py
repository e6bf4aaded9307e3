"""What every page's frame shows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from .acting.choosing import shown_on_top


def frame(request: HttpRequest) -> dict[str, Any]:
    return {
        "tenant": getattr(request, "tenant", None),
        "actor": getattr(request, "actor", None),
        "is_demo": settings.DEMO,
        **shown_on_top(request),
    }
