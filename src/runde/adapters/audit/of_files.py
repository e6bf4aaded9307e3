"""Checks that one query cannot answer: bytes, hashes and what lies outside the database."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

from .bank_file import PaidLine, Unreadable, read_file
from .findings import Finding

Connection = psycopg.Connection[Any]


@dataclass(frozen=True, slots=True)
class Places:
    """Where the house keeps what is not in the database."""

    manifests: Path
    files: Path


@dataclass(frozen=True, slots=True)
class Look:
    """A check written out as a function."""

    name: str
    promise: str
    find: Callable[[Connection, Places], Iterator[Finding]]


def find_altered_files(connection: Connection, places: Places) -> Iterator[Finding]:
    """Each bank file's bytes give the hash that was sealed."""
    rows = connection.execute("SELECT tenant_id, message_id, content, sha256 FROM payments_bankfile")
    for tenant, message, content, sha256 in rows:
        found = hashlib.sha256(content).hexdigest()
        if found != sha256:
            yield Finding("file_as_sealed", str(tenant), message, f"{found[:12]} i stedet for {sha256[:12]}")


def find_odd_bytes(connection: Connection, places: Places) -> Iterator[Finding]:
    """Each bank file's bytes say what the rows say: message, count, sum, and every transfer."""
    rows = connection.execute(
        "SELECT id, tenant_id, message_id, content, count, sum_nok FROM payments_bankfile"
    ).fetchall()
    for file_id, tenant, message, content, count, total in rows:
        try:
            file = read_file(content)
        except Unreadable as error:
            yield Finding("file_says_the_rows", str(tenant), message, f"kan ikke leses: {error}")
            continue
        stated = (file.message_id, file.transfers, file.sum_nok, sorted(file.lines))
        lines = _sealed_lines(connection, file_id)
        if stated != (message, count, total, lines) or sum(line.amount_nok for line in file.lines) != total:
            yield Finding("file_says_the_rows", str(tenant), message, "bytene sier noe annet enn radene")


def _sealed_lines(connection: Connection, file_id: Any) -> list[PaidLine]:
    rows = connection.execute(
        "SELECT sealed.end_to_end_id, coalesce(nullif(sealed.account_number, ''), payment.account_number), "
        "payment.amount_nok FROM payments_sealedpayment sealed "
        "JOIN payments_payment payment ON payment.id = sealed.payment_id WHERE sealed.bank_file_id = %s",
        [file_id],
    )
    return sorted(PaidLine(*row) for row in rows)


def find_manifest_gaps(connection: Connection, places: Places) -> Iterator[Finding]:
    """Each bank file has its line outside the database, as it was sealed, written before it was committed."""
    rows = connection.execute(
        "SELECT id, tenant_id, message_id, sha256, count, sum_nok FROM payments_bankfile"
    )
    told: dict[str, set[tuple[str, ...]]] = {}
    for file_id, tenant, message, sha256, count, total in rows:
        if str(tenant) not in told:
            told[str(tenant)] = {_facts(line) for line in _manifest(places, str(tenant))}
        if (str(file_id), message, sha256, str(count), str(total)) not in told[str(tenant)]:
            yield Finding("file_in_manifest", str(tenant), message, "mangler, eller står der med noe annet")


def find_unknown_releases(connection: Connection, places: Places) -> Iterator[Finding]:
    """Each file that left the house is in the database as it was. A `sealing` line alone is only a crash."""
    known = {
        (str(file_id), message, sha256, str(count), str(total))
        for file_id, message, sha256, count, total in connection.execute(
            "SELECT id, message_id, sha256, count, sum_nok FROM payments_bankfile"
        )
    }
    for path in sorted(places.manifests.glob("*.jsonl")):
        if path.name == "heads.jsonl":
            continue
        for line in _manifest(places, path.stem):
            if line.get("event") == "released" and _facts(line) not in known:
                detail = "banken kan ha den, databasen har den ikke"
                yield Finding("released_is_known", path.stem, str(line.get("message_id")), detail)


def _manifest(places: Places, tenant: str) -> list[dict[str, Any]]:
    path = places.manifests / f"{tenant}.jsonl"
    if not path.exists():
        return []
    lines = []
    for text in path.read_text(encoding="utf-8", errors="replace").splitlines():
        try:
            line = json.loads(text)
        except ValueError:
            continue  # cut short by a crash: what it was for never happened
        if isinstance(line, dict):
            lines.append(line)
    return lines


def _facts(line: dict[str, Any]) -> tuple[str, ...]:
    return tuple(str(line.get(name)) for name in ("bank_file_id", "message_id", "sha256", "count", "sum_nok"))


def find_broken_decisions(connection: Connection, places: Places) -> Iterator[Finding]:
    """Each decision's frozen snapshot gives the seal it was decided with."""
    with connection.cursor("audit_decisions") as cursor:
        cursor.execute("SELECT tenant_id, id, snapshot, seal FROM casework_decision")
        for tenant, decision, snapshot, seal in cursor:
            if _seal(b"runde-decision-1\n", snapshot) != seal:
                yield Finding(
                    "decision_seal", str(tenant), str(decision), "innholdet er endret etter vedtaket"
                )


APPLICATIONS = """
SELECT tenant_id, id, number, call_id, organisation_number, company_name, applicant_id, language, revision,
    submitted_at, answers, facts, seal
FROM applications_application WHERE seal <> ''
"""
SEALED_AS = (
    "tenant",
    "application",
    "number",
    "call",
    "organisation_number",
    "company_name",
    "applicant",
    "language",
    "revision",
    "submitted_at",
    "answers",
    "facts",
)


def find_broken_applications(connection: Connection, places: Places) -> Iterator[Finding]:
    """Each application that was sent in gives the seal on its receipt."""
    with connection.cursor("audit_applications") as cursor:
        cursor.execute(APPLICATIONS)
        for *values, seal in cursor:
            content = {name: _plain(value) for name, value in zip(SEALED_AS, values, strict=True)}
            if _seal(b"runde-application-1\n", content) != seal:
                detail = "innholdet er endret etter innsending"
                yield Finding("application_seal", content["tenant"], content["number"], detail)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return value if isinstance(value, int | dict) else str(value)


def _seal(start: bytes, content: Any) -> str:
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(start + text.encode()).hexdigest()


def find_lost_documents(connection: Connection, places: Places) -> Iterator[Finding]:
    """Each document's bytes lie in the file store under their own hash."""
    rows = connection.execute("SELECT DISTINCT tenant_id, sha256, size FROM documents_version")
    for tenant, sha256, size in rows:
        path = places.files / str(tenant) / sha256[:2] / sha256
        if not path.is_file():
            yield Finding("document_in_store", str(tenant), sha256, "mangler")
        elif path.stat().st_size != size or _digest_of(path) != sha256:
            yield Finding("document_in_store", str(tenant), sha256, "er endret")


def _digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


LOOKS = (
    Look("file_as_sealed", "Bytene i hver bankfil gir hashen som ble forseglet.", find_altered_files),
    Look("file_says_the_rows", "Bytene i hver bankfil sier det radene sier.", find_odd_bytes),
    Look("file_in_manifest", "Hver bankfil står i listen utenfor databasen.", find_manifest_gaps),
    Look("released_is_known", "Hver fil som er hentet ut, finnes i databasen.", find_unknown_releases),
    Look("decision_seal", "Hvert vedtak er som da det ble fattet.", find_broken_decisions),
    Look("application_seal", "Hver søknad er som da den ble sendt inn.", find_broken_applications),
    Look("document_in_store", "Hvert dokument ligger i arkivet slik det ble laget.", find_lost_documents),
)
