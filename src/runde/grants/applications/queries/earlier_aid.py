from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from runde.engine.reference.api import UnknownFigure, aid_ceiling
from runde.foundation.forms.api import questions_of
from runde.grants.aid.api import PastAward, list_awards, window_start

from ..models import Application

QUESTION = "de_minimis_three_years"
"""The question about earlier aid, by the name rules know the answer by."""


def earlier_aid(application: Application, on: date) -> dict[str, tuple[str, str]]:
    """What we know of the company's earlier aid by the scheme's own rule, as `suggest_answers` takes it; {} for none.

    In whole kroner, over the rule's own window. Companies owned together are not known here: the applicant adds them.
    One SQL statement, none when the form does not ask.
    """
    version = application.scheme_version
    rule = version.legal_basis.get("aid_rule", "")
    if not rule or QUESTION not in {one.slug for one in questions_of(version.form)}:
        return {}
    try:
        ceiling = aid_ceiling(rule, on, accept_unverified=True)  # its window, never its amount
    except UnknownFigure:
        return {}
    awards = list_awards(application.organisation_number, window_start(ceiling, on), basis=rule)
    if not awards:
        return {}
    total = sum((one.amount_nok for one in awards), Decimal(0))
    return {QUESTION: (format(total.quantize(Decimal(1)), "f"), _source(awards))}


def _source(awards: Sequence[PastAward]) -> str:
    givers = ", ".join(dict.fromkeys(one.giver for one in awards))
    return f"Vedtak fra {givers}"
