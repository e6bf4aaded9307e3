"""Setting a figure in place of the rules' own: a page of its own, with what happens when it is pressed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from runde.foundation.people.api import Role
from runde.foundation.trust.api import Conflict
from runde.grants.casework.api import CasePage, override_value, settable_figures, withdraw_override
from runde.web.components.fields import Choice, Field
from runde.web.entrance import Request, entrance, staff
from runde.web.officer.views.cases import opened_case
from runde.web.staff import attempt, new_key, pressed_once, work_page

NO_FIGURE = "Velg hvilket tall du vil sette."


@dataclass(frozen=True, slots=True)
class Typed:
    name: str = ""
    value: str = ""
    reason: str = ""
    is_back: bool = False
    errors: dict[str, str] = field(default_factory=dict)


@entrance(staff(Role.OFFICER))
def change(request: Request, case: UUID) -> HttpResponseBase:
    """Set a figure (`tall`), or with `tilbake=ja` let the rules' own count again."""
    opened = opened_case(request, case)
    if isinstance(opened, HttpResponse):
        return opened
    if not opened.page.may_set:
        raise Conflict("Tallene kan bare endres mens saken er åpen. Gå tilbake til saken og se hvor den er.")
    said = _typed(request)
    if request.method != "POST":
        return _page(request, opened.page, said)
    refused = _carry_out(request, case, said)
    if refused is not None:
        return _page(request, opened.page, refused)
    messages.success(request, "Saken er regnet ut på nytt. De gamle tallene står i historikken.")
    return redirect("case", request.tenant.slug, case)


def _typed(request: Request) -> Typed:
    given = request.POST if request.method == "POST" else request.GET
    return Typed(
        name=given.get("tall", ""),
        value=given.get("value", ""),
        reason=given.get("reason", ""),
        is_back=given.get("tilbake") == "ja",
    )


def _carry_out(request: Request, case: UUID, said: Typed) -> Typed | None:
    """None when it is done; else what was typed, with the sentence beside what is to be mended."""
    if not said.name:
        return _with(said, tall=NO_FIGURE)
    body = {
        "case": str(case),
        "name": said.name,
        "value": said.value,
        "reason": said.reason,
        "back": said.is_back,
    }
    refusal = attempt(lambda: pressed_once(request, "case_figure", body, lambda: _done(request, case, said)))
    if refusal is None:
        return None
    about = "value" if refusal.code == "wrong_figure" else "reason"
    return _with(said, **{about: refusal.sentence})


def _done(request: Request, case: UUID, said: Typed) -> str:
    common: dict[str, Any] = {"case_id": case, "name": said.name, "reason": said.reason}
    if said.is_back:
        return str(withdraw_override(**common, by=request.actor, at=request.at).id)
    return str(override_value(**common, typed=said.value, by=request.actor, at=request.at).id)


def _with(said: Typed, **errors: str) -> Typed:
    return Typed(said.name, said.value, said.reason, said.is_back, errors)


def _page(request: Request, page: CasePage, said: Typed) -> HttpResponse:
    fields = _back_fields(said) if said.is_back else _fields(page, said)
    label = next((one.label for one in page.overrides if one.name == said.name), "")
    facts = {
        "h1": f"{label}: bruk reglenes tall" if said.is_back else "Sett et annet tall enn reglene gir",
        "lead": "Det blir en egen beregning. Den gamle blir stående.",
        "case_number": page.case.number,
        "company": page.application.company_name,
        "back_url": reverse("case", args=[request.tenant.slug, page.case.id]),
        "back_text": "Saken",
        "fields": fields,
        "name": said.name if said.is_back else "",
        "is_back": said.is_back,
        "errors": fields if said.errors else [],
        "has_errors": bool(said.errors),
        "key": new_key(),
    }
    return work_page(
        request, "officer/figure.html", facts, room="worklist", status=422 if said.errors else 200
    )


def _fields(page: CasePage, said: Typed) -> list[Field]:
    return [
        Field(
            "tall",
            "Hvilket tall?",
            kind="select",
            choices=_choices(page),
            value=said.name,
            error=said.errors.get("tall", ""),
        ),
        Field(
            "value",
            "Hva skal det være?",
            value=said.value,
            description="Skriv det som det vises, for eksempel 117 400 kroner, 30 prosent eller ja.",
            error=said.errors.get("value", ""),
        ),
        _reason("Hvorfor?", said),
    ]


def _back_fields(said: Typed) -> list[Field]:
    return [_reason("Hvorfor skal reglenes tall gjelde igjen?", said)]


def _reason(label: str, said: Typed) -> Field:
    return Field(
        "reason",
        label,
        kind="textarea",
        rows=4,
        value=said.reason,
        description="Står i saken og i vedtaket. Søkeren kan be om å se det.",
        audience="applicant",
        error=said.errors.get("reason", ""),
    )


def _choices(page: CasePage) -> tuple[Choice, ...]:
    shown = (Choice(one.name, f"{one.label}: {one.shown}") for one in settable_figures(page.verdict))
    return (Choice("", "Velg"), *shown)
