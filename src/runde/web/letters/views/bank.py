"""The text bank: paragraphs kept for several templates."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from runde.engine.reference.api import LANGUAGES
from runde.grants.letters.api import (
    BankText,
    fields_of,
    get_bank_text,
    get_kind,
    list_bank_texts,
    pieces,
    retire_bank_text,
    to_typed,
    write_bank_text,
)
from runde.web.components.fields import Choice, Field
from runde.web.entrance import Request, entrance, staff
from runde.web.letters.access import READERS, WRITERS, may_write
from runde.web.letters.words import LANGUAGES as NAMES
from runde.web.staff import attempt, work_page

BLOCKS = (
    ("steps", "Det dere må gjøre"),
    ("reasons", "Begrunnelse"),
    ("conditions", "Vilkår"),
    ("next", "Dette skjer nå"),
    ("contact", "Kontakt"),
)


@entrance(staff(*READERS))
def index(request: Request) -> HttpResponse:
    if request.method == "POST" and may_write(request.actor):
        return _write(request, None)
    return _page(request, None)


@entrance(staff(*WRITERS))
def edit(request: Request, text: UUID) -> HttpResponse:
    found = get_bank_text(text, by=request.actor)
    return _write(request, found) if request.method == "POST" else _page(request, found)


@require_POST
@entrance(staff(*WRITERS))
def retire(request: Request, text: UUID) -> HttpResponse:
    retire_bank_text(text_id=text, by=request.actor, at=request.at)
    messages.success(request, "Teksten er tatt ut av tekstbanken. Maler som har den, beholder sin kopi.")
    return redirect("letter_bank", request.tenant.slug)


def _write(request: Request, found: BankText | None) -> HttpResponse:
    sent = request.POST
    block = sent.get("block", "") if sent.get("block", "") in dict(BLOCKS) else "steps"
    refusal = attempt(
        lambda: write_bank_text(
            name=sent.get("name", "")[:120],
            block=block,
            texts={one: sent.get(one, "") for one in LANGUAGES},
            text_id=found.id if found else None,
            by=request.actor,
            at=request.at,
        )
    )
    if refusal is not None:
        return _page(request, found, error=refusal.sentence)
    messages.success(request, "Teksten er lagret i tekstbanken.")
    return redirect("letter_bank", request.tenant.slug)


def _page(request: Request, found: BankText | None, error: str = "") -> HttpResponse:
    slug = request.tenant.slug
    facts = {
        "h1": f"Endre «{found.name}»" if found else "Tekstbank",
        "lead": "Avsnitt som flere maler kan bruke. En mal får en kopi, så den endres ikke når banken endres.",
        "back_url": reverse("letter_bank" if found else "letters", args=[slug]),
        "back_text": "Tekstbank" if found else "Brev",
        "texts": [] if found else [_shown(slug, one) for one in list_bank_texts(by=request.actor)],
        "fields": _fields(request, found, error),
        "names": ", ".join(f"«{field.name}»" for field in fields_of(get_kind("refusal"), "nb")),
        "errors": [field for field in _fields(request, found, error) if field.error],
        "has_errors": bool(error),
        "may_write": may_write(request.actor),
        "found": found,
        "retire_url": reverse("retire_bank_text", args=[slug, found.id]) if found else "",
    }
    return work_page(request, "letters/bank.html", facts, room="letters", status=422 if error else 200)


def _shown(slug: str, one: BankText) -> dict[str, object]:
    return {
        "name": one.name,
        "block": dict(BLOCKS).get(one.block, ""),
        "pieces": pieces(one.texts["nb"], "nb"),
        "url": reverse("letter_bank_text", args=[slug, one.id]),
    }


def _fields(request: Request, found: BankText | None, error: str) -> list[Field]:
    sent = request.POST if request.method == "POST" else {}
    name = sent.get("name", found.name if found else "")
    block = sent.get("block", found.block if found else "steps")
    return [
        Field(name="name", label="Navn", value=name, error=error, description="Så andre finner den."),
        Field(
            name="block",
            label="Hvor i brevet",
            kind="select",
            value=block,
            choices=tuple(Choice(value, text) for value, text in BLOCKS),
        ),
        *(
            Field(
                name=one,
                label=NAMES[one],
                kind="textarea",
                rows=4,
                value=sent.get(one, to_typed(found.texts[one], one) if found else ""),
            )
            for one in LANGUAGES
        ),
    ]
