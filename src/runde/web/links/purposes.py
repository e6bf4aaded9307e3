"""What links may open. A room that has a task for a link registers it in one line, beside its list of addresses:

    register(Purpose("answer_request", answer, actions=frozenset({"casework.answer_request"}), reach=reach))

The view gets `(request, link)` in the tenant's fence, with `request.actor` limited to the task. GET and HEAD run in a
transaction that cannot write; a POST whose answer is no error uses the link up, unless `once` is False.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from django.http import HttpResponse

from runde.foundation.people.api import LINKABLE, Link, NotLinkable


@dataclass(frozen=True, slots=True)
class Reach:
    """What the task touches beside its own subject: the ids that permission rules are asked about, and companies."""

    things: frozenset[UUID] = frozenset()
    companies: frozenset[str] = frozenset()


def only_the_subject(link: Link) -> Reach:
    return Reach()


def always_the_same(link: Link) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Purpose:
    """One thing a link may open.

    `actions` are those the holder may be allowed; `reach` and `version` look the subject up, in its tenant's fence.
    `version` gives what the task looks like now, or None when it is no more: a link of another version is refused,
    and for a task that is no more no new link is sent.
    """

    name: str
    view: Callable[..., HttpResponse]
    actions: frozenset[str] = frozenset()
    reach: Callable[[Link], Reach] = field(default=only_the_subject)
    version: Callable[[Link], str | None] = field(default=always_the_same)
    once: bool = True


_purposes: dict[str, Purpose] = {}


def register(purpose: Purpose) -> None:
    """Let links open this. Raises NotLinkable for what needs sign-in."""
    if purpose.name not in LINKABLE:
        raise NotLinkable(purpose.name)
    if purpose.name in _purposes:
        raise ValueError(f"two views: {purpose.name}")
    _purposes[purpose.name] = purpose


def find_purpose(name: str) -> Purpose | None:
    return _purposes.get(name)


def registered_purposes() -> frozenset[str]:
    return frozenset(_purposes)
