"""Whoever changes the journal is found, also an owner who makes every hash anew."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from runde.adapters.postgres import launcher
from runde.foundation.journal import api as journal
from runde.foundation.journal.links import NOTHING, link_hash, payload_hash
from runde.foundation.journal.models import Event
from runde.foundation.journal.verification import Row, Witnessed, verify_chain
from runde.foundation.trust.api import fence
from tests import database

from .conftest import AT, as_superuser, write_all, write_events


@pytest.fixture
def tenants(ground: str) -> list[UUID]:
    made = [uuid4(), uuid4(), uuid4()]
    write_all(made)
    return made


def report_of(tenant: UUID, chain: str = "events") -> journal.ChainReport:
    return next(one for one in journal.verify(tenant) if one.chain == chain)


def test_an_untouched_journal_holds(tenants: list[UUID]) -> None:
    report = report_of(tenants[0])
    assert report.holds
    assert (report.rows, report.head_seq, report.erased, report.witnesses) == (6, 6, 0, 3)
    with fence(tenants[0]):
        assert report.head == bytes(Event.objects.get(chain="events", seq=6).hash)


def test_both_chains_are_verified(ground: str) -> None:
    tenant = uuid4()
    write_events(tenant, 2)
    write_events(tenant, 3, chain=journal.Chain.READINGS)
    assert [(one.chain, one.rows, one.holds) for one in journal.verify(tenant)] == [
        ("events", 2, True),
        ("readings", 3, True),
    ]


EDITS = {
    "edited text": ("UPDATE journal_event SET action = 'other' WHERE {row}", "hash", 3),
    "edited time": ("UPDATE journal_event SET at = at + interval '1 microsecond' WHERE {row}", "hash", 3),
    "edited actor": ("UPDATE journal_event SET actor_id = NULL WHERE {row}", "hash", 3),
    "edited payload": ("UPDATE journal_event SET payload = '{{}}' WHERE {row}", "payload", 3),
    "edited salt": (
        "UPDATE journal_event SET salt = decode(repeat('00', 16), 'hex') WHERE {row}",
        "payload",
        3,
    ),
    "deleted": ("DELETE FROM journal_event WHERE {row}", "missing", 3),
    "format": ("UPDATE journal_event SET format = 9 WHERE {row}", "format", 3),
    "hash": ("UPDATE journal_event SET hash = payload_hash WHERE {row}", "hash", 3),
    "reordered": (
        "UPDATE journal_event SET seq = CASE seq WHEN 3 THEN 1004 ELSE 1003 END WHERE {tenant} AND seq IN (3, 4); "
        "UPDATE journal_event SET seq = seq - 1000 WHERE {tenant} AND seq > 1000",
        "hash",
        3,
    ),
    "tail cut": ("DELETE FROM journal_event WHERE {tenant} AND seq = 6", "head", 6),
    "tail cut, head moved back": (
        "DELETE FROM journal_event WHERE {tenant} AND seq >= 3; UPDATE journal_head SET seq = 2, hash = "
        "(SELECT hash FROM journal_event WHERE {tenant} AND seq = 2) WHERE {tenant}",
        "tail",
        3,
    ),
    "all gone": (
        "DELETE FROM journal_event WHERE {tenant}; DELETE FROM journal_head WHERE {tenant}",
        "tail",
        1,
    ),
}


@pytest.mark.parametrize("how", EDITS)
def test_tampering_is_found_at_its_first_row(tenants: list[UUID], ground: str, how: str) -> None:
    statement, kind, seq = EDITS[how]
    mine = f"tenant_id = '{tenants[0]}'"
    as_superuser(ground, *statement.format(tenant=mine, row=f"{mine} AND seq = 3").split("; "))
    (fault,) = report_of(tenants[0]).faults
    assert (fault.kind, fault.seq) == (kind, seq)
    assert report_of(tenants[1]).holds


def test_an_inserted_event_is_found(tenants: list[UUID], ground: str) -> None:
    columns = "tenant_id, chain, at, actor_id, action, subject_kind, subject_id, payload, salt, payload_hash"
    rest = "previous_hash, hash, format"
    as_superuser(
        ground,
        f"INSERT INTO journal_event (id, seq, {columns}, {rest}) SELECT gen_random_uuid(), 7, {columns}, {rest} "
        f"FROM journal_event WHERE tenant_id = '{tenants[0]}' AND seq = 6",
    )
    assert [fault.kind for fault in report_of(tenants[0]).faults] == ["hash"]


def test_swapped_tenants_are_found(tenants: list[UUID], ground: str) -> None:
    first, second, _ = tenants
    spare = uuid4()
    for table in ("journal_event", "journal_head"):
        moves = [(first, spare), (second, first), (spare, second)]
        as_superuser(
            ground, *(f"UPDATE {table} SET tenant_id = '{b}' WHERE tenant_id = '{a}'" for a, b in moves)
        )
    assert {report_of(first).faults[0].kind, report_of(second).faults[0].kind} == {"hash"}


Change = Callable[[list[Event]], None]


def made_anew(ground: str, tenant: UUID, change: Change) -> None:
    """The owner's attack: change what you like and make every hash of the chain anew, and the head."""
    with fence(tenant):
        events = list(Event.objects.filter(chain="events").order_by("seq"))
    change(events)
    previous = NOTHING
    rows = []
    for seq, event in enumerate(events, start=1):
        digest = payload_hash(bytes(event.salt or b""), event.payload or "")
        previous_before, previous = (
            previous,
            link_hash(
                tenant=str(tenant),
                chain="events",
                seq=seq,
                at=event.at,
                actor=str(event.actor_id) if event.actor_id else "",
                action=event.action,
                subject_kind=event.subject_kind,
                subject_id=event.subject_id,
                payload_digest=digest,
                previous=previous,
            ),
        )
        rows.append((seq, event.action, event.payload, digest, previous_before, previous, event.id))
    with psycopg.connect(database.server().dsn(ground, launcher.SUPERUSER)) as connection:
        connection.execute("SET session_replication_role = replica")
        kept = [row[-1] for row in rows]
        connection.execute(
            "DELETE FROM journal_event WHERE tenant_id = %s AND NOT id = ANY(%s)", [tenant, kept]
        )
        with connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE journal_event SET seq = %s, action = %s, payload = %s, payload_hash = %s, "
                "previous_hash = %s, hash = %s WHERE id = %s",
                rows,
            )
        connection.execute(
            "UPDATE journal_head SET seq = %s, hash = %s WHERE tenant_id = %s AND chain = 'events'",
            [len(rows), previous, tenant],
        )


