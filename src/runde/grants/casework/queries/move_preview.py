"""Who would come out another way if open cases were judged by another version of the scheme."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Func, JSONField
from django.utils import timezone

from runde.engine.rules import Verdict
from runde.foundation.forms.api import FormVersion
from runde.foundation.people.api import Actor, authorise
from runde.grants.applications.api import Application, Values, load_versions, values_of_many
from runde.grants.schemes.api import Call, SchemeVersion, compiled_rules

from ..domain.judged import Comparing, Flow, Judged, Totals, judged, why_changed
from ..domain.state_table import TABLE
from ..models import Case, Check
from .cases import declarations_by, number_key
from .versions import get_call_with_form, get_version_for, never_asked, versions_of

State = Case.State
WHY_STATE = {
    State.PROPOSED: "Saken ligger til godkjenning. Send forslaget tilbake først.",
    State.DECIDED: "Saken er avgjort. Et vedtak kan bare endres med et nytt vedtak.",
    State.WITHDRAWN: "Søknaden er trukket.",
}
WHY_INTEREST = "Du har meldt fra om at du ikke kan behandle saken."
WHY_SAME = "Saken vurderes allerede etter denne versjonen."
WHY_SEEN = "Saken er endret siden du så på den."
WHY_OVERRIDDEN = "En saksbehandler har satt egne tall i saken. Den må vurderes for seg."


@dataclass(frozen=True, slots=True)
class MoveRow:
    """One case that can be moved. `check_id` is the check that counts now; `why` says what turned out another way."""

    case_id: UUID
    number: str
    company_name: str
    check_id: UUID
    before: Judged
    after: Judged
    why: tuple[str, ...]

    @property
    def is_changed(self) -> bool:
        """Another lane or another amount: something the applicant would notice."""
        return (self.before.lane, self.before.amount_nok) != (self.after.lane, self.after.amount_nok)


@dataclass(frozen=True, slots=True)
class Stay:
    """A case that cannot be moved, and why."""

    case_id: UUID
    number: str
    why: str


@dataclass(frozen=True, slots=True)
class MovePreview:
    """By case number. Totals are of the cases that can be moved; `stays` are the rest."""

    call_id: UUID
    version_id: UUID
    version_number: int
    rows: tuple[MoveRow, ...]
    stays: tuple[Stay, ...]
    before: Totals
    after: Totals
    flows: tuple[Flow, ...]

    @property
    def changed(self) -> tuple[MoveRow, ...]:
        return tuple(row for row in self.rows if row.is_changed)

    @property
    def seen(self) -> dict[UUID, UUID]:
        """For `move_cases`: the check each case rested on when this was shown."""
        return {row.case_id: row.check_id for row in self.rows}


@dataclass(frozen=True, slots=True)
class Standing:
    """A case's newest check, without its sentences."""

    check_id: UUID
    number: int
    with_register_now: bool
    is_overridden: bool
    not_met: tuple[str, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Weighed:
    """A case that can be moved, with what the version says of it."""

    case: Case
    from_version: SchemeVersion
    standing: Standing
    before: Judged
    verdict: Verdict
    after: Judged
    known: Values
    """What it was judged by: the sealed facts, or the register as it is now."""

    @property
    def row(self) -> MoveRow:
        why = why_changed(self.before, self.after, self.verdict)
        name = self.case.application.company_name
        check_id = self.standing.check_id
        return MoveRow(self.case.id, self.case.number, name, check_id, self.before, self.after, why)


def preview_move(call: Call, version: SchemeVersion, *, by: Actor, at: datetime) -> MovePreview:
    """What `move_cases` would do to every case of the call, case by case. Stores nothing.

    A fixed number of SQL statements. Raises NotAllowed, NotFound, WrongVersion, VersionMissing.
    """
    authorise(by, "schemes.manage")
    call = get_call_with_form(call.id)
    version = get_version_for(call, version.id)
    cases = sorted(Case.objects.filter(call_id=call.id), key=lambda case: number_key(case.number))
    weighed, stays = weigh(cases, call, version, by=by, at=at)
    comparing = Comparing()
    for one in weighed:
        comparing.add(one.before, one.after)
    return MovePreview(
        call_id=call.id,
        version_id=version.id,
        version_number=version.number,
        rows=tuple(one.row for one in weighed),
        stays=tuple(stays),
        before=comparing.before,
        after=comparing.after,
        flows=comparing.flows(),
    )


def weigh(
    cases: Sequence[Case],
    call: Call,
    version: SchemeVersion,
    *,
    by: Actor,
    at: datetime,
    seen: Mapping[UUID, UUID] | None = None,
) -> tuple[list[Weighed], list[Stay]]:
    """The cases that can be moved, judged by the version as they would be; and those that stay, with the reason.

    The one place where it is decided, for the preview and for the move itself.
    """
    versions, standings = versions_of(cases), standings_of([case.id for case in cases])
    spoken = declarations_by([by.person_id], [case.id for case in cases])
    applications = _applications(cases)
    unasked = _unasked_sentences(applications.values(), version)
    stays = []
    kept = []
    for case in cases:
        lacks = unasked[applications[case.application_id].scheme_version_id]
        why = _why_it_stays(case, versions[case.id], version, spoken.get((case.id, by.person_id)), lacks)
        if not why and standings[case.id].is_overridden:
            why = WHY_OVERRIDDEN
        if not why and seen is not None and seen.get(case.id) != standings[case.id].check_id:
            why = WHY_SEEN
        if why:
            stays.append(Stay(case.id, case.number, why))
        else:
            kept.append(case)
    verdicts = _verdicts(kept, standings, version, at)
    weighed = [_weighed(case, versions[case.id], standings[case.id], *verdicts[case.id]) for case in kept]
    return weighed, stays


def _weighed(
    case: Case, version: SchemeVersion, standing: Standing, verdict: Verdict, known: Values
) -> Weighed:
    before = Judged(case.lane, case.recommended_nok, standing.not_met, standing.unknown)
    return Weighed(case, version, standing, before, verdict, judged(verdict), known)


def _why_it_stays(
    case: Case, judged_by: SchemeVersion, version: SchemeVersion, word: bool | None, unasked: str
) -> str:
    if not TABLE.fits("case", "move", case.state):
        return WHY_STATE[State(case.state)]
    if word is False:
        return WHY_INTEREST
    return WHY_SAME if judged_by.id == version.id else unasked


def _unasked_sentences(applications: Iterable[Application], version: SchemeVersion) -> dict[UUID, str]:
    """By the version each was answered under: its form may have asked for something else than the call's does now."""
    forms = {one.scheme_version_id: one.scheme_version.form for one in applications}
    return {version_id: _unasked_sentence(form, version) for version_id, form in forms.items()}


def _unasked_sentence(form: FormVersion, version: SchemeVersion) -> str:
    lacking = never_asked(compiled_rules(version), form)
    named = ", ".join(f"«{fact.label['nb']}»" for fact in lacking)
    return f"Søknadsskjemaet spurte ikke om {named}, som denne versjonen trenger." if lacking else ""


def _verdicts(
    cases: Sequence[Case],
    standings: Mapping[UUID, Standing],
    version: SchemeVersion,
    at: datetime,
) -> dict[UUID, tuple[Verdict, Values]]:
    """By the same facts as the check that counts now: the sealed ones, or the register as it is now."""
    rules, today = compiled_rules(version), timezone.localdate(at)
    verdicts: dict[UUID, tuple[Verdict, Values]] = {}
    for by_register_now in (False, True):
        group = [case for case in cases if standings[case.id].with_register_now is by_register_now]
        sent = [case.application for case in group]
        known = values_of_many(sent, with_register_now=by_register_now)
        for case, values in zip(group, known, strict=True):
            verdicts[case.id] = rules.check(values, today), values
    return verdicts


def _applications(cases: Sequence[Case]) -> dict[UUID, Application]:
    """Each with the version and form it was answered under, and set on its case."""
    found = {
        one.id: one for one in Application.objects.filter(id__in=[case.application_id for case in cases])
    }
    load_versions(list(found.values()))
    for case in cases:
        case.application = found[case.application_id]
    return found


def standings_of(case_ids: Collection[UUID]) -> dict[UUID, Standing]:
    """The newest check of each case, without carrying all its sentences over from the database."""
    newest = Check.objects.filter(case_id__in=case_ids).order_by("case_id", "-number").distinct("case_id")
    rows = newest.annotate(not_met=_Slugs("not_met"), unclear=_Slugs("unknown")).values_list(
        "case_id", "id", "number", "with_register_now", "overrides", "not_met", "unclear"
    )
    return {
        case_id: Standing(check_id, number, now, bool(overrides), tuple(not_met), tuple(unknown))
        for case_id, check_id, number, now, overrides, not_met, unknown in rows
    }


class _Slugs(Func):
    """The criteria in a stored verdict that came out one way, picked out by PostgreSQL."""

    output_field = JSONField()

    def __init__(self, outcome: str, **extra: Any) -> None:
        path = f'$.criteria[*] ? (@.outcome == "{outcome}").slug'
        super().__init__(F("verdict"), template=f"jsonb_path_query_array(%(expressions)s, '{path}')", **extra)
