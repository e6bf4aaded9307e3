"""Who may see how like cases were decided."""

from __future__ import annotations

from typing import Any

from runde.foundation.people.api import Actor, Role, permission


@permission("precedents.read", who="saksbehandlere, godkjennere, ordningsansvarlige og revisor")
def can_read(actor: Actor, thing: Any) -> bool:
    return actor.holds(Role.OFFICER, Role.APPROVER, Role.SCHEME_MANAGER, Role.AUDITOR)
