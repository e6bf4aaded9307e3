"""The ranking laid before an approver: a legal act with a page of its own."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from runde.engine.reference.api import amount_text, number_text
from runde.foundation.people.api import Role, authorise
from runde.grants.panels.api import Standings, WrongStage, propose_ranking, standings
from runde.web.components.facts import Fact
from runde.web.components.fields import ErrorLine, Field
from runde.web.entrance import Request, entrance, staff
from runde.web.panels.access import LEADERS, readable_panel
from runde.web.panels.views.ranking import line_facts
from runde.web.panels.words import name_of, ranking_table, unscored_table
from runde.web.staff import attempt, count_text, key_of, new_key, others_who_are, pressed_once, work_page

MUST_SAY = "Kryss av for at du kan behandle sakene. Kan du ikke det, må en annen lede rangeringen."


@entrance(staff(*LEADERS))
def send(request: Request, panel: UUID) -> HttpResponse:
    authorise(request.actor, "casework.propose")
    found = standings(readable_panel(panel, request.actor), by=request.actor)
    if found.line is None or not found.line_holds:
        return redirect("panel_ranking", request.tenant.slug, panel)
    if request.method != "POST":
        return _page(request, found)
    if request.POST.get("impartial") != "on":
        return _page(request, found, errors={"impartial": MUST_SAY})
    made: list[str] = []
    refusal = attempt(lambda: made.append(_proposed(request, panel, found)))
    if isinstance(refusal, WrongStage):
        return redirect("panel_ranking", request.tenant.slug, panel)
    if refusal is not None:
        return _page(request, found, errors={"": refusal.sentence})
    messages.success(request, "Rangeringen er sendt til godkjenning.")
    return redirect("proposal", request.tenant.slug, UUID(made[0]))


def _proposed(request: Request, panel: UUID, found: Standings) -> str:
    keeps_reserve = request.POST.get("reserve") == "on"
    body = {"panel": str(panel), "ranking": found.digest, "reserve": keeps_reserve}
    return pressed_once(
        request,
        "propose_ranking",
        body,
        lambda: str(
            propose_ranking(
                panel_id=panel,
                by=request.actor,
                at=request.at,
                declares_impartial=True,
                keeps_reserve=keeps_reserve,
            ).id
        ),
    )


def _page(request: Request, found: Standings, *, errors: dict[str, str] | None = None) -> HttpResponse:
    wrong, slug, line = errors or {}, request.tenant.slug, found.line
    count, above = len(found.ranking.ranked), line.above if line else 0
    word = Field(
        "impartial",
        "Jeg kan behandle alle sakene. Jeg har ingen egne interesser i dem.",
        kind="checkbox",
        value=request.POST.get("impartial", ""),
        error=wrong.get("impartial", ""),
    )
    facts = {
        "h1": f"Forslag til {number_text(count)} vedtak fra rangeringen",
        "lead": name_of(found.panel),
        "back_url": reverse("panel_ranking", args=[slug, found.panel.id]),
        "back_text": "Rangeringen",
        "facts": [
            *line_facts(found),
            Fact("Får tilskudd", count_text(above, "virksomhet", "virksomheter")),
            Fact("Får avslag", count_text(count - above, "virksomhet", "virksomheter")),
        ],
        "ranking": ranking_table(found, slug, above=above),
        "unscored": unscored_table(found),
        "word": word,
        "reserve": _reserve_field(request) if count > above else None,
        "approvers": others_who_are(request, Role.APPROVER),
        "granted_text": count_text(above, "søknad", "søknader"),
        "refused_text": count_text(count - above, "søknad", "søknader"),
        "sum_text": amount_text(line.sum_nok) if line else "",
        "act": f"Send {number_text(count)} til godkjenning",
        "errors": [word if name else ErrorLine(text) for name, text in wrong.items()],
        "has_errors": bool(wrong),
        "key": key_of(request) if wrong else new_key(),
    }
    return work_page(request, "panels/propose.html", facts, room="panels", status=422 if wrong else 200)


def _reserve_field(request: Request) -> Field:
    return Field(
        "reserve",
        "Sett dem under linja på reserveliste",
        kind="checkbox",
        description="De rykker opp i rekkefølge hvis det blir penger til overs.",
        value=request.POST.get("reserve", ""),
    )
