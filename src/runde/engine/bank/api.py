"""The door of the bank room: write a payment file, read it back for control, read what the bank answers."""

from runde.engine.bank.answers import Answer, AnswerFile, AnswerKind
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
from runde.engine.bank.payments import FILE_VERSIONS, Debtor, FileVersion, PaymentBatch, PaymentLine
from runde.engine.bank.printable import bank_text, is_bank_text
from runde.engine.bank.reading import read_bank_answer
from runde.engine.bank.schema import schema_available, validate, validate_bank_file

__all__ = [
    "Answer",
    "AnswerFile",
    "AnswerKind",
    "BankFileRefusal",
    "ControlTotalsDiffer",
    "Debtor",
    "DuplicateReference",
    "EmptyBatch",
    "FILE_VERSIONS",
    "FileVersion",
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
    "read_bank_answer",
    "read_pain001",
    "schema_available",
    "validate",
    "validate_bank_file",
    "write_pain001",
]
