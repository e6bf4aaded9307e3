"""What must hold after the kills, asked in plain SQL, and of what the clients were told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg

from runde.adapters.audit.api import Places, audit
from runde.engine.bank.api import read_pain001
from runde.foundation.journal.api import verify_all

from .logbook import Request

Connection = psycopg.Connection[Any]

NEVER = {
    "application with several numbers or cases": """
        SELECT application_id FROM casework_case GROUP BY 1 HAVING count(*) > 1""",
    "company with several applications": """
        SELECT organisation_number FROM applications_application WHERE state <> 'withdrawn'
        GROUP BY tenant_id, call_id, organisation_number HAVING count(*) > 1""",
    "case with several decisions": """
        SELECT case_id FROM casework_decision WHERE replaces_id IS NULL GROUP BY 1 HAVING count(*) > 1""",
    "decision without exactly one letter": """
        SELECT decision.id FROM casework_decision decision LEFT JOIN documents_document document
        ON document.tenant_id = decision.tenant_id AND document.kind = 'decision_letter'
        AND document.key = 'decision_letter:' || decision.id GROUP BY 1 HAVING count(document.id) <> 1""",
    "case with several letters": """
        SELECT subject_id FROM documents_document WHERE kind = 'decision_letter'
        GROUP BY 1 HAVING count(*) > (SELECT count(*) FROM casework_decision WHERE case_id = subject_id)""",
    "decision without exactly one payment": """
        SELECT decision.id FROM casework_decision decision
        LEFT JOIN payments_payment payment ON payment.decision_id = decision.id
        WHERE decision.outcome = 'granted' GROUP BY 1 HAVING count(payment.id) <> 1""",
    "payment in several places": """
        SELECT payment_id FROM payments_batchline WHERE is_live GROUP BY 1 HAVING count(*) > 1""",
    "payment sealed several times": """
        SELECT payment_id FROM payments_sealedpayment GROUP BY 1 HAVING count(*) > 1""",
    "end-to-end id used several times": """
        SELECT end_to_end_id FROM payments_sealedpayment GROUP BY tenant_id, 1 HAVING count(*) > 1""",
    "case with other money set aside than decided": """
        SELECT decision.case_id FROM casework_decision decision LEFT JOIN (
            SELECT leg.subject_id, sum(leg.amount_nok) AS set_aside FROM ledger_leg leg
            JOIN ledger_entry entry ON entry.id = leg.entry_id AND entry.kind = 'commitment'
            WHERE leg.subject_id IS NOT NULL GROUP BY 1
        ) posted ON posted.subject_id = decision.case_id
        WHERE coalesce(set_aside, 0) <> decision.amount_nok""",
    "sent batch with other money paid than sealed": """
        SELECT batch.id FROM payments_batch batch JOIN payments_bankfile file ON file.batch_id = batch.id
        JOIN payments_sealedpayment sealed ON sealed.bank_file_id = file.id
        JOIN payments_payment payment ON payment.id = sealed.payment_id
        LEFT JOIN ledger_entry entry ON entry.tenant_id = batch.tenant_id AND entry.key = 'paid:' || payment.id
        GROUP BY batch.id, batch.state HAVING (batch.state = 'sent') <> (count(entry.id) = count(sealed.id))""",
    "entry out of balance": """
        SELECT entry_id FROM ledger_leg GROUP BY 1 HAVING sum(amount_nok) <> 0 OR count(*) <> (
            SELECT leg_count FROM ledger_entry WHERE id = entry_id)""",
    "account below its floor on the way": """
        SELECT DISTINCT account_id FROM (
            SELECT leg.account_id, sum(leg.amount_nok) OVER (
                PARTITION BY leg.account_id, leg.subject_id ORDER BY leg.entry_id, leg.position) AS stands
            FROM ledger_leg leg JOIN ledger_account account ON account.id = leg.account_id
            WHERE account.floor <> 'none') running WHERE stands < 0""",
    "job not done": """
        SELECT concat_ws(' ', id, task_name, status, 'attempts', attempts, scheduled_at)
        FROM procrastinate_jobs WHERE status NOT IN ('succeeded', 'cancelled', 'aborted')
        AND NOT (status = 'todo' AND scheduled_at > now() + interval '2 minutes')""",
}
ACKNOWLEDGED = {
    "submit": "SELECT id::text AS application, number, seal FROM applications_application "
    "WHERE id = %(application)s AND state = 'submitted'",
    "seal": "SELECT id::text AS file, sha256, sum_nok::text, count FROM payments_bankfile WHERE id = %(file)s",
    "fetch": "SELECT id::text AS file, sha256, sum_nok::text, count FROM payments_bankfile WHERE id = %(file)s",
    "send": "SELECT id::text AS sent FROM payments_batch WHERE id = %(sent)s AND state = 'sent'",
}


def doubled_or_broken(connection: Connection) -> list[str]:
    """Everything done twice, half, or not at all. On a connection that passes the fences."""
    wrong = []
    for name, question in NEVER.items():
        rows = connection.execute(question).fetchall()
        if rows:
            wrong.append(f"{name}: {len(rows)}, for instance {rows[0][0]}")
    return wrong + list(_paid_twice(connection))


def _paid_twice(connection: Connection) -> Iterator[str]:
    """The bank's side: the files' own bytes, read as the bank would."""
    files = connection.execute("SELECT tenant_id, content FROM payments_bankfile").fetchall()
    seen: Counter[tuple[UUID, str]] = Counter()
    accounts: Counter[tuple[UUID, str]] = Counter()
    for tenant, content in files:
        for block in read_pain001(bytes(content)).blocks:
            seen.update((tenant, line.reference) for line in block.lines)
            accounts.update((tenant, line.creditor_account) for line in block.lines)
    yield from (
        f"{reference} stands in {times} bank files" for (_, reference), times in seen.items() if times > 1
    )
    yield from (
        f"account {account} is paid {times} times" for (_, account), times in accounts.items() if times > 1
    )


def lost(connection: Connection, requests: Iterable[Request]) -> list[str]:
    """What a client was told was done, and is not there, or is there otherwise."""
    wrong = []
    for request in requests:
        if not request.answers:
            wrong.append(f"{request.act} {request.key} was never answered")
        elif any(answer != request.answers[0] for answer in request.answers):
            wrong.append(f"{request.act} {request.key} was answered in different ways")
        elif _stored(connection, request) != request.answers[0]:
            wrong.append(f"{request.act} {request.key} was acknowledged and lost: {request.answers[0]}")
    return wrong


def _stored(connection: Connection, request: Request) -> dict[str, Any] | None:
    answer = request.answers[0]
    if request.act == "approve":
        return _stored_decisions(connection, answer)
    cursor = connection.execute(ACKNOWLEDGED[request.act], answer)
    row, names = cursor.fetchone(), [column.name for column in cursor.description or ()]
    return dict(zip(names, row, strict=True)) if row else None


def _stored_decisions(connection: Connection, answer: dict[str, Any]) -> dict[str, Any]:
    rows = connection.execute(
        "SELECT id::text, amount_nok FROM casework_decision WHERE id = ANY(%s::uuid[])", [answer["decisions"]]
    ).fetchall()
    return {"decisions": sorted(row[0] for row in rows), "sum_nok": str(sum(row[1] for row in rows))}


def audited(connection: Connection, home: Path) -> list[str]:
    """What the independent checker finds."""
    found = audit(connection, Places(manifests=home / "manifests", files=home / "files"))
    return [f"audit: {finding}" for finding in found.findings]


def journal_faults() -> list[str]:
    return [f"journal: {fault.sentence}" for report in verify_all() for fault in report.faults]
