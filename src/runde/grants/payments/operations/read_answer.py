"""A file from the bank: kept as it came, matched with what was sent, and carried out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from runde.engine.bank.api import Answer, AnswerKind, BankFileRefusal, read_bank_answer
from runde.engine.bank.api import AnswerFile as ReadFile
from runde.foundation.journal.api import record
from runde.foundation.people.api import Actor, authorise

from ..errors import AnswerRefused, ForeignAnswer
from ..models import AnswerFile, BankAnswer, BankFile, PayerAccount, SealedPayment
from ..sealing import digest
from .applying import apply_answers, hold_answers, sealed_by_reference

Kind = BankAnswer.Kind


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of a file. `is_new` is False when the same bytes were read before: nothing was changed.

    `new` are the answers kept now; `repeated` counts what the bank had said before in other files.
    """

    file: AnswerFile
    is_new: bool
    new: list[BankAnswer]
    repeated: int


def read_answer(*, content: bytes, file_name: str, by: Actor | None, at: datetime) -> Reading:
    """Read a pain.002 or camt.054 and carry out what it says, all or nothing.

    `by` None is the operator at the command line. The same file again changes nothing. Raises AnswerRefused with
    the line and what is wrong, ForeignAnswer when it is about another's payments or account.
    """
    if by is not None:
        authorise(by, "payments.read_answer")
    with transaction.atomic():
        hold_answers()
        before = AnswerFile.objects.filter(sha256=digest(content)).first()
        if before is not None:
            return Reading(before, False, [], 0)
        read = _read(content)
        files = _refuse_foreign(read)
        file = _keep(content, file_name, read, by, at)
        applied = apply_answers(_matched(read, files, file, at), by=by, at=at)
        _journal(file, applied.new, by, at)
    return Reading(file, True, applied.new, applied.repeated)


def _read(content: bytes) -> ReadFile:
    try:
        return read_bank_answer(content)
    except BankFileRefusal as refusal:
        raise AnswerRefused(str(refusal)) from refusal


def _refuse_foreign(read: ReadFile) -> dict[str, BankFile]:
    """The payment files it is about, by message id."""
    named = read.message_ids | {one.message_id for one in read.answers if one.message_id}
    files = {one.message_id: one for one in BankFile.objects.filter(message_id__in=named)}
    for message_id in sorted(read.message_ids - set(files)):
        raise ForeignAnswer(
            f"Filen svarer på betalingsfilen «{message_id[:35]}», som ikke er laget her. Ingenting er endret."
        )
    own = set(PayerAccount.objects.values_list("account_number", flat=True))
    for account in sorted(read.accounts - own):
        raise ForeignAnswer(
            f"Filen gjelder konto {account[:34]}, som ikke er en konto dere betaler fra. Ingenting er endret."
        )
    return files


def _keep(content: bytes, name: str, read: ReadFile, by: Actor | None, at: datetime) -> AnswerFile:
    return AnswerFile.objects.create(
        sha256=digest(content),
        file_name=name[:200],
        format=read.format,
        message_id=read.message_id,
        content=content,
        others=read.others,
        read_at=at,
        read_by=by.person_id if by else None,
    )


def _matched(
    read: ReadFile, files: Mapping[str, BankFile], file: AnswerFile, at: datetime
) -> list[BankAnswer]:
    """One answer for each payment spoken of; what is said of a whole file counts for those not spoken of alone."""
    alone = {one.end_to_end_id for one in read.answers if one.end_to_end_id}
    sealed = sealed_by_reference(alone)
    found: list[BankAnswer] = []
    for said in read.answers:
        if said.end_to_end_id:
            found.append(_about_one(said, sealed.get(said.end_to_end_id), file, at))
        else:
            found += _about_all(
                said, files.get(said.message_id), alone if read.message_ids else set(), file, at
            )
    return found


def _about_one(said: Answer, sealed: SealedPayment | None, file: AnswerFile, at: datetime) -> BankAnswer:
    known = sealed is not None and said.message_id in ("", sealed.bank_file.message_id)
    if sealed is None or not known:
        return _answer(said, None, Kind.UNKNOWN, file, at)
    if not _amount_fits(said, sealed.payment.amount_nok):
        return _answer(said, sealed, Kind.DIFFERS, file, at)
    return _answer(said, sealed, Kind(said.kind.value), file, at)


def _amount_fits(said: Answer, amount_nok: Decimal) -> bool:
    return said.amount_nok is None or (said.amount_nok, said.currency) == (amount_nok, "NOK")


def _about_all(
    said: Answer, payment_file: BankFile | None, alone: Collection[str], file: AnswerFile, at: datetime
) -> list[BankAnswer]:
    if payment_file is None:
        return [_answer(said, None, Kind.UNKNOWN, file, at)]
    if said.kind is AnswerKind.REPEATED:
        return [_answer(said, None, Kind.REPEATED, file, at)]
    rows = SealedPayment.objects.filter(bank_file=payment_file).select_related("payment", "bank_file__batch")
    meant = [one for one in rows.order_by("end_to_end_id") if one.end_to_end_id not in alone]
    if said.amount_nok is not None:
        meant = _booked(said, meant)
        if not meant:
            return [_answer(said, None, Kind.DIFFERS, file, at)]
    return [_answer(said, one, Kind(said.kind.value), file, at, whole=True) for one in meant]


def _booked(said: Answer, sealed: list[SealedPayment]) -> list[SealedPayment]:
    """The payments a booked sum is about: all of the file, or all but those rejected. None when neither fits."""
    rejected = BankAnswer.objects.filter(sealed__in=sealed, kind=Kind.REJECTED).values_list(
        "sealed_id", flat=True
    )
    gone = set(rejected)
    for meant in (sealed, [one for one in sealed if one.id not in gone]):
        total = sum((one.payment.amount_nok for one in meant), Decimal(0))
        if _amount_fits(said, total) and said.count in (None, len(meant)):
            return meant
    return []


def _answer(
    said: Answer,
    sealed: SealedPayment | None,
    kind: BankAnswer.Kind,
    file: AnswerFile,
    at: datetime,
    *,
    whole: bool = False,
) -> BankAnswer:
    return BankAnswer(
        file=file,
        line=said.line,
        sealed=sealed,
        named=sealed.end_to_end_id if sealed else (said.end_to_end_id or said.message_id)[:35],
        kind=kind,
        reason_code=said.reason_code,
        note=said.note,
        amount_nok=None if whole else said.amount_nok,
        booked_date=said.booked_date,
        bank_reference="" if whole else said.bank_reference,
        at=at,
    )


def _journal(file: AnswerFile, new: list[BankAnswer], by: Actor | None, at: datetime) -> None:
    kinds = sorted({one.kind for one in new})
    record(
        action="payments.answer_read",
        subject_kind="answer_file",
        subject_id=file.id,
        by=by.person_id if by else None,
        at=at,
        sha256=file.sha256,
        format=file.format,
        answers={kind: sum(one.kind == kind for one in new) for kind in kinds},
    )
