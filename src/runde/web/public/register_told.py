"""The register in words: how old what we show is, and what we do while it does not answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from runde.engine.reference.api import Language, date_text, moment_text
from runde.foundation.companies.api import Standing, register_standing


@dataclass(frozen=True)
class RegisterTold:
    """`away` says that nobody answers, and since when; `age` how old the files we hold are. Empty: nothing to say."""

    away: str
    age: str


def register_told(at: datetime, language: Language) -> RegisterTold:
    """What to say where a number was looked for and not found in what we hold. Two SQL statements."""
    standing = register_standing(at)
    return RegisterTold(_away(standing, language), _age(standing, language))


def _away(standing: Standing, language: Language) -> str:
    if standing.is_down_since is None:
        return ""
    when = moment_text(standing.is_down_since, language)
    return _("Vi har ikke hatt kontakt med Enhetsregisteret siden %(when)s.") % {"when": when}


def _age(standing: Standing, language: Language) -> str:
    if standing.as_of_date is None:
        return _("Vi har ikke lest inn Enhetsregisteret ennå.")
    return _("Opplysningene vi har, er fra %(day)s.") % {"day": date_text(standing.as_of_date, language)}