def edit(events: list[Event]) -> None:
    events[1].payload = '{"number":"999"}'


def leave_out(events: list[Event]) -> None:
    del events[2]


def replace_all(events: list[Event]) -> None:
    for event in events:
        event.action = "test.invented"


@pytest.mark.parametrize("change", [edit, leave_out, replace_all])
def test_a_chain_made_anew_by_the_owner_is_found_by_its_witnesses(
    tenants: list[UUID], ground: str, change: Change
) -> None:
    made_anew(ground, tenants[0], change)
    faults = report_of(tenants[0]).faults
    assert {fault.kind for fault in faults} == {"witness"}
    assert any(str(tenants[1]) in fault.sentence for fault in faults)
    assert any("utenfor databasen" in fault.sentence for fault in faults)


def test_other_journals_are_enough_when_the_file_is_gone(
    tenants: list[UUID], ground: str, outside: Path
) -> None:
    made_anew(ground, tenants[0], edit)
    (outside / "heads.jsonl").unlink()
    assert {fault.kind for fault in report_of(tenants[0]).faults} == {"witness"}


def test_without_any_witness_a_chain_made_anew_holds(ground: str) -> None:
    """The control: only witnesses find this one, so they must be there."""
    tenant = uuid4()
    write_events(tenant, 5)
    made_anew(ground, tenant, edit)
    assert report_of(tenant).holds


def test_the_file_is_enough_when_every_tenant_is_made_anew(tenants: list[UUID], ground: str) -> None:
    for tenant in tenants:
        made_anew(ground, tenant, edit)
    assert not any(report_of(tenant).holds for tenant in tenants)


