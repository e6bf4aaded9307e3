"""Who may write in the aid ledger beside what decisions write."""

from __future__ import annotations

from typing import Any

from runde.foundation.people.api import Actor, Role, permission


@permission("aid.read", who="saksbehandlere, godkjennere, ordningsansvarlige, økonomi og revisor")
def can_read(actor: Actor, thing: Any) -> bool:
    return actor.holds(Role.OFFICER, Role.APPROVER, Role.SCHEME_MANAGER, Role.FINANCE, Role.AUDITOR)


@permission("aid.write", who="saksbehandlere")
def can_write(actor: Actor, thing: Any) -> bool:
    """Write down aid the company has had elsewhere, and say which units are one undertaking."""
    return actor.holds(Role.OFFICER)


@permission("aid.register", who="saksbehandlere og økonomi")
def can_register(actor: Actor, thing: Any) -> bool:
    """Take out what the national register must have, and write down its numbers."""
    return actor.holds(Role.OFFICER, Role.FINANCE)
