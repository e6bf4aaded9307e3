"""Who comes in where. Assessors from outside hold one role only and see their own panels."""

from __future__ import annotations

from uuid import UUID

from runde.foundation.people.api import Actor, Role, authorise
from runde.grants.panels.api import Panel, get_panel

LEADERS = (Role.OFFICER, Role.SCHEME_MANAGER)
SCORERS = (Role.ASSESSOR, Role.OFFICER, Role.APPROVER, Role.SCHEME_MANAGER)
READERS = (*SCORERS, Role.AUDITOR)


def readable_panel(panel_id: UUID, actor: Actor) -> Panel:
    """Raises NotFound, NotAllowed."""
    panel = get_panel(panel_id)
    authorise(actor, "panels.read", panel)
    return panel
