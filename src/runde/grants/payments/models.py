from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from runde.foundation.trust.api import Fenced, FencedManager


class Payment(Fenced):
    """Money owed to one recipient for one decision. Its way to the bank is told by its batch line.

    One that the bank did not carry out is owed anew by the next `attempt`, which `renews` it; the amount is never
    owed by both.
    """

    decision_id = models.UUIDField()
    case_id = models.UUIDField()
    case_number = models.CharField(max_length=20)
    recipient_number = models.CharField(max_length=9)
    recipient_name = models.CharField(max_length=300)
    account_number = models.CharField(max_length=11)
    amount_nok = models.DecimalField(max_digits=14, decimal_places=2)
    reference = models.CharField(max_length=35)
    due_date = models.DateField()
    made_at = models.DateTimeField()
    attempt = models.PositiveSmallIntegerField(default=1)
    renews = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="renewal")

    objects = FencedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "decision_id", "attempt"], name="payments_one_for_each_decision"
            ),
            models.CheckConstraint(
                condition=Q(attempt=1, renews__isnull=True) | Q(attempt__gt=1, renews__isnull=False),
                name="payments_attempts_in_line",
            ),
            models.UniqueConstraint(fields=["tenant_id", "reference"], name="payments_reference_once"),
            models.CheckConstraint(condition=Q(amount_nok__gt=0), name="payments_positive"),
        ]
        indexes = [models.Index(fields=["tenant_id", "case_id"], name="payments_of_a_case")]


class PaymentPart(Fenced):
    """How much of a payment one funding source carries."""

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="parts")
    source_id = models.UUIDField()
    amount_nok = models.DecimalField(max_digits=14, decimal_places=2)

    objects = FencedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "payment", "source_id"], name="payments_part_once")
        ]


class Batch(Fenced):
    """Payments gathered by one person, released to the bank by another."""

    class State(models.TextChoices):
        PREPARED = "prepared", "Klargjort"
        RETURNED = "returned", "Sendt tilbake"
        SEALED = "sealed", "Fil laget"
        SENT = "sent", "Sendt til bank"

    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.PREPARED)
    execution_date = models.DateField()
    prepared_by = models.UUIDField()
    prepared_at = models.DateTimeField()
    approved_by = models.UUIDField(null=True)
    approved_at = models.DateTimeField(null=True)
    sent_by = models.UUIDField(null=True)
    sent_at = models.DateTimeField(null=True)

    objects = FencedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "number"], name="payments_batch_number_once"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("prepared_by")),
                name="payments_batch_four_eyes",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=["prepared", "returned"], approved_by__isnull=True, approved_at__isnull=True
                )
                | Q(state__in=["sealed", "sent"], approved_by__isnull=False, approved_at__isnull=False),
                name="payments_batch_sealed_by_someone",
            ),
            models.CheckConstraint(
                condition=~Q(state="sent") & Q(sent_by__isnull=True, sent_at__isnull=True)
                | Q(state="sent", sent_by__isnull=False, sent_at__isnull=False),
                name="payments_batch_sent_by_someone",
            ),
        ]


class BatchLine(Fenced):
    """A payment's place in a batch. A payment has one place only, for ever, unless its batch was returned.

    `account_number` is the account that held when it was gathered; empty means the payment's own.
    """

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="lines")
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="batch_lines")
    account_number = models.CharField(max_length=11, default="")
    is_live = models.BooleanField(default=True)

    objects = FencedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "payment"], condition=Q(is_live=True), name="payments_one_live_line"
            ),
            models.UniqueConstraint(fields=["tenant_id", "batch", "payment"], name="payments_line_once"),
        ]


class BankFile(Fenced):
    """The sealed bytes for the bank. Committed with the lines; never changed, however often it is fetched."""

    batch = models.OneToOneField(Batch, on_delete=models.PROTECT, related_name="bank_file")
    message_id = models.CharField(max_length=35)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    count = models.PositiveIntegerField()
    sum_nok = models.DecimalField(max_digits=16, decimal_places=2)
    sealed_at = models.DateTimeField()

    objects = FencedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "message_id"], name="payments_message_once")
        ]


class SealedPayment(Fenced):
    """Each payment that stands in a bank file, once for ever: the wall against paying twice.

    `account_number` is the account in the file; empty means the payment's own.
    """

    payment = models.OneToOneField(Payment, on_delete=models.PROTECT, related_name="sealed")
    bank_file = models.ForeignKey(BankFile, on_delete=models.PROTECT, related_name="payments")
    end_to_end_id = models.CharField(max_length=35)
    account_number = models.CharField(max_length=11, default="")

    objects = FencedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "end_to_end_id"], name="payments_end_to_end_once")
        ]


