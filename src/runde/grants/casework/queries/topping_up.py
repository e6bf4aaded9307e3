"""More money for a call that is decided: who would get how much more, looked at again only where something changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils import timezone

from runde.engine.rules import CompiledRuleSet, Verdict
from runde.foundation.people.api import Actor, authorise
from runde.grants.applications.api import Values, load_versions, plain_values, values_of_many
from runde.grants.schemes.api import Call, SchemeVersion, compiled_rules

from ..domain.reasons import get_reason
from ..domain.scaling import Scaled, Wanted, scale
from ..models import Acceptance, Case, Check, Decision, Outcome
from ..operations.money import decided_sources, pots_of
from .cases import latest_checks, number_key
from .versions import get_version_for, versions_of

NOTHING = Decimal(0)
WHY_STATE = "Saken ligger til godkjenning."
WHY_CONDITIONAL = "Vedtaket er betinget. Gjør det opp først."
WHY_BACK = "Virksomheten har takket nei, eller tilskuddet har falt bort."
WHY_BY_HAND = "Beløpet er satt av en saksbehandler. Vurder saken for seg."
WHY_SAME = "Har allerede fått det reglene gir."
WHY_NO_AMOUNT = "Reglene gir ikke noe beløp nå."
WHY_NO_MONEY = "Pengene rekker ikke til denne."


@dataclass(frozen=True, slots=True)
class TopUpTerms:
    """`money_nok` is what may be used, all that is free when None. `version_id` gives the rules by a newer version,
    the case's own when None. Nobody gets less than `lowest_nok` more."""

    money_nok: Decimal | None = None
    lowest_nok: Decimal = NOTHING
    version_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class TopUpRow:
    """One grant: what was given, what the rules give now, and what comes in addition.

    `changed` names the facts that are not as when it was decided; the case was judged again because of them.
    """

    case_id: UUID
    number: str
    company_name: str
    before_nok: Decimal
    by_rules_nok: Decimal
    more_nok: Decimal
    changed: tuple[str, ...]

    @property
    def total_nok(self) -> Decimal:
        return self.before_nok + self.more_nok


@dataclass(frozen=True, slots=True)
class StayRow:
    """A grant that is left as it is, and why."""

    case_id: UUID
    number: str
    company_name: str
    why: str


@dataclass(frozen=True, slots=True)
class TopUpPreview:
    """By case number. `wanted_nok` is what all could get more by the rules; `share` what everybody gets of it.

    `seen` identifies what was shown.
    """

    call_id: UUID
    terms: TopUpTerms
    money_nok: Decimal
    wanted_nok: Decimal
    rows: tuple[TopUpRow, ...]
    stays: tuple[StayRow, ...]
    share: str
    left_over: int
    looked_again: int

    @property
    def more_nok(self) -> Decimal:
        return sum((row.more_nok for row in self.rows), NOTHING)

    @property
    def before_nok(self) -> Decimal:
        return sum((row.before_nok for row in self.rows), NOTHING)

    @property
    def seen(self) -> str:
        return f"{len(self.rows)}:{self.wanted_nok}:{self.more_nok}:{self.before_nok}"


@dataclass(frozen=True, slots=True)
class Judged:
    """A grant looked at again: `verdict` is None where nothing has changed, and the old check still tells."""

    case: Case
    decision: Decision
    check: Check
    values: Values
    verdict: Verdict | None
    by_rules_nok: Decimal | None
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """A grant with its newest check, what was under its application's seal, and the same with the register now."""

    decision: Decision
    check: Check
    then: Values
    now: Values


@dataclass(slots=True)
class Gathered:
    """Everything a top-up is reckoned from."""

    judged: list[Judged] = field(default_factory=list)
    stays: list[StayRow] = field(default_factory=list)

    def stay(self, case: Case, why: str) -> None:
        self.stays.append(StayRow(case.id, case.number, case.company_name, why))


def preview_top_up(call: Call, terms: TopUpTerms, *, by: Actor, at: datetime) -> TopUpPreview:
    """What a top-up would give to every grant of the call. Stores nothing. A fixed number of SQL statements.

    Raises NotAllowed, and NotFound or WrongVersion for the version.
    """
    authorise(by, "casework.list")
    return reckon(call, terms, gather(call, terms, at))


def reckon(call: Call, terms: TopUpTerms, gathered: Gathered) -> TopUpPreview:
    """The one place where it is reckoned, for the preview and for the proposal itself."""
    wanted = [
        Wanted(one.case.id, one.by_rules_nok - one.decision.amount_nok)
        for one in gathered.judged
        if one.by_rules_nok is not None
    ]
    money = free_money(call) if terms.money_nok is None else min(terms.money_nok, free_money(call))
    cut = scale(wanted, money, lowest_nok=terms.lowest_nok)
    rows = tuple(_row(one, cut) for one in gathered.judged if cut.amounts[one.case.id])
    without = [one.case for one in gathered.judged if not cut.amounts[one.case.id]]
    none_left = [StayRow(one.id, one.number, one.company_name, WHY_NO_MONEY) for one in without]
    return TopUpPreview(
        call_id=call.id,
        terms=terms,
        money_nok=money,
        wanted_nok=sum((one.amount_nok for one in wanted), NOTHING),
        rows=rows,
        stays=tuple(sorted([*gathered.stays, *none_left], key=lambda one: number_key(one.number))),
        share=str(cut.share),
        left_over=cut.left_over,
        looked_again=sum(one.verdict is not None for one in gathered.judged),
    )


