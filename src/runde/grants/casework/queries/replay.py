"""A past round judged again by other rules: who would come out another way. Nothing is stored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from runde.engine.rules import CompiledRuleSet, Fact, RuleSet, Verdict, compile_ruleset
from runde.foundation.people.api import Actor, authorise
from runde.grants.applications.api import Application, Values, values_of_many
from runde.grants.schemes.api import Call, SchemeVersion, compiled_rules

from ..domain.judged import NOTHING, Comparing, Flow, Judged, Totals, judged, why_changed
from ..models import Case, Check, Decision
from .cases import latest_decisions, number_key
from .versions import get_call_with_form, get_version_for, never_asked, versions_of

BATCH = 1000


@dataclass(frozen=True, slots=True)
class ReplayRow:
    """A case that comes out another way. `decided_outcome` and `decided_nok` are what was decided, if anything was."""

    case_id: UUID
    number: str
    company_name: str
    organisation_number: str
    before: Judged
    after: Judged
    why: tuple[str, ...]
    decided_outcome: str
    decided_nok: Decimal | None


@dataclass(frozen=True, slots=True)
class Replay:
    """All the round's cases that are not withdrawn, under the rules they were judged by and under the others.

    `changed` are those in another lane or with another amount, by number. `not_asked` names answers the other rules
    look at that the round's form did not ask for: there they are unknown in every case.
    """

    call_id: UUID
    on: date | None
    rules_name: str
    rules_version: str
    rules_digest: str
    cases: int
    before: Totals
    after: Totals
    flows: tuple[Flow, ...]
    changed: tuple[ReplayRow, ...]
    granted_nok: Decimal
    not_asked: tuple[str, ...]
    requirements: Mapping[str, str]

    @property
    def difference_nok(self) -> Decimal:
        return self.after.amount_nok - self.before.amount_nok

    def gained(self) -> tuple[ReplayRow, ...]:
        return tuple(row for row in self.changed if row.after.carries_nok > row.before.carries_nok)

    def lost(self) -> tuple[ReplayRow, ...]:
        return tuple(row for row in self.changed if row.after.carries_nok < row.before.carries_nok)


def replay(
    call: Call,
    rules: SchemeVersion | RuleSet | CompiledRuleSet,
    on: date | None = None,
    *,
    by: Actor,
) -> Replay:
    """Judge every case of a call by other rules, from what lies under the applications' seals.

    Both sides see the same facts, so only the rules differ. Each case is judged on the day of its last check, the
    other rules on `on` where it is given. Reads in batches, in a fixed number of SQL statements for each thousand.
    Raises NotAllowed, NotFound, WrongVersion for a version of another scheme, VersionMissing, and RuleError for
    rules that cannot run that day.
    """
    authorise(by, "casework.list")
    call = get_call_with_form(call.id)
    other = _compiled(call, rules)
    return _Replaying(call, other, on).replayed()


def _compiled(call: Call, rules: SchemeVersion | RuleSet | CompiledRuleSet) -> CompiledRuleSet:
    if isinstance(rules, SchemeVersion):
        return compiled_rules(get_version_for(call, rules.id))
    return compile_ruleset(rules) if isinstance(rules, RuleSet) else rules


class _Replaying:
    """Takes the cases batch by batch, so that a large round is not held whole."""

    def __init__(self, call: Call, other: CompiledRuleSet, on: date | None) -> None:
        self._call, self._other, self._on = call, other, on
        self._not_asked: dict[UUID, tuple[Fact, ...]] = {}
        self._comparing = Comparing()
        self._changed: list[ReplayRow] = []
        self._requirements: dict[str, str] = {}
        self._granted = NOTHING

    def replayed(self) -> Replay:
        for batch in _in_batches(_cases(self._call)):
            self._take(batch)
        before, after = self._comparing.before, self._comparing.after
        ruleset = self._other.ruleset
        return Replay(
            call_id=self._call.id,
            on=self._on,
            rules_name=ruleset.name,
            rules_version=ruleset.version,
            rules_digest=self._other.digest,
            cases=before.cases,
            before=before,
            after=after,
            flows=self._comparing.flows(),
            changed=tuple(sorted(self._changed, key=lambda row: number_key(row.number))),
            granted_nok=self._granted,
            not_asked=self._labels_not_asked(),
            requirements=self._requirements,
        )

    def _take(self, cases: Sequence[Case]) -> None:
        versions, decisions = versions_of(cases), latest_decisions([case.id for case in cases])
        known = values_of_many([case.application for case in cases])
        for case, values in zip(cases, known, strict=True):
            own = compiled_rules(versions[case.id])
            self._one(case, own, values, decisions.get(case.id))

    def _one(self, case: Case, own: CompiledRuleSet, values: Values, decision: Decision | None) -> None:
        day = timezone.localdate(case.checked_at)  # type: ignore[attr-defined]
        other_day = self._on or day
        before = judged(own.check(values, day))
        verdict = self._other.check(self._usable(case.application, values), other_day)
        after = judged(verdict)
        self._comparing.add(before, after)
        self._granted += decision.amount_nok if decision else NOTHING
        if not self._requirements:
            self._requirements = own.requirements(day) | self._other.requirements(other_day)
        if (before.lane, before.amount_nok) != (after.lane, after.amount_nok):
            self._changed.append(_row(case, before, verdict, decision))

    def _usable(self, application: Application, values: Values) -> Values:
        """Without answers of another kind than the other rules know: they are unknown, not guessed at."""
        unknown = {fact.name for fact in self._never_asked(application)}
        return {name: value for name, value in values.items() if name not in unknown}

    def _never_asked(self, application: Application) -> tuple[Fact, ...]:
        """By the form the application was answered on: a call may have had several."""
        version_id = application.scheme_version_id
        if version_id not in self._not_asked:
            self._not_asked[version_id] = never_asked(self._other, application.scheme_version.form)
        return self._not_asked[version_id]

    def _labels_not_asked(self) -> tuple[str, ...]:
        facts = (fact.label["nb"] for lacking in self._not_asked.values() for fact in lacking)
        return tuple(dict.fromkeys(facts))


def _row(case: Case, before: Judged, verdict: Verdict, decision: Decision | None) -> ReplayRow:
    after = judged(verdict)
    return ReplayRow(
        case_id=case.id,
        number=case.number,
        company_name=case.application.company_name,
        organisation_number=case.application.organisation_number,
        before=before,
        after=after,
        why=why_changed(before, after, verdict),
        decided_outcome=decision.outcome if decision else "",
        decided_nok=decision.amount_nok if decision else None,
    )


def _cases(call: Call) -> QuerySet[Case]:
    """With the application, and when it was last checked."""
    newest = Check.objects.filter(case=OuterRef("pk")).order_by("-number").values("ran_at")[:1]
    found = Case.objects.filter(call_id=call.id).exclude(state=Case.State.WITHDRAWN)
    return found.select_related("application").annotate(checked_at=Subquery(newest)).order_by("id")


def _in_batches(cases: QuerySet[Case]) -> Iterator[list[Case]]:
    rows = cases.iterator(chunk_size=BATCH)
    while batch := list(islice(rows, BATCH)):
        yield batch
