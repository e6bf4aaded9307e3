"""A case judged anew, with what officers have set in it: what the check and the override share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from runde.engine.rules import CompiledRuleSet, Verdict
from runde.grants.applications.api import Application, Values, plain_values, values_of_many
from runde.grants.schemes.api import compiled_rules

from ..domain.lanes import reason_line
from ..domain.overrides import Override, as_values, overrides_in
from ..models import Case, Check
from ..queries.versions import versions_of


@dataclass(frozen=True, slots=True)
class Basis:
    """What a case is judged from: the rules that apply to it, its facts, and its newest check."""

    case: Case
    rules: CompiledRuleSet
    values: Values
    before: Check
    with_register_now: bool

    @property
    def standing(self) -> tuple[Override, ...]:
        """What officers have set, as it stands."""
        return overrides_in(self.before.overrides)

    def judged(self, at: datetime, overrides: Sequence[Override] = ()) -> Verdict:
        return self.rules.check(self.values, timezone.localdate(at), as_values(overrides))


def basis_of(case: Case, *, with_register_now: bool | None = None) -> Basis:
    """By the sealed facts or the register now; by the same as the newest check when not said."""
    before = case.checks.order_by("-number")[0]
    now = before.with_register_now if with_register_now is None else with_register_now
    application = Application.objects.get(id=case.application_id)
    [values] = values_of_many([application], with_register_now=now)
    return Basis(case, compiled_rules(versions_of([case])[case.id]), values, before, now)


def keep_check(basis: Basis, overrides: Sequence[Override], at: datetime) -> Check:
    """Judge, keep the check as the newest, and let the case stand as it says."""
    case, verdict = basis.case, basis.judged(at, overrides)
    check = Check.objects.create(
        case=case,
        number=basis.before.number + 1,
        rules_digest=verdict.digest,
        verdict=verdict.to_dict(),
        ran_at=at,
        with_register_now=basis.with_register_now,
        known=plain_values(basis.values) if basis.with_register_now else None,
        overrides=[one.to_dict() for one in overrides],
    )
    case.lane, case.reason, case.recommended_nok = verdict.lane, reason_line(verdict), verdict.amount_nok
    case.save(update_fields=["lane", "reason", "recommended_nok"])
    return check
