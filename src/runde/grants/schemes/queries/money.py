from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from runde.engine.rules import Value

from ..domain.earmarks import fits
from ..models import Call, FundingSource


def sources_of(call: Call) -> list[FundingSource]:
    """The sources that pay for the call, those used first first."""
    return list(FundingSource.objects.filter(calls__call=call).order_by("calls__rank", "id"))


def earmark_fits(source: FundingSource, values: Mapping[str, Value], on: date) -> bool:
    """Whether the source's money may go to the company with these register facts. Unknown does not fit."""
    return fits(source.earmark, values, on)


def list_sources() -> list[FundingSource]:
    return list(FundingSource.objects.order_by("name", "id"))
