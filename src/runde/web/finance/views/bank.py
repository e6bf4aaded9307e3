"""What the bank answers: the file read, what needs a person, a receipt written down by hand."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from runde.engine.reference.api import amount_text, date_text
from runde.foundation.people.api import Role, authorise, may
from runde.grants.payments.api import (
    BankPage,
    Payment,
    Trouble,
    bank_page,
    find_sent,
    get_trouble,
    read_answer,
    settle_answer,
    tell_answer,
)
from runde.web.components.facts import Fact
from runde.web.components.fields import Choice, Field
from runde.web.entrance import Request, entrance, staff
from runde.web.finance.bank_shown import (
    bank_heading,
    bank_totals_facts,
    bank_totals_sentence,
    files_table,
    read_sentence,
    sent_table,
    trouble_facts,
    troubles_table,
)
from runde.web.finance.views.preparing import read_day
from runde.web.staff import attempt, day_and_clock, missing_or_too_long, new_key, pressed_once, work_page

ON_A_PAGE = 50
LARGEST_MB = 32
KINDS = {"paid": "Betalt", "rejected": "Avvist av banken", "returned": "Pengene kom tilbake"}
REASONS = {
    "": "Vet ikke, eller noe annet",
    "AC04": "Kontoen er avsluttet",
    "AC01": "Kontonummeret finnes ikke",
    "AC06": "Kontoen er sperret",
    "AM04": "Ikke nok penger på kommunens konto",
}


@entrance(staff(Role.FINANCE, Role.APPROVER, Role.AUDITOR))
def show(request: Request) -> HttpResponse:
    authorise(request.actor, "payments.see")
    if request.method == "POST":
        return _read(request)
    return _page(request)


def _read(request: Request) -> HttpResponse:
    authorise(request.actor, "payments.read_answer")
    sent = request.FILES.get("fil")
    if not isinstance(sent, UploadedFile) or not sent.size:
        return _page(request, error="Velg filen du har hentet fra banken.")
    if sent.size > LARGEST_MB * 1024 * 1024:
        return _page(request, error=f"Filen er for stor. Den kan være høyst {LARGEST_MB} MB.")
    content, name = sent.read(), sent.name or "svar.xml"
    refusal = attempt(lambda: _tell(request, content, name))
    if refusal is not None:
        return _page(request, error=refusal.sentence)
    return redirect("bank", request.tenant.slug)


def _tell(request: Request, content: bytes, name: str) -> None:
    found = read_answer(content=content, file_name=name, by=request.actor, at=request.at)
    if not found.is_new:
        read_at = day_and_clock(found.file.read_at)
        messages.info(request, f"Denne filen er allerede lest {read_at}. Ingenting er endret.")
        return
    new: dict[str, int] = {}
    for one in found.new:
        new[one.kind] = new.get(one.kind, 0) + 1
    messages.success(request, f"Filen er lest. {read_sentence(new, found.repeated, found.file.others)}")


def _page(request: Request, *, error: str = "") -> HttpResponse:
    found, slug = bank_page(), request.tenant.slug
    asked = Field(
        "fil",
        "Fil fra banken",
        kind="file",
        accept=".xml,application/xml,text/xml",
        description=f"Svar på betalingsfil (pain.002) eller bevegelser (camt.054), høyst {LARGEST_MB} MB.",
        error=error,
    )
    waiting = Paginator(found.waiting, ON_A_PAGE).get_page(request.GET.get("side"))
    reads = may(request.actor, "payments.read_answer")
    facts = {
        "h1": bank_heading(found),
        "back_url": reverse("payments", args=[slug]),
        "back_text": "Betaling",
        "totals": bank_totals_facts(found.totals),
        "totals_sentence": bank_totals_sentence(found.totals),
        "asked": asked if reads else None,
        "errors": [asked] if error else [],
        "has_errors": bool(error),
        "troubles": troubles_table(found.troubles, slug, links=reads) if found.troubles else None,
        "waiting": sent_table(waiting.object_list, "Venter på svar", slug, links=reads)
        if found.waiting
        else None,
        "page": waiting,
        "paid": _paid(found, slug),
        "paid_count": found.paid,
        "files": files_table(found) if found.files else None,
    }
    return work_page(request, "finance/bank.html", facts, room="payments", status=422 if error else 200)


def _paid(found: BankPage, slug: str) -> object:
    """The matched ones, put away; the newest fifty, for a look."""
    newest = found.settled.order_by("-reference")[:ON_A_PAGE]
    return sent_table(newest, "Betalt av banken", slug, links=False) if found.paid else None


@entrance(staff(Role.FINANCE))
def trouble(request: Request, bank_answer: UUID) -> HttpResponse:
    authorise(request.actor, "payments.read_answer")
    found = get_trouble(bank_answer)
    if found is None:
        return redirect("bank", request.tenant.slug)
    if request.method != "POST":
        return _trouble_page(request, found)
    why = request.POST.get("why", "").strip()
    wrong = missing_or_too_long(why, if_empty="Skriv hva du har funnet ut.", longest=300)
    if wrong:
        return _trouble_page(request, found, error=wrong)
    settle_answer(answer_id=bank_answer, why=why, by=request.actor, at=request.at)
    messages.success(request, "Svaret fra banken er avklart.")
    return redirect("bank", request.tenant.slug)


def _trouble_page(request: Request, found: Trouble, *, error: str = "") -> HttpResponse:
    why = Field(
        "why",
        "Hva har du funnet ut?",
        kind="textarea",
        rows=4,
        audience="internal",
        description="For eksempel hva banken sa, og hvem du snakket med.",
        error=error,
        value=request.POST.get("why", ""),
    )
    name = found.payment.recipient_name if found.payment else found.answer.named
    facts = {
        "h1": f"Avklar svaret fra banken: {name}",
        **_back(request),
        "facts": trouble_facts(found),
        "why": why,
        "errors": [why] if error else [],
        "has_errors": bool(error),
        "is_owed": found.renewal is not None and not found.paid_anew,
    }
    return work_page(
        request, "finance/bank_trouble.html", facts, room="payments", status=422 if error else 200
    )


@entrance(staff(Role.FINANCE))
def receipt(request: Request, payment: UUID) -> HttpResponse:
    """What somebody has heard from the bank about one payment."""
    authorise(request.actor, "payments.read_answer")
    found = find_sent(payment)
    if found is None:
        raise Http404
    if request.method != "POST":
        return _receipt_page(request, found, {})
    kind, note = request.POST.get("kind", ""), request.POST.get("note", "").strip()
    reason, typed = request.POST.get("reason", ""), request.POST.get("day", "").strip()
    day = read_day(typed) if typed else None
    errors = {
        "kind": "" if kind in KINDS else "Velg hva banken har sagt.",
        "reason": "" if reason in REASONS else "Velg en grunn fra lista.",
        "day": "Skriv dagen som dag, måned og år, for eksempel 04.12.2026." if typed and day is None else "",
        "note": missing_or_too_long(note, if_empty="Skriv hvordan du vet det.", longest=300),
    }
    if any(errors.values()):
        return _receipt_page(request, found, errors)
    refusal = attempt(
        lambda: pressed_once(
            request,
            "tell_answer",
            {"payment": str(payment), "kind": kind},
            lambda: str(
                tell_answer(
                    payment_id=payment,
                    kind="paid" if kind == "paid" else "rejected" if kind == "rejected" else "returned",
                    note=note,
                    reason_code="" if kind == "paid" else reason,
                    booked_date=day,
                    by=request.actor,
                    at=request.at,
                )
            ),
        )
    )
    if refusal is not None:
        return _receipt_page(request, found, {"note": refusal.sentence})
    messages.success(request, f"Skrevet ned: {KINDS[kind].lower()}, {found.recipient_name}.")
    return redirect("bank", request.tenant.slug)


def _receipt_page(request: Request, found: Payment, errors: dict[str, str]) -> HttpResponse:
    fields = _receipt_fields(request, errors)
    wrong = [one for one in fields if one.error]
    facts = {
        "h1": f"Skriv ned svar fra banken: {found.recipient_name}",
        **_back(request),
        "facts": [
            Fact("Sak", found.case_number),
            Fact("Referanse", found.reference),
            Fact("Beløp", amount_text(found.amount_nok)),
        ],
        "fields": fields,
        "errors": wrong,
        "has_errors": bool(wrong),
        "key": request.POST.get("key") or new_key(),
    }
    return work_page(
        request, "finance/bank_receipt.html", facts, room="payments", status=422 if wrong else 200
    )


def _receipt_fields(request: Request, errors: dict[str, str]) -> list[Field]:
    given = request.POST
    today = date_text(timezone.localdate(request.at))
    return [
        Field(
            "kind",
            "Hva har banken sagt?",
            kind="radios",
            choices=tuple(Choice(code, text) for code, text in KINDS.items()),
            value=given.get("kind", ""),
            error=errors.get("kind", ""),
        ),
        Field(
            "reason",
            "Hvorfor, hvis den ikke er betalt?",
            kind="select",
            choices=tuple(Choice(code, text) for code, text in REASONS.items()),
            value=given.get("reason", ""),
            optional=True,
            error=errors.get("reason", ""),
        ),
        Field(
            "day",
            "Dagen banken førte det",
            kind="date",
            optional=True,
            description=f"Ikke senere enn i dag, {today}.",
            value=given.get("day", ""),
            error=errors.get("day", ""),
        ),
        Field(
            "note",
            "Hvordan vet du det?",
            kind="textarea",
            rows=3,
            audience="internal",
            description="For eksempel nettbanken, eller hvem i banken du snakket med.",
            value=given.get("note", ""),
            error=errors.get("note", ""),
        ),
    ]


def _back(request: Request) -> dict[str, str]:
    return {"back_url": reverse("bank", args=[request.tenant.slug]), "back_text": "Svar fra banken"}
