"""What is owed, what is on its way, and whether the totals agree."""

from __future__ import annotations

from decimal import Decimal

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from runde.engine.reference.api import amount_text, weekday_date_text
from runde.foundation.people.api import Role, authorise, may
from runde.grants.payments.api import Batch, BatchRow, Due, list_batches, list_due, reconciliation
from runde.web.entrance import Request, entrance, staff
from runde.web.finance.shown import (
    batches_table,
    payments_text,
    recipients,
    stops_table,
    totals_facts,
    totals_sentence,
)
from runde.web.staff import count_text, work_page

ROLES = (Role.FINANCE, Role.APPROVER, Role.AUDITOR)


@entrance(staff(*ROLES))
def show(request: Request) -> HttpResponse:
    authorise(request.actor, "payments.see")
    slug = request.tenant.slug
    due = list_due(on=timezone.localdate(request.at))
    batches = list_batches()
    totals = reconciliation()
    may_prepare = may(request.actor, "payments.prepare")
    facts = {
        "h1": _heading(due, batches),
        "lead": _lead(due, batches),
        "totals": totals_facts(totals),
        "totals_agree": totals.agree,
        "totals_sentence": totals_sentence(totals),
        "stops": stops_table(due.stops) if due.stops else None,
        "batches": batches_table(batches, slug) if batches else None,
        "bank_url": reverse("bank", args=[slug]),
        "prepare_url": reverse("prepare_batch", args=[slug]) if may_prepare and _has_payable(due) else "",
    }
    return work_page(request, "finance/payments.html", facts, room="payments")


def _has_payable(due: Due) -> bool:
    return len(due.payments) > len(due.stopped_ids) or due.next_count > 0


def _heading(due: Due, batches: list[BatchRow]) -> str:
    payable = [payment for payment in due.payments if payment.id not in due.stopped_ids]
    if payable:
        total = sum((payment.amount_nok for payment in payable), Decimal(0))
        return f"{payments_text(len(payable))} kan klargjøres nå, til sammen {amount_text(total)}"
    waiting = [row for row in batches if row.batch.state == Batch.State.PREPARED]
    if waiting:
        return f"{payments_text(len(waiting))} venter på godkjenning"
    if any(row.batch.state == Batch.State.SEALED for row in batches):
        return "Bankfilen er laget og må sendes til banken"
    if due.stopped_ids:
        return f"{payments_text(len(due.stopped_ids))} er stoppet"
    return "Ingenting å betale nå"


def _lead(due: Due, batches: list[BatchRow]) -> str:
    if due.stops and len(due.stopped_ids) < len(due.payments):
        return f"{count_text(len(due.stopped_ids), 'betaling er stoppet', 'betalinger er stoppet')}. Se hvorfor under."
    if due.next_due_date and not due.payments:
        return f"Neste forfall: {weekday_date_text(due.next_due_date)}, {recipients(due.next_count)}."
    if not batches and not due.payments:
        return "Betalingene kommer hit når vedtakene er fattet."
    return ""
