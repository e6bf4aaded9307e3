"""The one permission door. Deny unless a rule registered for the action allows.

A room registers its rules in its own `permissions.py`:

    @permission("casework.decide")
    def can_decide(actor: Actor, case: Case | None) -> bool: ...

and every operation asks `authorise(actor, "casework.decide", case)` before it writes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from runde.foundation.trust.api import NotAllowed

from .models import Role

Rule = Callable[["Actor", Any], bool]
_rules: dict[str, tuple[Rule, str]] = {}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a person, with the roles they hold in the fenced tenant and the companies they act for, on a day.

    `vouched` are the companies somebody other than the person has vouched for: the register or the municipality.
    """

    person_id: UUID
    name: str
    roles: frozenset[Role] = frozenset()
    companies: frozenset[str] = frozenset()
    vouched: frozenset[str] = frozenset()
    on: date | None = None

    def holds(self, *roles: Role) -> bool:
        return bool(self.roles & set(roles))

    def acts_for(self, organisation_number: str) -> bool:
        return organisation_number in self.companies

    def is_vouched_for(self, organisation_number: str) -> bool:
        """Whether more than the person's own word says that they act for the company."""
        return organisation_number in self.vouched


def permission(action: str, *, who: str) -> Callable[[Rule], Rule]:
    """Register the rule for `action`. `who` tells a refused person who may, in Norwegian."""

    def register(rule: Rule) -> Rule:
        if action in _rules:
            raise ValueError(f"Two rules for {action}")
        _rules[action] = (rule, who)
        return rule

    return register


def may(actor: Actor, action: str, thing: Any = None) -> bool:
    """Whether the actor may. An action nobody has registered is denied."""
    if action not in _rules:
        return False
    rule, _ = _rules[action]
    return rule(actor, thing)


def authorise(actor: Actor, action: str, thing: Any = None) -> None:
    """Raise NotAllowed, saying who may, unless the actor may."""
    if may(actor, action, thing):
        return
    who = _rules[action][1] if action in _rules else "ingen"
    raise NotAllowed(f"Du har ikke tilgang til dette. Det er {who} som kan gjøre det.", action=action)


def registered_actions() -> list[str]:
    return sorted(_rules)
