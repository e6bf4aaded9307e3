"""Who may read schemes and drafts, who may try a change, and who may save one."""

from __future__ import annotations

from runde.foundation.people.api import Actor, Role, may

READERS = (Role.SCHEME_MANAGER, Role.OFFICER, Role.APPROVER, Role.AUDITOR)
TRIERS = (Role.SCHEME_MANAGER, Role.OFFICER, Role.APPROVER)
WRITERS = (Role.SCHEME_MANAGER,)


def may_write(actor: Actor) -> bool:
    return may(actor, "schemes.manage")


def may_try(actor: Actor) -> bool:
    """See what a change would do without saving it."""
    return may(actor, "designs.try")