class Superseded(Fenced):
    """A payment that had not left for the bank when a new decision took over: it never will.

    What is owed in the case now stands in the payment of `by_decision_id`, if anything is.
    """

    payment = models.OneToOneField(Payment, on_delete=models.PROTECT, related_name="superseded")
    by_decision_id = models.UUIDField()
    at = models.DateTimeField()

    objects = FencedManager()


class AccountChange(Fenced):
    """A recipient wants the money of one case on another account, from a day that leaves time to stop a fraud.

    Until `effective_date` nothing is paid in the case, to neither account. It can be called off until then, and a
    newer change calls off the one that waits.
    """

    case_id = models.UUIDField()
    organisation_number = models.CharField(max_length=9)
    old_number = models.CharField(max_length=11)
    new_number = models.CharField(max_length=11)
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    effective_date = models.DateField()
    cancelled_by = models.UUIDField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_why = models.CharField(max_length=300, blank=True)

    objects = FencedManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(old_number=F("new_number")), name="payments_account_change_changes"
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True, cancelled_by__isnull=True)
                | Q(cancelled_at__isnull=False, cancelled_by__isnull=False),
                name="payments_account_change_cancelled_by_someone",
            ),
        ]
        indexes = [models.Index(fields=["tenant_id", "case_id"], name="payments_account_changes")]


class PayerAccount(Fenced):
    """The account a tenant pays from, and the profile of its files, as agreed with its bank.

    `file_version` is the issue of pain.001.001; with `batch_booking` the bank books a file as one sum.
    """

    class FileVersion(models.TextChoices):
        NEWER = "09", "pain.001.001.09"
        OLDER = "03", "pain.001.001.03"

    account_number = models.CharField(max_length=11)
    bank_bic = models.CharField(max_length=11)
    customer_id = models.CharField(max_length=35)
    division_id = models.CharField(max_length=35, blank=True, default="")
    file_version = models.CharField(max_length=2, choices=FileVersion, default=FileVersion.NEWER)
    batch_booking = models.BooleanField(default=True)
    valid_from = models.DateField()

    objects = FencedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "valid_from"], name="payments_payer_account_once")
        ]


class AnswerFile(Fenced):
    """A file from the bank as it was read, once for ever. `others` counts lines about nobody's payment here."""

    sha256 = models.CharField(max_length=64)
    file_name = models.CharField(max_length=200)
    format = models.CharField(max_length=20)
    message_id = models.CharField(max_length=35)
    content = models.BinaryField()
    others = models.PositiveIntegerField()
    read_at = models.DateTimeField()
    read_by = models.UUIDField(null=True)

    objects = FencedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "sha256"], name="payments_answer_file_once")
        ]


class BankAnswer(Fenced):
    """One thing the bank has said, from a file or (without `file`) told by a person who asked.

    `sealed` is empty when it names no payment of ours; `named` is the reference, or the payment file, as it stands.
    Only the first of each kind about a payment is kept: the same again changes nothing.
    """

    class Kind(models.TextChoices):
        ACCEPTED = "accepted", "Mottatt av banken"
        PAID = "paid", "Betalt"
        REJECTED = "rejected", "Avvist av banken"
        RETURNED = "returned", "Returnert"
        REPEATED = "repeated", "Banken har fått den før"
        DIFFERS = "differs", "Annet beløp"
        PAID_AGAIN = "paid_again", "Ført to ganger"
        UNKNOWN = "unknown", "Ukjent"

    file = models.ForeignKey(AnswerFile, on_delete=models.PROTECT, null=True, related_name="answers")
    line = models.PositiveIntegerField(default=0)
    sealed = models.ForeignKey(SealedPayment, on_delete=models.PROTECT, null=True, related_name="answers")
    named = models.CharField(max_length=35)
    kind = models.CharField(max_length=12, choices=Kind)
    reason_code = models.CharField(max_length=35, blank=True)
    note = models.CharField(max_length=300, blank=True)
    amount_nok = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    booked_date = models.DateField(null=True)
    bank_reference = models.CharField(max_length=35, blank=True)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)

    objects = FencedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "sealed", "kind"], name="payments_answer_once"),
            models.CheckConstraint(
                condition=Q(sealed__isnull=False) | Q(kind__in=["repeated", "differs", "unknown"]),
                name="payments_answer_about_something",
            ),
            models.CheckConstraint(
                condition=Q(file__isnull=False) | Q(by__isnull=False), name="payments_answer_told_by_someone"
            ),
        ]
        indexes = [models.Index(fields=["tenant_id", "named"], name="payments_answer_named")]


class SettledAnswer(Fenced):
    """A person has found out what lies behind an answer that needed one; it is no longer shown as open."""

    answer = models.OneToOneField(BankAnswer, on_delete=models.PROTECT, related_name="settled")
    why = models.CharField(max_length=300)
    by = models.UUIDField()
    at = models.DateTimeField()

    objects = FencedManager()
