"""After a budget decision: conditional grants in full, scaled or lapsed, with what each choice does before it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from runde.engine.reference.api import amount_text, number_text
from runde.foundation.people.api import Role, authorise, may
from runde.foundation.trust.api import Refused
from runde.grants.casework.api import (
    SettlementPreview,
    Terms,
    percent_text,
    preview_settlement,
    propose_settlement,
)
from runde.grants.schemes.api import FundingSource
from runde.web.components.facts import Fact
from runde.web.components.fields import Choice, Field
from runde.web.components.tables import Cell, Column, Row, Table
from runde.web.entrance import Request, entrance, staff
from runde.web.officer.round_page import (
    NO_WORD,
    Notice,
    Part,
    RoundPage,
    asked_amount,
    asked_text,
    goes_to,
    joined_ids,
    laid,
    show,
    sum_fact,
    word_field,
    word_given,
)
from runde.web.staff import attempt, count_text, pressed_once

State = FundingSource.State
READERS = (Role.OFFICER, Role.APPROVER, Role.SCHEME_MANAGER, Role.FINANCE, Role.AUDITOR)
NAMES = {"in_full": "Gjelder fullt ut", "scaled": "Settes ned likt for alle", "lapsed": "Faller bort"}
RULE = (
    "Alle får samme andel av beløpet i det betingede vedtaket, rundet ned til hele kroner. Kronene som blir til "
    "overs, går én for én til dem som tapte mest på avrundingen, og blant like til det laveste saksnummeret."
)


@entrance(staff(*READERS))
def settle(request: Request, source: UUID) -> HttpResponse:
    terms, errors = _terms(request)
    tried, wrong = asked_amount(request, "belop")
    errors |= {"belop": wrong} if wrong else {}
    if request.method != "POST":
        found = _found(request, source, terms, tried)
        return show(request, _page(request, found, errors))
    authorise(request.actor, "casework.propose")
    found = _found(request, source, terms, None)
    if found.source.state == State.WITHDRAWN and not asked_text(request, "document"):
        errors["document"] = (
            "Skriv hvor det står at pengene ikke kommer, for eksempel «Kommunestyret sak 42/26»."
        )
    if not word_given(request):
        errors["word"] = NO_WORD
    if errors:
        return show(request, _page(request, found, errors))
    made: list[str] = []
    refusal = attempt(lambda: made.extend(_proposed(request, source, found.terms)))
    if refusal is not None:
        return show(request, _page(request, found, {}, refusal))
    return laid(request, made)


def _found(request: Request, source: UUID, terms: Terms | None, tried: Decimal | None) -> SettlementPreview:
    """By what is chosen, else by what the money allows."""
    if terms is None:
        full = preview_settlement(source, Terms("in_full"), by=request.actor, money_nok=tried)
        if full.source.state == State.WITHDRAWN:
            return preview_settlement(source, Terms("lapsed"), by=request.actor)
        if not full.short_nok:
            return full
        terms = Terms("scaled")
    return preview_settlement(source, terms, by=request.actor, money_nok=tried)


def _terms(request: Request) -> tuple[Terms | None, dict[str, str]]:
    choice = asked_text(request, "valg")
    lowest, wrong = asked_amount(request, "minst")
    errors = {"minst": wrong} if wrong else {}
    share, bad = _share(asked_text(request, "andel"))
    errors |= {"andel": bad} if bad else {}
    if choice not in NAMES:
        return None, errors
    if choice != "scaled":
        return Terms(choice), {}
    return Terms(choice, share=share, lowest_nok=lowest or Decimal(0)), errors


def _share(typed: str) -> tuple[Fraction | None, str]:
    """60 or 62,5 per cent; nothing is as much as the money gives."""
    text = typed.replace("%", "").replace("prosent", "").replace(",", ".").strip()
    if not text:
        return None, ""
    try:
        share = Fraction(text) / 100
    except (ValueError, ZeroDivisionError):
        return None, "Skriv andelen som et tall, for eksempel 60."
    if not 0 < share <= 1:
        return None, "Andelen må være mer enn 0 og høyst 100 prosent."
    return share, ""


def _proposed(request: Request, source: UUID, terms: Terms) -> list[str]:
    def work() -> str:
        return joined_ids(
            propose_settlement(
                source_id=source,
                terms=terms,
                seen=asked_text(request, "sett"),
                document=asked_text(request, "document"),
                by=request.actor,
                at=request.at,
                declares_impartial=True,
            )
        )

    body = {"source": str(source), "valg": terms.choice, "sett": asked_text(request, "sett")}
    return pressed_once(request, "settle_budget", body, work).split()


def _page(
    request: Request, found: SettlementPreview, errors: dict[str, str], refusal: Refused | None = None
) -> RoundPage:
    is_ready = found.source.state != State.SUBJECT_TO_DECISION
    can = bool(is_ready and found.rows and not found.short_nok and may(request.actor, "casework.propose"))
    return RoundPage(
        h1=_heading(found),
        back_url=reverse("overview", args=[request.tenant.slug]),
        back_text="Oversikt",
        facts=_facts(found),
        notices=_notices(request, found, refusal),
        ask=_ask(request, found, errors) if found.rows else (),
        parts=[Part("Sak for sak", _table(found, request.tenant.slug), text=_rule(found))]
        if found.rows
        else [],
        fields=_fields(request, found, errors),
        kept=_kept(request, found),
        happens=_happens(request, found),
        act=_act(found) if can else "",
    )


def _heading(found: SettlementPreview) -> str:
    count = count_text(len(found.rows), "betinget vedtak", "betingede vedtak")
    if found.source.state == State.SUBJECT_TO_DECISION:
        return f"{count} venter på penger fra {found.source.giver}"
    return f"Gjør opp {count}" if found.rows else "Ingen betingede vedtak venter på disse pengene"


def _facts(found: SettlementPreview) -> list[Fact]:
    state = State(found.source.state)
    document = found.source.decision_document if state == State.DECIDED else str(state.label)
    given = "Ventet beløp" if state == State.SUBJECT_TO_DECISION else "Penger til dette"
    facts = [
        Fact("Kilde", found.source.name, source=document),
        sum_fact("Betinget lovet", found.promised_nok, count_text(len(found.rows), "sak", "saker")),
        sum_fact(given, found.money_nok),
        sum_fact(f"Med valget «{NAMES[found.terms.choice]}»", found.total_nok, _effect(found)),
    ]
    if found.money_nok > found.total_nok:
        facts.append(sum_fact("Blir igjen", found.money_nok - found.total_nok))
    return facts


def _effect(found: SettlementPreview) -> str:
    granted = len(found.rows) - len(found.dropped)
    parts = [count_text(granted, "virksomhet", "virksomheter")] if granted else []
    if found.terms.choice == "scaled":
        parts.append(f"{percent_text(str(found.share))} prosent av beløpet")
    if found.dropped:
        parts.append(f"{number_text(len(found.dropped))} får ikke tilskudd")
    return ", ".join(parts)


def _rule(found: SettlementPreview) -> str:
    return RULE if found.terms.choice == "scaled" else ""


def _notices(request: Request, found: SettlementPreview, refusal: Refused | None) -> list[Notice]:
    notices = [Notice("Dette gikk ikke", refusal.sentence, "danger")] if refusal else []
    if found.short_nok:
        short = f"Det mangler {amount_text(found.short_nok)} til at alle får hele beløpet. Velg å sette ned."
        notices.append(Notice("Pengene rekker ikke", short))
    if found.stays:
        these = ", ".join(found.stays)
        notices.append(
            Notice("Noen ligger allerede til godkjenning", f"De er ikke med her: {these}.", "info")
        )
    if found.source.state == State.SUBJECT_TO_DECISION:
        notices.append(_too_early(request, found))
    return notices


def _too_early(request: Request, found: SettlementPreview) -> Notice:
    url = reverse("decide_budget", args=[request.tenant.slug, found.source.id])
    return Notice(
        "Pengene er ikke vedtatt ennå",
        "Du kan prøve hva et beløp ville gitt. Vedtakene kan gjøres opp når budsjettvedtaket er registrert.",
        "info",
        url if may(request.actor, "schemes.fund") else "",
        "Registrer vedtaket",
    )


def _ask(request: Request, found: SettlementPreview, errors: dict[str, str]) -> list[Field]:
    if found.source.state == State.WITHDRAWN:
        return []  # the money will not come: there is nothing to choose between
    asked = [
        Field(
            "valg",
            "Hva skal skje med de betingede vedtakene?",
            kind="radios",
            value=found.terms.choice,
            choices=tuple(Choice(one, NAMES[one], ABOUT[one]) for one in NAMES),
        ),
        Field(
            "andel",
            "Andel, hvis dere setter ned til noe lavere enn pengene gir",
            kind="percent",
            value=asked_text(request, "andel"),
            optional=True,
            error=errors.get("andel", ""),
        ),
        Field(
            "minst",
            "Laveste beløp dere deler ut, når dere setter ned",
            kind="money",
            value=asked_text(request, "minst"),
            description="Den som ville fått mindre, får ingenting. De andre deler det som blir ledig.",
            optional=True,
            error=errors.get("minst", ""),
        ),
    ]
    if found.source.state == State.SUBJECT_TO_DECISION:
        asked.append(
            Field(
                "belop",
                "Prøv med et annet beløp enn ventet",
                kind="money",
                value=asked_text(request, "belop"),
                optional=True,
                error=errors.get("belop", ""),
            )
        )
    return asked


ABOUT = {
    "in_full": "Alle får hele beløpet.",
    "scaled": "Alle får samme andel, så mye som pengene rekker til.",
    "lapsed": "Ingen får tilskudd. Alle får avslag.",
}


def _fields(request: Request, found: SettlementPreview, errors: dict[str, str]) -> list[Field]:
    fields = []
    if found.source.state == State.WITHDRAWN:
        fields.append(
            Field(
                "document",
                "Hvor står det at pengene ikke kommer?",
                value=asked_text(request, "document"),
                description="Søkerne ser dette i brevet. For eksempel «Kommunestyret sak 42/26»",
                audience="applicant",
                error=errors.get("document", ""),
            )
        )
    return [*fields, word_field(errors.get("word", ""))]


def _kept(request: Request, found: SettlementPreview) -> dict[str, str]:
    terms = found.terms
    return {
        "valg": terms.choice,
        "andel": asked_text(request, "andel"),
        "minst": asked_text(request, "minst"),
        "sett": found.seen,
    }


def _happens(request: Request, found: SettlementPreview) -> list[str]:
    count, granted = len(found.rows), len(found.rows) - len(found.dropped)
    told = [goes_to(request, count_text(count, "nytt vedtak", "nye vedtak"))]
    if granted:
        told.append(
            f"Når det er godkjent, blir {amount_text(found.total_nok)} satt av til "
            f"{count_text(granted, 'virksomhet', 'virksomheter')}, og økonomi kan betale."
        )
    if found.dropped:
        told.append(f"{count_text(len(found.dropped), 'virksomhet', 'virksomheter')} får avslag.")
    told.append(f"{count_text(count, 'brev', 'brev')} blir skrevet, og søkerne får e-post.")
    told.append("Søkerne kan klage på det nye vedtaket.")
    return told


def _act(found: SettlementPreview) -> str:
    return f"Send {count_text(len(found.rows), 'vedtak', 'vedtak')} til godkjenning"


def _table(found: SettlementPreview, slug: str) -> Table:
    columns = (
        Column("Virksomhet"),
        Column("Betinget (kr)", "number"),
        Column("Blir (kr)", "number"),
        Column("Endring (kr)", "number"),
    )
    rows = tuple(
        Row(
            (
                Cell(
                    row.company_name, url=reverse("case", args=[slug, row.case_id]), note=f"Sak {row.number}"
                ),
                Cell(number_text(row.promised_nok)),
                Cell(number_text(row.amount_nok)),
                Cell(number_text(row.amount_nok - row.promised_nok)),
            ),
            tone="" if row.amount_nok else "warning",
        )
        for row in found.rows
    )
    total = (
        "Til sammen",
        number_text(found.promised_nok),
        number_text(found.total_nok),
        number_text(found.total_nok - found.promised_nok),
    )
    return Table("Betingede vedtak", columns, rows, total=total, hide_caption=True, tight=True)
