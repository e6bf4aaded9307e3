"""More money for a call that is decided: who gets how much more, seen before it is proposed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from runde.engine.reference.api import date_text, number_text
from runde.foundation.people.api import Role, may
from runde.foundation.trust.api import Refused
from runde.grants.casework.api import TopUpPreview, TopUpTerms, percent_text, preview_top_up, propose_top_up
from runde.grants.designs.api import list_versions
from runde.grants.schemes.api import Call, SchemeVersion
from runde.web.components.facts import Fact
from runde.web.components.fields import Choice, Field
from runde.web.components.tables import Cell, Column, Row, Table
from runde.web.entrance import Request, entrance, staff
from runde.web.officer.calls import chosen_call, name_of, page_url
from runde.web.officer.round_page import (
    NO_WORD,
    Notice,
    Part,
    RoundPage,
    asked_amount,
    asked_text,
    goes_to,
    laid,
    show,
    sum_fact,
    word_field,
    word_given,
)
from runde.web.staff import attempt, count_text, pressed_once

READERS = (Role.OFFICER, Role.APPROVER, Role.SCHEME_MANAGER, Role.FINANCE, Role.AUDITOR)


@entrance(staff(*READERS))
def top_up(request: Request) -> HttpResponse:
    call = chosen_call(request)
    if call is None:
        return redirect("overview", request.tenant.slug)
    versions = list_versions(call.scheme_version.scheme)
    terms, errors = _terms(request, versions)
    found = preview_top_up(call, terms, by=request.actor, at=request.at)
    rules = _rules_field(request, versions, errors)
    if request.method != "POST":
        return show(request, _page(request, call, found, rules, errors))
    if not word_given(request):
        errors["word"] = NO_WORD
    if errors:
        return show(request, _page(request, call, found, rules, errors))
    made: list[str] = []
    refusal = attempt(lambda: made.append(_proposed(request, call, terms)))
    if refusal is not None:
        return show(request, _page(request, call, found, rules, {}, refusal))
    return laid(request, made)


def _terms(request: Request, versions: Sequence[SchemeVersion]) -> tuple[TopUpTerms, dict[str, str]]:
    money, wrong = asked_amount(request, "belop")
    lowest, bad = asked_amount(request, "minst")
    typed = asked_text(request, "versjon")
    version = next((one for one in versions if str(one.id) == typed), None)
    missing = "Velg en versjon fra lista." if typed and version is None else ""
    asked = (("belop", wrong), ("minst", bad), ("versjon", missing))
    terms = TopUpTerms(money, lowest or Decimal(0), version.id if version else None)
    return terms, {name: text for name, text in asked if text}


def _rules_field(
    request: Request, versions: Sequence[SchemeVersion], errors: Mapping[str, str]
) -> list[Field]:
    """By which version of the scheme the rules are read; nothing to choose while there is one only."""
    if len(versions) < 2:
        return []
    own = Choice("", "Versjonen hver sak ble avgjort etter")
    others = [
        Choice(str(one.id), f"Versjon {one.number}, fra {date_text(timezone.localdate(one.made_at))}")
        for one in versions
    ]
    return [
        Field(
            "versjon",
            "Hvilke regler gjelder for tillegget?",
            kind="select",
            choices=(own, *others),
            value=asked_text(request, "versjon"),
            error=errors.get("versjon", ""),
        )
    ]


def _proposed(request: Request, call: Call, terms: TopUpTerms) -> str:
    def work() -> str:
        proposal = propose_top_up(
            call=call,
            terms=terms,
            seen=asked_text(request, "sett"),
            by=request.actor,
            at=request.at,
            declares_impartial=True,
        )
        return str(proposal.id)

    body = {"call": str(call.id), "sett": asked_text(request, "sett"), "versjon": str(terms.version_id or "")}
    return pressed_once(request, "top_up", body, work)


def _page(
    request: Request,
    call: Call,
    found: TopUpPreview,
    rules: Sequence[Field],
    errors: dict[str, str],
    refusal: Refused | None = None,
) -> RoundPage:
    slug = request.tenant.slug
    can = bool(found.rows) and may(request.actor, "casework.propose")
    return RoundPage(
        h1=_heading(found),
        back_url=page_url("overview", slug, call),
        back_text="Oversikt",
        facts=_facts(call, found),
        notices=[Notice("Dette gikk ikke", refusal.sentence, "danger")] if refusal else [],
        ask=[*_ask(request, errors), *rules],
        asked={"utlysning": call.slug},
        parts=_parts(found, slug),
        fields=[word_field(errors.get("word", ""))],
        kept=_kept(request, call, found),
        happens=_happens(request, found),
        act=f"Send {count_text(len(found.rows), 'vedtak', 'vedtak')} til godkjenning" if can else "",
    )


def _heading(found: TopUpPreview) -> str:
    if not found.rows:
        return "Ingen kan få mer nå"
    return f"Gi {count_text(len(found.rows), 'virksomhet', 'virksomheter')} mer penger"


def _facts(call: Call, found: TopUpPreview) -> list[Fact]:
    again = count_text(found.looked_again, "sak", "saker")
    return [
        Fact("Ordning", name_of(call)),
        sum_fact("Har fått til nå", found.before_nok),
        sum_fact("Kan få mer etter reglene", found.wanted_nok),
        sum_fact("Penger til dette", found.money_nok),
        sum_fact("Får nå i tillegg", found.more_nok, _share(found)),
        Fact("Sjekket på nytt", again, source=_why_again(found)),
    ]


def _why_again(found: TopUpPreview) -> str:
    if found.terms.version_id:
        return "Der reglene eller noe i registeret er endret siden vedtaket"
    return "Bare der noe er endret i registeret siden vedtaket"


def _share(found: TopUpPreview) -> str:
    if found.share == "1" or not found.rows:
        return ""
    return f"{percent_text(found.share)} prosent av det de kan få mer, likt for alle"


def _ask(request: Request, errors: dict[str, str]) -> list[Field]:
    return [
        Field(
            "belop",
            "Bruk bare så mye av de ledige pengene",
            kind="money",
            value=asked_text(request, "belop"),
            description="La stå tomt for å bruke alt.",
            optional=True,
            error=errors.get("belop", ""),
        ),
        Field(
            "minst",
            "Laveste tillegg dere gir",
            kind="money",
            value=asked_text(request, "minst"),
            optional=True,
            error=errors.get("minst", ""),
        ),
    ]


def _kept(request: Request, call: Call, found: TopUpPreview) -> dict[str, str]:
    asked = {name: asked_text(request, name) for name in ("belop", "minst", "versjon")}
    return {"utlysning": call.slug, "sett": found.seen, **asked}


def _happens(request: Request, found: TopUpPreview) -> list[str]:
    letters = count_text(len(found.rows), "brev", "brev")
    return [
        goes_to(request, count_text(len(found.rows), "nytt vedtak", "nye vedtak")),
        "Når det er godkjent, gjelder det nye vedtaket i stedet for det forrige, med den nye summen.",
        "Bare tillegget blir betalt. Det som er betalt før, betales ikke igjen.",
        f"{letters} blir skrevet. De forklarer hva virksomheten fikk før, hva som kommer nå, og summen.",
    ]


def _parts(found: TopUpPreview, slug: str) -> list[Part]:
    parts = [Part("Får mer", _rows(found, slug))] if found.rows else []
    if found.stays:
        count = count_text(len(found.stays), "sak", "saker")
        parts.append(Part("Får ikke mer", _stays(found, slug), fold=f"Se {count} og hvorfor"))
    return parts


def _rows(found: TopUpPreview, slug: str) -> Table:
    columns = (
        Column("Virksomhet"),
        Column("Fikk før (kr)", "number"),
        Column("Tillegg (kr)", "number"),
        Column("Til sammen (kr)", "number"),
        Column("Endret siden sist"),
    )
    rows = tuple(
        Row(
            (
                Cell(
                    row.company_name, url=reverse("case", args=[slug, row.case_id]), note=f"Sak {row.number}"
                ),
                Cell(number_text(row.before_nok)),
                Cell(number_text(row.more_nok)),
                Cell(number_text(row.total_nok)),
                Cell(", ".join(row.changed) or "Ingenting"),
            )
        )
        for row in found.rows
    )
    sums = (found.before_nok, found.more_nok, found.before_nok + found.more_nok)
    total = ("Til sammen", *(number_text(one) for one in sums), "")
    return Table("Får mer", columns, rows, total=total, hide_caption=True, tight=True)


def _stays(found: TopUpPreview, slug: str) -> Table:
    rows = tuple(
        Row(
            (
                Cell(
                    one.company_name, url=reverse("case", args=[slug, one.case_id]), note=f"Sak {one.number}"
                ),
                Cell(one.why),
            )
        )
        for one in found.stays
    )
    return Table("Får ikke mer", (Column("Virksomhet"), Column("Hvorfor")), rows, hide_caption=True)
