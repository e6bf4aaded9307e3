from __future__ import annotations

from django.db import models
from django.db.models import Q

from runde.foundation.trust.api import Fenced, FencedManager


class Account(Fenced):
    """One place money of one funding source can stand. Signed sums; a giver's account is the negative side.

    `floor` tells the database what may never fall below zero: nothing, the account's sum, or the sum for each
    subject (case) on it.
    """

    class Kind(models.TextChoices):
        GIVER = "giver", "Bevilget av giver"
        AVAILABLE = "available", "Ledig"
        COMMITTED = "committed", "Bundet"
        IN_BANK_FILE = "in_bank_file", "I bankfil"
        PAID = "paid", "Utbetalt"

    class Floor(models.TextChoices):
        NONE = "none", "Ingen"
        ACCOUNT = "account", "Kontoen"
        SUBJECT = "subject", "Hver sak"

    source_id = models.UUIDField()
    kind = models.CharField(max_length=20, choices=Kind)
    floor = models.CharField(max_length=10, choices=Floor)

    objects = FencedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "source_id", "kind"], name="ledger_account_once"),
            models.CheckConstraint(
                condition=Q(kind="giver", floor="none")
                | Q(kind="available", floor="account")
                | Q(kind__in=["committed", "in_bank_file", "paid"], floor="subject"),
                name="ledger_floor_fits_kind",
            ),
        ]


class Entry(Fenced):
    """One balanced event in the books. Append-only; a correction is a new entry.

    `leg_count` says how many legs belong to it: all are added by one statement, and none later.
    """

    key = models.CharField(max_length=120)
    kind = models.CharField(max_length=40)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    text = models.CharField(max_length=300)
    leg_count = models.PositiveIntegerField()

    objects = FencedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "key"], name="ledger_entry_once"),
            models.CheckConstraint(condition=Q(leg_count__gte=2), name="ledger_entry_has_legs"),
        ]


class Leg(Fenced):
    """One side of an entry. The legs of an entry sum to zero: held by a trigger on each statement.

    The keys to entry and account are the composite ones of the fence; single ones beside them would only make
    the database look everything up twice.
    """

    entry = models.ForeignKey(
        Entry, on_delete=models.PROTECT, related_name="legs", db_constraint=False, db_index=False
    )
    position = models.PositiveIntegerField()
    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="legs", db_constraint=False, db_index=False
    )
    subject_id = models.UUIDField(null=True)
    amount_nok = models.DecimalField(max_digits=14, decimal_places=2)

    objects = FencedManager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(amount_nok=0), name="ledger_leg_not_zero"),
            models.CheckConstraint(condition=Q(position__gte=1), name="ledger_leg_position_from_one"),
            models.UniqueConstraint(fields=["tenant_id", "entry", "position"], name="ledger_leg_once"),
        ]
        indexes = [models.Index(fields=["tenant_id", "account", "subject_id"], name="ledger_leg_place")]
