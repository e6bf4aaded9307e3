from __future__ import annotations

from django.db import models
from django.db.models import Q

from runde.foundation.trust.api import Fenced, FencedManager, new_id


class AidAward(models.Model):
    """Aid one undertaking has a right to, by one decision. Outside the fence by intent: a ceiling counts what every
    municipality has given. Each tenant writes its own; a decision taken back or declined is marked, never removed.

    `basis` is the aid rule the scheme names; awards without one are kept too, and count against no ceiling.
    Amounts are gross grant equivalents: for a grant, the grant itself. The euro amount is reckoned once, by the
    call's rate. `is_reserved`: the decision waits for money, so the right has not arisen; the room is kept for it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant_id = models.UUIDField()
    decision_id = models.UUIDField(unique=True)
    organisation_number = models.CharField(max_length=9)
    giver = models.CharField(max_length=200)
    giver_number = models.CharField(max_length=9, blank=True)
    scheme_name = models.CharField(max_length=300)
    instrument = models.CharField(max_length=20, default="grant")
    basis = models.CharField(max_length=40, blank=True)
    right_arose_date = models.DateField()
    amount_nok = models.DecimalField(max_digits=14, decimal_places=2)
    amount_eur = models.DecimalField(max_digits=14, decimal_places=2)
    euro_rate = models.DecimalField(max_digits=10, decimal_places=4)
    euro_rate_date = models.DateField()
    euro_rate_source = models.CharField(max_length=100)
    is_reserved = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    reversed_at = models.DateTimeField(null=True)
    reversed_why = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_nok__gt=0), name="aid_award_positive"),
            models.CheckConstraint(
                condition=Q(reversed_at__isnull=True, reversed_why="")
                | Q(reversed_at__isnull=False, reversed_why__in=["replaced", "declined", "lapsed"]),
                name="aid_reversed_for_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation_number", "right_arose_date"], name="aid_of_undertaking")
        ]


class AidLock(models.Model):
    """One row to lock for each unit: whoever would use a ceiling holds those of the whole undertaking.

    Outside the fence, and nothing but the number: two municipalities must wait for each other.
    """

    organisation_number = models.CharField(max_length=9, primary_key=True)


class AidReckoning(Fenced):
    """How the room was reckoned when a decision took of it, as it stood: the trace the law wants kept.

    `members` is `[{"number", "by": [{"with", "since", "reason"}]}]`. Euro amounts are to the cent.
    """

    decision_id = models.UUIDField(unique=True)
    rule = models.CharField(max_length=40)
    regulation = models.CharField(max_length=100)
    most_eur = models.DecimalField(max_digits=14, decimal_places=2)
    used_eur = models.DecimalField(max_digits=14, decimal_places=2)
    unknown_eur = models.DecimalField(max_digits=14, decimal_places=2)
    taken_eur = models.DecimalField(max_digits=14, decimal_places=2)
    members = models.JSONField()
    reckoned_at = models.DateTimeField()

    objects = FencedManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(most_eur__gte=models.F("used_eur") + models.F("taken_eur")),
                name="aid_never_past_the_ceiling",
            )
        ]


class DeclaredAid(models.Model):
    """Aid a company has had elsewhere, one award, as an officer has written it down from what the company told.

    Outside the fence as awards are, with no person named: the journal says who wrote it. Each tenant writes its own.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant_id = models.UUIDField()
    case_id = models.UUIDField()
    organisation_number = models.CharField(max_length=9)
    giver = models.CharField(max_length=200)
    instrument = models.CharField(max_length=20, default="grant")
    basis = models.CharField(max_length=40, blank=True)
    right_arose_date = models.DateField()
    amount_nok = models.DecimalField(max_digits=14, decimal_places=2)
    amount_eur = models.DecimalField(max_digits=14, decimal_places=2)
    euro_rate = models.DecimalField(max_digits=10, decimal_places=4)
    euro_rate_date = models.DateField()
    euro_rate_source = models.CharField(max_length=100)
    same_costs = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_nok__gt=0), name="aid_declared_positive"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_why="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_why="")),
                name="aid_withdrawn_for_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["organisation_number"], name="aid_declared_of")]


class UndertakingRuling(models.Model):
    """Somebody's word that two units are one undertaking, or are not, whatever the register says; the newest holds.

    Outside the fence: two municipalities must see the same undertaking, or both could use its last krone. The
    journal says who. `number` is the smaller of the two.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant_id = models.UUIDField()
    number = models.CharField(max_length=9)
    other = models.CharField(max_length=9)
    is_linked = models.BooleanField()
    from_date = models.DateField()
    to_date = models.DateField(null=True)
    reason = models.CharField(max_length=500)
    ruled_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(number__lt=models.F("other")), name="aid_ruling_in_order"),
            models.CheckConstraint(condition=~Q(reason=""), name="aid_ruling_for_a_reason"),
        ]
        indexes = [
            models.Index(fields=["number"], name="aid_ruling_of"),
            models.Index(fields=["other"], name="aid_ruling_of_other"),
        ]


class RegisterAward(models.Model):
    """A row of the national register of aid as last read. Public facts, the same for every tenant.

    `rule` is empty for aid that is not de minimis. `is_withdrawn`: the register says it no longer stands.
    """

    number = models.CharField(max_length=40, primary_key=True)
    organisation_number = models.CharField(max_length=9)
    giver = models.CharField(max_length=300)
    giver_number = models.CharField(max_length=9, blank=True)
    instrument = models.CharField(max_length=60, blank=True)
    legal_basis = models.CharField(max_length=300, blank=True)
    rule = models.CharField(max_length=40, blank=True)
    right_arose_date = models.DateField()
    amount_nok = models.DecimalField(max_digits=14, decimal_places=2)
    amount_eur = models.DecimalField(max_digits=14, decimal_places=2)
    euro_rate = models.DecimalField(max_digits=10, decimal_places=4)
    euro_rate_date = models.DateField()
    euro_rate_source = models.CharField(max_length=100)
    is_withdrawn = models.BooleanField(default=False)
    read_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["organisation_number"], name="aid_register_of")]


class Registration(Fenced):
    """That an award has been entered in the national register, with the number the register gave."""

    award_id = models.UUIDField(unique=True)
    number = models.CharField(max_length=40)
    registered_date = models.DateField()
    registered_by = models.UUIDField()
    registered_at = models.DateTimeField()

    objects = FencedManager()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(number=""), name="aid_registered_with_number")]
