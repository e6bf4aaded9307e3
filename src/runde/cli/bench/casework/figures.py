"""The list's first page and a case at three sizes, side by side; and 10 000 past cases under a changed rule."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from decimal import Decimal

from django.db import connection
from django.utils import timezone

from runde.cli.bench.measuring import Figure
from runde.cli.demo.setting import acting
from runde.engine.rules import RuleSet
from runde.foundation.trust.api import fence
from runde.grants.applications.api import values_of_many
from runde.grants.casework.api import cases_with_applications, list_case_ids, list_cases, replay
from runde.grants.schemes.api import compiled_rules

from .ground import Ground, prepare
from .pages import Page, measure

SIZES = (1_000, 10_000, 100_000)
PAST = 10_000
LIST_STATEMENTS, LIST_KB, CASE_STATEMENTS = 12, 60, 20
THE_SAME = 1.25
"""Times of two sizes within this of each other are the same: a quiet machine varies as much by itself."""
SEARCHED = "finnes ikke"
KEPT = ("casework_case", "casework_check", "casework_decision", "applications_application")


def casework() -> list[Figure]:
    """Measured in one process, with the pages as the site makes them."""
    grounds, past = prepare(SIZES, decided=PAST)
    return [
        *_list_figures(measure(grounds, lambda ground: ground.list_url)),
        *_case_figures(measure(grounds, _a_case)),
        *_search_figures(measure(grounds, lambda ground: f"{ground.list_url}&sok={SEARCHED}")),
        *_replay_figures(past),
    ]


def _a_case(ground: Ground) -> str:
    """A case in the middle of the lane; the officer has said that they may work on it."""
    slug = ground.municipality.tenant.slug
    with fence(ground.municipality.tenant.id):
        ids = list_case_ids(ground.call.id, at=ground.at, lane="green")
    case = ids[len(ids) // 2]
    ground.client.post(f"/{slug}/saker/{case}/habilitet/", {"impartial": "yes"})
    return f"/{slug}/saker/{case}/"


def _list_figures(pages: Mapping[int, Page]) -> Iterator[Figure]:
    for size, page in pages.items():
        yield _most(f"saksliste-{size}-spørringer", page.statements, "SQL", LIST_STATEMENTS)
        yield _most(f"saksliste-{size}-størrelse", page.kilobytes, "kB", LIST_KB)
        yield _beside(f"saksliste-{size}", page, pages)


def _case_figures(pages: Mapping[int, Page]) -> Iterator[Figure]:
    for size, page in pages.items():
        yield _most(f"sak-av-{size}-spørringer", page.statements, "SQL", CASE_STATEMENTS)
        yield _beside(f"sak-av-{size}", page, pages)


def _search_figures(pages: Mapping[int, Page]) -> Iterator[Figure]:
    """A search without hits looks at every case: told, not aimed at."""
    smallest = pages[SIZES[0]]
    for size, page in pages.items():
        ratio = page.milliseconds / smallest.milliseconds
        yield Figure(f"søk-uten-treff-{size}", page.milliseconds, "ms", ratio, f"{SIZES[0]} saker")


def _most(name: str, value: float, unit: str, most: int) -> Figure:
    return Figure(name, value, unit, value / most, f"{most} {unit}", f"≤ {most} {unit}", value <= most)


def _beside(name: str, page: Page, pages: Mapping[int, Page]) -> Figure:
    smallest = pages[SIZES[0]]
    ratio = page.milliseconds / smallest.milliseconds
    against = f"{SIZES[0]} saker: {smallest.milliseconds:.1f} ms"
    return Figure(name, page.milliseconds, "ms", ratio, against, f"≤ {THE_SAME}×", ratio <= THE_SAME)


def _replay_figures(past: Ground) -> Iterator[Figure]:
    """The whole round judged twice, beside the rules alone on the same values; and nothing stored is another."""
    with fence(past.municipality.tenant.id):
        by = acting(past.municipality.staff.officer, past.at)
        changed = RuleSet.from_dict(past.call.scheme_version.rules).with_parameter(
            "required_drop", Decimal("0.25"), source="Måling"
        )
        before = _fingerprint()
        started = time.perf_counter()
        played = replay(past.call, changed, by=by)
        taken = time.perf_counter() - started
        altered = int(_fingerprint() != before)
        bare = _bare(past)
    if played.cases != past.cases or not played.changed:
        raise AssertionError(f"{played.cases} cases judged again, {len(played.changed)} changed")
    against = f"reglene alene to ganger: {bare:.1f} s"
    yield Figure(f"omkjøring-{past.cases}", taken, "s", taken / bare, against)
    yield Figure(f"omkjøring-{past.cases}-endret", altered, "tabeller", 1.0, "ingen", "0", altered == 0)


def _bare(past: Ground) -> float:
    """Reading each case's values, and the rules run twice over them, with nothing compared or told."""
    rules = compiled_rules(past.call.scheme_version)
    today = timezone.localdate(past.at)
    started = time.perf_counter()
    ids = [case.id for case in list_cases(past.call.id)]
    for place in range(0, len(ids), 1000):
        cases = cases_with_applications(ids[place : place + 1000])
        for values in values_of_many([case.application for case in cases]):
            rules.check(values, today)
            rules.check(values, today)
    return time.perf_counter() - started


def _fingerprint() -> list[tuple[str, int, str]]:
    """Every row of what must stand, as one figure for each table."""
    found = []
    with connection.cursor() as cursor:
        for table in KEPT:
            cursor.execute(
                f"SELECT count(*), coalesce(sum(hashtextextended(kept::text, 0)), 0)::text FROM {table} AS kept"  # noqa: S608
            )
            found.append((table, *cursor.fetchone()))
    return found
