"""What the bank answers: plain values, read from a status file or a notice of what was booked."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class AnswerKind(StrEnum):
    """What the bank says has happened. `REPEATED` is a rejection because the bank has seen it before."""

    ACCEPTED = "accepted"
    PAID = "paid"
    REJECTED = "rejected"
    REPEATED = "repeated"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Answer:
    """One thing the bank says. `line` is where in the file, from 1.

    `end_to_end_id` is empty when the answer is about a whole payment file: then `message_id` names it, and it counts
    for each payment the file does not answer on its own. `message_id` is empty in notices that do not carry it.
    `amount_nok` is None when the bank states none, and `currency` is as stated (empty when none is).
    `count` is how many payments a booked total is about, when the file says so.
    """

    line: int
    kind: AnswerKind
    end_to_end_id: str = ""
    message_id: str = ""
    amount_nok: Decimal | None = None
    currency: str = ""
    reason_code: str = ""
    note: str = ""
    booked_date: date | None = None
    bank_reference: str = ""
    count: int | None = None


@dataclass(frozen=True, slots=True)
class AnswerFile:
    """A read answer. `message_ids` and `accounts` say whose it is: the payment files answered, the accounts told of.

    `others` counts booked lines that name no payment of anybody (incoming money, fees, not yet booked).
    """

    format: str
    message_id: str
    created: str
    message_ids: frozenset[str]
    accounts: frozenset[str]
    answers: tuple[Answer, ...]
    others: int
