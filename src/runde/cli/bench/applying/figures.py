"""Saving and sending under many clients, beside a bare view that writes one row; memory; the whole way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import repeat

from django.urls import reverse

from runde.cli.bench.measuring import Figure
from runde.grants.applications.api import Application

from .bare import ADDRESS
from .crowd import Posting, Taken, crowd
from .servers import Server, serving
from .setting import TOKEN, Applicant, Ground, applicant, drafts_of, prepare
from .whole import whole_application

OURS, RIVAL = "runde.config.wsgi:application", "runde.cli.bench.applying.bare_wsgi:application"
CLIENTS = (4, 32)
SAVES, SENDINGS = 640, 320
"""In all, shared by the clients."""
LASTING = 5_000
"""Sendings after which memory is looked at again."""
TURNED_WARM = 500
STATEMENTS, CPU_MS, GROWTH_MB = 60, 100, 25


def applying() -> list[Figure]:
    """Percentiles of saving and sending with the server as in production, and what the whole way costs."""
    ground = prepare(companies=len(CLIENTS) * SENDINGS + 200)
    figures = [*_whole_figures(ground)]
    with serving(OURS) as ours, serving(RIVAL) as rival:
        for clients in CLIENTS:
            figures += _beside(ours, rival, clients, "lagre", SAVES, _saves(ground, clients))
            figures += _beside(ours, rival, clients, "sende", SENDINGS, _sendings(ground, clients))
    return figures


def memory() -> list[Figure]:
    """What two workers hold after five hundred sendings, and after five thousand."""
    ground = prepare(companies=LASTING + 100)
    with serving(OURS) as server:
        crowd(server, _shared(ground, 8, TURNED_WARM))
        warm = server.resident_mb()
        crowd(server, _shared(ground, 8, LASTING - TURNED_WARM))
        grown = server.resident_mb() - warm
    figure = _against(f"søknader-{LASTING}-minne", grown, "MB mer", GROWTH_MB)
    return [replace(figure, ratio=(warm + grown) / warm, against=f"etter {TURNED_WARM}: {warm:.0f} MB")]


def _whole_figures(ground: Ground) -> Iterator[Figure]:
    found = whole_application(ground, applicant(ground, 0, 12))
    yield _against("søknad-spørringer", found.statements, "SQL", STATEMENTS)
    yield _against("søknad-cpu", found.cpu_ms, "ms", CPU_MS)


def _against(name: str, value: float, unit: str, most: int) -> Figure:
    return Figure(name, value, unit, value / most, f"{most} {unit}", f"≤ {most} {unit}", value <= most)


def _beside(
    ours: Server, rival: Server, clients: int, act: str, postings: int, sent: list[Iterator[Posting]]
) -> Iterator[Figure]:
    bare = crowd(rival, [_rows(postings // clients) for _ in range(clients)])
    own = crowd(ours, sent)
    yield from _figures(f"{act}-{clients}", own, bare)


def _figures(name: str, own: Taken, bare: Taken) -> Iterator[Figure]:
    yield Figure(
        f"{name}-p50", own.median_ms, "ms", own.median_ms / bare.median_ms, f"én rad: {bare.median_ms:.1f} ms"
    )
    yield Figure(f"{name}-p95", own.p95_ms, "ms", own.p95_ms / bare.p95_ms, f"én rad: {bare.p95_ms:.1f} ms")


def _rows(count: int) -> Iterator[Posting]:
    return repeat(Posting(ADDRESS, {"words": "123 456"}, 200, {}), count)


def _saves(ground: Ground, clients: int) -> list[Iterator[Posting]]:
    """Each client writes on a draft of its own; every save changes an answer."""
    return [
        _typing(ground, _draft(ground, 100 * clients + place), SAVES // clients) for place in range(clients)
    ]


def _draft(ground: Ground, place: int) -> tuple[Applicant, Application]:
    one = applicant(ground, place, 1)
    return one, drafts_of(ground, one)[0]


def _typing(ground: Ground, whose: tuple[Applicant, Application], count: int) -> Iterator[Posting]:
    one, draft = whose
    address = reverse("autosave", args=[ground.municipality.tenant.slug, draft.id, "revenue"])
    headers = one.headers | {"HX-Request": "true"}
    for step in range(count):
        typed = {"revenue_period": f"{400 + step} 000", "revenue_comparison": "1 500 000"}
        form = {"csrfmiddlewaretoken": TOKEN, "revision": "0", "page": "bench", **typed}
        yield Posting(address, form, 200, headers)


def _sendings(ground: Ground, clients: int) -> list[Iterator[Posting]]:
    return [_sending(ground, 1000 * clients + place, SENDINGS // clients) for place in range(clients)]


def _shared(ground: Ground, clients: int, sendings: int) -> list[Iterator[Posting]]:
    return [_sending(ground, 10 * sendings + place, sendings // clients) for place in range(clients)]


def _sending(ground: Ground, place: int, count: int) -> Iterator[Posting]:
    """A person with drafts that lack nothing sends them one by one."""
    one = applicant(ground, place, count)
    drafts = drafts_of(ground, one)
    return iter([_posting(ground, one, draft) for draft in drafts])


def _posting(ground: Ground, one: Applicant, draft: Application) -> Posting:
    address = reverse("review", args=[ground.municipality.tenant.slug, draft.id])
    form = {
        "csrfmiddlewaretoken": TOKEN,
        "revision": str(draft.revision),
        "key": str(draft.id),
        "declaration": "yes",
    }
    return Posting(address, form, 302, one.headers)
