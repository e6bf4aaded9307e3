"""What the payments room refuses, by name."""

from __future__ import annotations

from collections.abc import Sequence

from runde.foundation.trust.api import Conflict, NotFound, Refused

from .domain.stops import Stop


class PaymentsRefused(Refused):
    """The base of what is refused about payments."""

    code = "payments_refused"


class AccountRefused(PaymentsRefused):
    """The account number is not one, is the one in use, or its change no longer waits."""

    code = "payments_account"


class AlreadyOnItsWay(Conflict):
    """The money is in a bank file: its account cannot be changed here any more."""

    code = "payments_on_its_way"


class NothingToPay(PaymentsRefused):
    """No payment is due that is not in a batch already."""

    code = "payments_nothing"


class AlreadyInBatch(Conflict):
    """A chosen payment lies in another batch."""

    code = "payments_in_batch"


class BatchHandled(Conflict):
    """The batch is no longer in the state the act needs."""

    code = "payments_batch_handled"


class BatchNotFound(NotFound):
    """No such batch in this tenant."""

    code = "payments_batch_not_found"


class NoPayerAccount(PaymentsRefused):
    """Nobody has said which account the tenant pays from."""

    code = "payments_no_payer_account"


class BankFileRefused(PaymentsRefused):
    """The file could not be made, or is not valid; the sentence says why. Nothing was sealed."""

    code = "payments_bank_file"


class AnswerRefused(PaymentsRefused):
    """A file from the bank that cannot be read, or a receipt that fits no payment; the sentence says where and why."""

    code = "payments_answer"


class ForeignAnswer(AnswerRefused):
    """The file answers payments or an account that are not this tenant's."""

    code = "payments_answer_foreign"


class BankFileAltered(PaymentsRefused):
    """The stored bytes do not give the sealed hash: the file must not be used."""

    code = "payments_file_altered"


class ReconcileFirst(PaymentsRefused):
    """The manifest knows a file that left the house and the database does not: it may be an older copy."""

    code = "payments_reconcile"


class ManifestUnwritable(PaymentsRefused):
    """The manifest outside the database could not be written, so nothing may be sealed or handed out."""

    code = "payments_manifest"


class PaymentsStopped(PaymentsRefused):
    """Something about the payments must be looked at first. `stops` says what, payment by payment."""

    code = "payments_stopped"

    def __init__(self, stops: Sequence[Stop]) -> None:
        more = f" Det gjelder også {len(stops) - 1} til." if len(stops) > 1 else ""
        super().__init__(f"{stops[0].sentence}{more} Ta ut betalingen eller rett opp feilen først.")
        self.stops = list(stops)
