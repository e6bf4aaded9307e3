"""What is done with files in the background: scanned for virus, and swept when nobody came back for them."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from procrastinate.contrib.django import app

from runde.foundation.jobs.api import task
from runde.foundation.organisations.api import list_tenants
from runde.foundation.trust.api import fence

from .operations.resumable import sweep_uploads
from .operations.scan_attachment import scan_attachment
from .queries import waiting_for_scan
from .scanning import ScannerSilent, find_scanner

MOST_AT_ONCE = 200


@task("documents.scan")
def scan(*, tenant_id: str, attachment_id: str) -> None:
    """Tried again when the scanner is silent; after that `scan_waiting` takes it up when the scanner is back."""
    _scan(UUID(tenant_id), UUID(attachment_id))


@app.periodic(cron="*/10 * * * *")
@app.task(name="documents.scan_waiting", queueing_lock="documents.scan_waiting")
def scan_waiting(timestamp: int) -> None:
    """Every ten minutes: what was handed in while the scanner was away, or before there was one."""
    if find_scanner() is None:
        return
    for tenant in list_tenants():
        with fence(tenant.id):
            waiting = waiting_for_scan(MOST_AT_ONCE)
        try:
            for attachment_id in waiting:
                _scan(tenant.id, attachment_id)
        except ScannerSilent:
            return  # still away: the next round asks again


@app.periodic(cron="40 * * * *")
@app.task(name="documents.sweep_uploads", queueing_lock="documents.sweep_uploads")
def sweep(timestamp: int) -> None:
    """Every hour: uploads nobody goes on with."""
    for tenant in list_tenants():
        with fence(tenant.id):
            sweep_uploads(at=datetime.now(UTC))


def _scan(tenant_id: UUID, attachment_id: UUID) -> None:
    scanner = find_scanner()
    if scanner is None:
        return
    with fence(tenant_id):
        scan_attachment(attachment_id=attachment_id, scanner=scanner, at=datetime.now(UTC))
