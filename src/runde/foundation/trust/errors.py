"""What the rooms raise when they refuse. Each carries a sentence the person at the screen can use."""

from __future__ import annotations


class Refused(Exception):
    """An act the rules, the law or the state of things does not allow.

    `sentence` is for the user, in Norwegian: what, where and how to mend it. `code` is stable, for programs.
    """

    code = "refused"

    def __init__(self, sentence: str, **facts: object) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.facts = facts


class NotAllowed(Refused):
    """The person may not do this. Say who may."""

    code = "not_allowed"


class NotFound(Refused):
    """No such thing in this tenant. A foreign thing and a missing thing look the same."""

    code = "not_found"


class Conflict(Refused):
    """Somebody else was first, or the thing has changed since it was read."""

    code = "conflict"


class NoTenant(Exception):
    """Tenant data was asked for outside a fence: a programming error."""


class FenceCrossed(Exception):
    """A fence was opened inside another tenant's fence: a programming error."""
