"""What the pages of a call's legal acts share: one press, a reason, and who would notice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse

from runde.foundation.trust.api import Refused
from runde.grants.applications.api import count_by_state
from runde.grants.schemes.api import (
    Call,
)
from runde.web.components.facts import Fact
from runde.web.components.fields import ErrorLine, Field
from runde.web.designer.calls.views.listing import ROOM, crumbs
from runde.web.entrance import Request
from runde.web.staff import attempt, count_text, pressed_once, work_page


@dataclass(frozen=True)
class Act:
    """What a page of an act says besides the fields."""

    template: str
    h1: str
    button: str
    facts: list[Fact]


LONGEST_REASON = 2_000


def reason_field(label: str, value: str, error: str, audience: str) -> Field:
    return Field("reason", label, kind="textarea", rows=3, value=value, error=error, audience=audience)


def applied(call: Call) -> list[Fact]:
    """How many would notice. Nothing before anybody could apply."""
    if call.published_at is None:
        return []
    counts = count_by_state(call)
    drafts = counts.pop("draft", 0)
    return [
        Fact("Kladder", count_text(drafts, "søknad", "søknader")),
        Fact("Sendt inn", count_text(counts.get("submitted", 0), "søknad", "søknader")),
    ]


def done_once(
    request: Request, operation: str, call: Call, body: dict[str, Any], work: Callable[[], Call]
) -> Refused | None:
    """Do it once for each page shown; gives the refusal, if any."""
    what = {"call": str(call.id), **body}
    return attempt(lambda: pressed_once(request, operation, what, lambda: str(work().id)))


def act_page(
    request: Request,
    call: Call,
    act: Act,
    fields: list[Field],
    more: dict[str, Any],
    *,
    key: str,
    refusal: Refused | None = None,
    wrong: list[ErrorLine] | None = None,
    has_errors: bool = False,
) -> HttpResponse:
    loose = [*(wrong or []), *([ErrorLine(refusal.sentence)] if refusal else [])]
    failed = bool(loose) or has_errors
    facts: dict[str, Any] = {
        "h1": act.h1,
        "crumbs": crumbs(request.tenant.slug, call),
        "facts": act.facts,
        "fields": fields,
        "act": act.button,
        "key": key,
        "errors": [*loose, *fields] if failed else [],
        "has_errors": failed,
        **more,
    }
    return work_page(request, act.template, facts, room=ROOM, status=422 if failed else 200)
