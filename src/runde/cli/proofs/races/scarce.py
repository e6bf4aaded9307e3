"""Headrooms: what is left under a ceiling, used up by many at once, under the one lock recipe and two wrong ones."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from uuid import UUID, uuid4

import psycopg
from django.db import connection

from runde.adapters.postgres import launcher
from runde.foundation.trust.api import current_tenant, fence, hold

from ..frame import Findings
from ..ground import Ground
from .crowd import PEOPLE, together

KIND = "proof_headroom"
HEADROOMS = 200
LARGEST = 100
TABLE = """
CREATE TABLE IF NOT EXISTS proof_use (tenant_id uuid NOT NULL, key text NOT NULL, amount int NOT NULL);
CREATE INDEX IF NOT EXISTS proof_use_key ON proof_use (tenant_id, key);
GRANT SELECT, INSERT ON proof_use TO runde_app
"""
Recipe = Callable[[list[str]], None]


@dataclass(frozen=True, slots=True)
class Scene:
    """Who fights over what: each of `keys` has room for `ceiling`. `pause` is between looking and writing."""

    tenant: UUID
    keys: list[str]
    ceiling: int
    recipe: Recipe
    pause: float = 0.0


def the_recipe(keys: list[str]) -> None:
    hold(KIND, keys)


def no_lock(keys: list[str]) -> None:
    """Wrong: two look at the same time and both see room."""


def lock_what_is_not_there(keys: list[str]) -> None:
    """Wrong: the first to come find no row to lock, and are let through side by side."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT key FROM trust_scarcething WHERE tenant_id = %s AND kind = %s AND key = ANY(%s) FOR UPDATE",
            [current_tenant(), KIND, keys],
        )


def race_for_headrooms(ground: Ground, found: Findings, attempts: int, seed: int) -> None:
    """Many attempts with random amounts, some for two headrooms at once; no ceiling may be passed."""
    with psycopg.connect(ground.dsn(launcher.SUPERUSER)) as superuser:
        superuser.execute(TABLE)  # the ground's own, removed with it
    keys = [f"headroom {number}" for number in range(HEADROOMS)]
    ceiling = max(LARGEST, attempts * LARGEST // (4 * HEADROOMS))  # room for half of what is asked for
    scene = Scene(uuid4(), keys, ceiling, the_recipe)
    started = time.monotonic()
    told = together(lambda number: _fight(scene, attempts // PEOPLE, Random(f"{seed}:{number}")))  # noqa: S311
    used = _used(scene)
    over = {key: used[key] for key in used if used[key] > ceiling}
    found.expect(not over, f"headrooms over their ceiling of {ceiling}: {over}")
    got, asked = sum(one for one, _ in told), sum((each for _, each in told), Counter[str]())
    found.expect(got == sum(used.values()), f"told {got} used, stored {sum(used.values())}")
    idle = [key for key in keys if asked[key] > ceiling and used[key] <= ceiling - LARGEST]
    found.expect(not idle, f"attempts were refused although there was room: {idle}")
    found.figures["headroom attempts a second"] = round(attempts / (time.monotonic() - started))


def try_recipes(found: Findings) -> None:
    """The same fight, crowded and dawdling, under each recipe: the right one holds, the wrong ones must not."""
    found.expect(not _gone_over(the_recipe), "the lock recipe let somebody over a ceiling")
    found.control("no lock", _gone_over(no_lock))
    found.control("lock on a row that is not there", _gone_over(lock_what_is_not_there))


def _gone_over(recipe: Recipe) -> int:
    """How many of 60 headrooms, each with room for one, were used by two or more."""
    scene = Scene(uuid4(), [f"seat {number}" for number in range(60)], LARGEST, recipe, pause=0.002)

    def work(number: int) -> int:
        return sum(_take(scene, [key], LARGEST) for key in scene.keys)

    together(work)
    return sum(used > scene.ceiling for used in _used(scene).values())


def _fight(scene: Scene, attempts: int, chance: Random) -> tuple[int, Counter[str]]:
    """Gives how much this process got, and how much it asked of each headroom when it asked of one only."""
    got, asked = 0, Counter[str]()
    for _ in range(attempts):
        keys = chance.sample(scene.keys, 2 if chance.random() < 0.1 else 1)
        amount = chance.randint(1, LARGEST)
        got += _take(scene, keys, amount)
        if len(keys) == 1:
            asked[keys[0]] += amount
    return got, asked


def _take(scene: Scene, keys: list[str], amount: int) -> int:
    with fence(scene.tenant), connection.cursor() as cursor:
        scene.recipe(keys)
        cursor.execute(
            "SELECT key, sum(amount) FROM proof_use WHERE tenant_id = %s AND key = ANY(%s) GROUP BY key",
            [scene.tenant, keys],
        )
        if max(dict(cursor.fetchall()).values(), default=0) + amount > scene.ceiling:
            return 0
        time.sleep(scene.pause)
        cursor.execute(
            "INSERT INTO proof_use SELECT %s, key, %s FROM unnest(%s::text[]) AS key",
            [scene.tenant, amount, keys],
        )
        if scene.recipe is lock_what_is_not_there:
            hold(KIND, keys)
        return amount * len(keys)


def _used(scene: Scene) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT key, sum(amount) FROM proof_use WHERE tenant_id = %s GROUP BY key", [scene.tenant]
        )
        stored = dict(cursor.fetchall())
    return {key: int(stored.get(key, 0)) for key in scene.keys}
