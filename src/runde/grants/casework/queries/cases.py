from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from runde.foundation.trust.api import NotFound

from ..models import Award, Case, Check, Decision, Impartiality


def lock_cases(case_ids: Collection[UUID]) -> list[Case]:
    """The cases, held until the transaction ends, by number. Raises NotFound when one is missing."""
    wanted = set(case_ids)
    found = list(Case.objects.select_for_update().filter(id__in=wanted).order_by("id"))
    if len(found) != len(wanted):
        raise NotFound("Vi finner ikke saken. Gå tilbake til lista og åpne den derfra.")
    return sorted(found, key=lambda case: number_key(case.number))


def number_key(number: str) -> tuple[int, ...]:
    """Case numbers in the order people count: 26/9 before 26/10."""
    return tuple(int(part) if part.isdigit() else 0 for part in number.split("/"))


def latest_checks(case_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """The id of each case's newest check."""
    newest = Check.objects.filter(case_id__in=case_ids).order_by("case_id", "-number").distinct("case_id")
    return dict(newest.values_list("case_id", "id"))


def declarations_by(
    person_ids: Collection[UUID], case_ids: Collection[UUID]
) -> dict[tuple[UUID, UUID], bool]:
    """(case, person) to whether the person is impartial; a declared interest wins over everything."""
    rows = Impartiality.objects.filter(person_id__in=person_ids, case_id__in=case_ids)
    declared: dict[tuple[UUID, UUID], bool] = {}
    for case_id, person_id, is_impartial in rows.values_list("case_id", "person_id", "is_impartial"):
        declared[case_id, person_id] = is_impartial and declared.get((case_id, person_id), True)
    return declared


def latest_decisions(case_ids: Collection[UUID], *, with_snapshot: bool = False) -> dict[UUID, Decision]:
    """The decision in force in each case that has one; without its snapshot, which is large, unless asked for."""
    newest = Decision.objects.filter(case_id__in=case_ids).order_by("case_id", "-number").distinct("case_id")
    found = newest if with_snapshot else newest.defer("snapshot")
    return {decision.case_id: decision for decision in found}


def get_case(case_id: UUID) -> Case:
    """The case with its application, call, scheme version and form. Raises NotFound."""
    case = (
        Case.objects.filter(id=case_id)
        .select_related("application__call", "application__scheme_version__form")
        .first()
    )
    if case is None:
        raise NotFound("Vi finner ikke saken. Gå tilbake til lista og åpne den derfra.")
    return case


def find_case_of(application_id: UUID) -> Case | None:
    return Case.objects.filter(application_id=application_id).first()


def cases_of(application_ids: Collection[UUID]) -> dict[UUID, Case]:
    """The case of each application that has one."""
    return {case.application_id: case for case in Case.objects.filter(application_id__in=application_ids)}


def awards_of(decision_ids: Collection[UUID]) -> dict[UUID, list[Award]]:
    """The awards of each decision."""
    awards: dict[UUID, list[Award]] = {decision_id: [] for decision_id in decision_ids}
    for award in Award.objects.filter(decision_id__in=decision_ids).order_by("id"):
        awards[award.decision_id].append(award)
    return awards


def list_cases(call_id: UUID, *, lane: str | None = None, state: str | None = None) -> list[Case]:
    """The cases of a call, by number, for bulk work."""
    found = Case.objects.filter(call_id=call_id)
    found = found.filter(lane=lane) if lane else found
    found = found.filter(state=state) if state else found
    return sorted(found, key=lambda case: number_key(case.number))


def numbers_of(cases: Sequence[Case]) -> list[str]:
    return [case.number for case in cases]
