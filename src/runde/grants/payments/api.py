"""The door to payments: owed, gathered, released by a second person, sealed, sent, and what the bank answers."""

from .account_notices import account_sentence
from .checking import find_payer_account
from .domain.answers import FAILED, BankState, bank_state
from .domain.stops import Stop, StopKind
from .errors import (
    AccountRefused,
    AlreadyInBatch,
    AlreadyOnItsWay,
    AnswerRefused,
    BankFileAltered,
    BankFileRefused,
    BatchHandled,
    BatchNotFound,
    ForeignAnswer,
    ManifestUnwritable,
    NoPayerAccount,
    NothingToPay,
    PaymentsRefused,
    PaymentsStopped,
    ReconcileFirst,
)
from .models import AccountChange, AnswerFile, BankAnswer, BankFile, Batch, PayerAccount, Payment
from .operations.approve_batch import approve_batch
from .operations.change_account import ask_account_change, cancel_account_change
from .operations.make_payments import make_payments
from .operations.mark_sent import mark_sent
from .operations.prepare_batch import prepare_batch
from .operations.read_answer import Reading, read_answer
from .operations.return_batch import return_batch
from .operations.set_payer_account import set_payer_account
from .operations.take_out import take_out_waiting, waiting_parts
from .operations.tell_answer import ToldKind, settle_answer, tell_answer
from .queries.bank import (
    BankPage,
    BankTotals,
    Trouble,
    bank_page,
    bank_states,
    find_sent,
    get_trouble,
    list_troubles,
)
from .queries.bank_file import SealedBytes, bank_file_bytes
from .queries.finance import (
    BatchPage,
    BatchRow,
    Due,
    PaymentSituation,
    Totals,
    batch_page,
    get_batch,
    list_batches,
    list_due,
    payment_situations,
    reconciliation,
)
from .queries.money_state import money_states

__all__ = [
    "FAILED",
    "BankState",
    "bank_state",
    "AnswerRefused",
    "ForeignAnswer",
    "AnswerFile",
    "BankAnswer",
    "Reading",
    "read_answer",
    "ToldKind",
    "settle_answer",
    "tell_answer",
    "BankPage",
    "BankTotals",
    "Trouble",
    "bank_page",
    "bank_states",
    "get_trouble",
    "list_troubles",
    "find_payer_account",
    "find_sent",
    "AccountChange",
    "AccountRefused",
    "AlreadyOnItsWay",
    "account_sentence",
    "ask_account_change",
    "cancel_account_change",
    "money_states",
    "AlreadyInBatch",
    "BankFile",
    "BankFileAltered",
    "BankFileRefused",
    "Batch",
    "BatchHandled",
    "BatchNotFound",
    "BatchPage",
    "BatchRow",
    "Due",
    "ManifestUnwritable",
    "NoPayerAccount",
    "NothingToPay",
    "PayerAccount",
    "Payment",
    "PaymentSituation",
    "PaymentsRefused",
    "PaymentsStopped",
    "ReconcileFirst",
    "SealedBytes",
    "Stop",
    "StopKind",
    "Totals",
    "approve_batch",
    "bank_file_bytes",
    "batch_page",
    "get_batch",
    "list_batches",
    "list_due",
    "make_payments",
    "mark_sent",
    "payment_situations",
    "prepare_batch",
    "reconciliation",
    "return_batch",
    "set_payer_account",
    "take_out_waiting",
    "waiting_parts",
]
