"""Why a bank rejects or returns a payment: its code in plain words, and what must be mended."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from runde.engine.reference.package_data import load

Effect = Literal["account", "payer", "repeat", "other"]


@dataclass(frozen=True, slots=True)
class BankReason:
    """A reason code. `why` is bokmål and stands after «fordi»; `is_known` is False for codes not in the list.

    `effect`: `account` the recipient's account must be mended, `payer` something is wrong on the payer's side,
    `repeat` the bank has seen the payment before (never pay it anew), `other` ask the bank.
    """

    code: str
    why: str
    effect: Effect
    is_known: bool = True


def bank_reason(code: str, on: date) -> BankReason:
    """The reason as the code list read that day; a code not in the list is told by its code, effect `other`."""
    for row in load("bank_reasons.json")["reasons"]:
        if row["code"] == code and _in_force(row, on):
            return BankReason(code, row["why"], row["effect"])
    why = f"banken oppgir koden {code}, som vi ikke har forklart" if code else "banken ikke sier hvorfor"
    return BankReason(code, why, "other", is_known=False)


def _in_force(row: Mapping[str, Any], on: date) -> bool:
    ends = row["valid_to"]
    return date.fromisoformat(row["valid_from"]) <= on and (ends is None or on <= date.fromisoformat(ends))
