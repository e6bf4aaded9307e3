"""Sets the scene, lets every attack loose, and asks the journal what it saw."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from uuid import UUID, uuid5

from runde.adapters.postgres import launcher

from ..frame import Findings, Proof
from ..ground import Ground
from .attacks import ATTACKS, Expected, Scene, forge_all
from .book import Book, Place

AT = datetime(2026, 11, 23, 9, 0, 0, 123456, tzinfo=UTC)
NAMES = UUID("6f2c1a04-0000-4000-8000-000000000001")


def run(ground: Ground, n: int, seed: int) -> Findings:
    """Attack number `i` uses the seed `seed + i`: `--n 1 --seed S` replays one alone."""
    found = Findings()
    tenants = tuple(uuid5(NAMES, f"tenant {number}") for number in range(3))
    _write_journals(tenants)
    with Book(ground.dsn(launcher.SUPERUSER)) as book:
        book.keep()
        scene = Scene(book, tenants, _witnessed(_heads_file()))
        found.failures += [f"before any attack: {sentence}" for sentence in judge({})]
        _plant_controls(scene, found)
        tried = Counter(_attack(scene, seed + number, found) for number in range(n))
    found.figures["attacks"] = dict(sorted(tried.items()))
    return found


def _attack(scene: Scene, seed: int, found: Findings) -> str:
    chance = Random(seed)  # noqa: S311 - a seed that can be told, no secret
    name = list(ATTACKS)[seed % len(ATTACKS)]
    expected = ATTACKS[name](scene, chance)
    found.failures += [f"{name} (--n 1 --seed {seed}): {sentence}" for sentence in judge(expected)]
    scene.book.put_back()
    return name


def judge(expected: Expected) -> list[str]:
    """What the journal should have said and did not: each touched chain found at its first bad row, no other."""
    from runde.foundation.journal.api import verify_all

    wrong = []
    seen: set[Place] = set()
    for report in verify_all():
        place = UUID(report.tenant), report.chain
        seen.add(place)
        first = min((fault.seq for fault in report.faults), default=None)
        if place not in expected and first is not None:
            wrong.append(f"{place} was not touched, but is said to be bad at {first}")
        elif place in expected and first is None:
            wrong.append(f"{place} was not found, bad from {min(expected[place])}")
        elif place in expected and first not in expected[place]:
            wrong.append(f"{place} is said to be bad at {first}, not at {sorted(expected[place])}")
    return wrong + [f"{place} was not looked at" for place in expected.keys() - seen]


def _plant_controls(scene: Scene, found: Findings) -> None:
    """Where the journal cannot see, the judge must say so: else the judge would call anything found."""
    chance = Random(0)  # noqa: S311
    hidden = _heads_file().with_suffix(".hidden")
    everything: dict[Place, frozenset[int]] = {place: frozenset({1}) for place in scene.witnessed}
    forge_all(scene, chance)
    _heads_file().rename(hidden)
    missed = judge(everything)
    found.control("everything forged and no witness left", len(missed) == len(everything))
    hidden.rename(_heads_file())
    scene.book.put_back()
    place = scene.tenants[0], "events"
    events = scene.book.read(place)
    scene.book.rewrite(place, events[: scene.last_seen(place)])
    found.control("cut after the last witness", judge({place: frozenset({len(events)})}))
    scene.book.put_back()


def _write_journals(tenants: tuple[UUID, ...]) -> None:
    """Three tenants, both chains, three rounds of witnessing with writing between."""
    from runde.foundation.journal.api import witness

    for number, count in enumerate((7, 5, 4)):
        at = AT + timedelta(days=number)
        for tenant in tenants:
            _write(tenant, count, at)
        witness(tenants, at=at + timedelta(hours=1))


def _write(tenant: UUID, count: int, at: datetime) -> None:
    from runde.foundation.journal.api import Chain, Happening, record_many, record_reading
    from runde.foundation.trust.api import fence

    person = uuid5(tenant, "person")
    subjects = [uuid5(tenant, f"{at} {number}") for number in range(count)]
    with fence(tenant):
        facts = {"amount_nok": "12500.00", "text": "æøå «»"}
        record_many([Happening("test.done", "thing", one, facts) for one in subjects], by=person, at=at)
        for one in subjects:
            record_reading(subject_kind="thing", subject_id=one, by=person, at=at)
        record_many([Happening("test.kept", "thing", subjects[0])], by=None, at=at, chain=Chain.EVENTS)


def _heads_file() -> Path:
    from django.conf import settings

    return Path(settings.MANIFESTS) / "heads.jsonl"


def _witnessed(heads: Path) -> dict[Place, tuple[int, ...]]:
    """At which numbers each chain's head stands in the file, lowest first."""
    found: dict[Place, set[int]] = {}
    for line in heads.read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        found.setdefault((UUID(told["tenant"]), told["chain"]), set()).add(told["seq"])
    return {place: tuple(sorted(numbers)) for place, numbers in found.items()}


TAMPER = Proof(
    name="tamper",
    words="journalen sier fra om all tukling, også når databasens eier har regnet om hver eneste sum",
    run=run,
    slice_n=100,
    campaign_n=1_000,
)
