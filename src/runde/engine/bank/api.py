"""The door of the bank room: write a payment file, read it back for control, ask whether it is valid."""

from runde.engine.bank.control import PaymentFile, ReadBlock, ReadLine, read_pain001
from runde.engine.bank.errors import (
    BankFileRefusal,
    ControlTotalsDiffer,
    DuplicateReference,
    EmptyBatch,
    InvalidAccount,
    InvalidAmount,
    InvalidCreationTime,
    InvalidExecutionDate,
    InvalidPayer,
    InvalidReference,
    InvalidRemittance,
    SchemaMissing,
    UnreadableBankFile,
    UnwritableText,
)
from runde.engine.bank.pain001 import write_pain001
from runde.engine.bank.payments import Debtor, PaymentBatch, PaymentLine
from runde.engine.bank.printable import bank_text, is_bank_text
from runde.engine.bank.schema import schema_available, validate, validate_bank_file

__all__ = [
    "BankFileRefusal",
    "ControlTotalsDiffer",
    "Debtor",
    "DuplicateReference",
    "EmptyBatch",
    "InvalidAccount",
    "InvalidAmount",
    "InvalidCreationTime",
    "InvalidExecutionDate",
    "InvalidPayer",
    "InvalidReference",
    "InvalidRemittance",
    "PaymentBatch",
    "PaymentFile",
    "PaymentLine",
    "ReadBlock",
    "ReadLine",
    "SchemaMissing",
    "UnreadableBankFile",
    "UnwritableText",
    "bank_text",
    "is_bank_text",
    "read_pain001",
    "schema_available",
    "validate",
    "validate_bank_file",
    "write_pain001",
]
