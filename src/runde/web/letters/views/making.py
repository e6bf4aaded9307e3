"""How far the letters of a proposal have come: counted, and harmless to leave."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from runde.engine.reference.api import number_text
from runde.grants.casework.api import LettersMade, letters_made
from runde.web.entrance import Request, entrance, staff
from runde.web.letters.access import READERS
from runde.web.staff import work_page


@entrance(staff(*READERS))
def show(request: Request, proposal: UUID) -> HttpResponse:
    made = letters_made(proposal, by=request.actor)
    if request.htmx:
        return render(request, "letters/_made.html", _counted(request, made))
    facts = {
        "h1": "Alle brevene er laget" if made.is_done else "Vi lager brevene",
        "lead": "" if made.is_done else "Du kan gå fra siden. Brevene blir laget likevel.",
        "back_url": reverse("proposal", args=[request.tenant.slug, proposal]),
        "back_text": "Forslaget",
        **_counted(request, made),
    }
    return work_page(request, "letters/made.html", facts, room="proposals")


def _counted(request: Request, made: LettersMade) -> dict[str, object]:
    slug = request.tenant.slug
    return {
        "made": made,
        "count_text": f"{number_text(made.made)} av {number_text(made.total)} brev",
        "here": reverse("letters_made", args=[slug, made.proposal.id]),
        "waiting": [(number, reverse("case", args=[slug, case_id])) for case_id, number in made.waiting],
        "tenant": request.tenant,
    }
