"""Which version of the scheme each case is judged by."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from runde.engine.rules import CompiledRuleSet, Fact
from runde.foundation.forms.api import FormVersion, fact_types_of
from runde.foundation.trust.api import NotFound
from runde.grants.applications.api import Application
from runde.grants.schemes.api import Call, SchemeVersion

from ..errors import VersionMissing, WrongVersion
from ..models import Case, CaseMove

_WITH_FORM = "scheme_version__form"


def versions_of(cases: Sequence[Case]) -> dict[UUID, SchemeVersion]:
    """By case: the version it was last moved to, else the one under its application's seal. Three SQL statements.

    Raises VersionMissing when that version is gone, or no longer says what was sealed.
    """
    moved = last_moves([case.id for case in cases])
    pins = _pins([case.application_id for case in cases])
    wanted = {
        case.id: moved[case.id].to_version_id if case.id in moved else _pinned_id(case, pins)
        for case in cases
    }
    found = _versions(set(wanted.values()))
    lost = [case.number for case in cases if wanted[case.id] not in found]
    if lost:
        raise VersionMissing(f"No version to judge {', '.join(lost[:5])} by ({len(lost)} cases)")
    for case in cases:
        if case.id not in moved:
            _require_as_sealed(case, found[wanted[case.id]], pins)
    return {case_id: found[version_id] for case_id, version_id in wanted.items()}


def last_moves(case_ids: Collection[UUID]) -> dict[UUID, CaseMove]:
    """The newest move of each case that has been moved."""
    newest = CaseMove.objects.filter(case_id__in=case_ids).order_by("case_id", "-number").distinct("case_id")
    return {move.case_id: move for move in newest}


def _pins(application_ids: Sequence[UUID]) -> dict[UUID, tuple[Any, Any]]:
    """What stands under each seal: the version's id and the digest of its rules."""
    rows = Application.objects.filter(id__in=application_ids)
    sealed = rows.values_list("id", "facts__scheme_version", "facts__rules_digest")
    return {application_id: (version, digest) for application_id, version, digest in sealed}


def _pinned_id(case: Case, pins: Mapping[UUID, tuple[Any, Any]]) -> UUID:
    try:
        return UUID(pins[case.application_id][0])
    except (KeyError, TypeError, ValueError) as error:
        raise VersionMissing(f"Nothing under the seal of {case.number} names a version") from error


def _versions(version_ids: Collection[UUID]) -> dict[UUID, SchemeVersion]:
    return {one.id: one for one in SchemeVersion.objects.filter(id__in=version_ids)}


def _require_as_sealed(case: Case, version: SchemeVersion, pins: Mapping[UUID, tuple[Any, Any]]) -> None:
    if pins[case.application_id][1] != version.rules_digest:
        raise VersionMissing(f"Version {version.id} is not what {case.number} was sealed with")


def get_call_with_form(call_id: UUID) -> Call:
    """Raises NotFound."""
    call = Call.objects.filter(id=call_id).select_related(_WITH_FORM).first()
    if call is None:
        raise NotFound("Vi finner ikke utlysningen. Gå tilbake til lista og åpne den derfra.")
    return call


def get_version_for(call: Call, version_id: UUID) -> SchemeVersion:
    """A version of the call's own scheme. Raises NotFound, also for another tenant's, and WrongVersion."""
    version = SchemeVersion.objects.filter(id=version_id).first()
    if version is None:
        raise NotFound("Vi finner ikke versjonen av ordningen. Gå tilbake til lista og velg den derfra.")
    if version.scheme_id != call.scheme_version.scheme_id:
        raise WrongVersion(
            "Versjonen hører til en annen ordning. Velg en versjon av ordningen i utlysningen."
        )
    return version


def never_asked(rules: CompiledRuleSet, form: FormVersion) -> tuple[Fact, ...]:
    """Answers the rules look at that the form did not ask for, or asked for as another kind."""
    asked = fact_types_of(form)
    used = rules.rules.used_names()
    return tuple(
        fact
        for fact in rules.ruleset.facts
        if fact.source == "answer"
        and fact.name in used
        and fact.type not in asked.get(fact.name, frozenset())
    )
