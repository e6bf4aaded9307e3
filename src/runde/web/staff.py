"""What the pages of officers, approvers and finance share: frame, menu, one press, who else may."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from runde.engine.reference.api import date_text, number_text, time_text
from runde.foundation.documents.api import Version
from runde.foundation.people.api import Role, list_role_holders
from runde.foundation.trust.api import Refused, new_id, once
from runde.web.components.navigation import MenuLink
from runde.web.entrance import Request

LONGEST_KEY = 80  # as the column
_NOISE = re.compile(r"\s|kroner|kr\.?")
_GROUPED = re.compile(r"\d{1,3}(\.\d{3})+(,\d{1,2})?")
_AMOUNT = re.compile(r"\d{1,12}(\.\d{1,2})?")
MENU: tuple[tuple[str, str, tuple[Role, ...]], ...] = (
    ("Saker", "worklist", (Role.OFFICER, Role.APPROVER, Role.SCHEME_MANAGER, Role.AUDITOR)),
    ("Forslag til vedtak", "proposals", (Role.OFFICER, Role.APPROVER, Role.AUDITOR)),
    ("Klager", "appeals", (Role.OFFICER, Role.APPROVER, Role.AUDITOR)),
    (
        "Paneler",
        "panels",
        (Role.OFFICER, Role.SCHEME_MANAGER, Role.APPROVER, Role.AUDITOR, Role.ASSESSOR),
    ),
    (
        "Oversikt",
        "overview",
        (Role.OFFICER, Role.APPROVER, Role.SCHEME_MANAGER, Role.FINANCE, Role.AUDITOR),
    ),
    (
        "Penger",
        "cockpit",
        (Role.OFFICER, Role.APPROVER, Role.SCHEME_MANAGER, Role.FINANCE, Role.AUDITOR),
    ),
    ("Betaling", "payments", (Role.FINANCE, Role.APPROVER, Role.AUDITOR)),
    ("Ordninger", "schemes", (Role.SCHEME_MANAGER, Role.OFFICER, Role.APPROVER, Role.AUDITOR)),
    ("Brev", "letters", (Role.SCHEME_MANAGER, Role.OFFICER, Role.APPROVER, Role.AUDITOR)),
    (
        "Utlysninger",
        "staff_calls",
        (Role.SCHEME_MANAGER, Role.OFFICER, Role.APPROVER, Role.FINANCE, Role.AUDITOR),
    ),
)


def work_page(
    request: Request, template: str, facts: Mapping[str, Any], *, room: str, status: int = 200
) -> HttpResponse:
    """A staff page in bokmål, whatever language the browser asks for, with the menu of what the person may open."""
    frame = {"menu": menu_of(request, room), "home_url": reverse("home")}
    with override("nb"):
        return render(request, template, {**frame, **facts}, status=status)


def menu_of(request: Request, room: str) -> list[MenuLink]:
    """`room` is the address name of the menu's current entry."""
    return [
        MenuLink(text, reverse(name, args=[request.tenant.slug]), current=name == room)
        for text, name, roles in MENU
        if request.actor.holds(*roles)
    ]


def new_key() -> str:
    """What makes one page's button act once, however often it is pressed."""
    return str(new_id())


def key_of(request: Request) -> str:
    return request.POST.get("key", "")[:LONGEST_KEY] or new_key()


def pressed_once(
    request: Request, operation: str, body: Mapping[str, Any], work: Callable[[], str | None]
) -> str:
    """For operations without a key of their own: the same press again does nothing more. Gives `work`'s answer."""
    with transaction.atomic():
        result = once(
            operation=f"web.{operation}",
            key=key_of(request),
            body={**body, "by": str(request.actor.person_id)},
            at=request.at,
            work=lambda: {"made": work() or ""},
        )
    return str(result["made"])


def attempt(work: Callable[[], object]) -> Refused | None:
    """Do it, or undo every trace of it and give the refusal, so that the page can keep what was typed."""
    try:
        with transaction.atomic():
            work()
    except Refused as refusal:
        return refusal
    return None


def others_who_are(request: Request, *roles: Role) -> str:
    """The names of others with these roles, for "who may do this": "Per Strand, Tor Bakken"."""
    today = timezone.localdate(request.at)
    people = {person.id: person.name for role in roles for person in list_role_holders(role, on=today)}
    people.pop(request.actor.person_id, None)
    return ", ".join(sorted(people.values()))


def given_ids(values: list[str]) -> list[UUID]:
    """Ids as a form sends them, each once; what is no id is left out."""
    found: dict[UUID, None] = {}
    for text in values:
        with suppress(ValueError):
            found[UUID(text)] = None
    return list(found)


def day_and_clock(at: datetime) -> str:
    """ "23. november 2026 kl. 10.42" """
    local = timezone.localtime(at)
    return f"{date_text(local.date())} {time_text(local)}"


def count_text(count: int, one: str, several: str) -> str:
    """ "1 sak", "1 204 saker" """
    return f"{number_text(count)} {one if count == 1 else several}"


def million_text(amount_nok: Decimal) -> str:
    """27 900 000 -> "27,9", for lines that name the unit once."""
    return number_text(amount_nok / Decimal(1_000_000), decimals=1)


def sent_as_file(content: bytes, *, media_type: str, file_name: str) -> HttpResponse:
    """Bytes to keep, never to show: the browser may not guess what they are."""
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{file_name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response


def version_as_file(version: Version, content: bytes) -> HttpResponse:
    return sent_as_file(content, media_type=version.media_type, file_name=version.file_name)


def read_amount(text: str) -> tuple[Decimal | None, str]:
    """An amount as people type it ("kr 117.400,-"), or the sentence that says how to mend it. Empty gives None."""
    bare = _NOISE.sub("", text.lower()).removesuffix("-").removesuffix(",").removesuffix(".")
    if not bare:
        return None, ""
    if _GROUPED.fullmatch(bare):
        bare = bare.replace(".", "")
    bare = bare.replace(",", ".")
    if not _AMOUNT.fullmatch(bare):
        return None, "Skriv beløpet med bare tall, for eksempel 117 400."
    return Decimal(bare), ""


def missing_or_too_long(text: str, *, if_empty: str, longest: int = 4000) -> str:
    """What is wrong with words somebody must write, as a sentence; empty when they will do."""
    if not text:
        return if_empty
    if len(text) > longest:
        return f"Skriv høyst {number_text(longest)} tegn. Nå er det {number_text(len(text))}."
    return ""
