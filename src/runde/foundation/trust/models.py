from __future__ import annotations

from typing import TypeVar

from django.db import models

from .fence import current_tenant
from .ids import new_id

Row = TypeVar("Row", bound=models.Model)


class FencedManager(models.Manager[Row]):
    """Rows of the open fence's tenant; raises NoTenant when no fence is open."""

    def get_queryset(self) -> models.QuerySet[Row]:
        return super().get_queryset().filter(tenant_id=current_tenant())


class Fenced(models.Model):
    """A row that belongs to one tenant. Each table also needs `FenceTable` in its migration.

    Foreign keys between fenced tables are plain Django keys; `FenceTable` adds the composite key
    `(tenant_id, …)` that keeps a row from pointing into another tenant.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant_id = models.UUIDField(default=current_tenant, editable=False)

    class Meta:
        abstract = True


class ScarceThing(Fenced):
    """One row to lock for each scarce thing: a budget, a ceiling, a seat."""

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=120)

    objects = FencedManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant_id", "kind", "key"], name="trust_scarce_once")]


class IdempotencyKey(Fenced):
    """What a request with this key did, kept for ever: a repeat gets the same answer."""

    operation = models.CharField(max_length=80)
    key = models.CharField(max_length=80)
    fingerprint = models.BinaryField(max_length=32)
    result = models.JSONField()
    made_at = models.DateTimeField()

    objects = FencedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "operation", "key"], name="trust_idempotency_once")
        ]


class Counter(Fenced):
    """Running numbers without holes for people to read, for instance case numbers within a year."""

    kind = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    value = models.PositiveIntegerField()

    objects = FencedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "kind", "year"], name="trust_counter_once")
        ]


class RateLimit(models.Model):
    """A limit as data: at most `burst` at once, then one each `period_ms` milliseconds."""

    name = models.CharField(max_length=60, primary_key=True)
    burst = models.PositiveIntegerField()
    period_ms = models.PositiveIntegerField()
    enforced = models.BooleanField(default=True)
