"""The door to the budget: where the money stands, how its years went, and what the municipality's accounts need."""

from .domain.layouts import Codes, Line, as_csv, as_gbat10
from .domain.statement import Standing, YearOfSource, over_time, year_of
from .errors import CodingRefused, NoCoding, NothingToSettle, RestChanged
from .models import Coding, RestSettled
from .operations.set_coding import set_coding
from .operations.settle_rest import approve_settling, ask_settling, rest_of, return_settling
from .queries.cockpit import Cockpit, SchemeMoney, SourceMoney, cockpit
from .queries.export import Exported, coding_on, export_books
from .queries.rests import asked_rests, get_rest
from .queries.source_page import Remaining, SourcePage, Statement, remaining_of, source_page, year_statement

__all__ = [
    "Cockpit",
    "Codes",
    "Coding",
    "CodingRefused",
    "Exported",
    "Line",
    "NoCoding",
    "NothingToSettle",
    "Remaining",
    "RestChanged",
    "RestSettled",
    "SchemeMoney",
    "SourceMoney",
    "SourcePage",
    "Standing",
    "Statement",
    "YearOfSource",
    "approve_settling",
    "as_csv",
    "as_gbat10",
    "ask_settling",
    "asked_rests",
    "cockpit",
    "coding_on",
    "export_books",
    "get_rest",
    "over_time",
    "remaining_of",
    "rest_of",
    "return_settling",
    "set_coding",
    "source_page",
    "year_of",
    "year_statement",
]
