"""What the register says about a company, as rows on a page."""

from __future__ import annotations

from django.utils.translation import gettext as _

from runde.engine.reference.api import (
    Language,
    ReferenceRefusal,
    date_text,
    format_orgnr,
    industry,
    legal_form,
    municipality,
)
from runde.foundation.companies.api import CompanyFacts
from runde.web.components.facts import Fact


def facts_rows(company: CompanyFacts, language: Language) -> list[Fact]:
    """The facts we use, the source and its day once in the list's own words."""
    rows = [
        Fact(_("Organisasjonsnummer"), format_orgnr(company.orgnr)),
        Fact(_("Kommune"), municipality_name(company.municipality) or _("ikke i registeret")),
        Fact(_("Næring"), industry_name(company) or _("ikke i registeret")),
        Fact(_("Organisasjonsform"), form_name(company.legal_form)),
        Fact(_("Ansatte"), employees_text(company)),
    ]
    if company.registered_date:
        rows.append(Fact(_("Registrert"), date_text(company.registered_date, language)))
    return rows


def in_short(company: CompanyFacts) -> list[str]:
    """What decides most, in a few words each, for one line."""
    words = [
        format_orgnr(company.orgnr),
        municipality_name(company.municipality),
        industry_name(company),
        form_name(company.legal_form),
    ]
    return [one for one in words if one]


def employees_text(company: CompanyFacts) -> str:
    """The register does not publish numbers from one to four; it says only that there are some."""
    if company.employees is not None:
        return str(company.employees)
    allowed = company.employees_range
    if allowed is None:
        return _("ikke i registeret")
    return _("mellom %(low)s og %(high)s") % {"low": allowed[0], "high": allowed[1]}


def source_line(company: CompanyFacts, language: Language) -> str:
    day = date_text(company.as_of_date, language)
    return _("Fra Enhetsregisteret, %(day)s.") % {"day": day}


def municipality_name(number: str) -> str:
    try:
        return municipality(number).name
    except ReferenceRefusal:
        return number


def industry_name(company: CompanyFacts) -> str:
    if not company.industry_1:
        return ""
    try:
        return industry(
            company.industry_1, "SN2025" if company.industry_standard == "SN2025" else "SN2007"
        ).name
    except ReferenceRefusal:
        return company.industry_1


def form_name(code: str) -> str:
    try:
        return legal_form(code).name
    except ReferenceRefusal:
        return code


def trouble(company: CompanyFacts, language: Language) -> str:
    """One plain sentence about a company that cannot do business now; empty when all is well."""
    if company.deleted_date:
        day = date_text(company.deleted_date, language)
        return _("Virksomheten ble slettet fra Enhetsregisteret %(day)s.") % {"day": day}
    if company.bankrupt:
        return _("Virksomheten er konkurs, etter Enhetsregisteret.")
    if company.under_liquidation or company.forced_dissolution:
        return _("Virksomheten er under avvikling, etter Enhetsregisteret.")
    return ""
