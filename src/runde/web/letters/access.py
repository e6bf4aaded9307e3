"""Who reads the letters' templates, who writes them and who may approve."""

from __future__ import annotations

from runde.foundation.people.api import Actor, Role, may
from runde.grants.letters.api import LetterTemplateVersion

READERS = (Role.SCHEME_MANAGER, Role.OFFICER, Role.APPROVER, Role.AUDITOR)
WRITERS = (Role.SCHEME_MANAGER, Role.OFFICER)
APPROVERS = (Role.SCHEME_MANAGER, Role.APPROVER)


def may_write(actor: Actor) -> bool:
    return may(actor, "letters.write")


def may_approve(actor: Actor, version: LetterTemplateVersion) -> bool:
    """Whoever has written in the version may not."""
    return may(actor, "letters.approve") and str(actor.person_id) not in version.writers
