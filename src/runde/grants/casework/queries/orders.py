"""How far a job that lays many cases before an approver has come."""

from __future__ import annotations

from uuid import UUID

from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import NotFound

from ..models import BatchOrder


def get_batch_order(order_id: UUID, *, by: Actor) -> BatchOrder:
    """As it stands now: `looked` of so many cases, or how it ended. One statement. Raises NotAllowed, NotFound."""
    authorise(by, "casework.list")
    order = BatchOrder.objects.filter(id=order_id).first()
    if order is None:
        raise NotFound("Vi finner ikke det du sendte. Gå til sakene og se hvor de er.")
    return order