def test_a_torn_line_in_the_file_is_passed_over(tenants: list[UUID], outside: Path) -> None:
    with (outside / "heads.jsonl").open("a") as file:
        file.write('{"at": "2026-11')
    journal.witness(tenants, at=AT)
    assert report_of(tenants[0]).holds
    assert journal.last_witnessed_at() == AT.isoformat()


def test_witnessing_again_goes_on(tenants: list[UUID]) -> None:
    assert journal.witness(tenants, at=AT) == 3
    report = report_of(tenants[0])
    assert report.holds
    assert (report.rows, report.witnesses) == (7, 6)


def test_nothing_to_witness(ground: str, outside: Path) -> None:
    assert journal.witness([uuid4()], at=AT) == 0
    assert not outside.exists()


def erase(ground: str, tenant: UUID, kind: str, subject: str, role: str = launcher.OWNER) -> int:
    with psycopg.connect(database.server().dsn(ground, role)) as connection:
        row = connection.execute("SELECT journal_erase(%s, %s, %s)", [tenant, kind, subject]).fetchone()
    assert row is not None
    return int(row[0])


def test_an_erased_payload_leaves_the_chain_whole(tenants: list[UUID], ground: str) -> None:
    with fence(tenants[0]):
        subject = Event.objects.get(seq=2).subject_id
    assert erase(ground, tenants[0], "thing", subject) == 1
    report = report_of(tenants[0])
    assert report.holds
    assert report.erased == 1
    with fence(tenants[0]):
        assert Event.objects.get(seq=2).payload is None


def test_only_the_owner_erases_and_never_what_a_witness_said(tenants: list[UUID], ground: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        erase(ground, tenants[0], "thing", "x", role=launcher.APP)
    assert erase(ground, tenants[0], "journal", "heads") == 0


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_event SET payload = NULL",
        "UPDATE journal_event SET payload = '{}', salt = NULL",
        "UPDATE journal_event SET payload = NULL, salt = NULL, action = 'x'",
        "UPDATE journal_event SET action = 'x'",
        "DELETE FROM journal_event",
        "UPDATE journal_head SET seq = seq - 1",
        "DELETE FROM journal_head",
    ],
)
def test_even_the_owner_may_change_nothing_else(tenants: list[UUID], ground: str, statement: str) -> None:
    with psycopg.connect(database.server().dsn(ground, launcher.OWNER)) as connection:
        connection.execute("SELECT set_config('runde.tenant', %s, true)", [str(tenants[0])])
        with pytest.raises(psycopg.errors.IntegrityError):
            connection.execute(statement)


texts = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x00"), max_size=40)


@given(
    st.lists(
        st.tuples(texts, texts, texts, texts, st.binary(min_size=16, max_size=16)), min_size=1, max_size=4
    )
)
def test_the_quick_walk_makes_the_same_hashes_as_the_links(
    written: list[tuple[str, str, str, str, bytes]],
) -> None:
    rows, previous = [], NOTHING
    for seq, (action, kind, subject, payload, salt) in enumerate(written, start=1):
        digest = payload_hash(salt, payload)
        made = link_hash(
            tenant="t",
            chain="events",
            seq=seq,
            at=AT,
            actor="",
            action=action,
            subject_kind=kind,
            subject_id=subject,
            payload_digest=digest,
            previous=previous,
        )
        when, words = b"2026-11-23T09:00:00.123456Z", [w.encode() for w in (action, kind, subject, payload)]
        rows.append(Row(seq, when, b"", *words[:3], words[3], salt, digest, previous, made, 1))
        previous = made
    report = verify_chain(tenant="t", chain="events", rows=rows, head=(len(rows), previous))
    assert report.holds
    assert report.head == previous


def test_a_witness_may_have_seen_more_than_there_is() -> None:
    report = verify_chain(
        tenant="t", chain="events", rows=[], head=None, witnessed=[Witnessed(1, NOTHING, "x")]
    )
    assert [fault.kind for fault in report.faults] == ["tail"]
