"""The ways of tampering. Each says which rows of which chains the verifier must name as the first bad ones."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random
from uuid import UUID, uuid4

from .book import Book, Event, Place, made_anew

Expected = Mapping[Place, frozenset[int]]
"""For each chain that was touched, the numbers that would be right to name first."""


@dataclass(frozen=True, slots=True)
class Scene:
    """The journal under attack: its chains, and the numbers at which others have written down each chain's head."""

    book: Book
    tenants: tuple[UUID, ...]
    witnessed: Mapping[Place, tuple[int, ...]]

    def place(self, chance: Random) -> Place:
        return chance.choice(self.tenants), chance.choice(("events", "events", "readings"))

    def seen_from(self, place: Place, seq: int) -> int:
        """The first number at or after `seq` that a witness has written down."""
        return next(one for one in self.witnessed[place] if one >= seq)

    def last_seen(self, place: Place) -> int:
        return self.witnessed[place][-1]


Attack = Callable[[Scene, Random], Expected]


def edit(change: Callable[[Event, Random], Event]) -> Attack:
    """Change one column of one row."""

    def act(scene: Scene, chance: Random) -> Expected:
        place = scene.place(chance)
        events = scene.book.read(place)
        row = chance.randrange(len(events))
        events[row] = change(events[row], chance)
        scene.book.rewrite(place, events, move_head=False)
        return {place: frozenset({events[row].seq})}

    return act


def delete(scene: Scene, chance: Random) -> Expected:
    """Take one row out; the last one is told by the head alone."""
    place = scene.place(chance)
    events = scene.book.read(place)
    row = chance.randrange(len(events))
    gone = events.pop(row)
    scene.book.rewrite(place, events, move_head=False)
    return {place: frozenset({gone.seq})}


def insert(scene: Scene, chance: Random) -> Expected:
    """Put an invented row between two, with right hashes of its own, and push the others on."""
    place = scene.place(chance)
    events = scene.book.read(place)
    row = chance.randrange(1, len(events))
    invented = made_anew([*events[:row], replace(events[row - 1], id=uuid4(), action="test.invented")])[row]
    pushed = [replace(event, seq=event.seq + 1) for event in events[row:]]
    scene.book.rewrite(place, [*events[:row], invented, *pushed], move_head=False)
    return {place: frozenset({invented.seq, invented.seq + 1})}


def append(scene: Scene, chance: Random) -> Expected:
    """Add an invented row at the end, with right hashes, and leave the head."""
    place = scene.place(chance)
    events = scene.book.read(place)
    longer = made_anew([*events, replace(events[-1], id=uuid4(), action="test.invented")])
    scene.book.rewrite(place, longer, move_head=False)
    return {place: frozenset({longer[-1].seq})}


def reorder(scene: Scene, chance: Random) -> Expected:
    """Let two rows change places."""
    place = scene.place(chance)
    events = scene.book.read(place)
    low, high = sorted(chance.sample(range(len(events)), 2))
    first, second = events[low], events[high]
    events[low], events[high] = replace(second, seq=first.seq), replace(first, seq=second.seq)
    scene.book.rewrite(place, events, move_head=False)
    return {place: frozenset({first.seq})}


def cut_tail(scene: Scene, chance: Random) -> Expected:
    """Cut the chain off and leave the head: the first missing row, or the one the head speaks of."""
    place = scene.place(chance)
    events = scene.book.read(place)
    row = chance.randrange(1, len(events))
    scene.book.rewrite(place, events[:row], move_head=False)
    return {place: frozenset({events[row].seq, events[-1].seq})}


def cut_tail_and_head(scene: Scene, chance: Random) -> Expected:
    """Cut the chain off and move the head back: only witnesses remember."""
    place = scene.place(chance)
    events = scene.book.read(place)
    row = chance.randrange(scene.last_seen(place))
    scene.book.rewrite(place, events[:row])
    return {place: frozenset({row + 1})}


def swap_tenants(scene: Scene, chance: Random) -> Expected:
    """Give each of two tenants the other's chain, as it stands or with every hash made anew."""
    one, other = chance.sample(scene.tenants, 2)
    chain, anew = chance.choice(("events", "readings")), chance.random() < 0.5
    chains = {one: scene.book.read((other, chain)), other: scene.book.read((one, chain))}
    scene.book.rewrite((one, chain), [])
    scene.book.rewrite((other, chain), [])
    expected: dict[Place, frozenset[int]] = {}
    for tenant, events in chains.items():
        moved = [replace(event, tenant_id=tenant) for event in events]
        scene.book.rewrite((tenant, chain), made_anew(moved) if anew else moved)
        first = scene.seen_from((tenant, chain), 1) if anew else 1
        expected[tenant, chain] = frozenset({first, len(events)}) if anew else frozenset({first})
    return expected


