"""What a proposal rests on, in plain words: money that is not decided, terms for all at once, a political body."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.urls import reverse

from runde.engine.reference.api import amount_text, date_text
from runde.grants.casework.api import Proposal, ProposalPage, get_reason, percent_text
from runde.web.staff import count_text

Kind = Proposal.Kind
CHOICES = {"in_full": "gjelder fullt ut", "scaled": "settes ned likt for alle", "lapsed": "faller bort"}


@dataclass(frozen=True, slots=True)
class Bearing:
    """A notice before anything else: sentences, and a way on when there is one."""

    heading: str
    sentences: tuple[str, ...]
    url: str = ""
    way: str = ""


def bearings_of(page: ProposalPage, slug: str) -> list[Bearing]:
    """Everything that makes this another signature than an ordinary one; nothing for an ordinary one."""
    found = [_board(page, slug), _conditional(page), _terms(page), _alike(page)]
    return [one for one in found if one is not None]


def _board(page: ProposalPage, slug: str) -> Bearing | None:
    if page.treatment is None or page.proposal.state != Proposal.State.PENDING:
        return None
    body, day = page.treatment.body, date_text(page.treatment.meeting_date)
    return Bearing(
        f"{body} avgjør dette",
        (f"Lista er til politisk behandling {day}.", "Den kan ikke godkjennes her."),
        reverse("treatment", args=[slug, page.proposal.id]),
        "Åpne lista, og registrer hva som ble bestemt",
    )


def _conditional(page: ProposalPage) -> Bearing | None:
    if not page.proposal.is_conditional:
        return None
    sources = page.funding.sources if page.funding else ()
    names = ", ".join(one.source.name for one in sources if one.taken_nok)
    waits = (f"Pengene skal komme fra {names}.",) if names else ()
    return Bearing(
        "Vedtakene er betinget",
        (
            "De gjelder først når budsjettet er vedtatt.",
            *waits,
            "Ingen penger blir satt av eller betalt før det, og vedtakene kan bli satt ned eller falle bort.",
        ),
    )


def _terms(page: ProposalPage) -> Bearing | None:
    told = {Kind.BUDGET: _settlement, Kind.TOP_UP: _top_up, Kind.RESERVE: _reserve}
    make = told.get(Kind(page.proposal.kind))
    return make(page) if make else None


def _settlement(page: ProposalPage) -> Bearing:
    """By the terms frozen with the proposal: `share` is of what was promised, between 0 and 1."""
    terms = page.proposal.terms
    promised, total = amount_text(Decimal(terms["promised_nok"])), amount_text(Decimal(terms["total_nok"]))
    decided = (
        page.funding.sources[0].source.decision_document if page.funding and page.funding.sources else ""
    )
    document = terms["document"] or decided
    sentences = [f"Oppgjør etter {document}." if document else "Oppgjør etter budsjettvedtaket."]
    if terms["choice"] == "scaled":
        sentences.append(f"Alle får {percent_text(terms['share'])} prosent av det som ble lovet.")
    sentences.append(f"Det ble lovet {promised}, og det blir {total}.")
    sentences += _lowest(terms["lowest_nok"])
    return Bearing(f"De betingede vedtakene: {CHOICES[terms['choice']]}", tuple(sentences))


def _top_up(page: ProposalPage) -> Bearing:
    terms = page.proposal.terms
    more = amount_text(Decimal(terms["more_nok"]))
    count = count_text(int(terms["count"]), "virksomhet", "virksomheter")
    sentences = [f"{count} får {more} mer til sammen. Beløpene her er det de får i alt."]
    if Fraction(terms["share"]) < 1:
        sentences.append(f"Pengene rekker til {percent_text(terms['share'])} prosent av det som mangler.")
    sentences += _lowest(terms["lowest_nok"])
    return Bearing("Etterfylling av tidligere vedtak", tuple(sentences))


def _reserve(page: ProposalPage) -> Bearing:
    ranks = sorted(page.proposal.terms.get("ranks", {}).values())
    places = ", ".join(str(rank) for rank in ranks[:10])
    return Bearing(
        "Fra reservelista",
        (
            "De neste på reservelista får tilskudd fordi det er blitt penger igjen.",
            f"Plass {places}{' og flere' if len(ranks) > 10 else ''}.",
        ),
    )


def _alike(page: ProposalPage) -> Bearing | None:
    """What a ranking or a cut has done with many cases alike is said once, not case by case."""
    if page.proposal.kind != Kind.FIRST:
        return None
    codes = Counter(row.line.reason_code for row in page.rows)
    told = tuple(
        f"{count_text(count, 'sak', 'saker')}: {get_reason(code).label['nb']}."
        for code, count in codes.items()
        if not get_reason(code).by_hand
    )
    return Bearing("Likt for mange saker", told) if told else None


def _lowest(lowest_nok: str) -> list[str]:
    lowest = Decimal(lowest_nok)
    return [f"Beløp under {amount_text(lowest)} blir ikke betalt ut."] if lowest else []