def _row(one: Judged, cut: Scaled[UUID]) -> TopUpRow:
    return TopUpRow(
        case_id=one.case.id,
        number=one.case.number,
        company_name=one.case.company_name,
        before_nok=one.decision.amount_nok,
        by_rules_nok=one.by_rules_nok or NOTHING,
        more_nok=cut.amounts[one.case.id],
        changed=one.changed,
    )


def free_money(call: Call) -> Decimal:
    """What is free of the call's decided sources."""
    return sum((pot.left_nok for pot in pots_of(decided_sources(call))), NOTHING)


def gather(call: Call, terms: TopUpTerms, at: datetime) -> Gathered:
    """The call's grants, each judged again by the register now where something is not as it was."""
    gathered = Gathered()
    decisions = _settled_by_rules(_in_force(call), gathered)
    cases = [one.case for one in decisions]
    load_versions([case.application for case in cases])
    version = get_version_for(call, terms.version_id) if terms.version_id else None
    versions = versions_of(cases)
    then = values_of_many([case.application for case in cases])
    now = values_of_many([case.application for case in cases], with_register_now=True)
    newest = Check.objects.in_bulk(latest_checks([case.id for case in cases]).values())
    checks = {check.case_id: check for check in newest.values()}
    for decision, old, new in zip(decisions, then, now, strict=True):
        rests_on = Known(decision, checks[decision.case_id], old, new)
        _judge(rests_on, version or versions[decision.case_id], timezone.localdate(at), gathered)
    return gathered


def _in_force(call: Call) -> list[Decision]:
    granted = Decision.objects.filter(
        case__call_id=call.id, decision__isnull=True, outcome=Outcome.GRANTED
    ).select_related("case__application", "check_run")
    return sorted(granted.defer("snapshot"), key=lambda one: number_key(one.case.number))


def _settled_by_rules(decisions: Sequence[Decision], gathered: Gathered) -> list[Decision]:
    """Without those that cannot be topped up now, or that a person must look at."""
    answers = Acceptance.objects.filter(decision__in=decisions).exclude(answer=Acceptance.Answer.ACCEPTED)
    back = set(answers.values_list("decision_id", flat=True))
    kept = []
    for one in decisions:
        why = _why_not(one, one.id in back)
        if why:
            gathered.stay(one.case, why)
        else:
            kept.append(one)
    return kept


def _why_not(decision: Decision, is_back: bool) -> str:
    if decision.case.state != Case.State.DECIDED:
        return WHY_STATE
    if decision.is_conditional:
        return WHY_CONDITIONAL
    if is_back:
        return WHY_BACK
    by_hand = get_reason(decision.reason_code).needs_words or decision.check_run.overrides
    return WHY_BY_HAND if by_hand else ""


def _judge(known: Known, version: SchemeVersion, today: date, gathered: Gathered) -> None:
    rules, check, decision = compiled_rules(version), known.check, known.decision
    was = check.known if check.known is not None else plain_values(known.then)
    changed = _changed(was, plain_values(known.now), rules)
    is_new = bool(changed) or version.rules_digest != check.rules_digest
    verdict = rules.check(known.now, today) if is_new else None
    amount = (verdict or Verdict.from_dict(check.verdict)).amount_nok
    decided_by = Verdict.from_dict(decision.check_run.verdict)
    why = _why_stays(decided_by, verdict, amount, decision.amount_nok)
    if why:
        gathered.stay(decision.case, why)
        return
    gathered.judged.append(Judged(decision.case, decision, check, known.now, verdict, amount, changed))


def _why_stays(before: Verdict, after: Verdict | None, amount: Decimal | None, given: Decimal) -> str:
    worse = _worse(before, after) if after else ()
    if worse:
        return f"Oppfyller ikke lenger: {', '.join(worse)}. Vurder saken for seg."
    if amount is None:
        return WHY_NO_AMOUNT
    return WHY_SAME if amount <= given else ""


def _worse(before: Verdict, after: Verdict) -> tuple[str, ...]:
    """Requirements that were met when it was decided, and are not now."""
    met = {one.slug for one in before.criteria if one.outcome == "met"}
    return tuple(
        one.texts["nb"]["requirement"] for one in after.criteria if one.outcome != "met" and one.slug in met
    )


def _changed(then: Mapping[str, Any], now: Mapping[str, Any], rules: CompiledRuleSet) -> tuple[str, ...]:
    """By name, the facts the rules look at that are not as they were."""
    used = rules.rules.used_names()
    return tuple(
        fact.label["nb"]
        for fact in rules.ruleset.facts
        if fact.name in used and then.get(fact.name) != now.get(fact.name)
    )