def replace_chain(scene: Scene, chance: Random) -> Expected:
    """A whole invented chain with right hashes, shorter, longer or as long."""
    place = scene.place(chance)
    events = scene.book.read(place)
    length = chance.randrange(1, 2 * len(events))
    invented = [replace(chance.choice(events), id=uuid4(), action="test.invented") for _ in range(length)]
    scene.book.rewrite(place, made_anew(invented))
    return {place: frozenset({min(scene.seen_from(place, 1), length + 1)})}


def hash_again(scene: Scene, chance: Random) -> Expected:
    """Edit, delete or invent a row and make every hash of the chain anew, and the head."""
    place = scene.place(chance)
    events = scene.book.read(place)
    row = chance.randrange(scene.last_seen(place))
    scene.book.rewrite(place, made_anew(changed(events, row, chance)))
    return {place: frozenset({scene.seen_from(place, row + 1)})}


def hash_everything_again(scene: Scene, chance: Random) -> Expected:
    """Every chain of every tenant made anew, and what they say of each other too: only the file remembers."""
    rows = forge_all(scene, chance)
    return {place: frozenset({scene.seen_from(place, row + 1)}) for place, row in rows.items()}


def forge_all(scene: Scene, chance: Random) -> dict[Place, int]:
    """Rewrite the whole journal so that it fits together. Gives the row that was changed in each chain."""
    chains, rows = {}, {}
    for place in scene.witnessed:
        events = scene.book.read(place)
        rows[place] = chance.randrange(scene.witnessed[place][0])
        events[rows[place]] = replace(events[rows[place]], subject_id="invented")
        chains[place] = made_anew(events)
    for _ in range(len(chains) + 2):  # each pass makes one more round of testimonies fit
        for place in chains:
            chains[place] = made_anew([testifying(event, chains) for event in chains[place]])
    for place, events in chains.items():
        scene.book.rewrite(place, events)
    return rows


def testifying(event: Event, chains: Mapping[Place, list[Event]]) -> Event:
    """A testimony changed to say what the forged chains say."""
    if event.action != "journal.witnessed" or event.payload is None:
        return event
    told = json.loads(event.payload)
    for tenant, heads in told["heads"].items():
        for chain, head in heads.items():
            head[1] = chains[UUID(tenant), chain][head[0] - 1].hash.hex()
    return replace(event, payload=json.dumps(told, sort_keys=True, separators=(",", ":")))


def changed(events: list[Event], row: int, chance: Random) -> list[Event]:
    """The events with one edited, one gone or one invented at `row`."""
    way = chance.choice(("edit", "delete", "insert"))
    if way == "delete":
        return events[:row] + events[row + 1 :]
    invented = replace(events[row], action="test.invented", id=uuid4())
    return [*events[:row], invented, *events[row + (way == "edit") :]]


EDITS: dict[str, Callable[[Event, Random], Event]] = {
    "time": lambda event, _: replace(event, at=event.at + timedelta(microseconds=1)),
    "actor": lambda event, _: replace(event, actor_id=None if event.actor_id else uuid4()),
    "action": lambda event, _: replace(event, action=event.action + "x"),
    "subject kind": lambda event, _: replace(event, subject_kind="other"),
    "subject": lambda event, _: replace(event, subject_id=str(uuid4())),
    "payload": lambda event, _: replace(event, payload='{"amount_nok":"1000000.00"}'),
    "salt": lambda event, chance: replace(event, salt=chance.randbytes(16)),
    "payload hash": lambda event, chance: replace(event, payload_hash=chance.randbytes(32)),
    "previous hash": lambda event, chance: replace(event, previous_hash=chance.randbytes(32)),
    "hash": lambda event, chance: replace(event, hash=chance.randbytes(32)),
    "format": lambda event, _: replace(event, format=event.format + 1),
}

ATTACKS: dict[str, Attack] = {
    **{f"edit {name}": edit(change) for name, change in EDITS.items()},
    "delete": delete,
    "insert": insert,
    "append": append,
    "reorder": reorder,
    "cut tail": cut_tail,
    "cut tail and head": cut_tail_and_head,
    "swap tenants": swap_tenants,
    "replace chain": replace_chain,
    "hash again": hash_again,
    "hash everything again": hash_everything_again,
}
