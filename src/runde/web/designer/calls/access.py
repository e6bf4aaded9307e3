"""Who may read calls, and who may change which part of them."""

from __future__ import annotations

from runde.foundation.people.api import Actor, Role, may
from runde.web.designer.access import READERS as SCHEME_READERS

READERS = (*SCHEME_READERS, Role.FINANCE)
FUNDERS = (Role.SCHEME_MANAGER, Role.FINANCE)


def may_fund(actor: Actor) -> bool:
    return may(actor, "schemes.fund")
