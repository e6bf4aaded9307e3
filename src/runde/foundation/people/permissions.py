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
class Only:
    """The one task somebody without sign-in may do: these actions, on these things and nothing else."""

    purpose: str
    actions: frozenset[str]
    things: frozenset[UUID]

    def covers(self, action: str, thing: Any) -> bool:
        """Whether the action is the task's, on one of its things. No thing, or one without an id, is not."""
        thing_id = getattr(thing, "id", thing)
        return action in self.actions and isinstance(thing_id, UUID) and thing_id in self.things


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a person, with the roles they hold in the fenced tenant and the companies they act for, on a day.

    `vouched` are the companies somebody other than the person has vouched for: the register, the municipality or one
    who is vouched for. For those in `fills_in` the person may write, and somebody else signs.
    With `only` the person has opened a signed link: everything beside that one task is denied, whatever else the
    person may do. An address without an account acts as the link itself, whose id then stands in `person_id`.
    """

    person_id: UUID
    name: str
    roles: frozenset[Role] = frozenset()
    companies: frozenset[str] = frozenset()
    vouched: frozenset[str] = frozenset()
    fills_in: frozenset[str] = frozenset()
    on: date | None = None
    only: Only | None = None

    def holds(self, *roles: Role) -> bool:
        return bool(self.roles & set(roles))

    def acts_for(self, organisation_number: str) -> bool:
        return organisation_number in self.companies

    def signs_for(self, organisation_number: str) -> bool:
        """Whether the person may send in, accept and change accounts for the company, not only fill in."""
        return self.acts_for(organisation_number) and organisation_number not in self.fills_in

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
    """Whether the actor may. An action nobody has registered is denied, and all but the task of a link."""
    if action not in _rules or not _within_the_task(actor, action, thing):
        return False
    rule, _ = _rules[action]
    return rule(actor, thing)


def _within_the_task(actor: Actor, action: str, thing: Any) -> bool:
    return actor.only is None or actor.only.covers(action, thing)


def authorise(actor: Actor, action: str, thing: Any = None) -> None:
    """Raise NotAllowed, saying who may, unless the actor may."""
    if may(actor, action, thing):
        return
    who = _rules[action][1] if action in _rules else "ingen"
    raise NotAllowed(f"Du har ikke tilgang til dette. Det er {who} som kan gjøre det.", action=action)


def registered_actions() -> list[str]:
    return sorted(_rules)
