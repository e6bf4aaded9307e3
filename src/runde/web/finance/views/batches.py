"""One batch: how far it has come, what it holds, and the file for the bank."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from runde.foundation.people.api import Role, authorise, may
from runde.grants.payments.api import Batch, BatchPage, bank_file_bytes, batch_page
from runde.web.entrance import Request, entrance, staff
from runde.web.finance.shown import (
    amount,
    batch_heading,
    batch_lead,
    batch_steps,
    file_facts,
    payments_table,
    stops_table,
    totals_facts,
    totals_sentence,
)
from runde.web.staff import new_key, others_who_are, sent_as_file, work_page

ON_A_PAGE = 50
BANK_FILE = "application/xml"


@entrance(staff(Role.FINANCE, Role.APPROVER, Role.AUDITOR))
def show(request: Request, batch: UUID) -> HttpResponse:
    authorise(request.actor, "payments.see")
    found = batch_page(batch, on=timezone.localdate(request.at))
    slug = request.tenant.slug
    lines = Paginator(found.payments, ON_A_PAGE).get_page(request.GET.get("side"))
    cases = slug if request.actor.holds(Role.OFFICER, Role.APPROVER, Role.AUDITOR) else ""
    facts = {
        "h1": batch_heading(found),
        "lead": batch_lead(found.batch),
        "back_url": reverse("payments", args=[slug]),
        "back_text": "Betaling",
        "batch": found.batch,
        "steps": batch_steps(found),
        "returned_reason": found.returned_reason,
        "stops": stops_table(found.stops) if found.stops else None,
        "totals": totals_facts(found.totals),
        "totals_sentence": totals_sentence(found.totals),
        "file": file_facts(found),
        "lines": payments_table(
            lines.object_list,
            "Mottakere",
            accounts=found.accounts,
            case_slug=cases,
            total=("Til sammen", "", "", "", amount(found.sum_nok)),
        ),
        "page": lines,
        "key": new_key(),
        **_acts(request, found),
    }
    return work_page(request, "finance/batch.html", facts, room="payments")


def _acts(request: Request, found: BatchPage) -> dict[str, object]:
    """What this person may do with the batch now, or who may do it instead."""
    batch, actor, address = found.batch, request.actor, [request.tenant.slug, found.batch.id]
    own = batch.prepared_by == actor.person_id
    waits = batch.state == Batch.State.PREPARED
    decides = waits and not own and may(actor, "payments.approve")
    sealed = found.file is not None and may(actor, "payments.fetch_file")
    sends = batch.state == Batch.State.SEALED and may(actor, "payments.mark_sent")
    return {
        "approve_url": reverse("approve_batch", args=address) if decides and not found.stops else "",
        "return_url": reverse("return_batch", args=address) if decides else "",
        "file_url": reverse("bank_file", args=address) if sealed else "",
        "sent_url": reverse("mark_sent", args=address) if sends else "",
        "is_own": own and waits,
        "who_may": others_who_are(request, Role.FINANCE, Role.APPROVER) if waits and not decides else "",
    }


@require_GET
@entrance(staff(Role.FINANCE))
def bank_file(request: Request, batch: UUID) -> HttpResponse:
    """The sealed bytes, the same each time; the reading is written in the journal."""
    sealed = bank_file_bytes(batch_id=batch, by=request.actor, at=request.at)
    response = sent_as_file(sealed.content, media_type=BANK_FILE, file_name=sealed.file_name)
    response["X-Checksum-SHA256"] = sealed.sha256
    return response
