"""After the budget decision: what the conditional grants become, proposed for all of them at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db import transaction

from runde.engine.reference.api import amount_text
from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import Conflict, NotFound, Refused, hold
from runde.grants.schemes.api import FundingSource

from ..domain.lines import Line
from ..domain.settling import CHOICES, IN_FULL, LAPSED, Terms
from ..errors import NothingLeft, TooLittleMoney, counted_cases
from ..models import Proposal
from ..queries.settling import SettlementPreview, money_for, settlement_of
from .laying import How
from .promised import conditional_in_force
from .propose import propose_changes

State = FundingSource.State


def propose_settlement(
    *,
    source_id: UUID,
    terms: Terms,
    seen: str,
    by: Actor,
    at: datetime,
    document: str = "",
    declares_impartial: bool = False,
) -> list[Proposal]:
    """New decisions for every conditional grant that waits for the source, one proposal for each call.

    In full, scaled or lapsed as the terms say; each is approved like any other, and letters follow. `seen` is what the
    preview showed (`SettlementPreview.seen`). `document` says why money that was withdrawn did not come. Raises
    Conflict when what was seen has changed, Refused before the budget decision is registered, TooLittleMoney,
    NothingLeft, NotDeclared.
    """
    authorise(by, "casework.propose")
    with transaction.atomic():
        source = _held_source(source_id)
        _refuse_too_early(source, terms)
        shown = settlement_of(source, conditional_in_force([source.id]), money_for(source), terms)
        _refuse_unfit(shown, seen)
        how = How(kind=Proposal.Kind.BUDGET, terms=_kept(shown, document))
        return [
            propose_changes(lines=lines, by=by, at=at, how=how, declares_impartial=declares_impartial)
            for lines in _by_call(shown)
        ]


def _held_source(source_id: UUID) -> FundingSource:
    hold("ledger_source", [str(source_id)])
    source = FundingSource.objects.select_for_update().filter(id=source_id).first()
    if source is None:
        raise NotFound("Vi finner ikke finansieringskilden. Gå tilbake til oversikten og velg den på nytt.")
    return source


def _refuse_too_early(source: FundingSource, terms: Terms) -> None:
    if terms.choice not in CHOICES:
        raise Refused("Velg om vedtakene skal gjelde fullt ut, settes ned eller falle bort.")
    if source.state == State.SUBJECT_TO_DECISION:
        raise Refused("Registrer budsjettvedtaket først. Da vet vi hvor mye penger det er.")
    if source.state == State.WITHDRAWN and terms.choice != LAPSED:
        raise Refused("Pengene er trukket. De betingede vedtakene kan bare falle bort.")


def _refuse_unfit(shown: SettlementPreview, seen: str) -> None:
    if not shown.rows:
        raise NothingLeft("Ingen betingede vedtak venter på disse pengene.", left_out=[])
    if shown.seen != seen:
        raise Conflict("Noe er endret siden du så på siden. Se på tallene igjen før du går videre.")
    if shown.short_nok:
        raise TooLittleMoney(
            f"Pengene rekker ikke til alle i sin helhet. Det mangler {amount_text(shown.short_nok)} til "
            f"{counted_cases(len(shown.rows))}. Sett ned beløpene i stedet.",
            short_nok=shown.short_nok,
            cases=[str(row.case_id) for row in shown.rows],
        )


def _by_call(shown: SettlementPreview) -> Iterator[Sequence[Line]]:
    """One set of lines for each call; within it by case number."""
    rows = sorted(shown.rows, key=lambda row: str(row.call_id))
    for _call, found in groupby(rows, key=lambda row: row.call_id):
        yield [_line(row.case_id, row.amount_nok) for row in found]


def _line(case_id: UUID, amount_nok: Decimal) -> Line:
    if amount_nok:
        return Line(case_id, "granted", "budget_decided", amount_nok)
    return Line(case_id, "refused", "budget_lapsed")


def _kept(shown: SettlementPreview, document: str) -> Mapping[str, Any]:
    """The terms as frozen with the proposal: everything needed to reckon the amounts again."""
    return {
        "choice": shown.terms.choice,
        "source_id": str(shown.source.id),
        "document": document.strip(),
        "promised_nok": format(shown.promised_nok, "f"),
        "money_nok": format(shown.money_nok, "f"),
        "total_nok": format(shown.total_nok, "f"),
        "share": "1" if shown.terms.choice == IN_FULL else str(shown.share),
        "left_over": shown.left_over,
        "lowest_nok": format(shown.terms.lowest_nok, "f"),
        "count": len(shown.rows),
    }
