"""What each act in an appeal asks of the officer, and what its press does."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from runde.engine.reference.api import amount_text, deadline, number_text
from runde.grants.casework.api import (
    LATE_GROUNDS,
    AppealEvent,
    AppealPage,
    Line,
    answer_suspension,
    ask_appeal_correction,
    hear_late_appeal,
    may_win,
    propose_after_body,
    register_body_outcome,
    set_aside_for_appeal,
    uphold_appeal,
)
from runde.web.components.fields import Choice, Field
from runde.web.entrance import Request
from runde.web.officer.appeal_fields import (
    amount_field,
    day_field,
    given_amount,
    given_choice,
    given_day,
    given_words,
    words_field,
)

E = AppealEvent
OUTCOMES = (
    Choice("kept", "Ikke endret", "Vedtaket står og kan ikke klages på igjen."),
    Choice("changed", "Endret", "Neste steg er å føre det nye vedtaket."),
    Choice("annulled", "Opphevet og sendt tilbake", "Kommunen må fatte et nytt vedtak."),
    Choice("dismissed", "Avvist", "Vedtaket står."),
)


def who(request: Request, page: AppealPage) -> dict[str, Any]:
    return {"appeal_id": page.appeal.id, "by": request.actor, "at": request.at}


def said_in(posted: QueryDict) -> str:
    return posted.get("words", "")


def ask_nothing(page: AppealPage, posted: QueryDict) -> list[Field]:
    return []


def ask_hear(page: AppealPage, posted: QueryDict) -> list[Field]:
    choices = tuple(Choice(code, words) for code, words in LATE_GROUNDS.items())
    ground = Field("ground", "Hvorfor?", kind="radios", choices=choices, value=posted.get("ground", ""))
    return [ground, words_field("Begrunnelse", posted, audience="internal")]


def press_hear(request: Request, page: AppealPage, posted: QueryDict) -> object:
    ground = given_choice(posted, "ground", tuple(LATE_GROUNDS), "Velg hvorfor klagen behandles.")
    return hear_late_appeal(ground=ground, words=said_in(posted), **who(request, page))  # type: ignore[arg-type]


def ask_correction(page: AppealPage, posted: QueryDict) -> list[Field]:
    suggested = deadline("comment", timezone.localdate(page.appeal.sent_at)) if page.appeal.sent_at else None
    return [
        words_field("Hva mangler i klagen, og hva må søkeren gjøre?", posted),
        day_field("due", "Frist for å rette", posted, suggested),
    ]


def press_correction(request: Request, page: AppealPage, posted: QueryDict) -> object:
    due = given_day(posted, "due")
    return ask_appeal_correction(words=said_in(posted), due_date=due, **who(request, page))


def ask_decision(page: AppealPage, posted: QueryDict) -> list[Field]:
    before = page.in_force
    stands = amount_text(before.amount_nok) if before.outcome == "granted" else "avslag"
    rules = page.case.recommended_nok
    known = f" Reglene gir {amount_text(rules)}." if rules else ""
    return [
        amount_field(
            posted,
            label="Nytt beløp i alt",
            help_text=f"Vedtaket som står, er {stands}.{known}",
            value=number_text(rules) if rules else "",
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


def ask_uphold(page: AppealPage, posted: QueryDict) -> list[Field]:
    extent = Field(
        "extent",
        "Får søkeren medhold i alt?",
        kind="radios",
        choices=(
            Choice("full", "Ja, i alt søkeren har bedt om"),
            Choice("partly", "Nei, i en del", "Søkeren svarer etterpå om klagen skal stå for resten."),
        ),
        value=posted.get("extent", ""),
    )
    words = words_field("Vurderingen din av klagen", posted, audience="internal")
    return [extent, *ask_decision(page, posted), words]


def press_uphold(request: Request, page: AppealPage, posted: QueryDict) -> object:
    extent = given_choice(posted, "extent", ("full", "partly"), "Velg om søkeren får medhold i alt.")
    amount = given_amount(posted)
    line = Line(page.case.id, "granted", "appeal_upheld", amount, reason_in(posted))
    return uphold_appeal(
        line=line, is_partial=extent == "partly", words=said_in(posted), **who(request, page)
    )


def reason_in(posted: QueryDict) -> str:
    return given_words(posted, "reason", "Skriv begrunnelsen som skal stå i vedtaksbrevet.")


def ask_outcome(page: AppealPage, posted: QueryDict) -> list[Field]:
    return [
        Field(
            "outcome",
            f"Hva har {page.body} kommet til?",
            kind="radios",
            choices=OUTCOMES,
            value=posted.get("outcome", ""),
        ),
        day_field("day", "Dag for avgjørelsen", posted),
        Field(
            "reference",
            "Saksnummer hos klageinstansen",
            value=posted.get("reference", ""),
            description="For eksempel møtesak 14/27.",
        ),
        words_field("Begrunnelsen deres", posted, help_text="Søkeren får den i brev."),
    ]


def press_outcome(request: Request, page: AppealPage, posted: QueryDict) -> object:
    allowed = tuple(one.value for one in OUTCOMES)
    outcome = given_choice(posted, "outcome", allowed, "Velg hva klageinstansen har kommet til.")
    day = given_day(posted, "day")
    where = given_words(posted, "reference", "Skriv saksnummeret eller møtesaken hos klageinstansen.")
    return register_body_outcome(
        outcome=outcome,
        decided_on=day,
        reference=where,
        words=said_in(posted),
        **who(request, page),
    )


def ask_after_body(page: AppealPage, posted: QueryDict) -> list[Field]:
    amount, reason = ask_decision(page, posted)
    return [
        Field(
            "amount",
            "Nytt beløp i alt",
            kind="money",
            value=posted.get("amount", ""),
            description=f"{amount.description} La feltet stå tomt ved avslag.",
            optional=True,
        ),
        reason,
    ]


def press_after_body(request: Request, page: AppealPage, posted: QueryDict) -> object:
    amount = given_amount(posted, optional=True)
    own = page.appeal.body_result == "annulled"
    granted, refused = ("appeal_upheld", "discretion_refused") if own else ("body_granted", "body_refused")
    outcome, code = ("granted", granted) if amount else ("refused", refused)
    line = Line(page.case.id, outcome, code, amount or None, reason_in(posted))
    return propose_after_body(line=line, **who(request, page))


def ask_wait(page: AppealPage, posted: QueryDict) -> list[Field]:
    answer = Field(
        "answer",
        "Skal dere vente med å gjennomføre vedtaket?",
        kind="radios",
        choices=(
            Choice("wait", "Ja, vent til klagen er avgjort", "Ingenting blir betalt på vedtaket før det."),
            Choice("go_on", "Nei, gjennomfør vedtaket nå"),
        ),
        value=posted.get("answer", ""),
    )
    return [answer, words_field("Begrunnelse", posted)]


def press_wait(request: Request, page: AppealPage, posted: QueryDict) -> object:
    answer = given_choice(posted, "answer", ("wait", "go_on"), "Velg om dere skal vente.")
    return answer_suspension(is_granted=answer == "wait", reason=said_in(posted), **who(request, page))


def ask_set_aside(page: AppealPage, posted: QueryDict) -> list[Field]:
    wins = may_win(page.appeal)
    known = f"Reglene gir søkeren {amount_text(wins)} mer enn vedtaket. " if wins else ""
    return [
        amount_field(
            posted,
            label="Beløp som settes av",
            help_text=f"{known}Skriv 0 for å frigi det som er satt av.",
            value=number_text(page.held_nok or wins),
        )
    ]


def press_set_aside(request: Request, page: AppealPage, posted: QueryDict) -> object:
    amount = given_amount(posted)
    return set_aside_for_appeal(amount_nok=amount or Decimal(0), **who(request, page))


def ask_words(label: str, help_text: str = "") -> Callable[[AppealPage, QueryDict], list[Field]]:
    return lambda page, posted: [words_field(label, posted, help_text=help_text)]


def press_with_words(
    operation: Callable[..., object], name: str = "words"
) -> Callable[[Request, AppealPage, QueryDict], object]:
    return lambda request, page, posted: operation(**{name: said_in(posted)}, **who(request, page))


def press_plain(operation: Callable[..., object]) -> Callable[[Request, AppealPage, QueryDict], object]:
    return lambda request, page, posted: operation(**who(request, page))
