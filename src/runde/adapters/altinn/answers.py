"""What Altinn's answer means, and the refusal of whatever it should not be.

The answer is a bare list of parties; companies carry their branches in `subunits`. A party that only holds the
hierarchy together gives no right itself, but its branches may.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from runde.engine.reference.api import is_valid_orgnr
from runde.foundation.people.api import Right, RightsUnavailable

BRANCHES = ("BEDR", "AAFY")
"""Unit types that are a place of business of another unit."""
PACKAGE_PREFIX = "urn:altinn:accesspackage:"
DEEPEST = 5

FindParent = Callable[[str], str | None]
"""The main company of a branch by the register, None when the register does not know it."""


class OddAnswer(RightsUnavailable):
    """Altinn answered with something that is not what it says it answers with: nothing of it is used."""

    code = "altinn_odd_answer"


def rights_in(answer: Any, *, resource: str, package: str, parent_of: FindParent) -> tuple[Right, ...]:
    """The rights that let a person apply, one for each company or branch. Raises OddAnswer."""
    if not isinstance(answer, list):
        raise OddAnswer(f"not a list but {type(answer).__name__}")
    reading = _Reading(resource, package, parent_of)
    return tuple(dict.fromkeys(reading.of(answer, "", DEEPEST)))


class _Reading:
    """One walk through an answer."""

    def __init__(self, resource: str, package: str, parent_of: FindParent) -> None:
        self.resource, self.package, self.parent_of = (
            resource,
            package.removeprefix(PACKAGE_PREFIX),
            parent_of,
        )

    def of(self, parties: list[Any], above: str, deepest: int) -> Iterator[Right]:
        if not deepest:
            raise OddAnswer("branches within branches without end")
        for party in parties:
            if not isinstance(party, dict):
                raise OddAnswer(f"a party that is {type(party).__name__}")
            number = self._number(party)
            if number:
                yield from self._right(party, number, above)
            yield from self.of(_list(party, "subunits"), number or above, deepest - 1)

    def _number(self, party: Mapping[str, Any]) -> str:
        """Empty for persons, who are parties too."""
        if party.get("type") == "Person":
            return ""
        number = party.get("organizationNumber")
        if not isinstance(number, str) or not is_valid_orgnr(number):
            raise OddAnswer("an organisation without an organisation number")
        return number

    def _right(self, party: Mapping[str, Any], number: str, above: str) -> Iterator[Right]:
        if _flag(party, "onlyHierarchyElementWithNoAccess") or _flag(party, "isDeleted"):
            return
        if not self._may_apply(party):
            return
        roles = tuple(sorted(_texts(party, "authorizedRoles")))
        name, unit_type = str(party.get("name") or ""), str(party.get("unitType") or "")
        is_branch = bool(above) or unit_type in BRANCHES
        if not is_branch:
            yield Right(number, name, roles, unit_type)
            return
        company = above or self.parent_of(number)
        if company:
            yield Right(company, name, roles, unit_type, branch=number)

    def _may_apply(self, party: Mapping[str, Any]) -> bool:
        packages = {one.removeprefix(PACKAGE_PREFIX) for one in _texts(party, "authorizedAccessPackages")}
        return self.package in packages or self.resource in _texts(party, "authorizedResources")


def _list(party: Mapping[str, Any], name: str) -> list[Any]:
    value = party.get(name)
    if value is None:
        return []
    if not isinstance(value, list):
        raise OddAnswer(f"{name} is {type(value).__name__}")
    return value


def _texts(party: Mapping[str, Any], name: str) -> list[str]:
    values = _list(party, name)
    if not all(isinstance(one, str) for one in values):
        raise OddAnswer(f"{name} holds more than text")
    return values


def _flag(party: Mapping[str, Any], name: str) -> bool:
    value = party.get(name, False)
    if not isinstance(value, bool):
        raise OddAnswer(f"{name} is neither true nor false")
    return value
