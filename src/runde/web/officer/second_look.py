"""What the case page links to besides appeals: reasons asked for, an appeal on paper, a decision looked at again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from runde.engine.reference.api import amount_text, deadline
from runde.grants.casework.api import (
    GROUND_WORDS,
    Ground,
    Line,
    ReversalEvent,
    ReversalPage,
    drop_reversal,
    go_on_with_reversal,
    notify_reversal,
    propose_reversal,
)
from runde.web.components.fields import Choice, Field
from runde.web.entrance import Request
from runde.web.officer.appeal_fields import day_field, given_amount, given_day, given_words, words_field

GROUND_HELP = {
    Ground.NO_HARM: "Søkeren får mer, eller det samme. Da trenger ikke søkeren varsel.",
    Ground.NOT_TOLD: "Verken brev eller e-post har nådd søkeren.",
    Ground.INVALID: "For eksempel feil lov, feil fakta eller en saksbehandler som ikke kunne behandle saken.",
    Ground.RESERVED: "For eksempel vilkår som ikke er fulgt, der vedtaket sier hva som skjer da.",
}


@dataclass(frozen=True)
class Turn:
    """One act in a reversal: its row in the table, the button, what it asks and what the press does."""

    slug: str
    event: ReversalEvent
    text: str
    h1: str
    done: str
    fields: Callable[[ReversalPage, QueryDict], list[Field]]
    press: Callable[[Request, ReversalPage, QueryDict], object]
    main_field: str = "words"


def ground_fields(posted: QueryDict) -> list[Field]:
    choices = tuple(Choice(one.value, words, GROUND_HELP[one]) for one, words in GROUND_WORDS.items())
    return [
        Field(
            "ground",
            "Hvorfor kan vedtaket endres?",
            kind="radios",
            choices=choices,
            value=posted.get("ground", ""),
        ),
        words_field("Hva vil dere vurdere, og hvorfor?", posted, audience="internal"),
    ]


def paper_fields(posted: QueryDict) -> list[Field]:
    return [
        words_field("Klagen", posted, help_text="Skriv av klagen, eller gjengi det som står i den."),
        day_field("came", "Dagen klagen ble postlagt eller levert", posted),
        Field(
            "other_party",
            "Hvem klager, hvis det ikke er søkeren",
            value=posted.get("other_party", ""),
            description="Noen andre kan klage hvis vedtaket har mye å si for dem.",
            optional=True,
        ),
        Field(
            "known",
            "Når fikk de vite om vedtaket?",
            kind="date",
            value=posted.get("known", ""),
            description="Bare når noen andre enn søkeren klager.",
            optional=True,
        ),
        Field(
            "wants_wait",
            "Utsetting",
            kind="checkboxes",
            choices=(Choice("yes", "Klagen ber om at dere venter med å gjennomføre vedtaket"),),
            value=posted.getlist("wants_wait"),
            optional=True,
        ),
    ]


def _who(request: Request, page: ReversalPage) -> dict[str, Any]:
    return {"reversal_id": page.reversal.id, "by": request.actor, "at": request.at}


def _notify_fields(page: ReversalPage, posted: QueryDict) -> list[Field]:
    opened = timezone.localdate(page.reversal.opened_at)
    suggested = max(deadline("comment", opened), opened + timedelta(days=1))
    return [
        words_field(
            "Hva kan bli endret, og hvorfor?",
            posted,
            help_text="Søkeren får teksten i brev. Skriv hva dere bygger på, så de kan svare på det.",
        ),
        day_field("due", "Siste dag å uttale seg", posted, suggested),
    ]


def _notify(request: Request, page: ReversalPage, posted: QueryDict) -> object:
    due = given_day(posted, "due")
    return notify_reversal(notice=posted.get("words", ""), comment_by_date=due, **_who(request, page))


def _propose_fields(page: ReversalPage, posted: QueryDict) -> list[Field]:
    before = page.decision
    stands = amount_text(before.amount_nok) if before.outcome == "granted" else "avslag"
    return [
        Field(
            "amount",
            "Nytt beløp i alt",
            kind="money",
            value=posted.get("amount", ""),
            description=f"Vedtaket som står, er {stands}. La feltet stå tomt ved avslag.",
            optional=True,
        ),
        Field(
            "reason",
            "Begrunnelse i det nye vedtaket",
            kind="textarea",
            rows=5,
            value=posted.get("reason", ""),
            description="Står i vedtaksbrevet.",
            audience="applicant",
        ),
    ]


def _propose(request: Request, page: ReversalPage, posted: QueryDict) -> object:
    amount = given_amount(posted, optional=True) or Decimal(0)
    reason = given_words(posted, "reason", "Skriv begrunnelsen som skal stå i vedtaksbrevet.")
    outcome, code = ("granted", "reversed_granted") if amount else ("refused", "reversed_refused")
    line = Line(page.case.id, outcome, code, amount or None, reason)
    return propose_reversal(line=line, **_who(request, page))


TURNS: tuple[Turn, ...] = (
    Turn(
        "varsle",
        ReversalEvent.NOTIFY,
        "Varsle søkeren",
        "Varsle søkeren om at vedtaket kan bli endret",
        "Søkeren er varslet.",
        _notify_fields,
        _notify,
    ),
    Turn(
        "foresla",
        ReversalEvent.PROPOSE,
        "Foreslå nytt vedtak",
        "Foreslå et nytt vedtak",
        "Det nye vedtaket er sendt til godkjenning.",
        _propose_fields,
        _propose,
        "reason",
    ),
    Turn(
        "ga-videre",
        ReversalEvent.GO_ON,
        "Gå videre uten uttalelse",
        "Gå videre uten uttalelse fra søkeren",
        "Dere kan nå foreslå et nytt vedtak.",
        lambda page, posted: [],
        lambda request, page, posted: go_on_with_reversal(**_who(request, page)),
    ),
    Turn(
        "la-sta",
        ReversalEvent.DROP,
        "La vedtaket stå",
        "La vedtaket stå som det er",
        "Vedtaket blir stående.",
        lambda page, posted: [words_field("Hvorfor blir vedtaket stående?", posted, audience="internal")],
        lambda request, page, posted: drop_reversal(why=posted.get("words", ""), **_who(request, page)),
    ),
)
BY_TURN = {one.slug: one for one in TURNS}


def turns_for(page: ReversalPage) -> list[Turn]:
    return [one for one in TURNS if one.event in page.events]
