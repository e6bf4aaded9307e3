from __future__ import annotations

from runde.foundation.forms.api import questions_of

from ..models import Application


def account_in(application: Application) -> str:
    """The account number the applicant gave, empty when none was asked for or given."""
    slugs = (
        one.slug for one in questions_of(application.scheme_version.form) if one.type == "account_number"
    )
    return next((str(application.answers[slug]) for slug in slugs if application.answers.get(slug)), "")
