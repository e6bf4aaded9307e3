"""For whom one applies: the companies one may act for, what stands there already, and whom an invitation means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.utils.translation import gettext as _

from runde.engine.reference.api import is_valid_orgnr
from runde.foundation.companies.api import (
    CompanyNotFound,
    RegisterUnavailable,
    fetch_company,
    find_company,
    find_sub_unit,
)
from runde.grants.applications.api import Application, list_for_actor
from runde.grants.schemes.api import Call
from runde.web.applicant.companies import Acting, list_acting
from runde.web.applicant.raw_values import as_text
from runde.web.components.fields import Choice, Field
from runde.web.entrance import Request


@dataclass(frozen=True)
class Choosing:
    """`standing` are applications to this call, `earlier` the newest sent one to the same scheme, by company.

    `invited` is the company an invitation names when one does not act for it; `branch` the place it named, when
    that belongs to a company.
    """

    acting: list[Acting]
    standing: dict[str, Application] = field(default_factory=dict)
    earlier: dict[str, Application] = field(default_factory=dict)
    wanted: str = ""
    invited: str = ""
    branch: str = ""

    @property
    def open(self) -> list[Acting]:
        """Those that have no application to the call yet."""
        return [one for one in self.acting if one.orgnr not in self.standing]

    def find(self, orgnr: str) -> Acting | None:
        return next((one for one in self.acting if one.orgnr == orgnr), None)

    @property
    def has_unknown(self) -> bool:
        """Whether the register does not answer for one of them now."""
        return any(one.company is None for one in self.open)

    def fields(self, typed: Mapping[str, str], wrong: Mapping[str, str], chosen: str) -> list[Field]:
        fields = [self._which(wrong.get("who", ""), chosen or typed.get("organisation_number", ""))]
        if self.has_unknown:
            fields.append(_name(as_text(typed.get("company_name", "")), wrong.get("name", "")))
        return fields

    def _which(self, error: str, chosen: str) -> Field:
        only = self.open[0].orgnr if len(self.open) == 1 else ""
        return Field(
            name="organisation_number",
            label=_("Hvem søker du på vegne av?"),
            kind="radios",
            value=chosen or self.wanted or only,
            description=_(
                "Det er virksomheten som søker, med alle avdelingene sine. Ikke en enkelt avdeling."
            ),
            error=error,
            choices=tuple(Choice(one.orgnr, one.name, f"{one.number}. {one.why}") for one in self.open),
        )


def _name(typed: str, error: str) -> Field:
    return Field(
        name="company_name",
        label=_("Navnet på virksomheten"),
        value=typed,
        error=error,
        description=_("Vi får ikke hentet navnet fra Enhetsregisteret nå. Vi sjekker det senere."),
    )


def choosing(request: Request, call: Call) -> Choosing:
    """Two or three SQL statements, one or two more when an invitation names a company one does not act for.

    Companies we do not hold are asked for; while the register is away that costs one statement and no wait.
    """
    known = list_acting(request.user, on=request.actor.on or request.at.date())
    acting = [one if one.company else _looked_up(one, request.at) for one in known]
    mine = list_for_actor(request.actor) if acting else []
    numbers = {one.orgnr for one in acting}
    standing = {
        one.organisation_number: one
        for one in mine
        if one.call_id == call.id and one.state != Application.State.WITHDRAWN
    }
    invited = "".join(sign for sign in request.GET.get("virksomhet", "")[:20] if sign.isdigit())
    wanted, outside, branch = _invitation(invited, numbers)
    return Choosing(acting, standing, _earlier(mine, call, numbers), wanted, outside, branch)


def _looked_up(one: Acting, at: datetime) -> Acting:
    """With what the register itself says of a company we do not hold; as it was when nobody can say."""
    try:
        company = fetch_company(one.orgnr, at=at)
    except (RegisterUnavailable, CompanyNotFound):
        return one
    return replace(one, company=company, name=company.name)


def _earlier(mine: list[Application], call: Call, numbers: set[str]) -> dict[str, Application]:
    """The newest first is kept."""
    scheme = call.scheme_version.scheme_id
    sent = [
        one
        for one in mine
        if one.state == Application.State.SUBMITTED
        and one.call_id != call.id
        and one.scheme_version.scheme_id == scheme
        and one.organisation_number in numbers
    ]
    ordered = sorted(sent, key=lambda one: one.submitted_at or one.saved_at)
    return {one.organisation_number: one for one in ordered}


def _invitation(number: str, acted_for: set[str]) -> tuple[str, str, str]:
    """(the company to choose, the company one does not act for yet, the branch that was named)."""
    if not number or not is_valid_orgnr(number):
        return "", "", ""
    if number in acted_for:
        return number, "", ""
    company = find_company(number)
    if company is not None:
        return "", company.name, ""
    branch = find_sub_unit(number)
    if branch is None or not branch.parent_orgnr:
        return "", "", ""
    if branch.parent_orgnr in acted_for:
        return branch.parent_orgnr, "", branch.name
    parent = find_company(branch.parent_orgnr)
    return "", parent.name if parent else "", branch.name
