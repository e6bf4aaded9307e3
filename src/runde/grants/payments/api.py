"""The door to payments: owed, gathered, released by a second person, sealed, sent."""

from .account_notices import account_sentence
from .domain.stops import Stop, StopKind
from .errors import (
    AccountRefused,
    AlreadyInBatch,
    AlreadyOnItsWay,
    BankFileAltered,
    BankFileRefused,
    BatchHandled,
    BatchNotFound,
    ManifestUnwritable,
    NoPayerAccount,
    NothingToPay,
    PaymentsRefused,
    PaymentsStopped,
    ReconcileFirst,
)
from .models import AccountChange, BankFile, Batch, PayerAccount, Payment
from .operations.approve_batch import approve_batch
from .operations.change_account import ask_account_change, cancel_account_change
from .operations.make_payments import make_payments
from .operations.mark_sent import mark_sent
from .operations.prepare_batch import prepare_batch
from .operations.return_batch import return_batch
from .operations.set_payer_account import set_payer_account
from .operations.take_out import take_out_waiting, waiting_parts
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
