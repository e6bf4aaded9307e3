"""Planted faults: a wall taken away and the act doubled, or a told thing gone. Each must be found, and is undone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import psycopg

from runde.adapters.postgres import launcher

from ..frame import Findings
from ..ground import Ground
from .checks import doubled_or_broken, lost
from .logbook import Request

AGAIN = (
    "INSERT INTO {table} SELECT (jsonb_populate_record(NULL::{table}, to_jsonb(one) || jsonb_build_object({other}))).* "
    "FROM {table} one WHERE {which} LIMIT 1"
)
NEW_ID = "'id', gen_random_uuid()"


def again(table: str, which: str = "true", other: str = NEW_ID) -> str:
    return AGAIN.format(table=table, which=which, other=other)


DOUBLED = {
    "a payment sealed twice": [
        "ALTER TABLE payments_sealedpayment DROP CONSTRAINT payments_sealedpayment_payment_id_key",
        "ALTER TABLE payments_sealedpayment DROP CONSTRAINT payments_end_to_end_once",
        again("payments_sealedpayment"),
    ],
    "a bank file twice": [
        "ALTER TABLE payments_bankfile DROP CONSTRAINT payments_bankfile_batch_id_key",
        "ALTER TABLE payments_bankfile DROP CONSTRAINT payments_message_once",
        again("payments_bankfile"),
    ],
    "a payment in two batches": [
        "DROP INDEX payments_one_live_line",
        again("payments_batchline", "is_live", f"{NEW_ID}, 'batch_id', gen_random_uuid()"),
    ],
    "two payments for a decision": [
        "ALTER TABLE payments_payment DROP CONSTRAINT payments_one_for_each_decision",
        again("payments_payment", other=f"{NEW_ID}, 'reference', 'U-2026-999999'"),
    ],
    "a case decided twice": [
        "ALTER TABLE casework_decision DROP CONSTRAINT casework_decision_once",
        again("casework_decision"),
    ],
    "money set aside twice": [
        "ALTER TABLE ledger_entry DROP CONSTRAINT ledger_entry_once",
        "CREATE TEMP TABLE first ON COMMIT DROP AS SELECT id, gen_random_uuid() AS other FROM ledger_entry "
        "WHERE kind = 'commitment' LIMIT 1",
        "INSERT INTO ledger_entry SELECT (jsonb_populate_record(NULL::ledger_entry, "
        "to_jsonb(one) || jsonb_build_object('id', first.other))).* FROM ledger_entry one JOIN first USING (id)",
        "INSERT INTO ledger_leg SELECT (jsonb_populate_record(NULL::ledger_leg, to_jsonb(one) || "
        "jsonb_build_object('id', gen_random_uuid(), 'entry_id', first.other))).* "
        "FROM ledger_leg one JOIN first ON first.id = one.entry_id",
    ],
    "two letters": [
        "DROP INDEX documents_key_once",
        again("documents_document", "kind = 'decision_letter'"),
    ],
    "an entry out of balance": [
        "UPDATE ledger_leg SET amount_nok = amount_nok + 1 WHERE id = (SELECT id FROM ledger_leg LIMIT 1)"
    ],
    "a job left behind": [
        "UPDATE procrastinate_jobs SET status = 'doing' WHERE id = (SELECT min(id) FROM procrastinate_jobs)"
    ],
}
TAKEN = {
    "submit": "DELETE FROM applications_application",
    "approve": "DELETE FROM casework_decision",
    "seal": "UPDATE payments_bankfile SET sha256 = 'x'",
    "send": "UPDATE payments_batch SET state = 'sealed', sent_by = NULL, sent_at = NULL WHERE state = 'sent'",
}


def plant(ground: Ground, found: Findings, requests: Sequence[Request]) -> None:
    with psycopg.connect(ground.dsn(launcher.SUPERUSER), autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        for name, statements in DOUBLED.items():
            with connection.transaction(force_rollback=True):
                _do(connection, statements)
                found.control(name, doubled_or_broken(connection))
        for act, statement in TAKEN.items():
            told = [request for request in requests if request.act == act]
            with connection.transaction(force_rollback=True):
                _do(connection, [statement])
                found.control(f"{act} acknowledged and lost", lost(connection, told))


def _do(connection: psycopg.Connection[Any], statements: Sequence[str]) -> None:
    for statement in statements:
        connection.execute(statement)
