"""Every rule a batch must keep before a byte is written. Each breach is refused by name."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from runde.engine.bank.errors import (
    DuplicateReference,
    EmptyBatch,
    InvalidAccount,
    InvalidAmount,
    InvalidCreationTime,
    InvalidExecutionDate,
    InvalidPayer,
    InvalidReference,
    InvalidRemittance,
)
from runde.engine.bank.payments import Debtor, PaymentBatch, PaymentLine
from runde.engine.bank.printable import bank_text
from runde.engine.reference.api import is_bank_day, is_valid_account, is_valid_kid, is_valid_orgnr

LONGEST_REFERENCE = 35
LONGEST_TEXT = 140
LONGEST_NAME = 140
# The schema gives a control sum eighteen digits; two of them are øre.
_AMOUNT_CEILING = Decimal(10) ** 13
_ORE = Decimal("0.01")
_SUM_CEILING = Decimal(10) ** 15
_FURTHEST_AHEAD = timedelta(days=366)
_REFERENCE = re.compile(r"[A-Za-z0-9?:().,'+\-](?:[A-Za-z0-9 /\-?:().,'+]*[A-Za-z0-9?:().,'+\-])?")
_BIC = re.compile(r"[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")
_COUNTRY = re.compile(r"[A-Z]{2}")


def check_payment_file(debtor: Debtor, batch: PaymentBatch, lines: Sequence[PaymentLine]) -> None:
    """Raises the first breach found: batch, payer, each payment, then what holds across them."""
    _check_batch(batch)
    _check_debtor(debtor)
    if not lines:
        raise EmptyBatch("Bunten har ingen betalinger. Legg til minst én.")
    for line in lines:
        _check_line(line, debtor)
    _check_unique(lines)
    if sum((line.amount_nok for line in lines), Decimal(0)) >= _SUM_CEILING:
        raise InvalidAmount("Summen av betalingene er for stor for én fil. Del bunten.")


def payment_info_id(batch: PaymentBatch) -> str:
    """The id of the file's one payment block."""
    return batch.payment_info_id or f"{batch.message_id}-A"


def _check_batch(batch: PaymentBatch) -> None:
    _check_reference(batch.message_id, "Meldings-id")
    _check_reference(payment_info_id(batch), "Bunt-id")
    if batch.created_at.utcoffset() is None:
        raise InvalidCreationTime("Tidspunktet filen ble laget, mangler tidssone.")
    _check_execution_date(batch.execution_date, batch.created_at.date())


def _check_execution_date(day: date, made: date) -> None:
    if day < made:
        raise InvalidExecutionDate(f"Betalingsdagen {day.isoformat()} er passert. Velg en senere bankdag.")
    if day > made + _FURTHEST_AHEAD:
        raise InvalidExecutionDate(f"Betalingsdagen {day.isoformat()} er mer enn ett år frem.")
    if not is_bank_day(day):
        raise InvalidExecutionDate(f"Betalingsdagen {day.isoformat()} er ikke en bankdag. Velg en annen.")


def _check_debtor(debtor: Debtor) -> None:
    bank_text(debtor.name, "Navnet på den som betaler,")
    if not is_valid_orgnr(debtor.organisation_number):
        raise InvalidPayer("Organisasjonsnummeret til den som betaler, stemmer ikke.")
    if not _BIC.fullmatch(debtor.bic):
        raise InvalidPayer(f"Bankkoden (BIC) «{debtor.bic}» må ha 8 eller 11 tegn.")
    if not _COUNTRY.fullmatch(debtor.country):
        raise InvalidPayer(f"Landkoden «{debtor.country}» må være to store bokstaver.")
    for name, value in (("Kunde-id", debtor.customer_id), ("Divisjon", debtor.division_id)):
        if value is not None:
            _check_reference(value, name)
    if not is_valid_account(debtor.account):
        raise InvalidAccount("Kontonummeret til den som betaler, stemmer ikke.")


def _check_line(line: PaymentLine, debtor: Debtor) -> None:
    _check_reference(line.reference, "Referansen")
    _check_amount(line)
    bank_text(line.creditor_name, f"Navnet på mottaker i {line.reference}")
    if not is_valid_account(line.creditor_account):
        raise InvalidAccount(f"Betaling {line.reference}: kontonummeret til mottaker stemmer ikke.")
    if line.creditor_account == debtor.account:
        raise InvalidAccount(f"Betaling {line.reference}: mottaker har samme konto som den som betaler.")
    if not _COUNTRY.fullmatch(line.country):
        raise InvalidAccount(f"Betaling {line.reference}: landkoden må være to store bokstaver.")
    _check_remittance(line)


def _check_reference(reference: str, what: str) -> None:
    if not 1 <= len(reference) <= LONGEST_REFERENCE:
        raise InvalidReference(f"{what} «{reference}» må ha 1 til {LONGEST_REFERENCE} tegn.")
    if not _REFERENCE.fullmatch(reference) or "//" in reference:
        raise InvalidReference(f"{what} «{reference}» har tegn banken ikke tar imot.")


def _check_amount(line: PaymentLine) -> None:
    amount = line.amount_nok
    if not isinstance(amount, Decimal) or not amount.is_finite():
        raise InvalidAmount(f"Betaling {line.reference}: beløpet må være et desimaltall i kroner.")
    if amount <= 0:
        raise InvalidAmount(f"Betaling {line.reference}: beløpet må være større enn null.")
    if amount >= _AMOUNT_CEILING or amount != amount.quantize(_ORE):
        raise InvalidAmount(f"Betaling {line.reference}: beløpet må ha høyst to desimaler og 13 siffer.")


def _check_remittance(line: PaymentLine) -> None:
    if (line.kid is None) == (line.text is None):
        raise InvalidRemittance(f"Betaling {line.reference}: skriv enten KID eller tekst, ikke begge.")
    if line.kid is not None and not is_valid_kid(line.kid):
        raise InvalidRemittance(f"Betaling {line.reference}: KID «{line.kid}» stemmer ikke.")
    if line.text is not None and len(bank_text(line.text, f"Teksten i {line.reference}")) > LONGEST_TEXT:
        raise InvalidRemittance(f"Betaling {line.reference}: teksten kan ha høyst {LONGEST_TEXT} tegn.")


def _check_unique(lines: Sequence[PaymentLine]) -> None:
    repeated = [reference for reference, n in Counter(line.reference for line in lines).items() if n > 1]
    if repeated:
        raise DuplicateReference(f"Referansen {repeated[0]} er brukt på flere betalinger i bunten.")
