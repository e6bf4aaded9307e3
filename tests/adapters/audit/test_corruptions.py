"""A whole round holds; every corruption made past all walls is named by the check it belongs to."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from runde.adapters.audit.api import CHECKS, audit, promises
from runde.adapters.audit.bank_file import Unreadable, read_file

from .conftest import Round

# check that must name it -> what a superuser does. Each is rolled back.
ONE_LEG = "(SELECT id FROM ledger_leg WHERE subject_id IS NOT NULL ORDER BY id LIMIT 1)"
GRANTED = "(SELECT id FROM casework_decision WHERE outcome = 'granted' ORDER BY id LIMIT 1)"
SEALED = "(SELECT payment_id FROM payments_sealedpayment ORDER BY id LIMIT 1)"
SPOKEN = "(SELECT id FROM casework_impartiality ORDER BY id LIMIT 1)"
FILE = "(SELECT id FROM payments_bankfile ORDER BY message_id LIMIT 1)"
APPEALED = (
    "INSERT INTO casework_appeal (id, tenant_id, decision_id, text, late_words, written_by, begun_at, other_party, "
    "sent_at, is_late, state, is_partial, is_contested, body_result, result, result_text) SELECT gen_random_uuid(), "
    "tenant_id, id, '', '', decided_by, decided_at, '', decided_at, false, 'received', false, false, '', '', '' "
    f"FROM casework_decision WHERE id = {GRANTED}"
)
CORRUPTIONS = [
    ("entry_balanced", f"UPDATE ledger_leg SET amount_nok = amount_nok + 1 WHERE id = {ONE_LEG}"),
    ("entry_complete", f"DELETE FROM ledger_leg WHERE id = {ONE_LEG}"),
    (
        "entry_complete",
        "DELETE FROM ledger_leg WHERE entry_id = (SELECT max(id::text)::uuid FROM ledger_entry)",
    ),
    (
        "source_not_overdrawn",
        "UPDATE ledger_leg SET amount_nok = sign(amount_nok) WHERE entry_id IN "
        "(SELECT id FROM ledger_entry WHERE kind = 'appropriation')",
    ),
    (
        "case_not_overdrawn",
        "UPDATE ledger_leg SET amount_nok = amount_nok * 2 WHERE entry_id IN "
        "(SELECT id FROM ledger_entry WHERE kind = 'bank_file')",
    ),
    ("given_as_decided", "UPDATE schemes_fundingsource SET amount_nok = amount_nok + 1"),
    ("given_as_decided", "UPDATE schemes_fundingsource SET state = 'withdrawn'"),
    (
        "commitments_are_awards",
        "UPDATE ledger_entry SET key = 'decision:other' WHERE id = "
        "(SELECT id FROM ledger_entry WHERE kind = 'commitment' LIMIT 1)",
    ),
    (
        "decision_is_its_awards",
        f"UPDATE casework_award SET amount_nok = amount_nok + 1 WHERE decision_id = {GRANTED}",
    ),
    ("decision_is_its_awards", f"DELETE FROM casework_award WHERE decision_id = {GRANTED}"),
    (
        "decision_by_two",
        "ALTER TABLE casework_decision DROP CONSTRAINT casework_decision_four_eyes; "
        f"UPDATE casework_decision SET decided_by = prepared_by WHERE id = {GRANTED}",
    ),
    ("decision_approved", "DELETE FROM approvals_approval WHERE kind = 'proposal'"),
    (
        "decision_approved",
        f"UPDATE casework_decision SET decided_by = gen_random_uuid() WHERE id = {GRANTED}",
    ),
    (
        "approval_by_two",
        "ALTER TABLE approvals_approval DROP CONSTRAINT approvals_four_eyes; "
        "UPDATE approvals_approval SET decided_by = prepared_by WHERE kind = 'payment_batch'",
    ),
    ("decision_impartial", f"UPDATE casework_impartiality SET is_impartial = false WHERE id = {SPOKEN}"),
    ("aid_is_decided", "DELETE FROM aid_aidaward WHERE id = (SELECT id FROM aid_aidaward LIMIT 1)"),
    ("aid_is_decided", "UPDATE aid_aidaward SET organisation_number = '310000000'"),
    (
        "declined_is_released",
        f"UPDATE casework_decision SET accept_by_date = '2026-12-01' WHERE id = {GRANTED}; "
        "INSERT INTO casework_acceptance (id, tenant_id, decision_id, answer, reason, answered_by, answered_at) "
        "SELECT gen_random_uuid(), tenant_id, id, 'declined', '', decided_by, decided_at "
        f"FROM casework_decision WHERE id = {GRANTED}",
    ),
    (
        "declined_is_released",
        "UPDATE ledger_entry SET kind = 'release', key = 'declined:' || id WHERE id = "
        "(SELECT id FROM ledger_entry WHERE kind = 'bank_file' LIMIT 1)",
    ),
    (
        "appeals_hold_what_is_set_aside",
        "UPDATE ledger_entry SET key = 'appeal:' || id || ':1' WHERE id = "
        "(SELECT id FROM ledger_entry WHERE kind = 'commitment' LIMIT 1)",
    ),
    (
        "appeals_hold_what_is_set_aside",
        f"{APPEALED}; "
        "INSERT INTO casework_setaside (id, tenant_id, appeal_id, number, source_id, amount_nok, made_at, ended_how) "
        "SELECT gen_random_uuid(), tenant_id, id, 1, gen_random_uuid(), 1, begun_at, '' FROM casework_appeal",
    ),
    (
        "owed_when_accepted",
        f"UPDATE casework_decision SET accept_by_date = '2026-12-01' WHERE id = {GRANTED}",
    ),
    (
        "account_held",
        "UPDATE payments_sealedpayment SET account_number = '99999900018' WHERE payment_id = " + SEALED,
    ),
    (
        "account_held",
        "INSERT INTO payments_accountchange (id, tenant_id, case_id, organisation_number, old_number, new_number, "
        "asked_by, asked_at, effective_date, cancelled_why) SELECT gen_random_uuid(), tenant_id, case_id, "
        "recipient_number, account_number, '99999900018', gen_random_uuid(), made_at, '2027-01-01', '' "
        f"FROM payments_payment WHERE id = {SEALED}",
    ),
    ("decision_declared", f"DELETE FROM casework_impartiality WHERE id = {SPOKEN}"),
    (
        "one_live_decision",
        "ALTER TABLE casework_decision DROP CONSTRAINT casework_decision_names_the_one_it_replaces; "
        "INSERT INTO casework_decision SELECT (jsonb_populate_record(NULL::casework_decision, to_jsonb(one) || "
        "jsonb_build_object('id', gen_random_uuid(), 'number', 2))).* "
        f"FROM casework_decision one WHERE id = {GRANTED}",
    ),
    (
        "case_state_fits",
        "UPDATE casework_case SET state = 'open' WHERE id = (SELECT id FROM casework_case LIMIT 1)",
    ),
    ("application_has_case", "DELETE FROM casework_case WHERE id = (SELECT id FROM casework_case LIMIT 1)"),
    (
        "decision_has_letter",
        "DELETE FROM procrastinate_jobs; DELETE FROM documents_document WHERE kind = 'decision_letter'",
    ),
    ("decision_as_sealed", f"UPDATE casework_decision SET amount_nok = amount_nok + 1 WHERE id = {GRANTED}"),
    (
        "decision_seal",
        "UPDATE casework_decision SET snapshot = "
        f"jsonb_set(snapshot, '{{applicant,company_name}}', '\"X\"') WHERE id = {GRANTED}",
    ),
    (
        "application_seal",
        "UPDATE applications_application SET answers = '{}' WHERE id = "
        "(SELECT id FROM applications_application LIMIT 1)",
    ),
    ("document_in_store", "UPDATE documents_version SET sha256 = repeat('0', 64)"),
    ("granted_is_owed", f"DELETE FROM payments_payment WHERE decision_id = {GRANTED}"),
    (
        "owed_is_granted",
        "UPDATE payments_payment SET account_number = '99999900018' WHERE id = "
        "(SELECT max(id::text)::uuid FROM payments_payment)",
    ),
    (
        "owed_is_granted",
        "UPDATE payments_payment SET decision_id = gen_random_uuid() WHERE id = "
        "(SELECT max(id::text)::uuid FROM payments_payment)",
    ),
    (
        "payment_is_its_parts",
        f"UPDATE payments_paymentpart SET amount_nok = amount_nok - 1 WHERE payment_id = {SEALED}",
    ),
    (
        "paid_within_commitment",
        f"UPDATE payments_payment SET amount_nok = amount_nok + 1 WHERE id = {SEALED}",
    ),
    (
        "payment_in_one_file",
        "ALTER TABLE payments_sealedpayment DROP CONSTRAINT payments_sealedpayment_payment_id_key; "
        "INSERT INTO payments_sealedpayment (id, tenant_id, payment_id, bank_file_id, end_to_end_id, "
        "account_number) SELECT gen_random_uuid(), tenant_id, payment_id, bank_file_id, 'U-again', '' "
        "FROM payments_sealedpayment LIMIT 1",
    ),
    ("file_is_its_batch", f"DELETE FROM payments_sealedpayment WHERE payment_id = {SEALED}"),
    ("file_is_its_batch", f"UPDATE payments_batchline SET is_live = false WHERE payment_id = {SEALED}"),
    (
        "failed_is_owed_anew",
        "INSERT INTO payments_bankanswer (id, tenant_id, line, sealed_id, named, kind, reason_code, note, "
        "bank_reference, at, by) SELECT gen_random_uuid(), tenant_id, 1, id, end_to_end_id, 'rejected', 'AC04', '', "
        "'', now(), gen_random_uuid() FROM payments_sealedpayment LIMIT 1",
    ),
    ("file_totals", f"UPDATE payments_bankfile SET sum_nok = sum_nok + 1 WHERE id = {FILE}"),
    ("file_totals", f"UPDATE payments_bankfile SET count = count + 1 WHERE id = {FILE}"),
    ("batch_state_fits", f"DELETE FROM payments_bankfile WHERE id = {FILE}"),
    ("batch_by_two", "DELETE FROM approvals_approval WHERE kind = 'payment_batch'"),
    ("batch_by_two", "UPDATE payments_batch SET approved_by = gen_random_uuid() WHERE number = 1"),
    ("file_is_booked", f"DELETE FROM ledger_entry WHERE key = 'bank_file:' || {SEALED}"),
    (
        "sent_is_booked",
        "UPDATE payments_batch SET state = 'sent', sent_by = approved_by, sent_at = now() WHERE number = 2",
    ),
    ("account_of_one", "UPDATE payments_sealedpayment SET account_number = '12345600009'"),
    (
        "decision_in_journal",
        "DELETE FROM journal_event WHERE id = "
        "(SELECT id FROM journal_event WHERE action = 'casework.decided' LIMIT 1)",
    ),
    ("payment_in_journal", "UPDATE journal_event SET action = 'other' WHERE action = 'payments.made'"),
    ("submission_in_journal", "DELETE FROM journal_event WHERE action = 'applications.submitted'"),
    ("file_in_journal", "DELETE FROM journal_event WHERE action = 'payments.batch_sealed'"),
    ("journal_head_fits", "UPDATE journal_head SET seq = seq + 1"),
    ("journal_head_fits", "UPDATE journal_head SET hash = decode(repeat('00', 32), 'hex')"),
    ("case_numbers_whole", "UPDATE applications_application SET number = '26/9' WHERE number = '26/1'"),
    ("payment_numbers_whole", "UPDATE trust_counter SET value = value + 1 WHERE kind = 'payment'"),
    ("batch_numbers_whole", "UPDATE payments_batch SET number = 7 WHERE number = 2"),
    ("fences_stand", "ALTER TABLE casework_case NO FORCE ROW LEVEL SECURITY"),
    ("fences_stand", "DROP POLICY tenant_fence ON payments_payment"),
    ("guards_awake", "ALTER TABLE ledger_leg DISABLE TRIGGER ledger_leg_check"),
    ("guards_present", "DROP TRIGGER append_only ON journal_event"),
    (
        "once_is_once",
        "ALTER TABLE payments_sealedpayment DROP CONSTRAINT payments_sealedpayment_payment_id_key",
    ),
    ("file_as_sealed", f"UPDATE payments_bankfile SET content = content || '\\x20' WHERE id = {FILE}"),
    (
        "file_says_the_rows",
        "UPDATE payments_bankfile SET content = convert_to(replace(convert_from(content, 'UTF8'), "
        f"'1234', '9999'), 'UTF8') WHERE id = {FILE}",
    ),
    ("file_says_the_rows", f"UPDATE payments_bankfile SET content = 'none' WHERE id = {FILE}"),
    ("file_in_manifest", f"UPDATE payments_bankfile SET sha256 = repeat('0', 64) WHERE id = {FILE}"),
    ("released_is_known", f"DELETE FROM payments_bankfile WHERE id = {FILE}"),
]


def test_a_whole_round_holds(finished: Round) -> None:
    with finished.checker() as connection:
        found = audit(connection, finished.places)
    assert found.findings == []
    assert found.holds
    assert len(found.checks) == len(set(found.checks)) == len(CHECKS) >= 20


@pytest.mark.parametrize(
    ("check", "corruption"), CORRUPTIONS, ids=[f"{n}-{c}" for n, (c, _) in enumerate(CORRUPTIONS)]
)
def test_a_corruption_is_named(finished: Round, check: str, corruption: str) -> None:
    with finished.superuser() as connection:
        for statement in corruption.split("; "):
            connection.execute(statement)
        found = audit(connection, finished.places)
        connection.rollback()
    assert check in found.counts
    assert any(finding.check == check for finding in found.findings)


def test_every_check_has_a_corruption_that_wakes_it() -> None:
    assert {check for check, _ in CORRUPTIONS} == {check.name for check in CHECKS} == set(promises())


def test_the_checking_role_can_change_nothing(finished: Round) -> None:
    with finished.checker() as connection, pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        connection.execute("UPDATE payments_batch SET number = 7")


def test_a_cut_line_and_a_crash_before_commit_are_no_findings(finished: Round) -> None:
    path = finished.places.manifests / f"{finished.tenant}.jsonl"
    before = path.read_text(encoding="utf-8")
    line = {**json.loads(before.splitlines()[0]), "bank_file_id": "0" * 32, "event": "sealing"}
    path.write_text(before + json.dumps(line) + '\n{"event": "released", "ba\n', encoding="utf-8")
    try:
        with finished.checker() as connection:
            assert audit(connection, finished.places).holds
    finally:
        path.write_text(before, encoding="utf-8")


def test_a_lost_and_an_altered_document_are_found(finished: Round) -> None:
    letter = next(path for path in finished.places.files.rglob("*") if path.is_file())
    before = letter.read_bytes()
    try:
        for after in (before[:-1] + b"?", before + b"?"):
            letter.write_bytes(after)
            with finished.checker() as connection:
                assert audit(connection, finished.places).counts == {"document_in_store": 1}
    finally:
        letter.write_bytes(before)


def test_the_checker_imports_nothing_from_the_rooms() -> None:
    """An audit that shares the rooms' code shares their mistakes."""
    code = "import sys; import runde.adapters.audit.api; print([m for m in sys.modules if m.startswith('runde.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(re.findall(r"'runde\.(\w+)", done.stdout)) == {"adapters"}
    for path in Path(sys.modules["runde.adapters.audit.api"].__file__ or "").parent.glob("*.py"):
        assert not re.search(r"(from|import) (django|runde)", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<a/>",
        b"<!DOCTYPE a><a/>",
        b'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"/>',
    ],
)
def test_what_is_no_payment_file_is_refused(content: bytes) -> None:
    with pytest.raises(Unreadable):
        read_file(content)
