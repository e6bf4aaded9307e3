"""The ways on from a call's money: conditional grants, the reserve list, more money, and political treatment."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from runde.engine.reference.api import amount_text
from runde.foundation.people.api import may
from runde.grants.casework.api import Waiting, list_waiting
from runde.grants.schemes.api import Call
from runde.web.entrance import Request
from runde.web.officer.calls import page_url
from runde.web.staff import count_text


@dataclass(frozen=True)
class Way:
    """A way on: where it leads and what is there."""

    text: str
    url: str
    note: str = ""


def money_ways(request: Request, call: Call) -> list[Way]:
    """Those that lead somewhere for this person."""
    slug = request.tenant.slug
    ways = [_settle(one, slug) for one in list_waiting(by=request.actor)]
    if may(request.actor, "casework.propose"):
        ways.append(
            Way(
                "Lag betingede vedtak",
                page_url("promise_grants", slug, call),
                "Vedtak før pengene er vedtatt, uten at noe blir satt av.",
            )
        )
    return [
        *ways,
        Way(
            "Etterfylling",
            page_url("top_up", slug, call),
            "Mer til dem som har fått, når det kommer mer penger.",
        ),
        Way(
            "Reserveliste",
            page_url("reserve_list", slug, call),
            "Hvem som er neste når det blir penger igjen.",
        ),
        Way("Politisk behandling", reverse("boards", args=[slug]), "Lister til formannskapet og andre."),
    ]


def _settle(one: Waiting, slug: str) -> Way:
    count = count_text(one.count, "betinget vedtak", "betingede vedtak")
    verb = "kan gjøres opp" if one.is_ready else "venter på penger"
    return Way(
        f"{count} {verb}: {one.source.name}",
        reverse("settle_budget", args=[slug, one.source.id]),
        f"Til sammen {amount_text(one.promised_nok)}.",
    )
