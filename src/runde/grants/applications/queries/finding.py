from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Length

from runde.foundation.people.api import Actor, may
from runde.foundation.trust.api import NotFound
from runde.grants.schemes.api import Call

from ..models import Application, Participant
from ..permissions import taking_part_in

_WITH = ("call", "scheme_version__form")


def get_application(application_id: UUID, actor: Actor) -> Application:
    """The application with its call, version and form. Raises NotFound, also for those who may not read it."""
    found = Application.objects.filter(id=application_id).select_related(*_WITH).first()
    if found is None or not may(actor, "applications.read", found):
        raise _not_found()
    return found


def list_for_actor(actor: Actor) -> list[Application]:
    """In this tenant: the actor's own, those of companies they are vouched for, and those they take part in.

    The newest first.
    """
    taking_part = Participant.objects.filter(taking_part_in(actor)).values("application_id")
    theirs = (
        Q(applicant_id=actor.person_id) | Q(organisation_number__in=actor.vouched) | Q(id__in=taking_part)
    )
    return list(_with_calls(Application.objects.filter(theirs)))


def list_of_person(actor: Actor) -> list[Application]:
    """In this tenant: what the actor has begun or been let into by name, the newest first. Not the company's others."""
    taking_part = Participant.objects.filter(taking_part_in(actor)).values("application_id")
    theirs = Q(applicant_id=actor.person_id) | Q(id__in=taking_part)
    return list(_with_calls(Application.objects.filter(theirs)))


def find_for_company(call: Call, organisation_number: str) -> Application | None:
    """The company's application to the call that is not withdrawn."""
    standing = Application.objects.filter(call=call, organisation_number=organisation_number)
    return standing.exclude(state=Application.State.WITHDRAWN).select_related(*_WITH).first()


def list_submitted(call: Call) -> list[Application]:
    """What has been sent to the call and not withdrawn, in the order of case numbers given."""
    found = Application.objects.filter(call=call, state=Application.State.SUBMITTED)
    in_order = found.order_by("submitted_at", Length("number"), "number")
    return list(in_order.prefetch_related(*_WITH))


def count_by_state(call: Call) -> dict[str, int]:
    """How many applications the call has in each state."""
    counts = dict.fromkeys(Application.State.values, 0)
    rows = Application.objects.filter(call=call).values_list("state").annotate(Count("id"))
    return counts | dict(rows)


def locked(application_id: UUID) -> Application:
    """The application as it stands, held until the transaction ends. Raises NotFound."""
    found = _held().filter(id=application_id).select_related(*_WITH).first()
    if found is None:
        raise _not_found()
    return found


def locked_many(application_ids: Sequence[UUID]) -> list[Application]:
    """Several at once, in the order asked for, each call's rules and form read once. Raises NotFound."""
    rows = _held().filter(id__in=application_ids).order_by("id")
    found = {row.id: row for row in rows.prefetch_related(*_WITH)}
    if len(found) != len(set(application_ids)):
        raise _not_found()
    return [found[one] for one in dict.fromkeys(application_ids)]


def _held() -> QuerySet[Application]:
    return Application.objects.select_for_update(of=("self",))


def _with_calls(applications: QuerySet[Application]) -> QuerySet[Application]:
    # A join would repeat the scheme's rules and form on every row.
    return applications.order_by("-saved_at", "id").prefetch_related(*_WITH)


def _not_found() -> NotFound:
    return NotFound(
        "Vi finner ikke søknaden. Sjekk at du er logget inn som den som kan opptre for virksomheten."
    )
