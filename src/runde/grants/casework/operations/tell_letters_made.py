"""When the last letter of a large set of decisions is made, those who decided are told: they left the page long ago."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count

from runde.foundation.documents.api import standing_keys
from runde.foundation.notices.api import Notice, Outgoing, queue_notices

from ..models import Decision, Proposal
from .queue_letters import LETTERS_IN_A_JOB
from .telling_staff import letters_are_made, letters_made_key
from .write_letters import letter_key

LOOK_BACK = timedelta(days=1)


def tell_letters_made(*, at: datetime) -> int:
    """Tell whoever prepared or decided more decisions than one job writes, once all letters stand.

    Gives how many mails. Harmless to run again.
    """
    notices = [one for proposal_id in _large(at) for one in _about(proposal_id)]
    queue_notices(notices, at=at)
    return len(notices)


def _large(at: datetime) -> list[UUID]:
    decided = Decision.objects.filter(decided_at__range=(at - LOOK_BACK, at)).values("proposal_id")
    large = decided.annotate(count=Count("id")).filter(count__gt=LETTERS_IN_A_JOB).order_by("proposal_id")
    return list(large.values_list("proposal_id", flat=True))


def _about(proposal_id: UUID) -> Iterator[Outgoing]:
    rows = list(
        Decision.objects.filter(proposal_id=proposal_id).values_list("id", "prepared_by", "decided_by")
    )
    untold = _untold(proposal_id, {person for row in rows for person in row[1:]})
    if untold and _all_stand([row[0] for row in rows]):
        proposal = Proposal.objects.get(id=proposal_id)
        yield from (letters_are_made(proposal, person, len(rows)) for person in untold)


def _untold(proposal_id: UUID, people: set[UUID]) -> list[UUID]:
    keys = {letters_made_key(proposal_id, person): person for person in people}
    told = set(Notice.objects.filter(key__in=keys).values_list("key", flat=True))
    return sorted(person for key, person in keys.items() if key not in told)


def _all_stand(decision_ids: list[UUID]) -> bool:
    keys = {letter_key(one) for one in decision_ids}
    return keys <= set(standing_keys(list(keys)))
