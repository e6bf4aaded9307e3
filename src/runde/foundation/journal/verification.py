"""Walks a chain from its first link and says whether it holds. Pure; the rows are handed in.

Written for speed (a million rows in a few seconds), so the bytes of `links.py` are put together here in one piece
for each row; a test holds the two to the same hashes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import NamedTuple

from .links import FORMAT, NOTHING

_LENGTHS = [n.to_bytes(8, "big") for n in range(4096)]
_PAYLOAD = _LENGTHS[15] + b"runde-payload-1"
_LINK = _LENGTHS[15] + b"runde-journal-1"
_HASH = _LENGTHS[32]


class Row(NamedTuple):
    """One event as it lies in the table. Texts as UTF-8 bytes, `at` as `links.moment` writes it.

    `payload` and `salt` are None when erased; `actor` is empty when the system acted.
    """

    seq: int
    at: bytes
    actor: bytes
    action: bytes
    subject_kind: bytes
    subject_id: bytes
    payload: bytes | None
    salt: bytes | None
    payload_hash: bytes
    previous_hash: bytes
    hash: bytes
    format: int


class Witnessed(NamedTuple):
    """A head somebody else has written down: at `seq` the chain's hash was `hash`. `source` says who and when."""

    seq: int
    hash: bytes
    source: str


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and at which link."""

    kind: str
    seq: int
    sentence: str


@dataclass(slots=True)
class ChainReport:
    """How one chain stands. `head` is the last hash that could be vouched for."""

    tenant: str
    chain: str
    rows: int = 0
    erased: int = 0
    head_seq: int = 0
    head: bytes = NOTHING
    witnesses: int = 0
    faults: list[Fault] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        return not self.faults


def verify_chain(
    *,
    tenant: str,
    chain: str,
    rows: Iterable[Row],
    head: tuple[int, bytes] | None,
    witnessed: Sequence[Witnessed] = (),
) -> ChainReport:
    """Walk the rows in order of `seq`. Stops at the first bad link; heads held elsewhere are compared anyway."""
    report = ChainReport(tenant, chain, witnesses=len(witnessed))
    by_seq: dict[int, list[Witnessed]] = {}
    for one in witnessed:
        by_seq.setdefault(one.seq, []).append(one)
    fault = _walk(report, rows, by_seq)
    if fault is not None:
        report.faults.append(fault)
    else:
        _compare_head(report, head)
        _compare_tail(report, by_seq)
    return report


def _walk(report: ChainReport, rows: Iterable[Row], witnessed: Mapping[int, list[Witnessed]]) -> Fault | None:
    start = _LINK + _sized(report.tenant.encode()) + _sized(report.chain.encode())
    previous, expected, erased, fault = NOTHING, 1, 0, None
    for row in rows:
        if row[0] != expected or row[9] != previous or row[10] != _link(start, row):
            fault = _link_fault(row, expected, previous, start)
            break
        if row[6] is None or row[7] is None:
            if row[6] is not row[7]:
                fault = Fault("erased_half", row.seq, f"Hendelse {row.seq} er bare delvis slettet.")
                break
            erased += 1
        elif sha256(_PAYLOAD + _sized(row[7]) + _sized(row[6])).digest() != row[8]:
            fault = Fault(
                "payload", row.seq, f"Innholdet i hendelse {row.seq} er endret etter at det ble skrevet."
            )
            break
        if row[11] != FORMAT:
            fault = Fault("format", row.seq, f"Hendelse {row.seq} har et ukjent format ({row.format}).")
            break
        previous = row[10]
        if expected in witnessed:
            _compare_witness(report, expected, previous, witnessed[expected])
        expected += 1
    report.rows, report.erased, report.head_seq, report.head = expected - 1, erased, expected - 1, previous
    return fault


def _sized(part: bytes) -> bytes:
    size = len(part)
    return (_LENGTHS[size] if size < 4096 else size.to_bytes(8, "big")) + part


def _link(start: bytes, row: Row) -> bytes:
    seq, at, actor, action, kind, subject, _, _, payload_hash, previous, _, _ = row
    number = b"%d" % seq
    lengths = _LENGTHS
    return sha256(
        b"".join(
            (
                start,
                lengths[len(number)],
                number,
                lengths[len(at)],
                at,
                lengths[len(actor)],
                actor,
                lengths[len(action)],
                action,
                lengths[len(kind)],
                kind,
                lengths[len(subject)],
                subject,
                _HASH,
                payload_hash,
                _HASH,
                previous,
            )
        )
    ).digest()


def _link_fault(row: Row, expected: int, previous: bytes, start: bytes) -> Fault:
    if row.seq > expected:
        return Fault("missing", expected, f"Hendelse {expected} mangler.")
    if row.seq < expected:
        return Fault("inserted", row.seq, f"Hendelse {row.seq} står der to ganger.")
    if row.hash != _link(start, row):
        return Fault("hash", row.seq, f"Hendelse {row.seq} er endret etter at den ble skrevet.")
    return Fault("previous", row.seq, f"Hendelse {row.seq} henger ikke sammen med den foran.")


def _compare_witness(report: ChainReport, seq: int, found: bytes, witnessed: list[Witnessed]) -> None:
    for one in witnessed:
        if one.hash != found:
            sentence = f"Hendelse {seq} er en annen enn den {one.source} har skrevet ned."
            report.faults.append(Fault("witness", seq, sentence))


def _compare_head(report: ChainReport, head: tuple[int, bytes] | None) -> None:
    stated = head or (0, NOTHING)
    if stated != (report.head_seq, report.head):
        last = max(stated[0], report.head_seq)
        sentence = f"Siste hendelse er {report.head_seq}, men journalen sier {stated[0]}."
        report.faults.append(Fault("head", last, sentence))


def _compare_tail(report: ChainReport, witnessed: Mapping[int, list[Witnessed]]) -> None:
    for seq in sorted(witnessed):
        if seq > report.head_seq:
            source = witnessed[seq][0].source
            sentence = (
                f"Journalen slutter med hendelse {report.head_seq}, men {source} har skrevet ned {seq}."
            )
            report.faults.append(Fault("tail", report.head_seq + 1, sentence))
            return
