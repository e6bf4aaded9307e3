"""The door to the books: accounts of funding sources, balanced postings, and where the money stands.

Every posting carries a key and is made once: the same key with the same amounts again does nothing, with other
amounts it is refused (PostedOtherwise). Shares with the same key are one entry.
"""

from .domain import Share
from .errors import (
    InvalidAmount,
    LedgerRefused,
    NotEnoughMoney,
    NotThatMuchOnCase,
    OutOfBalance,
    PostedOtherwise,
    UnknownSource,
)
from .operations import (
    appropriate,
    come_back_many,
    commit_many,
    mark_paid_many,
    open_accounts,
    reduce_appropriation,
    release_many,
    to_bank_file_many,
)
from .queries import Standing, balances, is_balanced, of_case, of_cases, of_cases_by_source, sum_posted
from .reading import Flow, Posted, cases_of_source, flows_of, postings_between, sum_of_cases

__all__ = [
    "Flow",
    "InvalidAmount",
    "LedgerRefused",
    "NotEnoughMoney",
    "NotThatMuchOnCase",
    "OutOfBalance",
    "Posted",
    "PostedOtherwise",
    "Share",
    "Standing",
    "UnknownSource",
    "appropriate",
    "balances",
    "cases_of_source",
    "come_back_many",
    "commit_many",
    "flows_of",
    "is_balanced",
    "mark_paid_many",
    "of_case",
    "of_cases",
    "of_cases_by_source",
    "open_accounts",
    "postings_between",
    "reduce_appropriation",
    "release_many",
    "sum_of_cases",
    "sum_posted",
    "to_bank_file_many",
]
