"""Kills clients, the worker, the postmaster and its launcher while rounds run, and asks afterwards what is left."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path
from random import Random
from statistics import median
from typing import TYPE_CHECKING

import psycopg

from runde.adapters.postgres import launcher

from ..frame import Findings, Proof
from ..ground import Ground, leave
from .keeper import Keeper
from .logbook import Logbook, Request

if TYPE_CHECKING:
    from ..region import Town

VICTIMS = {"applicant": 25, "casework": 20, "finance": 20, "jobs": 18, "postmaster": 12, "launcher": 5}
CLIENTS = ("applicant", "casework", "finance", "jobs")
SHORTEST, LONGEST = 0.03, 0.4
AWAY_SECONDS = 3.0
AWAY_SECONDS_AT_MOST = 20.0
CAMPAIGN = 200
"""From this many kills on the time away is judged; a slice on a busy machine only tells it."""
TRIES = 5
"""So often a job is tried before a person must look at it."""
_forked = get_context("fork")


@dataclass(slots=True)
class Crew:
    """The clients at work, each in a process that is started anew when it is gone."""

    town: Town
    home: Path
    processes: dict[str, BaseProcess] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)
    interrupted: set[str] = field(default_factory=set)

    def logbook(self, role: str) -> Logbook:
        return Logbook(self.home / f"client-{role}.jsonl")

    def tend(self) -> None:
        """See to it that everybody is at work."""
        for role in CLIENTS:
            process = self.processes.get(role)
            if process is None or not process.is_alive():
                self._judge(role, process)
                self.processes[role] = self._start(role)

    def kill(self, role: str) -> None:
        process = self.processes.pop(role)
        process.kill()
        process.join()
        self._count(role)

    def kill_all(self) -> None:
        for role in list(self.processes):
            self.kill(role)

    def _start(self, role: str) -> BaseProcess:
        from .crew import run

        complaints = self.home / f"client-{role}.err"
        process = _forked.Process(
            target=run, args=(role, self.town, self.logbook(role), complaints), daemon=True
        )
        process.start()
        return process

    def _count(self, role: str) -> None:
        self.interrupted |= {request.key for request in self.logbook(role).unanswered()}

    def _judge(self, role: str, process: BaseProcess | None) -> None:
        """A client may be killed or lose its database; anything else it dies of is a fault."""
        from .crew import LOST_DATABASE

        if process is None or process.exitcode in (LOST_DATABASE, -9):
            self._count(role)
            return
        told = (self.home / f"client-{role}.err").read_text(encoding="utf-8").strip().splitlines()
        self.failures.append(f"{role} ended by itself ({process.exitcode}): {' / '.join(told[-2:])}")


def run(ground: Ground, n: int, seed: int) -> Findings:
    """`n` kills. The seed gives who is killed and after how long; what they were doing just then is chance."""
    from ..region import make_region

    found = Findings()
    town = make_region(companies=min(6_000, max(150, 6 * n)), at=datetime.now(UTC))[0]
    crew = Crew(town, ground.home)
    _work_in_peace(crew)
    leave()
    launcher.stop(ground.server)
    keeper = Keeper(ground)
    keeper.start()
    try:
        _kill(crew, keeper, found, n, Random(seed))  # noqa: S311 - a seed that can be told, no secret
        _judge(ground, crew, found)
    finally:
        crew.kill_all()
        leave()
        keeper.stop()
    return found


def _work_in_peace(crew: Crew) -> None:
    """One small round in this very process, so that those forked from it have everything at hand."""
    from .crew import ROUNDS

    for role in ("applicant", "casework", "casework", "finance", "finance", "jobs"):
        ROUNDS[role](crew.town, crew.logbook(role))


def _kill(crew: Crew, keeper: Keeper, found: Findings, n: int, chance: Random) -> None:
    killed: Counter[str] = Counter()
    for _ in range(n):
        crew.tend()
        time.sleep(chance.uniform(SHORTEST, LONGEST))
        victim = chance.choices(list(VICTIMS), weights=list(VICTIMS.values()))[0]
        killed[victim] += 1
        if victim == "postmaster":
            keeper.kill_server()
        elif victim == "launcher":
            keeper.kill_keeper()
        else:
            crew.kill(victim)
    crew.kill_all()
    found.failures += crew.failures
    found.figures["killed"] = dict(killed)
    found.figures["requests cut off in the middle"] = len(crew.interrupted)
    found.expect(bool(crew.interrupted), "nobody was killed in the middle of a request")
    _judge_time(keeper.away_seconds, found, n)


def _judge_time(away: Sequence[float], found: Findings, n: int) -> None:
    if not away:
        return
    found.figures["database away, median and longest (s)"] = (round(median(away), 2), round(max(away), 2))
    if n >= CAMPAIGN:
        found.expect(
            median(away) <= AWAY_SECONDS, f"the database was away for {median(away):.1f} s in the median"
        )
    found.expect(max(away) <= AWAY_SECONDS_AT_MOST, f"the database was away for {max(away):.1f} s")


def _judge(ground: Ground, crew: Crew, found: Findings) -> None:
    from .checks import audited, doubled_or_broken, journal_faults, lost
    from .crew import finish
    from .planted import plant

    started = time.monotonic()
    logbooks = [crew.logbook(role) for role in CLIENTS]
    given_up = finish(crew.town, logbooks)
    found.figures["jobs interrupted five times and put back by a person"] = len(given_up)
    found.expect(
        min(given_up, default=TRIES) >= TRIES, f"a job was given up after {min(given_up, default=0)} tries"
    )
    found.figures["everything interrupted finished after (s)"] = round(time.monotonic() - started, 2)
    _repeat(crew.town, logbooks)
    requests = [request for logbook in logbooks for request in logbook.requests().values()]
    with psycopg.connect(ground.dsn(launcher.CHECK)) as connection:
        found.failures += lost(connection, requests)
        found.failures += doubled_or_broken(connection)
        found.failures += audited(connection, ground.home)
    found.failures += journal_faults()
    _judge_amount(requests, found)
    plant(ground, found, requests)


def _repeat(town: Town, logbooks: Sequence[Logbook]) -> None:
    """Every request once more with its old key, as a client that never got its answer would: told the same."""
    from .acts import ACTS

    for logbook in logbooks:
        for request in list(logbook.requests().values())[-100:]:
            if request.act != "fetch":
                logbook.told(request, ACTS[request.act](town, request))


def _judge_amount(requests: Sequence[Request], found: Findings) -> None:
    """Kills prove nothing where nothing happened."""
    acts = Counter(request.act for request in requests)
    again = sum(len(request.answers) > 1 for request in requests)
    found.figures["acknowledged"] = dict(acts)
    found.figures["asked again"] = again
    for act in ("submit", "approve", "seal", "send"):
        found.expect(acts[act] > 0, f"nobody got as far as to {act}")


KILLS = Proof(
    name="kills",
    words="ingenting som er bekreftet går tapt, og ingenting skjer to ganger, hva som enn dør",
    run=run,
    slice_n=60,
    campaign_n=1_000,
    durable=True,
)
