"""The letter as it will be, before anybody has decided: the same words and the same sum, marked as a draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from runde.engine.typeset.api import render_letter
from runde.foundation.journal.api import record_reading
from runde.foundation.people.api import Actor, authorise, names_of
from runde.foundation.trust.api import Refused, new_id
from runde.grants.schemes.api import Call, FundingSource

from ..domain.letters import letter_of
from ..domain.lines import Standing, as_checked
from ..domain.words import as_language
from ..models import Case, Check, Proposal, ProposalLine
from ..operations.making import Making, make_decisions, settled_source
from ..operations.moving_money import owed_cases
from ..operations.promised import depends_on, waiting_sources
from ..operations.reserving import ranks_for
from .bodies import finals_for
from .cases import get_case
from .versions import last_moves, versions_of

MARK: Mapping[str, str] = {
    "nb": "Utkast. Vedtaket er ikke fattet.",
    "nn": "Utkast. Vedtaket er ikkje fatta.",
    "en": "Draft. No decision has been made.",
}
WHO_DECIDES: Mapping[str, str] = {
    "nb": "Den som godkjenner",
    "nn": "Den som godkjenner",
    "en": "The one who approves",
}


def preview_letter(*, case_id: UUID, by: Actor, at: datetime) -> bytes:
    """The letter as PDF, from the open proposal, or from what the rules alone lead to. The reading is journaled.

    Raises NotAllowed, NotFound, and Refused when the case must be weighed by a person first.
    """
    case = get_case(case_id)
    authorise(by, "casework.read", case)
    letter = letter_of(snapshot_of(line_of(case), by, at), is_demo=settings.DEMO)
    language = letter.language
    with transaction.atomic():
        record_reading(subject_kind="case", subject_id=case.id, by=by.person_id, at=at)
    return render_letter(replace(letter, mark=MARK[language]), settings.FONT_DIRECTORY)


def line_of(case: Case) -> ProposalLine:
    """The open proposal of a case, or what the rules alone lead to. Raises Refused."""
    proposed = ProposalLine.objects.filter(case=case, is_open=True)
    found = proposed.select_related("check_run", "proposal", "replaces").first()
    if found is not None:
        found.case = case
        return found
    line = as_checked(case.id, Standing(case.lane, case.recommended_nok))
    if line is None or line.amount_nok is None:
        raise Refused("Saken må vurderes før vi kan vise et brev. Åpne saken og lag et forslag.")
    return ProposalLine(
        case=case,
        check_run=Check.objects.filter(case=case).latest("number"),
        outcome=line.outcome,
        amount_nok=line.amount_nok,
        reason_code=line.reason_code,
    )


def snapshot_of(line: ProposalLine, by: Actor, at: datetime) -> Mapping[str, Any]:
    """What would be frozen if it were decided now, by somebody still to be named."""
    who_decides = WHO_DECIDES[as_language(line.case.application.language)]
    prepared_by = line.proposal.prepared_by if line.proposal_id else by.person_id
    nobody = Actor(new_id(), who_decides)
    call = Call.objects.select_related("scheme_version__form").get(id=line.case.call_id)
    proposal = line.proposal if line.proposal_id else Proposal(call_id=call.id)
    depends = depends_on(waiting_sources(call), [line], at) if proposal.is_conditional else {}
    making = Making(
        lines=[line],
        proposal=proposal,
        call=call,
        versions=versions_of([line.case]),
        moves=last_moves([line.case_id]),
        sources=FundingSource.objects.in_bulk(set(depends.values()) | settled_source(proposal)),
        shares={},
        depends=depends,
        ranks=ranks_for(call.id, [line]),
        finals=finals_for([line]),
        standing={},
        owed=owed_cases([line.replaces] if line.replaces else []),
        prepared_by=prepared_by,
        names={**names_of({prepared_by}), nobody.person_id: who_decides},
        by=nobody,
        at=at,
    )
    [decision], _awards = make_decisions(making)
    return dict(decision.snapshot)
