"""What every published call says to everybody, read in one statement for the whole region."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from runde.engine.rules import CompiledRuleSet
from runde.engine.whatif import AssumedRules, assume
from runde.foundation.forms.api import FormVersion

from ..models import Announcement
from .rules import compiled_rules

_KEPT = 1_000
_Key = tuple[UUID, UUID, str, str]
_read: dict[_Key, PublicBasis] = {}


@dataclass(frozen=True, eq=False)
class PublicBasis:
    """What a published call is judged by; the same object for as long as this process remembers it.

    `form` is not a stored row: it reads and shows answers, no more.
    """

    rules: CompiledRuleSet
    form: FormVersion
    assumed: AssumedRules


def basis_of_announced(announcements: Iterable[Announcement]) -> dict[UUID, PublicBasis]:
    """The rules, form and assumptions of each announcement, by its id.

    One statement for those this process has not met before, none for the rest: a scheme version never changes.
    Raises RulesAltered when stored rules are not those that were published.
    """
    keys = {one.id: _key(one) for one in announcements}
    found = {id_: _read[key] for id_, key in keys.items() if key in _read}
    unread = keys.keys() - found.keys()
    for row in Announcement.objects.filter(id__in=unread) if unread else ():
        found[row.id] = _keep(_key(row), _basis(row))
    return found


def _key(one: Announcement) -> _Key:
    return one.tenant_id, one.scheme_version_id, one.rules_digest, one.form_digest


def _keep(key: _Key, basis: PublicBasis) -> PublicBasis:
    if len(_read) >= _KEPT:
        _read.clear()
    return _read.setdefault(key, basis)


def _basis(row: Announcement) -> PublicBasis:
    rules = compiled_rules(row)
    form = FormVersion(tenant_id=row.tenant_id, digest=row.form_digest, definition=row.form)
    return PublicBasis(rules, form, assume(rules.ruleset, row.assumptions))
